import { expect, test } from "vitest";
import { paintFor } from "../../src/cli/colour.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { resultOf, runCommand } from "./command-process.ts";
import { hasScript, startOnTerminal } from "./terminal.ts";

const red = "\u001b[31mno\u001b[39m";

test.each<readonly [string, boolean | undefined, NodeJS.ProcessEnv, string]>([
  ["a terminal", true, { TERM: "xterm" }, red],
  ["a pipe", undefined, { TERM: "xterm" }, "no"],
  ["a terminal that knows no colour", true, { TERM: "dumb" }, "no"],
  ["a terminal with NO_COLOR", true, { NO_COLOR: "1" }, "no"],
  ["a terminal with NO_COLOR=0, which is not empty", true, { NO_COLOR: "0" }, "no"],
  ["a terminal with an empty NO_COLOR", true, { NO_COLOR: "" }, red],
  ["a pipe with FORCE_COLOR", false, { FORCE_COLOR: "1" }, red],
  ["a pipe with an empty FORCE_COLOR", false, { FORCE_COLOR: "" }, red],
  ["a terminal with FORCE_COLOR=0", true, { FORCE_COLOR: "0" }, "no"],
  ["a terminal with FORCE_COLOR=false", true, { FORCE_COLOR: "false" }, "no"],
  ["a terminal with both", true, { NO_COLOR: "1", FORCE_COLOR: "1" }, "no"],
])("on %s", (_, isTTY, environment, painted) => {
  expect(paintFor({ isTTY }, environment)("red", "no")).toBe(painted);
});

test("warnings are yellow", () => {
  expect(paintFor({ isTTY: true }, {})("yellow", "so")).toBe("\u001b[33mso\u001b[39m");
});

const none = { TERM: "xterm" };

test.skipIf(!hasScript)("errors and wrong usage are red on a terminal, and warnings yellow", async () => {
  const cwd = temporaryFolder({ "a.yaml": "a: 1\na: 2\n" });
  const told = await resultOf(startOnTerminal(["a.yaml"], { cwd, columns: 80, environment: none }));
  expect(told).toMatchObject({ code: 2 });
  const colours = told.stdout.split("\r\n").map((line) => line.slice(0, "\u001b[31m".length));
  expect(colours).toEqual(["\u001b[33m", "\u001b[31m", "\u001b[31m", ""]);
  const usage = await resultOf(startOnTerminal(["--grup"], { cwd, columns: 80, environment: none }));
  expect(usage.stdout).toBe("\u001b[31munknown option --grup; did you mean --group?\u001b[39m\r\n");
  const plain = await resultOf(
    startOnTerminal(["--grup"], { cwd, columns: 80, environment: { ...none, NO_COLOR: "1" } }),
  );
  expect(plain.stdout).toBe("unknown option --grup; did you mean --group?\r\n");
});

test("piped, nothing is coloured unless FORCE_COLOR asks for it", async () => {
  const cwd = temporaryFolder({ "a.yaml": "a: 1\n" });
  const words = ["list", "a.yaml"];
  const piped = await runCommand(words, { cwd, environment: none });
  expect(piped.stderr).not.toContain("\u001b");
  const forced = await runCommand(words, { cwd, environment: { ...none, FORCE_COLOR: "1" } });
  expect(forced.stderr.replaceAll("\u001b[31m", "").replaceAll("\u001b[39m", "")).toBe(piped.stderr);
  expect(forced.stderr.startsWith("\u001b[31m")).toBe(true);
});
