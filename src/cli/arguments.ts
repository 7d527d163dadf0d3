import parse from "yargs-parser";
import { closestName } from "../closest-name.ts";
import { allOptions, type Command, commands, defaultCommand, type Line } from "./commands.ts";
import { answeredOptions, type Option } from "./options.ts";
import type { TypedOptions } from "./typed-options.ts";
import { UsageError } from "./usage-error.ts";

/** A command to run, or to explain. */
export type ParsedArguments =
  | { readonly kind: "run"; readonly command: Command; readonly line: Line<TypedOptions> }
  | { readonly kind: "help"; readonly command: Command };

/**
 * Reads the command line, without the program and the script. The first word is a command if it is exactly the name of
 * one and no `--` stands before it.
 *
 * @throws UsageError for an option that the command does not have, with the one that was probably meant, for a flag with a value
 *   that is neither true nor false, and for a word that is empty.
 */
export function parseArguments(argv: readonly string[]): ParsedArguments {
  const options = allOptions();
  const {
    _: before = [],
    "--": behind = [],
    ...typed
  }: TypedWords = parse(plainFlags(argv, options), {
    ...parserOptions(options),
    configuration: {
      // `--group a crds/` is a group and a source, and a source named 7 is a name.
      "greedy-arrays": false,
      "parse-positional-numbers": false,
      "camel-case-expansion": false,
      "dot-notation": false,
      "short-option-groups": false,
      "populate--": true,
    },
  });
  const named = commands.find(({ name }) => name === before[0]);
  const command = named ?? defaultCommand;
  refuseOthers(typed, command, options);
  if (typed.help === true) return { kind: "help", command };
  const words = [...(named === undefined ? before : before.slice(1)), ...behind].map(String);
  if (words.includes("")) throw new UsageError("a source has an empty name");
  return { kind: "run", command, line: { words, values: typed, named: named !== undefined } };
}

/** What the parser gives: words before and behind `--`, and the options. */
interface TypedWords extends TypedOptions {
  readonly _?: readonly unknown[];
  readonly "--"?: readonly unknown[];
}

/** Flags with a value as the parser understands them, which takes every value but `true` for false and knows none behind `--no-`. */
function plainFlags(argv: readonly string[], options: readonly Option[]): string[] {
  const flags = new Map<string, readonly [name: string, taken: "true" | "false"]>();
  for (const { kind, name, alias } of options) {
    if (kind !== "flag") continue;
    flags.set(`--${name}`, [name, "true"]).set(`--no-${name}`, [name, "false"]);
    if (alias !== undefined) flags.set(`-${alias}`, [name, "true"]);
  }
  const end = argv.indexOf("--");
  return argv.map((word, index) => {
    const [, flag = "", value = ""] = /^([^=]+)=(.*)$/s.exec(word) ?? [];
    const known = flags.get(flag);
    if (known === undefined || (end >= 0 && index > end)) return word;
    if (value !== "true" && value !== "false") {
      throw new UsageError(`${flag}: takes no value, got ${JSON.stringify(value)}`);
    }
    const [name, taken] = known;
    return `--${name}=${value === taken}`;
  });
}

function parserOptions(options: readonly Option[]): parse.Options {
  const named = (...kinds: readonly Option["kind"][]): string[] =>
    options.filter(({ kind }) => kinds.includes(kind)).map(({ name }) => name);
  return {
    array: named("texts"),
    string: named("text", "texts", "choice"),
    boolean: named("flag"),
    number: named("number"),
    alias: Object.fromEntries(options.flatMap(({ name, alias }) => (alias === undefined ? [] : [[name, alias]]))),
  };
}

function refuseOthers(typed: TypedOptions, command: Command, all: readonly Option[]): void {
  const own = [...Object.values(command.options), ...Object.values(answeredOptions)];
  const known = new Set(own.flatMap(({ name, alias }) => [name, ...(alias === undefined ? [] : [alias])]));
  for (const typedName of Object.keys(typed)) {
    if (known.has(typedName)) continue;
    const option = all.find(({ name, alias }) => name === typedName || alias === typedName);
    const help = command === defaultCommand ? "crd-gen --help" : `crd-gen ${command.name} --help`;
    if (option !== undefined) {
      const message = `--${option.name} is an option of ${ownersOf(option)}, and not of ${command.name}`;
      throw new UsageError(`${message}; ${help} lists those that are`);
    }
    const names = own.map(({ name }) => name);
    const closest = closestName(typedName, names);
    const dashes = typedName.length === 1 ? "-" : "--";
    const remedy = closest === undefined ? `${help} lists them` : `did you mean --${closest}?`;
    throw new UsageError(`unknown option ${dashes}${typedName}; ${remedy}`);
  }
}

/** The commands that have an option: `generate` or `generate and pull`. */
function ownersOf(option: Option): string {
  const owners = commands.filter(({ options }) => Object.values(options).some(({ name }) => name === option.name));
  const names = owners.map(({ name }) => name);
  const last = names.at(-1) ?? "no command";
  return names.length < 2 ? last : `${names.slice(0, -1).join(", ")} and ${last}`;
}
