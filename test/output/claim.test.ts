import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import * as path from "node:path";
import process from "node:process";
import { setImmediate } from "node:timers/promises";
import { describe, expect, onTestFinished, test } from "vitest";
import { type Claim, claimOutput } from "../../src/output/claim.ts";
import { type FileSystem, nodeFileSystem } from "../../src/output/file-system.ts";
import { OutputFolder } from "../../src/output/output-folder.ts";
import { contentsOf, temporaryFolder } from "../temporary-folder.ts";
import { failingDisk } from "./failing-disk.ts";

const { signal: never } = new AbortController();
const isLinux = process.platform === "linux";
/** Generous: a machine that is busy with other things takes several times as long as one that is not. */
const soon = { timeout: 20_000, interval: 10 };
let runs = 0;

interface Claiming {
  readonly signal?: AbortSignal;
  readonly onWait?: (process: number) => void;
  readonly fileSystem?: FileSystem;
  readonly out?: string;
}

/** A name for a run of this process. */
function newRun(): string {
  runs += 1;
  return `${process.pid}-${runs}`;
}

function tryClaim(
  cwd: string,
  { signal = never, onWait, fileSystem, out = "out" }: Claiming = {},
): Promise<Claim | undefined> {
  return claimOutput(new OutputFolder(out, cwd, fileSystem), { run: newRun(), signal, onWait });
}

async function claim(...wanted: Parameters<typeof tryClaim>): Promise<Claim> {
  const taken = await tryClaim(...wanted);
  if (taken === undefined) throw new Error("expected a claim, got none");
  return taken;
}

/** The owner of the claim, as the name of its file says it. */
function ownerOf(cwd: string): string {
  return readdirSync(path.join(cwd, "out/.crd-gen")).find((name) => name.startsWith("owner-")) ?? "none";
}

/** Claims the folder for a process that this one is not. */
function claimFor(cwd: string, owner: string): void {
  mkdirSync(path.join(cwd, "out/.crd-gen"), { recursive: true });
  writeFileSync(path.join(cwd, "out/.crd-gen", owner), "");
  writeFileSync(path.join(cwd, "out/.crd-gen/0-1.tmp"), "half a fi");
}

/** A process that has ended. */
function deadProcess(): number {
  return spawnSync(process.execPath, ["--version"]).pid;
}

test("is a folder in the output folder that goes with everything in it when it is given back", async () => {
  const cwd = temporaryFolder({ "out/mine.ts": "mine" });
  const { waiting, release } = await claim(cwd);
  expect(waiting).toBe(path.join(cwd, "out/.crd-gen", `files-${process.pid}-${runs}`));
  expect(readdirSync(path.join(cwd, "out")).sort()).toEqual([".crd-gen", "mine.ts"]);
  expect(ownerOf(cwd)).toMatch(new RegExp(`^owner-${process.pid}-\\d*-${process.pid}-${runs}@${hostname()}$`));
  writeFileSync(path.join(waiting, "0-1.tmp"), "x");
  release();
  expect(contentsOf(cwd)).toEqual({ out: null, "out/mine.ts": "mine" });
});

test("one whose output folder was removed is not mixed with the one that another run has by then", async () => {
  const cwd = temporaryFolder();
  const lost = await claim(cwd);
  rmSync(path.join(cwd, "out"), { recursive: true });
  const { waiting, release } = await claim(cwd);
  expect(() => writeFileSync(path.join(lost.waiting, "a.ts"), "of the run that lost its place")).toThrow("ENOENT");
  lost.release();
  expect(readdirSync(waiting)).toEqual([]);
  release();
  expect(contentsOf(cwd)).toEqual({});
});

describe("an output folder that was made for it", () => {
  test("goes with it, and those above it, where it is empty", async () => {
    const cwd = temporaryFolder({ "mine.ts": "mine" });
    const { release } = await claim(cwd, { out: "a/b/out" });
    expect(contentsOf(cwd)).toMatchObject({ a: null, "a/b": null, "a/b/out": null, "a/b/out/.crd-gen": null });
    release();
    expect(contentsOf(cwd)).toEqual({ "mine.ts": "mine" });
  });

  test("stays where something has been put in it", async () => {
    const cwd = temporaryFolder();
    const { release } = await claim(cwd);
    writeFileSync(path.join(cwd, "out/mine.ts"), "mine");
    release();
    expect(contentsOf(cwd)).toEqual({ out: null, "out/mine.ts": "mine" });
  });

  test("that was there before stays", async () => {
    const cwd = temporaryFolder({ "out/": "" });
    (await claim(cwd)).release();
    expect(contentsOf(cwd)).toEqual({ out: null });
  });

  test("and is removed while another run waits is made again", async () => {
    const cwd = temporaryFolder();
    const first = await claim(cwd);
    // It has seen the folder that goes.
    const second = new Promise<Claim>((resolve) => {
      const waiting = claim(cwd, {
        onWait: () =>
          setImmediate()
            .then(first.release)
            .then(() => resolve(waiting)),
      });
    });
    (await second).release();
    expect(contentsOf(cwd)).toEqual({});
  });

  test("and is removed by another run in the moment that counts is made again", async () => {
    const cwd = temporaryFolder();
    let removed = 0;
    const mkdirSync: unknown = (place: string, ...rest: []) => {
      if (place.includes(".crd-gen-") && removed < 3) {
        removed += 1;
        rmSync(path.dirname(place), { recursive: true });
      }
      return nodeFileSystem.mkdirSync(place, ...rest);
    };
    const { release } = await claim(cwd, { fileSystem: Object.assign({ ...nodeFileSystem }, { mkdirSync }) });
    expect(removed).toBe(3);
    release();
    expect(contentsOf(cwd)).toEqual({});
  });
});

describe("one that another run has", () => {
  test.each([2, 4])("is waited for, and told once: %i runs of this process", async (count) => {
    const cwd = temporaryFolder({ "out/": "" });
    const first = await claim(cwd);
    const told: number[] = [];
    let holders = 0;
    const rest = Array.from({ length: count - 1 }, async () => {
      const { waiting, release } = await claim(cwd, { onWait: (pid) => told.push(pid) });
      holders += 1;
      expect(holders).toBe(1);
      writeFileSync(path.join(waiting, "0-1.tmp"), "x", { flag: "wx" });
      await setImmediate();
      holders -= 1;
      release();
    });
    await expect.poll(() => told.length, soon).toBe(count - 1);
    first.release();
    await Promise.all(rest);
    expect(told).toEqual(Array.from({ length: count - 1 }, () => process.pid));
    expect(contentsOf(cwd)).toEqual({ out: null });
  });

  test("is not waited for any longer when the run is aborted", async () => {
    const cwd = temporaryFolder({ "out/": "" });
    const first = await claim(cwd);
    const untouched = contentsOf(cwd);
    const controller = new AbortController();
    const second = tryClaim(cwd, { signal: controller.signal, onWait: () => controller.abort() });
    expect(await second).toBeUndefined();
    expect(contentsOf(cwd)).toEqual(untouched);
    first.release();
  });

  test("is not asked for by a run that was aborted before", async () => {
    const cwd = temporaryFolder();
    expect(await tryClaim(cwd, { signal: AbortSignal.abort() })).toBeUndefined();
    expect(contentsOf(cwd)).toEqual({});
  });

  test("on another machine counts as alive, since nothing can be said of it", async () => {
    const cwd = temporaryFolder();
    claimFor(cwd, `owner-${deadProcess()}-1-x@elsewhere.example.com`);
    const told: number[] = [];
    const taken = claim(cwd, { onWait: (pid) => told.push(pid) });
    await expect.poll(() => told.length, soon).toBe(1);
    expect(ownerOf(cwd)).toContain("elsewhere");
    rmSync(path.join(cwd, "out/.crd-gen"), { recursive: true });
    const { release } = await taken;
    expect(ownerOf(cwd)).toContain(`-${process.pid}-`);
    release();
  });
});

test("one that went with its folder is not given back in place of that of another run", async () => {
  const cwd = temporaryFolder();
  const first = await claim(cwd);
  rmSync(path.join(cwd, "out"), { recursive: true });
  const second = await claim(cwd);
  const untouched = contentsOf(cwd);
  first.release();
  expect(contentsOf(cwd)).toEqual(untouched);
  second.release();
  expect(contentsOf(cwd)).toEqual({});
});

describe("one whose run has ended without giving it back", () => {
  test.each<readonly [string, () => string]>([
    ["and is no more", () => `owner-${deadProcess()}-1-x@${hostname()}`],
    ["and is no more, on a system that does not tell when it began", () => `owner-${deadProcess()}--x@${hostname()}`],
    ["with a number that no process has", () => `owner-2147483647-1-x@${hostname()}`],
    ["with a number that means others", () => `owner-0-1-x@${hostname()}`],
  ])("%s is taken over, with nothing of what waited in it", async (_, owner) => {
    const cwd = temporaryFolder({ "out/mine.ts": "mine" });
    claimFor(cwd, owner());
    const { waiting, release } = await claim(cwd);
    expect(readdirSync(waiting)).toEqual([]);
    expect(readdirSync(path.dirname(waiting)).sort()).toEqual([
      path.basename(waiting),
      expect.stringMatching(new RegExp(`^owner-${process.pid}-`)),
    ]);
    expect(readdirSync(path.join(cwd, "out")).sort()).toEqual([".crd-gen", "mine.ts"]);
    release();
    expect(contentsOf(cwd)).toEqual({ out: null, "out/mine.ts": "mine" });
  });

  test.skipIf(!isLinux)("and whose number another process has by now is taken over", async () => {
    const cwd = temporaryFolder();
    const { release } = await claim(cwd);
    const [owner] = [ownerOf(cwd)];
    release();
    claimFor(cwd, owner.replace(/^owner-(\d+)-\d+/, "owner-$1-1"));
    (await claim(cwd)).release();
    expect(readdirSync(path.join(cwd, "out"))).toEqual([]);
  });

  test.skipIf(!isLinux)("and of which whoever has started it does not take notice is taken over", async () => {
    const parent = spawn("/bin/sh", ["-c", "cat <&3 & echo $!; exec sleep 600"], {
      stdio: ["ignore", "pipe", "inherit", "pipe"],
    });
    onTestFinished(() => void parent.kill("SIGKILL"));
    const { stdout, pid: parentPid } = parent;
    if (stdout === null) throw new Error("expected a pipe");
    const pid = Number((await once(stdout, "data"))[0]);
    await expect.poll(() => readFileSync(`/proc/${parentPid}/comm`, "utf8"), soon).toBe("sleep\n");
    // What has taken the shell's place knows of no child.
    const [, , , input] = parent.stdio;
    input?.destroy();
    await expect.poll(() => readFileSync(`/proc/${pid}/stat`, "utf8"), soon).toMatch(/\) Z /);
    const cwd = temporaryFolder();
    claimFor(cwd, `owner-${pid}--x@${hostname()}`);
    (await claim(cwd)).release();
  });

  test("leaves folders that are removed with the next claim, and nobody else's", async () => {
    const dead = deadProcess();
    const parent = process.ppid;
    const cwd = temporaryFolder({
      [`out/.crd-gen-${dead}-a/owner-${dead}-1-a@${hostname()}`]: "",
      [`out/.crd-gen-${dead}-a/0-1.tmp`]: "x",
      [`out/.crd-gen-${dead}-b/`]: "",
      [`out/.crd-gen-${parent}-c/owner-${parent}--c@${hostname()}`]: "",
      [`out/.crd-gen-${parent}-d/`]: "",
      [`out/.crd-gen-${dead}-e/owner-${dead}-1-e@elsewhere.example.com`]: "",
      "out/.crd-gen-mine/x": "mine",
    });
    (await claim(cwd)).release();
    expect(readdirSync(path.join(cwd, "out")).sort()).toEqual(
      [`.crd-gen-${dead}-e`, `.crd-gen-${parent}-c`, `.crd-gen-${parent}-d`, ".crd-gen-mine"].sort(),
    );
  });

  test("is taken over by one of two runs that come at the same moment, and the other waits", async () => {
    const cwd = temporaryFolder();
    claimFor(cwd, `owner-${deadProcess()}-1-x@${hostname()}`);
    const told: string[] = [];
    let quicker: Claim | undefined;
    // In the moment between its look at the owner and its next step, the other run does all that it wants.
    const renameSync: FileSystem["renameSync"] = (from, to) => {
      if (quicker === undefined && String(from).includes("owner-")) {
        void claim(cwd).then((taken) => {
          quicker = taken;
        });
        told.push(ownerOf(cwd));
      }
      nodeFileSystem.renameSync(from, to);
    };
    const slower = claim(cwd, {
      fileSystem: { ...nodeFileSystem, renameSync },
      onWait: () => told.push(ownerOf(cwd)),
    });
    await expect.poll(() => told.length, soon).toBe(2);
    expect(told[0]).toBe(told[1]);
    expect(ownerOf(cwd)).toBe(told[0]);
    expect(quicker).toBeDefined();
    quicker?.release();
    (await slower).release();
    expect(readdirSync(path.join(cwd, "out"))).toEqual([]);
  });
});

/** Starts a process that claims the folder. */
function claimant(cwd: string, rounds: string): ChildProcess {
  const child = spawn(process.execPath, [path.join(import.meta.dirname, "claimant.mjs"), cwd, rounds], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  return child;
}

function notesIn(cwd: string): readonly string[] {
  const { notes } = contentsOf(cwd);
  return (notes ?? "").split("\n").slice(0, -1);
}

describe("of several processes", () => {
  test.each([2, 4])("one at a time has it: %i at once", async (count) => {
    const cwd = temporaryFolder();
    const rounds = 8;
    const children = Array.from({ length: count }, () => claimant(cwd, String(rounds)));
    expect(await Promise.all(children.map((child) => once(child, "exit")))).toEqual(children.map(() => [0, null]));
    const notes = notesIn(cwd);
    expect(notes).toHaveLength(2 * count * rounds);
    for (let at = 0; at < notes.length; at += 2) {
      const [takes, gives] = [notes[at], notes[at + 1]];
      expect(gives).toBe(takes?.replace("takes", "gives"));
    }
    // The last may not have been the one for which the folder was made.
    expect(Object.keys(contentsOf(cwd)).filter((name) => name !== "out")).toEqual(["notes"]);
  });

  test("one that is killed while it has it is followed by each of the others in turn", async () => {
    const cwd = temporaryFolder({ "out/": "" });
    const first = claimant(cwd, "die");
    await expect.poll(() => notesIn(cwd), soon).toEqual([`takes ${first.pid}`]);
    const others = Array.from({ length: 3 }, () => claimant(cwd, "2"));
    const ends = Promise.all(others.map((child) => once(child, "exit")));
    first.kill("SIGKILL");
    expect(await ends).toEqual(others.map(() => [0, null]));
    const notes = notesIn(cwd).slice(1);
    expect(notes.filter((_, at) => at % 2 === 0).sort()).toEqual(
      others.flatMap(({ pid }) => [`takes ${pid}`, `takes ${pid}`]).sort(),
    );
    expect(notes.filter((_, at) => at % 2 === 1)).toEqual(
      notes.filter((_, at) => at % 2 === 0).map((note) => note.replace("takes", "gives")),
    );
    expect(contentsOf(path.join(cwd, "out"))).toEqual({});
  });
});

describe("a place where nothing can be claimed", () => {
  test("is told with what stands there", async () => {
    const cwd = temporaryFolder({ "out/.crd-gen": "mine" });
    await expect(claim(cwd)).rejects.toMatchObject({
      code: "disk",
      message:
        "cannot make out/.crd-gen: a file stands where a folder is needed; move it away or choose another folder with --out (ENOTDIR); nothing was changed",
    });
    const other = temporaryFolder({ "out/.crd-gen/notes.md": "mine" });
    await expect(claim(other)).rejects.toMatchObject({
      code: "disk",
      message:
        "cannot make out/.crd-gen: something else stands in its place; move it away or choose another folder with --out (ENOTEMPTY); nothing was changed",
    });
    expect([contentsOf(cwd), contentsOf(other)]).toEqual([
      { out: null, "out/.crd-gen": "mine" },
      { out: null, "out/.crd-gen": null, "out/.crd-gen/notes.md": "mine" },
    ]);
  });

  // The superuser may write everywhere.
  test.skipIf(process.getuid?.() === 0)("for want of permission is told", async () => {
    const cwd = temporaryFolder({ "out/": "" });
    chmodSync(path.join(cwd, "out"), 0o555);
    await expect(claim(cwd)).rejects.toMatchObject({ code: "disk", message: expect.stringContaining("(EACCES)") });
  });

  test("on a disk that fails at any step is left as it was", async () => {
    for (const files of [{}, { "out/": "" }]) {
      for (let at = 1; ; at += 1) {
        const cwd = temporaryFolder(files);
        const untouched = contentsOf(cwd);
        const { fileSystem, seen } = failingDisk({ at, lasting: "once", code: "EROFS" });
        const taken = await claim(cwd, { fileSystem }).catch((error: unknown) => {
          expect(error).toMatchObject({
            code: "disk",
            message: expect.stringMatching(
              /^cannot (?:write into out|make out\/\.crd-gen): the file system is read-only/,
            ),
          });
        });
        if (taken === undefined) expect(contentsOf(cwd)).toEqual(untouched);
        if (seen() < at) break;
      }
    }
  });

  test("one that cannot be given back is no reason to fail, and follows its process", async () => {
    for (let at = 1; at <= 3; at += 1) {
      const cwd = temporaryFolder({ "out/": "" });
      const { release } = await claim(cwd, { fileSystem: failingDisk({ at: 4 + at, lasting: "for good" }).fileSystem });
      release();
      const [name = ""] = readdirSync(path.join(cwd, "out"));
      const dead = String(deadProcess());
      const remains = path.join(cwd, "out", name.replace(String(process.pid), dead));
      renameSync(path.join(cwd, "out", name), remains);
      for (const owner of readdirSync(remains))
        renameSync(path.join(remains, owner), path.join(remains, owner.replace(String(process.pid), dead)));
      (await claim(cwd)).release();
      expect(contentsOf(cwd)).toEqual({ out: null });
    }
  });
});
