import { once } from "node:events";
import { rmSync } from "node:fs";
import * as path from "node:path";
import { stripVTControlCharacters } from "node:util";
import { describe, expect, test } from "vitest";
import { contentsOf, temporaryFolder } from "../temporary-folder.ts";
import { definitionNamed, runCommand } from "./command-process.ts";
import { hasScript, startOnTerminal } from "./terminal.ts";

const names = Array.from({ length: 8 }, (_, index) => `a${index}s`);
// Beside the definitions' files there are four that name them.
const removal = "7 of the 12 files in generated";
const refusal = `${removal} would be removed, more than half; check the sources and the selection, or run again with --yes`;

/** To the first column, and erase what follows (ECMA-48). */
const overLine = "\u001b[1G\u001b[0J";

type Contents = Readonly<Record<string, string | null>>;

interface Prepared {
  /** Everything in a working folder whose output has seven definitions more than its sources. */
  readonly before: Contents;
  /** The output folder after a run that removes them. */
  readonly removed: Contents;
}

let prepared: Promise<Prepared> | undefined;

async function prepare(): Promise<Prepared> {
  const cwd = temporaryFolder(Object.fromEntries(names.map((name) => [`crds/${name}.yaml`, definitionNamed(name)])));
  expect(await runCommand(["crds", "--quiet"], { cwd })).toMatchObject({ code: 0 });
  for (const name of names.slice(1)) rmSync(path.join(cwd, `crds/${name}.yaml`));
  const before = contentsOf(cwd);
  expect(await runCommand(["crds", "--quiet", "--out", "wanted"], { cwd })).toMatchObject({ code: 0 });
  return { before, removed: contentsOf(path.join(cwd, "wanted")) };
}

async function muchToRemove(): Promise<{
  readonly cwd: string;
  readonly untouched: Contents;
  readonly removed: Contents;
}> {
  prepared ??= prepare();
  const { before, removed } = await prepared;
  const files = Object.entries(before).flatMap(([name, content]) => (content === null ? [] : [[name, content]]));
  const cwd = temporaryFolder(Object.fromEntries(files));
  return { cwd, untouched: contentsOf(path.join(cwd, "generated")), removed };
}

/** Runs the command on a terminal, types something at the question, and reads what stands there in the end, line by line. */
async function answer(
  cwd: string,
  typed: string | undefined,
): Promise<{ readonly code: unknown; readonly lines: readonly string[] }> {
  const child = startOnTerminal(["crds"], { cwd, columns: 120 });
  const closed = once(child, "close");
  let shown = "";
  for await (const part of child.stdout ?? []) {
    const wasAsked = shown.includes("[y/N]");
    shown += part;
    if (wasAsked || !shown.includes("[y/N]")) continue;
    if (typed === undefined) child.stdin?.end();
    else child.stdin?.write(typed);
  }
  const [code] = await closed;
  // The question is written over the line that says how far the run has come.
  const lines = stripVTControlCharacters(shown.replaceAll(overLine, "\r")).split(/\r*\n/);
  return { code, lines: lines.map((line) => line.split("\r").at(-1) ?? "") };
}

describe.skipIf(!hasScript)("on a terminal, a run that would remove more than half asks", () => {
  test.each(["y\r", "Yes\r"])("and does so after %j", async (typed) => {
    const { cwd, removed } = await muchToRemove();
    const { code, lines } = await answer(cwd, typed);
    expect(code).toBe(0);
    expect(lines[0]).toBe(`remove ${removal}? [y/N] ${typed.trim()}`);
    expect(lines[1]).toMatch(/^generated 1 kind .* 7 removed$/);
    expect(contentsOf(path.join(cwd, "generated"))).toEqual(removed);
  });

  test.each([
    ["n", "n\r"],
    ["nothing", "\r"],
    ["anything else", "yesterday\r"],
    ["Ctrl-D", "\u0004"],
    ["the end of the input", undefined],
  ])("and leaves everything after %s: exit code 2", async (_, typed) => {
    const { cwd, untouched } = await muchToRemove();
    const { code, lines } = await answer(cwd, typed);
    const said = typed?.endsWith("\r") === true ? typed.trim() : "";
    expect({ code, lines }).toEqual({
      code: 2,
      lines: [`remove ${removal}? [y/N] ${said}`, refusal, "1 error; nothing was written", ""],
    });
    expect(contentsOf(path.join(cwd, "generated"))).toEqual(untouched);
  });

  test("and leaves everything after Ctrl-C: exit code 130, and no word more", async () => {
    const { cwd, untouched } = await muchToRemove();
    expect(await answer(cwd, "\u0003")).toEqual({ code: 130, lines: [`remove ${removal}? [y/N] `, ""] });
    expect(contentsOf(path.join(cwd, "generated"))).toEqual(untouched);
  });
});

describe("where nobody can be asked, it", () => {
  test("refuses with exit code 2", async () => {
    const { cwd, untouched } = await muchToRemove();
    const { code, stdout, stderr } = await runCommand(["crds"], { cwd, input: "y\n" });
    expect({ code, stdout, stderr }).toEqual({
      code: 2,
      stdout: "",
      stderr: `${refusal}\n1 error; nothing was written\n`,
    });
    expect(contentsOf(path.join(cwd, "generated"))).toEqual(untouched);
  });

  test("does so with --yes", async () => {
    const { cwd, removed } = await muchToRemove();
    expect(await runCommand(["crds", "--yes", "--quiet"], { cwd })).toEqual({ code: 0, stdout: "", stderr: "" });
    expect(contentsOf(path.join(cwd, "generated"))).toEqual(removed);
  });

  test("says so in a dry run, and goes on", async () => {
    const { cwd, untouched } = await muchToRemove();
    const { code, stdout, stderr } = await runCommand(["crds", "--dry-run"], { cwd });
    expect({ code, stderr }).toEqual({ code: 0, stderr: `warning: ${refusal}\n` });
    expect(stdout).toContain("7 removed");
    expect(contentsOf(path.join(cwd, "generated"))).toEqual(untouched);
  });
});
