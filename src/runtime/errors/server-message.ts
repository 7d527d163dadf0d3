import { type KnownForm, knownForm, quoted, value } from "./known-forms.ts";
import { hidden } from "./shown-path.ts";
import { kept, shownWords } from "./shown-words.ts";

/** Characters of a message that are looked at: a webhook may send a megabyte, which nobody reads. */
const longest = 4_096;

/** What stands before a value (k8s.io/apimachinery, field.Error); a colon and what is wrong with it stand behind. */
const beforeValue = "(?:(?:Invalid|Unsupported|Duplicate) value|Not found|Too (?:many|few)): ";

const values = [
  // Newer servers leave values out that are no scalars, and what is wrong follows at once.
  `(?<before>${beforeValue})(?:(?=[A-Za-z]+ )|${value}(?=: |$|[,\\]])|.*)`,
  quoted,
  '".*',
  // Server-side apply says what it got in the form that Go prints things in.
  "(?<=got )&.*",
  // What was to be a text, and a body that is no object, in hexadecimal digits.
  String.raw`(?<=\()[\da-f]{2,}(?: \.\.\.)?(?=\)$)`,
  "(?<=invalid character ').+?(?=' )",
].join("|");

const host = String.raw`(?:[-\w.]+|\[[\da-fA-F:.]+\])?:\d+`;
/** Why a server gets no answer itself, from a webhook or its store (Go, net): addresses, and nothing of an object. */
const unanswered = [
  `(?:dial|read|write) (?:tcp|udp)[46]? ${host}(?:->${host})?(?=: |$)`,
  String.raw`lookup [-\w.]+ on ${host}(?=: |$)`,
  String.raw`(?<=no endpoints available for )service "[^"\\\s]*"`,
].join("|");
const asks = /^(?:Internal error occurred:|failed calling webhook|conversion webhook) /;

const parts = new RegExp(values, "gs");
const partsOfAsking = new RegExp(`(?<shown>${unanswered})|${values}`, "gs");

/**
 * What is shown of a server's message: the sentences that servers are known to say, and of every other one the words that are
 * known and names of fields. `…` stands for a value, and for what may be one: `Invalid value: "a": must be b` becomes
 * `Invalid value: …: must be b`. What is too long ends in `…`.
 *
 * @param names Names of fields that a sentence may say, too.
 */
export function withoutValues(message: string, names: ReadonlySet<string> = new Set()): string {
  const text = beginningOf(message).replaceAll(kept, hidden);
  const shown: string[] = [];
  const keep = (part: string): string => {
    shown.push(part);
    return kept;
  };
  const { length, pieces }: KnownForm = knownForm(text) ?? { length: 0, pieces: [] };
  const known = pieces.map((piece) => (piece.whole ? keep(piece.text) : piece.text)).join("");
  const rest = text.slice(length).replace(asks.test(text) ? partsOfAsking : parts, (...found) => {
    const groups: Partial<Record<string, string>> = found.at(-1);
    const { before } = groups;
    if (groups.shown !== undefined) return keep(groups.shown);
    return before === undefined ? hidden : `${before}${found[0] === before ? "" : hidden}`;
  });
  return shownWords(known + rest, names).replaceAll(kept, () => shown.shift() ?? hidden);
}

/** What is looked at of a text. Whole words alone: half of one may be a word that is known. */
export function beginningOf(message: string): string {
  if (message.length <= longest) return message;
  return `${message.slice(0, Math.max(0, message.lastIndexOf(" ", longest)))} ${hidden}`;
}
