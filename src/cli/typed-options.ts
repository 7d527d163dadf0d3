import type { ChoiceOption, NumberOption, Option, Options, OptionTable } from "./options.ts";
import { UsageError } from "./usage-error.ts";

/** The values of options by their names, as the parser gives them. */
export type TypedOptions = Readonly<Record<string, unknown>>;

/**
 * The values of a command's options, under the names of its table; what was not typed is absent.
 *
 * @throws UsageError for a value that is missing or not allowed.
 */
export function readValues<Values>(typed: TypedOptions, table: OptionTable<Values>): Values {
  const options: Options = table;
  const read = Object.entries(options)
    .filter(([, { name }]) => Object.hasOwn(typed, name))
    .map(([key, option]) => [key, readValue(option, typed[option.name])] as const);
  // The compiler has held the table to the values; what is under a key is what its option gives.
  return Object.fromEntries(read) as Values;
}

function readValue(option: Option, value: unknown): unknown {
  switch (option.kind) {
    case "flag":
      // Said twice is said once.
      return Array.isArray(value) ? value.at(-1) : value;
    case "text":
      return filled(option, single(option, value));
    case "texts":
      return textsOf(option, value);
    case "number":
      return numberOf(option, value);
    case "choice":
      return choiceOf(option, value);
  }
}

function textsOf(option: Option, value: unknown): readonly string[] {
  const texts = Array.isArray(value) ? value.map((text) => filled(option, text)) : [];
  return texts.length === 0 ? [filled(option, undefined)] : texts;
}

function filled({ name }: Option, value: unknown): string {
  if (typeof value === "string" && value !== "") return value;
  throw new UsageError(`--${name}: expected a value, got nothing`);
}

function single({ name }: Option, value: unknown): unknown {
  if (Array.isArray(value)) throw new UsageError(`--${name} was given ${value.length} times; it takes one value`);
  return value;
}

function numberOf(option: NumberOption, value: unknown): number {
  const { name, least, most } = option;
  const number = single(option, value);
  if (typeof number === "number" && Number.isInteger(number) && number >= least && number <= most) return number;
  throw new UsageError(`--${name}: expected a whole number from ${least} to ${most}`);
}

function choiceOf(option: ChoiceOption, value: unknown): unknown {
  const text = filled(option, single(option, value));
  if (option.choices.has(text)) return option.choices.get(text);
  throw new UsageError(`--${option.name}: expected ${wordsOf(option)}, got ${JSON.stringify(text)}`);
}

/** `js, ts or none`. */
function wordsOf({ choices }: ChoiceOption): string {
  const words = [...choices.keys()];
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
}
