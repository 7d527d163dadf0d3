import { isKnownWord } from "./known-words.ts";
import { hidden, looksLikeName, shownPath } from "./shown-path.ts";

/** Stands in a text for a part that stays as it is, whatever its words are; of no use in a text of its own (Unicode, private use). */
export const kept = "\u{e000}";

const chunks = new RegExp(`[^\\s${kept}]+`, "g");
const opening = new Set("(\"'`[{");
const closing = new Set(")\"'`]},.;:!?");
const separators = /[-_./:=|()]+|n't$|(?<=[a-z\d])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/;
// What says of itself that it is a path of an object's fields.
const path = /^[./]?(?:spec|status|self|oldSelf)(?=[./[])/;
// What may be one: its names have to be known.
const likePath = /^(?:\.|\/?metadata(?=[./[])|values\[).*\w/s;
/** Fields of metadata that are not made of known words (metav1.ObjectMeta). */
const metadata = new Set(["creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds", "selfLink"]);

/**
 * A sentence of unknown origin, word by word: known words and names stay, and paths of fields; every other word is left out, as a
 * number is, for it may be a value.
 */
export function shownWords(text: string, names: ReadonlySet<string>): string {
  return text.replace(chunks, (chunk) => {
    const [start, end] = wordIn(chunk);
    if (start >= end) return chunk.length > 4 ? hidden : chunk;
    return chunk.slice(0, start) + shownWord(chunk.slice(start, end), names) + chunk.slice(end);
  });
}

/** Where a word begins and ends between quotes, brackets and what ends a sentence. A bracket that closes one in it is its own. */
function wordIn(chunk: string): readonly [start: number, end: number] {
  let start = 0;
  while (opening.has(chunk.charAt(start))) start++;
  let end = chunk.length;
  while (end > start && closing.has(chunk.charAt(end - 1))) end--;
  const word = chunk.slice(start, end);
  const isOpen = word.lastIndexOf("[") > word.lastIndexOf("]");
  return [start, isOpen ? chunk.indexOf("]", end) + 1 || chunk.length : end];
}

function shownWord(word: string, names: ReadonlySet<string>): string {
  if (path.test(word)) return shownPath(word);
  const isKnown = (name: string): boolean =>
    names.has(name) || isWord(name) || name.split(separators).every((part) => names.has(part) || isWord(part));
  if (isKnown(word)) return word;
  if (!likePath.test(word)) return hidden;
  return shownPath(word, (name) => looksLikeName(name) && (metadata.has(name) || isKnown(name)));
}

/** Small letters, a capital before them, or capitals alone, as of an abbreviation. */
function isWord(part: string): boolean {
  if (part === "" || part === hidden) return true;
  return /^(?:[A-Za-z]?[a-z\d.]*|[A-Z\d]{2,5})$/.test(part) && isKnownWord(part.toLowerCase());
}
