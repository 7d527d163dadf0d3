import { ConnectionError } from "../errors/connection-error.ts";
import { UnsafeIntegerError } from "../errors/unsafe-integer-error.ts";
import { fieldPath } from "../unstructured/field-path.ts";

// An integer of 16 digits or more, as nothing shorter can be beyond 2^53, between what stands around a value. Long rows of
// digits are common in texts, as in digests of images, but without these neighbours.
const longInteger = /(?:^|[[:,])\s*-?\d{16,}\s*(?:[\]},]|$)/;
/** The digits of the shortest one. */
const longRow = 16;

/** What becomes of an integer that a number of JavaScript does not hold: it is an error, or it is rounded. */
export type UnsafeIntegers = "refuse" | "round";

/**
 * Parses the JSON text of an answer. An integer that a number of JavaScript does not hold is not rounded unless that is asked for;
 * fractions and numbers with an exponent are doubles on both sides.
 *
 * @throws UnsafeIntegerError for such an integer; ConnectionError `not-json` for a text that is no JSON.
 */
export function parseJson(text: string, unsafeIntegers: UnsafeIntegers = "refuse"): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // The text itself is not shown, and so neither is the message of JSON.parse, which quotes it.
    const got = text === "" ? "nothing" : /^\s*</.test(text) ? "a page of HTML or XML" : "something else";
    const remedy = "check that the address is that of a Kubernetes API server and that no proxy answers for it";
    throw new ConnectionError("not-json", `wanted JSON from the API server, got ${got}; ${remedy}`);
  }
  if (unsafeIntegers === "refuse" && hasLongRow(text) && longInteger.test(text)) refuseRounded(text);
  return value;
}

/**
 * Whether there are so many digits in a row, which most texts have not. Any such row has a digit at one of the places that are looked
 * at, so that this takes a twentieth of the time of the expression.
 */
function hasLongRow(text: string): boolean {
  for (let place = longRow - 1; place < text.length; place += longRow) {
    if (!isDigit(text.charCodeAt(place))) continue;
    let begin = place;
    while (isDigit(text.charCodeAt(begin - 1))) begin--;
    let end = place + 1;
    while (isDigit(text.charCodeAt(end))) end++;
    if (end - begin >= longRow) return true;
  }
  return false;
}

/** Of a place outside of the text there is no code: NaN. */
function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

// Strings, numbers, and what gives them their places.
const tokens = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*|[[\]{}:,]/g;

/** Throws an UnsafeIntegerError for the first integer of a JSON text that would be written back as another. */
function refuseRounded(text: string): void {
  // Of each object and list around a token: the key as it is written, or the index.
  const path: (string | number)[] = [];
  let previous = "";
  for (const [token] of text.matchAll(tokens)) {
    const at = path.length - 1;
    const place = path[at];
    if (token === "{") path.push("");
    else if (token === "[") path.push(0);
    else if (token === "}" || token === "]") path.pop();
    else if (token === ":") path[at] = previous;
    else if (token === "," && typeof place === "number") path[at] = place + 1;
    // The server prints a double by as many digits as tell it from others, and so does JavaScript.
    else if (/^-?\d{16,}$/.test(token) && String(Number(token)) !== token) {
      throw new UnsafeIntegerError(fieldPath(path.map((key) => (typeof key === "number" ? key : JSON.parse(key)))));
    }
    previous = token;
  }
}
