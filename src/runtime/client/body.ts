import { InvalidArgumentError } from "../errors/invalid-argument.ts";

// Bodies of server-side apply are YAML, where these end a line or may not stand; in JSON texts the escaped forms mean the same.
const notInYaml = /[\u007f-\u009f\u2028\u2029\ufffe\uffff]/g;

/**
 * The JSON text of what is sent.
 *
 * @throws InvalidArgumentError where something of it would be lost or changed: JSON has no form for it.
 */
export function bodyText(argument: string, value: unknown): string {
  const content = JSON.stringify(value, function refuse(this: unknown, key: string, part: unknown) {
    const problem = problemOf(part, Array.isArray(this)) ?? problemOfDate(this, key, part);
    if (problem === undefined) return part;
    const place = key === "" ? "" : ` under the key ${JSON.stringify(key)}`;
    throw new InvalidArgumentError(argument, `wanted JSON, got ${problem}${place}`);
  });
  return content.replaceAll(notInYaml, escaped);
}

function problemOf(part: unknown, inList: boolean): string | undefined {
  switch (typeof part) {
    case "number":
      return Number.isFinite(part) ? undefined : "a number that is not finite";
    case "undefined":
      // As the value of a key it means that there is no such key; in a list it would become null.
      return inList ? "undefined in a list" : undefined;
    case "bigint":
    case "function":
    case "symbol":
      return `a ${typeof part}`;
    case "object":
      // Their content is in no property: JSON.stringify writes them as {}.
      return part instanceof Map || part instanceof Set ? "a Map or a Set" : undefined;
    default:
      return undefined;
  }
}

/** `toJSON` of a Date that is none gives null, which would be sent. */
function problemOfDate(holder: unknown, key: string, part: unknown): string | undefined {
  return part === null && Reflect.get(Object(holder), key) instanceof Date ? "a Date that is invalid" : undefined;
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
