import { renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { expect, test } from "vitest";
import { contentsOf, temporaryFolder } from "../temporary-folder.ts";
import { definitionNamed, runCommand } from "./command-process.ts";

type Contents = Readonly<Record<string, string | null>>;

let made: Promise<Contents> | undefined;

async function makeProject(): Promise<Contents> {
  const cwd = temporaryFolder({
    "api/crds/a.yaml": definitionNamed("as"),
    "api/crds/b.yaml": definitionNamed("bs"),
    "web/src/": "",
  });
  const options = ["api/crds", "--out", "web/src/generated", "--quiet"];
  expect(await runCommand(options, { cwd })).toEqual({ code: 0, stdout: "", stderr: "" });
  return contentsOf(cwd);
}

/** A project whose output is up to date, and all that is in it. */
async function project(): Promise<{ readonly cwd: string; readonly untouched: Contents }> {
  made ??= makeProject();
  const untouched = await made;
  const files = Object.entries(untouched).flatMap(([name, content]) => (content === null ? [] : [[name, content]]));
  return { cwd: temporaryFolder(Object.fromEntries(files)), untouched };
}

/** A run and a check from a working directory: both say that nothing has changed. */
async function expectNothingChanged(cwd: string, sources: string, out: string): Promise<void> {
  const { code, stdout, stderr } = await runCommand([sources, "--out", out], { cwd });
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toMatch(/^nothing has changed: 2 kinds in 2 versions in /);
  const checked = await runCommand([sources, "--out", out, "--check"], { cwd });
  expect(checked).toEqual({ code: 0, stdout: `${out} is up to date\n`, stderr: "" });
}

test.each([
  ["the root", "", "api/crds", "web/src/generated"],
  ["the folder of the sources", "api/crds", ".", "../../web/src/generated"],
  ["the output folder", "web/src/generated", "../../../api/crds", "."],
  ["somewhere else", "web", "../api/crds/*.yaml", "src/generated"],
])("seen from %s, nothing has changed", async (_, directory, sources, out) => {
  const { cwd, untouched } = await project();
  await expectNothingChanged(path.join(cwd, directory), sources, out);
  expect(contentsOf(cwd)).toEqual(untouched);
});

test("seen through a link to the project, nothing has changed", async () => {
  const { cwd, untouched } = await project();
  const link = path.join(temporaryFolder(), "link");
  symlinkSync(cwd, link);
  await expectNothingChanged(link, "api/crds", "web/src/generated");
  expect(contentsOf(cwd)).toEqual(untouched);
});

test("a project that was moved has not changed", async () => {
  const { cwd, untouched } = await project();
  const moved = path.join(temporaryFolder(), "moved");
  renameSync(cwd, moved);
  await expectNothingChanged(moved, "api/crds", "web/src/generated");
  expect(contentsOf(moved)).toEqual(untouched);
});

test("a checkout with the line ends of Windows has not changed", async () => {
  const { cwd } = await project();
  for (const [name, content] of Object.entries(contentsOf(path.join(cwd, "web"))))
    if (content !== null) writeFileSync(path.join(cwd, "web", name), content.replaceAll("\n", "\r\n"));
  const untouched = contentsOf(cwd);
  await expectNothingChanged(cwd, "api/crds", "web/src/generated");
  expect(contentsOf(cwd)).toEqual(untouched);
});

test("a checkout that has the lock alone gets the files that it lists, and then nothing has changed", async () => {
  const { cwd, untouched } = await project();
  const output = path.join(cwd, "web/src/generated");
  for (const name of Object.keys(contentsOf(output)))
    if (name !== "crd-gen.lock") rmSync(path.join(output, name), { recursive: true, force: true });
  const options = ["api/crds", "--out", "web/src/generated", "--quiet"];
  expect(await runCommand([...options, "--check"], { cwd })).toMatchObject({ code: 1 });
  expect(await runCommand(options, { cwd })).toEqual({ code: 0, stdout: "", stderr: "" });
  expect(contentsOf(cwd)).toEqual(untouched);
  await expectNothingChanged(cwd, "api/crds", "web/src/generated");
});

test.each([["--diff"], ["--check", "--diff"]])("%j prints no difference, and nothing else", async (...options) => {
  const { cwd, untouched } = await project();
  const result = await runCommand(["api/crds", "--out", "web/src/generated", ...options], { cwd });
  expect(result).toEqual({ code: 0, stdout: "", stderr: "" });
  expect(contentsOf(cwd)).toEqual(untouched);
});
