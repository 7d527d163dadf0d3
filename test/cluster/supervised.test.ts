import { existsSync, readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { temporaryFolder } from "../temporary-folder.ts";
import { fakeProgram, runsForever } from "./fake-program.ts";
import { runs } from "./remains.ts";
import { type Supervised, supervise } from "./supervised.ts";

/** What does not take long, except where the machine is busy with other things. */
const soon = { timeout: 20_000, interval: 20 };

/** A program that starts another, which has the same output, and writes that one's id to `file` in its working folder. */
const startsAnother = `const { spawn } = process.getBuiltinModule("node:child_process");
  const { writeFileSync } = process.getBuiltinModule("node:fs");
  const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 2 ** 30)"], { stdio: "inherit" });
  child.unref();
  writeFileSync("file", String(child.pid));`;

/** The id that it has written. */
async function idOfAnother({ folder }: Supervised): Promise<number> {
  const file = path.join(folder, "file");
  const written = (): string => (existsSync(file) ? readFileSync(file, "utf8") : "");
  await expect.poll(written, soon).toMatch(/^\d+$/);
  return Number(written());
}

test("what runs in the folder is killed with all that it has started, and the folder goes", async () => {
  const folder = temporaryFolder();
  const supervised = await supervise(path.join(folder, "work-"));
  const environment = {};
  const stdout = path.join(supervised.folder, "out");
  const { processId, exited } = await supervised.run({
    name: "parent",
    file: fakeProgram(folder, "parent", `${runsForever} ${startsAnother}`),
    args: [],
    environment,
    stdout,
  });
  const child = await idOfAnother(supervised);
  expect(readdirSync(folder)).toEqual(["parent", path.basename(supervised.folder)]);

  const logs = await supervised.end();
  expect(logs).toEqual({ parent: "running\n" });
  expect(await exited).toMatchObject({ code: null, signal: "SIGKILL" });
  expect(readdirSync(folder)).toEqual(["parent"]);
  expect([processId ?? Number.NaN, supervised.processId].filter(runs)).toEqual([]);
  await expect.poll(() => runs(child), soon).toBe(false);
  expect(await supervised.end()).toBe(logs);
});

test("what a program has started is killed, too, where it has itself ended", async () => {
  const folder = temporaryFolder();
  const supervised = await supervise(path.join(folder, "work-"));
  const file = fakeProgram(folder, "parent", startsAnother);
  const { processId } = await supervised.run({ name: "parent", file, args: [], environment: {} });
  const child = await idOfAnother(supervised);
  await expect.poll(() => runs(processId ?? Number.NaN), soon).toBe(false);
  expect(runs(child)).toBe(true);
  await supervised.end();
  await expect.poll(() => runs(child), soon).toBe(false);
});

test("without its supervisor a program cannot be said to run, and nobody waits for it", async () => {
  const folder = temporaryFolder();
  const supervised = await supervise(path.join(folder, "work-"));
  const spec = { name: "program", file: fakeProgram(folder, "program", runsForever), args: [], environment: {} };
  const { processId, exited } = await supervised.run(spec);
  onTestFinished(() => void process.kill(processId ?? Number.NaN, "SIGKILL"));
  process.kill(supervised.processId, "SIGKILL");
  expect(await exited).toMatchObject({ code: null, error: "its supervisor has ended" });
  const killed =
    /work-\*: wanted its supervisor to run until it is asked to end, but it was killed; end what still works/;
  await expect(supervised.run({ ...spec, name: "another" })).rejects.toThrow(killed);
  await expect(supervised.end()).rejects.toThrow(killed);
});

test("a program that ends says how, and its log is kept in part", async () => {
  const folder = temporaryFolder();
  const file = fakeProgram(
    folder,
    "failing",
    `console.log("x".repeat(20_000)); console.log("end"); process.exitCode = 7;`,
  );
  const supervised = await supervise(path.join(folder, "work-"));
  const { exited } = await supervised.run({ name: "failing", file, args: [], environment: {} });
  expect(await exited).toMatchObject({ code: 7, signal: null });
  const { failing } = await supervised.end();
  expect(failing).toMatch(/^x{16379}\nend\n$/);
});

test("a program that is not there, and a folder that cannot be made", async () => {
  const folder = temporaryFolder();
  const supervised = await supervise(path.join(folder, "work-"));
  const none = await supervised.run({ name: "none", file: path.join(folder, "none"), args: [], environment: {} });
  expect(none.processId).toBeUndefined();
  expect(await none.exited).toMatchObject({ code: null, error: "ENOENT" });
  const below = path.join(fakeProgram(folder, "file", ""), "none");
  const { exited } = await supervised.run({ name: "below", file: below, args: [], environment: {} });
  expect(await exited).toMatchObject({ code: null, error: "ENOTDIR" });
  await supervised.end();
  await expect(supervise(path.join(folder, "none", "work-"))).rejects.toThrow(/ENOENT.*none\/work-/);
});
