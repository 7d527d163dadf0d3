import { InvalidArgumentError } from "../errors/invalid-argument.ts";

/*
 * The grammar of label selectors (labels.Parse of apimachinery): requirements with commas between them, each of them `key`,
 * `!key`, `key=value` or `key==value`, `key!=value`, `key in (a,b)`, `key notin (a,b)`, `key>1` or `key<1`. Space may stand
 * between any two of these parts, and a value may be empty.
 */

const parts = /==|!=|[=!(),<>]|[^ \t\r\n=!(),<>]+/g;

const nameForm = 'up to 63 letters, digits, "-", "_" and ".", with a letter or digit at both ends';
const name = /^[A-Za-z0-9](?:[-\w.]{0,61}[A-Za-z0-9])?$/;
const subdomain = /^(?=.{1,253}$)[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/;

/** One part of a selector. */
interface PartRule {
  readonly name: string;
  /** What it looks like, where the name does not tell. */
  readonly form?: string;
  readonly accepts: (part: string) => boolean;
}

const key: PartRule = {
  name: "a key",
  form: `${nameForm}; before it may stand a DNS subdomain and a slash`,
  accepts: isKey,
};
const operator: PartRule = { name: "in, notin, =, ==, !=, < or >", accepts: isOperator };
const value: PartRule = { name: "a value", form: `nothing, or ${nameForm}`, accepts: (part) => name.test(part) };
const number: PartRule = { name: "a whole number below 2^63", accepts: isInt64 };
const opening: PartRule = { name: "an opening parenthesis", accepts: (part) => part === "(" };

/**
 * Makes sure that the server can read a label selector. An empty one selects everything.
 *
 * @throws InvalidArgumentError that says what was wanted at which character, and holds nothing of the selector.
 */
export function checkLabelSelector(selector: string): void {
  const reader = new SelectorReader(selector);
  if (reader.next === undefined) return;
  do readRequirement(reader);
  while (reader.skip(","));
  if (reader.next !== undefined) throw reader.wanted("a comma or the end");
}

function readRequirement(reader: SelectorReader): void {
  const isNegated = reader.skip("!");
  reader.take(key);
  if (isNegated || isOver(reader)) return;
  switch (reader.take(operator)) {
    case "in":
    case "notin":
      readValues(reader);
      break;
    case "<":
    case ">":
      reader.take(number);
      break;
    default:
      if (!isOver(reader)) reader.take(value);
  }
}

function readValues(reader: SelectorReader): void {
  reader.take(opening);
  while (!reader.skip(")")) {
    if (reader.skip(",")) continue;
    reader.take(value);
    if (reader.next !== "," && reader.next !== ")") throw reader.wanted("a comma or a closing parenthesis");
  }
}

/** Whether a requirement ends here. */
function isOver({ next }: SelectorReader): boolean {
  return next === undefined || next === ",";
}

function isKey(part: string): boolean {
  const [first = "", second, ...rest] = part.split("/");
  if (second === undefined) return name.test(first);
  return rest.length === 0 && subdomain.test(first) && name.test(second);
}

function isOperator(part: string): boolean {
  return ["in", "notin", "=", "==", "!=", "<", ">"].includes(part);
}

/** A label holds no sign, so that there are no negative numbers. */
function isInt64(part: string): boolean {
  return /^\d{1,63}$/.test(part) && BigInt(part) < 2n ** 63n;
}

/** The parts of a selector, one after the other. */
class SelectorReader {
  readonly #parts: readonly { readonly text: string; readonly at: number }[];
  #position = 0;

  constructor(selector: string) {
    this.#parts = Array.from(selector.matchAll(parts), ({ 0: text, index }) => ({ text, at: index + 1 }));
  }

  /** The part that comes; undefined at the end. */
  get next(): string | undefined {
    return this.#parts[this.#position]?.text;
  }

  /** Goes past a sign where it comes, and says whether it did. */
  skip(sign: string): boolean {
    if (this.next !== sign) return false;
    this.#position++;
    return true;
  }

  /** Goes past a part, which has to be what the rule says. */
  take(rule: PartRule): string {
    const { next } = this;
    if (next === undefined || !rule.accepts(next)) throw this.wanted(rule.name, rule.form);
    this.#position++;
    return next;
  }

  /** The error where something else comes. */
  wanted(what: string, form?: string): InvalidArgumentError {
    const at = this.#parts[this.#position]?.at;
    const place = at === undefined ? "at the end" : `at character ${at}`;
    return new InvalidArgumentError("labelSelector", `wanted ${what} ${place}${form === undefined ? "" : `: ${form}`}`);
  }
}
