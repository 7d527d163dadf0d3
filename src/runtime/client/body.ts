import { InvalidArgumentError } from "../errors/invalid-argument.ts";
import { isJsonObject } from "../unstructured/json.ts";

// Bodies of server-side apply are YAML, where these end a line or may not stand; in JSON texts the escaped forms mean the same.
const notInYaml = /[\u007f-\u009f\u2028\u2029\ufffe\uffff]/g;

/**
 * The JSON text of what is sent.
 *
 * @throws InvalidArgumentError where something of it would be lost or changed: JSON or the server has no form for it.
 */
export function bodyText(argument: string, value: unknown): string {
  function refuse(this: unknown, key: string, part: unknown): unknown {
    const problem = problemOf(part, this, key);
    if (problem === undefined) return part;
    const place = key === "" ? "" : ` under the key ${JSON.stringify(key)}`;
    throw new InvalidArgumentError(argument, `wanted JSON, got ${problem}${place}`);
  }
  try {
    return JSON.stringify(value, refuse).replaceAll(notInYaml, escaped);
  } catch (error) {
    throw new InvalidArgumentError(argument, `wanted JSON, got ${problemOfWhole(error)}`);
  }
}

/** What JSON.stringify finds as it goes: what contains itself, of which it tells the names of classes, and the end of the stack. */
function problemOfWhole(error: unknown): string {
  if (error instanceof RangeError) return "what is too deep or too long to be written";
  const isCircular = error instanceof TypeError && error.message.includes("circular");
  if (isCircular) return "an object or a list that contains itself";
  throw error;
}

/** @param holder What has the part under the key; where the part is what `toJSON` gave, it has what that was called of. */
function problemOf(part: unknown, holder: unknown, key: string): string | undefined {
  switch (typeof part) {
    case "number":
      return Number.isFinite(part) ? undefined : "a number that is not finite";
    case "undefined":
      // As the value of a key it means that there is no such key; in a list it would become null.
      return Array.isArray(holder) ? "undefined in a list" : undefined;
    case "bigint":
    case "function":
    case "symbol":
      return `a ${typeof part}`;
    case "object":
      return part === null ? problemOfNull(holder, key) : problemOfObject(part, holder, key);
    default:
      return undefined;
  }
}

/** `toJSON` of a Date that is none gives null, which would be sent. */
function problemOfNull(holder: unknown, key: string): string | undefined {
  return Reflect.get(Object(holder), key) instanceof Date ? "a Date that is invalid" : undefined;
}

/** A Buffer is written as a list of numbers. */
function problemOfObject(part: object, holder: unknown, key: string): string | undefined {
  if (Array.isArray(part)) return undefined;
  if (isUnseen(part)) return "an instance of a class without toJSON whose content JSON does not see";
  return "type" in part && part.type === "Buffer" && ArrayBuffer.isView(Reflect.get(Object(holder), key))
    ? "a Buffer; write its text or its base64"
    : undefined;
}

// What of the language holds its content elsewhere than in fields, whatever fields somebody has given to it.
const unseen =
  /^\[object (?:(?:Weak)?(?:Map|Set)|WeakRef|(?:Shared)?ArrayBuffer|Promise|RegExp|Error|Number|String|Boolean|Symbol|BigInt)\]$/;

/** Whether it is an instance of a class of whose content JSON.stringify writes nothing, or not what counts. */
export function isUnseen(part: object): boolean {
  if (isJsonObject(part)) return false;
  return (
    Object.keys(part).length === 0 || ArrayBuffer.isView(part) || unseen.test(Object.prototype.toString.call(part))
  );
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
