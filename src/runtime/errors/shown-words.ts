import { isKnownWord } from "./known-words.ts";
import { hidden, shownPath } from "./shown-path.ts";

/** Stands in a text for a part that stays as it is, whatever its words are; of no use in a text of its own (Unicode, private use). */
export const kept = "\u{e000}";

// What stands around a word; more of it than that is a word of its own.
const around = /^([("'`[{]*)((?:\[[^[\]]*\]|[^[])*?)([)"'`\]},.;:!?]*)$/;
const separators = /[-_./:=|()]+|n't$|(?<=[a-z\d])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/;
// What says of itself that it is a path of an object's fields.
const path = /^(?:\.|\/?(?:spec|status|metadata|self|oldSelf)(?=[./[])|values\[).*\w/s;

/**
 * A sentence of unknown origin, word by word: known words and names stay, and paths of fields; every other word is left out, as a
 * number is, for it may be a value.
 */
export function shownWords(text: string, names: ReadonlySet<string>): string {
  return text.replace(new RegExp(`[^\\s${kept}]+`, "g"), (chunk) => {
    const [, before = "", word = chunk, after = ""] = around.exec(chunk) ?? [];
    if (word === "") return chunk.length > 4 ? hidden : chunk;
    return before + shownWord(word, names) + after;
  });
}

function shownWord(word: string, names: ReadonlySet<string>): string {
  if (path.test(word)) return shownPath(word);
  if (names.has(word) || isWord(word)) return word;
  const known = word.split(separators).every((part) => names.has(part) || isWord(part));
  return known ? word : hidden;
}

/** Small letters, a capital before them, or capitals alone, as of an abbreviation. */
function isWord(part: string): boolean {
  if (part === "" || part === hidden) return true;
  return /^(?:[A-Za-z]?[a-z\d.]*|[A-Z\d]{2,5})$/.test(part) && isKnownWord(part.toLowerCase());
}
