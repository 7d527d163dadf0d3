import { once } from "node:events";
import { existsSync, watch } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { changingCalls } from "../../output/failing-disk.ts";
import { contentsOf } from "../../temporary-folder.ts";
import type { Random } from "../../truth/random.ts";
import { type CommandOptions, resultOf, runCommand, startCommand } from "../command-process.ts";
import { trappedBy } from "../disk-trap.ts";
import { type Contents, environmentIn, type Prepared, writeSources } from "./change.ts";

/** When a run is killed: at any time; when the lock-to-be stands there, after which files are renamed; at one of its calls. */
type Moment =
  | { readonly kind: "time"; readonly delay: number }
  | { readonly kind: "placing" }
  | { readonly kind: "call"; readonly nth: number };

/** What is done to a run, and after it. */
export interface Trial {
  readonly prepared: Prepared;
  readonly moment: Moment;
  readonly jobs: number;
  /** Whether the next run has the sources before the change again. */
  readonly turnsBack: boolean;
  /** The call at which the next run is killed, too; then there is one more. */
  readonly again: number | undefined;
}

/** What a run was doing when it was killed. */
export type Phase = "before anything" | "staging" | "putting in place" | "after" | "not killed";

/** What became of a trial. */
export interface Observation {
  readonly phase: Phase;
  /** `both`: some files are old and some are new. */
  readonly output: "old" | "new" | "both";
  /** What does not hold; empty where everything does. */
  readonly broken: readonly string[];
}

/** Chooses a trial. Half of them are aimed at the renames, which are over in some milliseconds. */
export function chooseTrial(prepared: Prepared, random: Random): Trial {
  const moments: readonly Moment[] = [
    { kind: "time", delay: (prepared.duration * random.below(1_100)) / 1_000 },
    prepared.before === undefined ? { kind: "call", nth: 1 } : { kind: "placing" },
    { kind: "call", nth: 1 + random.below(prepared.calls + 1) },
    { kind: "call", nth: 1 + random.below(prepared.calls + 1) },
  ];
  const turnsBack = prepared.turnedBack !== undefined && random.oneIn(3);
  const again = random.oneIn(4) ? 1 + random.below(prepared.calls) : undefined;
  return { prepared, moment: random.pick(moments), jobs: 1 + random.below(2), turnsBack, again };
}

/** What a trial does, in words. */
export function describeTrial({ prepared, moment, jobs, turnsBack, again }: Trial): string {
  const when = { time: "at any time", placing: "when the lock-to-be is there", call: "at a call" }[moment.kind];
  const detail = moment.kind === "time" ? ` (${moment.delay} ms)` : moment.kind === "call" ? ` (${moment.nth})` : "";
  const then = [
    turnsBack ? ", then turned back" : "",
    again === undefined ? "" : `, killed again at a call (${again})`,
  ];
  return `${prepared.change.name}, ${jobs} jobs, killed ${when}${detail}${then.join("")}`;
}

/** Kills a run, looks at what it left, and runs again. */
export async function observe(trial: Trial): Promise<Observation> {
  const { prepared, turnsBack, again } = trial;
  prepared.reset();
  const wasKilled = await killRun(trial);
  const left = contentsIfThere(prepared.output);
  const output = outputOf(prepared, left);
  const phase = wasKilled ? phaseOf(prepared, left) : "not killed";
  const broken = strangeFiles(prepared, left);
  if (output === "both" && phase !== "putting in place") broken.push(`killed ${phase}, and the output is of both`);
  if (turnsBack && prepared.change.before !== undefined) writeSources(prepared.cwd, prepared.change.before);
  if (again !== undefined) {
    await killRun({ ...trial, moment: { kind: "call", nth: again } });
    broken.push(...strangeFiles(prepared, contentsIfThere(prepared.output)));
  }
  broken.push(...(await runAgain(prepared, turnsBack ? prepared.turnedBack : prepared.after)));
  return { phase, output, broken };
}

async function killRun({ prepared, moment, jobs }: Trial): Promise<boolean> {
  const { cwd, output, duration } = prepared;
  const trap =
    moment.kind === "call"
      ? trappedBy({ folder: output, calls: changingCalls, nth: moment.nth, deed: "kill" as const })
      : {};
  const environment = { ...environmentIn(cwd), ...trap };
  const child = startCommand(["crds", "--quiet", "--jobs", `${jobs}`], { cwd, environment });
  const ended = once(child, "exit");
  const result = resultOf(child);
  if (moment.kind === "time") {
    await Promise.race([ended, setTimeout(Math.min(moment.delay, 2 * duration))]);
    child.kill("SIGKILL");
  }
  const watcher =
    moment.kind === "placing"
      ? watch(output, (_, name) => void (name === nextLock && child.kill("SIGKILL")))
      : undefined;
  const { code } = await result;
  watcher?.close();
  return code === null;
}

const nextLock = ".crd-gen.lock.next";

function contentsIfThere(folder: string): Contents {
  return existsSync(folder) ? contentsOf(folder) : {};
}

function isOwn(name: string): boolean {
  return name.startsWith(".crd-gen");
}

/** What of a folder is neither a lock nor passing. */
function filesOf(contents: Contents): Contents {
  const entries = Object.entries(contents).filter(
    ([name, content]) => content !== null && !isOwn(name) && name !== "crd-gen.lock",
  );
  return Object.fromEntries(entries);
}

function isSame(one: Contents, other: Contents): boolean {
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => one[name] === other[name]);
}

/** Whether every file is as before the change, or every one as after it. */
function outputOf({ before = {}, after }: Prepared, left: Contents): Observation["output"] {
  if (isSame(filesOf(left), filesOf(before))) return "old";
  return isSame(filesOf(left), filesOf(after)) ? "new" : "both";
}

function phaseOf({ after }: Prepared, left: Contents): Phase {
  if (nextLock in left) return "putting in place";
  if (left["crd-gen.lock"] === after["crd-gen.lock"]) return "after";
  return Object.keys(left).some(isOwn) ? "staging" : "before anything";
}

/** Whatever a killed run has left that is neither of before nor of after; and what is gone although it is of both. */
function strangeFiles({ before = {}, after, turnedBack = {} }: Prepared, left: Contents): string[] {
  const names = new Set([...Object.keys(left), ...Object.keys(before), ...Object.keys(after)]);
  const wanted = [before, after, turnedBack];
  return [...names]
    .filter((name) => name !== "crd-gen.lock" && !isOwn(name) && wanted.every((state) => state[name] !== left[name]))
    .map((name) => `${name}: neither as before nor as after`);
}

/** The next run, without a word about the killed one. */
async function runAgain({ cwd, output }: Prepared, wanted: Contents | undefined): Promise<readonly string[]> {
  const options: CommandOptions = { cwd, environment: environmentIn(cwd) };
  const { code, stderr } = await runCommand(["crds", "--quiet"], options);
  if (code !== 0 || stderr !== "") return [`the next run ends with ${code}: ${stderr.split("\n", 1).join()}`];
  const now = contentsOf(output);
  const names = new Set([...Object.keys(now), ...Object.keys(wanted ?? {})]);
  const different = [...names].filter((name) => now[name] !== wanted?.[name]);
  const temporary = Object.keys(contentsOf(cwd)).filter((name) => name.endsWith(".tmp"));
  const checked = await runCommand(["crds", "--quiet", "--check"], options);
  return [
    ...different.map((name) => `${name}: after the next run not as a cold run has it`),
    ...temporary.map((name) => `${name}: is left`),
    ...(checked.code === 0 ? [] : [`--check ends with ${checked.code}: ${checked.stderr}`]),
    ...(isSame(contentsOf(output), now) ? [] : ["--check has written"]),
  ];
}
