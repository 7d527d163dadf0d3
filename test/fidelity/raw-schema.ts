/** A node of an `openAPIV3Schema` as its file holds it. */
export type RawSchema = Readonly<Record<string, unknown>>;

/** Whether a value is a JSON object. */
export function isRecord(value: unknown): value is RawSchema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The entries of `value[key]`, where that is an object; else none. */
export function entriesOf(value: unknown, key: string): readonly (readonly [string, unknown])[] {
  const found = isRecord(value) ? value[key] : undefined;
  return isRecord(found) ? Object.entries(found) : [];
}

/** The list at `value[key]`; empty where there is none. */
export function listOf(value: unknown, key: string): readonly unknown[] {
  const found = isRecord(value) ? value[key] : undefined;
  return Array.isArray(found) ? found : [];
}

/** The strings of the list at `value[key]`. */
export function stringsOf(value: unknown, key: string): readonly string[] {
  return listOf(value, key).filter((item) => typeof item === "string");
}

/** The own value at `value[key]`, also for keys such as `__proto__`. */
export function ownValue(value: unknown, key: string): unknown {
  return isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** Whether two JSON values are equal; the order of keys does not matter. */
export function sameJson(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (Array.isArray(left) && Array.isArray(right)) {
    return left.length === right.length && left.every((item, index) => sameJson(item, right[index]));
  }
  if (!isRecord(left) || !isRecord(right)) return false;
  const keys = Object.keys(left);
  if (keys.length !== Object.keys(right).length) return false;
  return keys.every((key) => Object.hasOwn(right, key) && sameJson(left[key], right[key]));
}

const plainKey = /^[A-Za-z_$][\w$-]*$/;

/** Prints the next step of a report's path: `.key`, `["odd key"]` or `[0]`. */
export function pathStep(step: string | number): string {
  if (typeof step === "number") return `[${step}]`;
  return plainKey.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`;
}
