import { spawnSync } from "node:child_process";
import path from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../temporary-folder.ts";

const command = path.resolve(import.meta.dirname, "../../scripts/truth.mjs");

function run(...args: readonly string[]): { readonly code: number | null; readonly said: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...args], { encoding: "utf8" });
  return { code: status, said: `${stdout}${stderr}` };
}

test.for([
  [["--version", "latest"], '--version: wanted oldest, newest or a release as 1.34.4, got "latest"\n'],
  [["--objects", "0"], '--objects: wanted a whole number of at least 1, got "0"\n'],
  [["--seed", "one"], '--seed: wanted a whole number of at least 0, got "one"\n'],
  [["no-such-file.yaml"], "no-such-file.yaml: wanted a file or a folder with definitions, found none\n"],
] as const)("npm run truth -- %j says what is wrong", ([args, said]) => {
  expect(run(...args)).toEqual({ code: 1, said });
});

test("files without a definition are nothing to check", () => {
  const folder = temporaryFolder({ "a.yaml": "kind: ConfigMap\n" });
  expect(run(folder)).toEqual({
    code: 1,
    said: "wanted definitions of apiextensions.k8s.io/v1, found none among 1 file\n",
  });
});
