import { type Command, commands, defaultCommand } from "./commands.ts";
import { answeredOptions, type Option } from "./options.ts";

/** Columns where nobody says how many there are. */
const usualWidth = 80;
/** No line is made narrower than this. */
const leastWidth = 40;
/** Lines that are longer than this are hard to read. */
const mostWidth = 100;
/** A column that is narrower than this is hard to read. */
const leastColumn = 26;

/** The columns to write a text for a person into; `columns` is what the terminal says, undefined where there is none, and 0 of one that does not know. */
export function textWidth(columns: number | undefined): number {
  return Math.min(mostWidth, Math.max(leastWidth, columns || usualWidth));
}

/** The help of a command, in lines of at most so many columns; that of the default command is the help of the program. */
export function helpText(command: Command, width: number): string {
  const isDefault = command === defaultCommand;
  const options = [...Object.values(command.options), ...Object.values(answeredOptions)];
  const sections = [
    usageOf(command, width),
    ...command.description.map((paragraph) => wrapped(paragraph, width, 0)),
    ...(isDefault
      ? [
          section(
            "Commands:",
            commands.map(({ name, summary }) => ({ name, text: summary })),
            width,
          ),
        ]
      : []),
    section(isDefault ? `Options of ${command.name}:` : "Options:", options.map(entryOf), width),
    ["Examples:", ...command.examples.flatMap(([what, line]) => exampleLines(what, line, width))],
    section(
      "Exit codes:",
      command.exitCodes.map(([code, text]) => ({ name: String(code), text })),
      width,
    ),
    ...(isDefault ? [wrapped("crd-gen COMMAND --help explains another command.", width, 0)] : []),
  ];
  return sections.map((lines) => `${lines.join("\n")}\n`).join("\n");
}

function usageOf(command: Command, width: number): readonly string[] {
  const words =
    command === defaultCommand
      ? [`crd-gen ${command.operands} [options]`, "crd-gen COMMAND [options]"]
      : [`crd-gen ${command.name} ${command.operands} [options]`];
  const head = "Usage: ";
  const [first = "", ...rest] = words.flatMap((line) => wrapped(line, width, head.length));
  return [head + first.trimStart(), ...rest];
}

/** Something with a name, and what is said of it. */
interface Entry {
  readonly name: string;
  readonly text: string;
}

function entryOf(option: Option): Entry {
  const short = option.alias === undefined ? "    " : `-${option.alias}, `;
  const value = option.kind === "flag" ? "" : ` ${option.value}`;
  return { name: `${short}--${option.name}${value}`, text: option.describe };
}

/** Names and texts side by side, or one below the other where that would leave too little room. */
function section(title: string, entries: readonly Entry[], width: number): readonly string[] {
  const column = 4 + Math.max(...entries.map(({ name }) => name.length));
  const longestWord = Math.max(...entries.flatMap(({ text }) => text.split(" ").map((word) => word.length)));
  const beside = width - column >= Math.max(leastColumn, longestWord);
  const indent = beside ? column : 8;
  return [
    title,
    ...entries.flatMap(({ name, text }) => {
      const head = `  ${name}`;
      const lines = wrapped(text, width, indent);
      if (!beside) return [head, ...lines];
      const [first = "", ...rest] = lines;
      return [head.padEnd(indent) + first.slice(indent), ...rest];
    }),
  ];
}

/** What an example does as a comment, and below it the example as it is typed; where it is broken, as a shell takes it. */
function exampleLines(what: string, example: string, width: number): readonly string[] {
  const comment = wrapped(what, width - 2, 2).map((line) => `  # ${line.slice(2)}`);
  const [first = "", ...rest] = wrapped(example, width - 2, 2);
  const lines = [first, ...rest.map((line) => `  ${line}`)];
  return [...comment, ...lines.map((line, index) => (index === lines.length - 1 ? line : `${line} \\`))];
}

/** A text in lines of at most so many columns, each indented; a word that is longer has a line of its own. */
function wrapped(text: string, width: number, indent: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line !== "" && indent + longer.length > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line].map((part) => " ".repeat(indent) + part);
}
