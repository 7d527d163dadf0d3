import { describe, expect, test } from "vitest";
import { digestOf } from "../../src/digest.ts";
import { nodeFileSystem } from "../../src/output/file-system.ts";
import type { Lock } from "../../src/output/lock.ts";
import { nextLockName, readLockState } from "../../src/output/lock-state.ts";
import { printLock } from "../../src/output/lock-text.ts";
import { generatedMark } from "../../src/output/mark.ts";
import { OutputFolder } from "../../src/output/output-folder.ts";
import { temporaryFolder } from "../temporary-folder.ts";

/** A lock that lists files with these contents. */
function lockOf(files: Readonly<Record<string, string>>, generator = "1.2.3"): Lock {
  return {
    generator,
    contract: "v1",
    options: "{}",
    warnings: 0,
    sources: [{ name: "../a.yaml", digest: digestOf(generator), skipped: 0 }],
    definitions: [{ name: "as.g", digest: digestOf(generator), versions: ["v1"], lost: 0, weaker: 0, comments: 0 }],
    files: Object.entries(files).map(([file, content]) => ({ path: file, digest: digestOf(content) })),
  };
}

function contentOf(text: string): string {
  return `${generatedMark}. ${text}\n`;
}

/** The state of an output folder with these files. */
function stateOf(files: Readonly<Record<string, string>>): ReturnType<typeof readLockState> {
  const below = Object.entries(files).map(([file, content]) => [`out/${file}`, content]);
  return readLockState(new OutputFolder("out", temporaryFolder({ "out/": "", ...Object.fromEntries(below) })));
}

const [a, b, c] = ["a", "b", "c"].map(contentOf) as [string, string, string];
const lock = lockOf({ "a.ts": a, "g/b.ts": b });
const text = printLock(lock);

test("there is nothing in a folder without a lock, and in one that is not there", () => {
  const nothing = { lock: undefined, text: "", present: new Map(), interrupted: false };
  expect(stateOf({ "a.ts": a })).toEqual(nothing);
  expect(readLockState(new OutputFolder("out", temporaryFolder()))).toEqual(nothing);
});

test("has the digest of each listed file that is there, whatever its line ends, and of no other", () => {
  expect(stateOf({ "crd-gen.lock": text, "a.ts": a.replaceAll("\n", "\r\n"), "c.ts": c })).toEqual({
    lock,
    text,
    present: new Map([["a.ts", digestOf(a)]]),
    interrupted: false,
  });
  expect(stateOf({ "crd-gen.lock": text, "a.ts": c, "g/b.ts": b }).present).toEqual(
    new Map([
      ["a.ts", digestOf(c)],
      ["g/b.ts", digestOf(b)],
    ]),
  );
});

test("a lock with the line ends of Windows is the same lock", () => {
  expect(stateOf({ "crd-gen.lock": text.replaceAll("\n", "\r\n") }).lock).toEqual(lock);
});

test("a folder where a file is listed is no file that we left, and a file where a folder was is none", () => {
  expect(stateOf({ "crd-gen.lock": text, "a.ts/": "", "g/b.ts": b }).present.get("a.ts")).toBe("");
  expect(() => stateOf({ "crd-gen.lock": text, "a.ts": a, g: "mine" })).toThrow(
    expect.objectContaining({ code: "out-is-file" }),
  );
});

test("a lock that cannot be gone by is refused with its place", () => {
  expect(() => stateOf({ "crd-gen.lock": "mine\n" })).toThrow(
    expect.objectContaining({ code: "lock", message: expect.stringMatching(/^out\/crd-gen\.lock:1: /) }),
  );
  expect(() => stateOf({ "crd-gen.lock/": "" })).toThrow(
    expect.objectContaining({ code: "disk", message: expect.stringMatching(/^cannot read out\/crd-gen\.lock: /) }),
  );
});

test("a file that cannot be read is told", () => {
  const cwd = temporaryFolder({ "out/crd-gen.lock": text, "out/a.ts": a });
  const readFileSync: unknown = (place: string, ...rest: [BufferEncoding]) => {
    if (place.endsWith("a.ts")) throw Object.assign(new Error("no"), { code: "EACCES" });
    return nodeFileSystem.readFileSync(place, ...rest);
  };
  const fileSystem = Object.assign({ ...nodeFileSystem }, { readFileSync });
  expect(() => readLockState(new OutputFolder("out", cwd, fileSystem))).toThrow(
    expect.objectContaining({ code: "disk", message: expect.stringMatching(/^cannot read out\/a\.ts: permission/) }),
  );
});

describe("after a run that was killed while it put its files in place", () => {
  const [newA, newD] = ["new a", "new d"].map(contentOf) as [string, string];
  const next = lockOf({ "a.ts": newA, "d.ts": newD }, "1.3.0");
  const killed = { "crd-gen.lock": text, [nextLockName]: printLock(next) };

  /** What is ours then, and nothing of what it was made from. */
  function settled(files: Readonly<Record<string, string>>): Lock {
    return { ...next, sources: [], definitions: [], files: lockOf(files).files };
  }

  test.each<readonly [string, Readonly<Record<string, string>>, Readonly<Record<string, string>>]>([
    ["before the first", { "a.ts": a, "g/b.ts": b }, { "a.ts": a, "g/b.ts": b }],
    ["after one", { "a.ts": newA, "g/b.ts": b }, { "a.ts": newA, "g/b.ts": b }],
    ["before the removal", { "a.ts": newA, "d.ts": newD, "g/b.ts": b }, { "a.ts": newA, "g/b.ts": b, "d.ts": newD }],
    ["after the last", { "a.ts": newA, "d.ts": newD }, { "a.ts": newA, "d.ts": newD }],
    [
      "and somebody has edited one of the old lock since",
      { "a.ts": "edited", "g/b.ts": b },
      { "a.ts": a, "g/b.ts": b },
    ],
    ["and somebody has made a file of the new lock since", { "a.ts": a, "d.ts": "mine" }, { "a.ts": a }],
    ["and somebody has removed one since", { "g/b.ts": b }, { "g/b.ts": b }],
  ])("files are ours as either lock has them: %s", (_, files, ours) => {
    const state = stateOf({ ...killed, ...files });
    expect(state.interrupted).toBe(true);
    expect(state.text).toBe(text);
    const byPath = ({ files: listed, ...rest }: Lock): unknown => ({
      ...rest,
      files: new Map(listed.map((file) => [file.path, file.digest])),
    });
    expect(state.lock && byPath(state.lock)).toEqual(byPath(settled(ours)));
  });

  test("what only one of the locks lists and is not there is gone", () => {
    expect(stateOf({ ...killed, "a.ts": newA }).gone).toEqual([
      { path: "d.ts", digest: digestOf(newD) },
      { path: "g/b.ts", digest: digestOf(b) },
    ]);
  });

  test("without a lock before it, the mark says what is ours, as it did then", () => {
    const { [nextLockName]: nextText = "" } = killed;
    const state = stateOf({ [nextLockName]: nextText, "a.ts": newA });
    expect(state).toMatchObject({ lock: undefined, interrupted: true, gone: [{ path: "d.ts" }] });
  });

  test("a lock-to-be that was not written to its end is of a run that had not begun", () => {
    const files = { ...killed, [nextLockName]: printLock(next).slice(0, -10), "a.ts": a };
    expect(stateOf(files)).toMatchObject({ lock, interrupted: true });
  });

  test("what stands in its place and cannot be read is told", () => {
    expect(() => stateOf({ "crd-gen.lock": text, [`${nextLockName}/`]: "" })).toThrow(
      expect.objectContaining({ code: "disk", message: expect.stringContaining(nextLockName) }),
    );
  });
});
