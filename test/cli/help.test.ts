import { expect, test } from "vitest";
import { commands, defaultCommand } from "../../src/cli/commands.ts";
import { helpText, textWidth } from "../../src/cli/help.ts";
import { answeredOptions } from "../../src/cli/options.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { resultOf, runCommand } from "./command-process.ts";
import { hasScript, startOnTerminal } from "./terminal.ts";

const widths = [40, 55, 60, 80, 100];
const cases = commands.flatMap((command) => widths.map((width) => [command.name, width, command] as const));

test.each(cases)("the help of %s fits into %i columns, and breaks no word", (_, width, command) => {
  const help = helpText(command, width);
  for (const line of help.split("\n")) expect(line.length, line).toBeLessThanOrEqual(width);
  const words = new Set(help.split(/\s+/));
  const options = [...Object.values(command.options), ...Object.values(answeredOptions)];
  for (const { name, describe } of options) {
    for (const word of [`--${name}`, ...describe.split(" ")]) expect(words).toContain(word);
  }
  for (const [, example] of command.examples) for (const word of example.split(" ")) expect(words).toContain(word);
  for (const [code, meaning] of command.exitCodes) {
    for (const word of [String(code), ...meaning.split(" ")]) expect(words).toContain(word);
  }
});

test.each(commands.map((command) => [command.name, command] as const))(
  "the help of the program names %s",
  (_, command) => {
    const help = helpText(defaultCommand, 80);
    expect(help).toMatch(new RegExp(`^  ${command.name} +${command.summary.split(" ")[0]}`, "m"));
  },
);

test("puts names and texts side by side where there is room, and else one below the other", () => {
  expect(helpText(defaultCommand, 80)).toContain(
    "\n  -o, --out DIR               Folder to write into [default: generated]\n",
  );
  expect(helpText(defaultCommand, 40)).toContain(
    "\n  -o, --out DIR\n        Folder to write into [default:\n        generated]\n",
  );
});

test("an example that is broken is one command for a shell", () => {
  expect(helpText(defaultCommand, 60)).toContain(
    "\n  crd-gen --from-cluster --context staging --crd \\\n    mycoolapps.stable.example.com\n",
  );
});

test.each([
  [undefined, 80],
  [0, 80],
  [20, 40],
  [40, 40],
  [97, 97],
  [300, 100],
])("of a terminal with %s columns it takes %i", (columns, width) => {
  expect(textWidth(columns)).toBe(width);
});

test.skipIf(!hasScript).each([40, 80])("the command asks a terminal of %i columns for its width", async (columns) => {
  const { code, stdout } = await resultOf(startOnTerminal(["list", "-h"], { cwd: temporaryFolder(), columns }));
  const list = commands.find(({ name }) => name === "list");
  if (list === undefined) throw new Error("expected a command");
  expect({ code, text: stdout.replaceAll("\r", "") }).toEqual({ code: 0, text: helpText(list, columns) });
});

test("without a terminal there are 80 columns", async () => {
  const { stdout } = await runCommand(["--help"], { cwd: temporaryFolder() });
  expect(stdout).toBe(helpText(defaultCommand, 80));
});
