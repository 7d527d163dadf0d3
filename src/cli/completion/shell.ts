import type { Command } from "../commands.ts";
import { answeredOptions, type Completion, type Option } from "../options.ts";

/** A text as a shell takes it as it is: bash, zsh and fish agree on it as long as it holds no backslash. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", `'"'"'`)}'`;
}

/** The options that may stand behind a command, those that are answered before it runs included. */
export function optionsOf(command: Command): readonly Option[] {
  return [...Object.values(command.options), ...Object.values(answeredOptions)];
}

/** Every way to write an option: `--out` and `-o`. */
export function spellings({ name, alias }: Option): readonly string[] {
  return alias === undefined ? [`--${name}`] : [`--${name}`, `-${alias}`];
}

/** Every way to write one of the options that have a value. */
export function valuedSpellings(options: readonly Option[]): readonly string[] {
  return options.filter(({ kind }) => kind !== "flag").flatMap(spellings);
}

/** What can be offered as the value of an option; undefined where anything may stand. */
export function completionOf(option: Option): Completion | readonly string[] | undefined {
  if (option.kind === "choice") return [...option.choices.keys()];
  return option.kind === "text" ? option.completion : undefined;
}
