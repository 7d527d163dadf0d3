/** Any object of a parsed JSON text. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Whether a parsed JSON value is an object and neither a list nor null. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Names what was found, for messages of the form `expected a string, got 3`. Texts are shortened to 40 characters. */
export function describeJson(value: unknown): string {
  if (value === undefined) return "nothing";
  if (Array.isArray(value)) return "a list";
  if (isJsonObject(value)) return "an object";
  const text = JSON.stringify(value);
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}

/**
 * Prints a JSON value, the keys of its objects sorted: equal values have equal texts, in whatever order a source holds them. With an
 * indentation, in blanks, each value has a line of its own.
 */
export function sortedJson(value: unknown, indentation = 0): string {
  const sorted = (_: string, part: unknown): unknown =>
    isJsonObject(part)
      ? Object.fromEntries(Object.entries(part).sort(([left], [right]) => compareText(left, right)))
      : part;
  return JSON.stringify(value, sorted, indentation);
}

/** Whether two JSON values are equal; the order of an object's keys does not count. */
export function equalJson(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (Array.isArray(left)) {
    return (
      Array.isArray(right) && left.length === right.length && left.every((item, index) => equalJson(item, right[index]))
    );
  }
  if (!isJsonObject(left) || !isJsonObject(right)) return false;
  const keys = Object.keys(left);
  return (
    keys.length === Object.keys(right).length &&
    keys.every((key) => Object.hasOwn(right, key) && equalJson(left[key], right[key]))
  );
}

/** Orders texts by UTF-16 code unit, the same on every machine and in every locale. */
export function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
