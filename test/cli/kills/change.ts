import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { changingCalls } from "../../output/failing-disk.ts";
import { contentsOf, temporaryFolder } from "../../temporary-folder.ts";
import { definitionNamed, runCommand } from "../command-process.ts";
import { readTally, trappedBy } from "../disk-trap.ts";

/** Everything below a folder: the content of files by path, and `null` for folders. */
export type Contents = Readonly<Record<string, string | null>>;

type Files = Readonly<Record<string, string>>;

/** A change of what is generated from, in which a run is to be killed. */
export interface Change {
  readonly name: string;
  /** The sources that the output is of; undefined where there is none. */
  readonly before: Files | undefined;
  readonly after: Files;
  readonly handWritten: Files;
  /** What is taken away: the lock, so that only the mark says which files are ours; or the files, so that only the lock is left. */
  readonly without?: "lock" | "files";
}

const groups = 6;
const all = Array.from({ length: 60 }, (_, index) => index);

/** Definition files; a revision other than 0 changes what is generated. */
function definitions(numbers: readonly number[], revisionOf: (number: number) => number = () => 0): Files {
  const entries = numbers.map((number) => {
    const text = definitionNamed(`a${number}s`)
      .replaceAll("stable.example.com", `g${number % groups}.example.com`)
      .replace("maximum: 10", `maximum: ${10 + revisionOf(number)}`);
    return [`a${number}s.yaml`, text] as const;
  });
  return Object.fromEntries(entries);
}

const original = definitions(all);
/** Every third is another, a group and some others are gone, one is new. */
const changed = definitions([...all.filter((number) => number % groups !== 5 && number % 7 !== 0), 66], (number) =>
  number % 3 === 0 ? 1 : 0,
);
/** Two groups are gone. */
const pruned = definitions(all.filter((number) => number % groups < 4));
/** One of them stands in a folder that has nothing else left after the pruning. */
const handWritten = { "notes.md": "mine", "g1.example.com/v1/mine.ts": "mine", "g5.example.com/v1/mine.ts": "mine" };

/** One for each way to begin and to go on. */
export const changes: readonly Change[] = [
  { name: "cold", before: undefined, after: original, handWritten },
  { name: "cold, no folder", before: undefined, after: original, handWritten: {} },
  { name: "incremental", before: original, after: changed, handWritten },
  { name: "pruning", before: original, after: pruned, handWritten },
  { name: "taking over what bears the mark", before: original, after: changed, handWritten, without: "lock" },
  { name: "writing what only the lock lists", before: original, after: original, handWritten, without: "files" },
];

/** A change whose run has been measured, in a working folder that can be put back to what it was before. */
export interface Prepared {
  readonly change: Change;
  /** The working folder; the output is in `generated`. */
  readonly cwd: string;
  readonly output: string;
  /** What the output folder holds before, undefined where it is not there, and after a whole run. */
  readonly before: Contents | undefined;
  readonly after: Contents;
  /** What it holds after a whole run of the sources before. */
  readonly turnedBack: Contents | undefined;
  /** Milliseconds that a run takes. */
  readonly duration: number;
  /** Calls that change the output folder in a run with one thread. */
  readonly calls: number;
  /** Puts everything back to what it was before the change, but for the sources. */
  readonly reset: () => void;
}

/** The environment of a run in a working folder: what it keeps for the next one is in there, too. */
export function environmentIn(cwd: string): NodeJS.ProcessEnv {
  return { XDG_CACHE_HOME: path.join(cwd, "cache") };
}

/** The outputs of sources in an empty folder. */
export class ColdOutputs {
  readonly #outputs = new Map<Files, Promise<Contents>>();

  /** The output of these sources; it is generated once. */
  of(sources: Files): Promise<Contents> {
    const output = this.#outputs.get(sources) ?? generateIn(temporaryFolder(), sources);
    this.#outputs.set(sources, output);
    return output;
  }
}

/** Makes the working folder of a change, and runs it once. */
export async function prepare(change: Change, outputs: ColdOutputs): Promise<Prepared> {
  const folder = temporaryFolder({ "cwd/": "", "kept/": "" });
  const cwd = path.join(folder, "cwd");
  const output = path.join(cwd, "generated");
  const turnedBack = change.before && withFiles(await outputs.of(change.before), change.handWritten);
  await makeOutput(change, { cwd, turnedBack });
  const isThere = change.before !== undefined || Object.keys(change.handWritten).length > 0;
  const before = isThere ? contentsOf(output) : undefined;
  const kept = path.join(folder, "kept");
  cpSync(cwd, kept, { recursive: true });
  const reset = (): void => {
    rmSync(cwd, { recursive: true });
    cpSync(kept, cwd, { recursive: true });
    writeSources(cwd, change.after);
  };
  reset();
  const tally = path.join(folder, "tally.json");
  const start = performance.now();
  await generateIn(cwd, change.after, trappedBy({ folder: output, calls: changingCalls, tally }));
  const duration = performance.now() - start;
  const calls = Object.values(readTally(tally)).reduce((sum, count) => sum + count, 0);
  const after = withFiles(await outputs.of(change.after), change.handWritten);
  return { change, cwd, output, before, after, turnedBack, duration, calls, reset };
}

/** The output before a change. Where it is whole a run has left it, and with it what it keeps for the next one. */
async function makeOutput(
  { before, handWritten: files, without }: Change,
  { cwd, turnedBack = {} }: { readonly cwd: string; readonly turnedBack: Contents | undefined },
): Promise<void> {
  const output = path.join(cwd, "generated");
  writeFiles(output, files);
  if (before === undefined) return;
  if (without === undefined) {
    await generateIn(cwd, before);
    return;
  }
  const lock = "crd-gen.lock";
  const left = Object.entries(turnedBack).filter(([name]) => (name === lock) === (without === "files"));
  writeFiles(output, Object.fromEntries(left.flatMap(([name, text]) => (text === null ? [] : [[name, text]]))));
}

function withFiles(contents: Contents, files: Files): Contents {
  const folders = Object.keys(files).flatMap((name) => {
    const parts = name.split("/").slice(0, -1);
    return parts.map((_, index) => [parts.slice(0, index + 1).join("/"), null] as const);
  });
  return { ...contents, ...files, ...Object.fromEntries(folders) };
}

async function generateIn(cwd: string, sources: Files, environment: NodeJS.ProcessEnv = {}): Promise<Contents> {
  writeSources(cwd, sources);
  const { code, stderr } = await runCommand(["crds", "--quiet"], {
    cwd,
    environment: { ...environmentIn(cwd), ...environment },
  });
  if (code !== 0 || stderr !== "") throw new Error(`wanted an output, got ${code}: ${stderr}`);
  return contentsOf(path.join(cwd, "generated"));
}

/** Puts the sources into a working folder, and takes others away. */
export function writeSources(cwd: string, sources: Files): void {
  rmSync(path.join(cwd, "crds"), { recursive: true, force: true });
  writeFiles(path.join(cwd, "crds"), sources);
}

function writeFiles(folder: string, files: Files): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), content);
  }
}
