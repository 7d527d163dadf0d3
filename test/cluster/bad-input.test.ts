import { execFileSync, spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { afterEach, expect, onTestFinished, type TestContext, test, vi } from "vitest";
import { temporaryFolder } from "../temporary-folder.ts";
import { fakeAssets, fakeProgram } from "./fake-program.ts";
import { startServer } from "./server.ts";

afterEach(() => void vi.unstubAllEnvs());

/** Two folders: one for programs, and one that takes the place of the system's folder for temporary files. */
function places(): { programs: string; temporary: string } {
  const places = { programs: temporaryFolder(), temporary: temporaryFolder() };
  vi.stubEnv("TMPDIR", places.temporary);
  return places;
}

test("a server that does not get ready is given up in time, with the logs of both programs", async () => {
  const { programs, temporary } = places();
  await expect(startServer(fakeAssets(programs, {}), { readyWithin: 1000 })).rejects.toThrow(
    /^kube-apiserver: wanted it ready at https:\/\/127\.0\.0\.1:\d+\/readyz in 1 s, but got connect ECONNREFUSED \S+; mend what the log says, or name other programs by KUBEBUILDER_ASSETS, and run again; the last lines of etcd's log:\n {2}running; the last lines of kube-apiserver's log:\n {2}running$/,
  );
  expect(readdirSync(temporary)).toEqual([]);
});

test.each(["etcd", "kube-apiserver"])("%s that ends is not waited for, and its log alone is shown", async (program) => {
  const { programs, temporary } = places();
  const source = `for (let line = 1; line <= 40; line++) console.error("line " + line); process.exit(3);`;
  const assets = fakeAssets(programs, program === "etcd" ? { etcd: source } : { apiServer: source });
  const error: unknown = await startServer(assets).catch((error: unknown) => error);
  expect(String(error)).toMatch(
    new RegExp(
      `but ${program} ended with exit code 3; .* the last lines of ${program}'s log:\n( {2}line \\d+\n){14} {2}line 40$`,
    ),
  );
  expect(readdirSync(temporary)).toEqual([]);
});

test("a program that is not there", async () => {
  const { programs, temporary } = places();
  const assets = { ...fakeAssets(programs, {}), etcd: `${programs}/none` };
  await expect(startServer(assets)).rejects.toThrow(/but etcd ended with ENOENT; .*; etcd wrote no log$/);
  expect(readdirSync(temporary)).toEqual([]);
});

/** A program whose port another one has, and that adds a line to a file each time that it is started. */
function withoutItsPort(folder: string): string {
  return `process.getBuiltinModule("node:fs").appendFileSync("${folder}/starts", "start\\n");
    console.error("listen tcp 127.0.0.1:1: bind: address already in use"); process.exit(1);`;
}

test("a free port that another program took meanwhile is looked for again, three times at most", async () => {
  const { programs, temporary } = places();
  const assets = fakeAssets(programs, { apiServer: withoutItsPort(programs) });
  const taken =
    /exit code 1; choose another port, or end the program that has it; the last lines .*\n.*already in use$/;
  await expect(startServer(assets)).rejects.toThrow(taken);
  expect(readFileSync(`${programs}/starts`, "utf8")).toBe("start\n".repeat(3));
  await expect(startServer(assets, { port: 1 })).rejects.toThrow(taken);
  expect(readFileSync(`${programs}/starts`, "utf8")).toBe("start\n".repeat(4));
  expect(readdirSync(temporary)).toEqual([]);
});

test("without a folder for temporary files", async () => {
  const { programs, temporary } = places();
  vi.stubEnv("TMPDIR", `${temporary}/none`);
  await expect(startServer(fakeAssets(programs, {}))).rejects.toThrow(
    /^kube-apiserver: wanted a temporary folder, but ENOENT: .*none\/crd-gen-apiserver-/,
  );
});

/** Mounts a small file system for the test, or skips it where that is not allowed. */
function mount(folder: string, options: string, { skip }: TestContext): void {
  if (spawnSync("mount", ["-t", "tmpfs", "-o", options, "none", folder]).status !== 0)
    skip("no file system can be mounted here");
  onTestFinished(() => void execFileSync("umount", [folder]));
}

test("a disk that is full", async (context) => {
  const { programs, temporary } = places();
  mount(temporary, "size=64k", context);
  const writes = `process.getBuiltinModule("node:fs").writeFileSync("data", "x".repeat(2 ** 17));`;
  await expect(startServer(fakeAssets(programs, { etcd: writes }))).rejects.toThrow(
    `; make room on the disk of ${temporary}, or set TMPDIR to another; the last lines of etcd's log:\n`,
  );
  expect(readdirSync(temporary)).toEqual([]);
  // Not even the first file has room.
  fakeProgram(temporary, "full", "x".repeat(63_000));
  await expect(startServer(fakeAssets(programs, {}))).rejects.toThrow(
    /^kube-apiserver: ENOSPC: .*; make room on the disk of /,
  );
  expect(readdirSync(temporary)).toEqual(["full"]);
});
