/**
 * What a scalar means to Kubernetes: the rules of go-yaml 2 (`resolve.go`), which sigs.k8s.io/yaml reads with,
 * followed by what sigs.k8s.io/yaml makes of the result when it turns it into JSON.
 */

/** The types that an untagged plain scalar can turn out to have. */
type ScalarType = "str" | "bool" | "null" | "int" | "float";

interface ResolvedScalar {
  readonly type: ScalarType;
  readonly value: string | boolean | number | null;
}

/** A scalar that Kubernetes' reader refuses. The message is lower case and says what was wanted. */
export class ScalarError extends Error {
  override readonly name = "ScalarError";
}

const constants = new Map<string, ResolvedScalar>();
for (const text of ["y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"]) {
  constants.set(text, { type: "bool", value: true });
}
for (const text of ["n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"]) {
  constants.set(text, { type: "bool", value: false });
}
for (const text of ["", "~", "null", "Null", "NULL"]) constants.set(text, { type: "null", value: null });
for (const text of [".nan", ".NaN", ".NAN"]) constants.set(text, { type: "float", value: Number.NaN });
for (const text of [".inf", ".Inf", ".INF"]) {
  constants.set(text, { type: "float", value: Number.POSITIVE_INFINITY });
  constants.set(`+${text}`, { type: "float", value: Number.POSITIVE_INFINITY });
  constants.set(`-${text}`, { type: "float", value: Number.NEGATIVE_INFINITY });
}
const longestConstant = 5;

/** By the code of the first character: 1 if the scalar may be something else than a string, 2 if it may be a number. */
const hints = new Uint8Array(128);
for (const character of "yYnNtTfFoO~") hints[character.charCodeAt(0)] = 1;
for (const character of "+-.0123456789") hints[character.charCodeAt(0)] = 2;

const smallInteger = /^(?:0|[1-9][0-9]{0,14})$/;
const integer = /^([-+]?)(?:0([xXbBoO])([0-9a-fA-F]+)|(0[0-7]*)|([1-9][0-9]*))$/;
const oddBinary = /^0b([-+])([01]+)$/;
const float = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
/** Go takes underscores between the digits of a float that begins with a dot, and only of those. */
const dotFloat = /^\.[0-9]+(?:_[0-9]+)*(?:[eE][-+]?[0-9]+(?:_[0-9]+)*)?$/;
/** More characters than any 64-bit integer takes in practice: arithmetic on longer ones is slow. */
const longestInteger = 100;
const int64Max = 2n ** 63n - 1n;
const int64Min = -(2n ** 63n);
const uint64Max = 2n ** 64n - 1n;

/** An integer as Go's `strconv.ParseInt` with base 0 reads it, or undefined when it is none or does not fit 64 bits. */
function parseInteger(text: string): bigint | undefined {
  if (text.length > longestInteger) return undefined;
  const odd = oddBinary.exec(text);
  const match = odd ?? integer.exec(text);
  if (match === null) return undefined;
  const sign = match[1] ?? "";
  let digits: string;
  if (odd !== null) digits = `0b${match[2]}`;
  else if (match[2] !== undefined) digits = `0${match[2].toLowerCase()}${match[3]}`;
  else if (match[4] !== undefined) digits = match[4] === "0" ? "0" : `0o${match[4].slice(1)}`;
  else digits = match[5] ?? "";
  let value: bigint;
  try {
    value = BigInt(digits);
  } catch {
    return undefined; // A digit that its base does not have, as in 0b12.
  }
  if (sign === "-") value = -value;
  if (value >= int64Min && value <= int64Max) return value;
  return sign === "" && value > 0n && value <= uint64Max ? value : undefined;
}

function parseFloatingPoint(text: string): number | undefined {
  if (!float.test(text)) return undefined;
  const value = Number(text);
  return Number.isFinite(value) ? value : undefined;
}

function resolveNumber(text: string): ResolvedScalar | undefined {
  if (text.charCodeAt(0) === 46) {
    const value = dotFloat.test(text) ? parseFloatingPoint(text.replaceAll("_", "")) : undefined;
    return value === undefined ? undefined : { type: "float", value };
  }
  const plain = text.includes("_") ? text.replaceAll("_", "") : text;
  const whole = parseInteger(plain);
  if (whole !== undefined) return { type: "int", value: Number(whole) };
  const value = parseFloatingPoint(plain);
  return value === undefined ? undefined : { type: "float", value };
}

function resolve(text: string): ResolvedScalar {
  const hint = text === "" ? 1 : hints[text.charCodeAt(0)];
  if (hint !== 1 && hint !== 2) return { type: "str", value: text };
  const constant = constants.get(text);
  if (constant !== undefined) return constant;
  return (hint === 2 ? resolveNumber(text) : undefined) ?? { type: "str", value: text };
}

function jsonValue(scalar: ResolvedScalar, text: string): string | boolean | number | null {
  if (scalar.type === "float" && !Number.isFinite(scalar.value)) {
    throw new ScalarError(`expected a value that JSON can hold, got ${text}; write a number, or put it in quotes`);
  }
  return scalar.value;
}

/** The value of a plain scalar without a tag. Throws a ScalarError for infinities and NaN, which JSON does not have. */
export function plainScalar(text: string): string | boolean | number | null {
  if (text === "") return null;
  const hint = hints[text.charCodeAt(0)];
  if (hint === 1) {
    if (text.length > longestConstant) return text;
    const constant = constants.get(text);
    return constant === undefined ? text : constant.value;
  }
  if (hint === 2) return smallInteger.test(text) ? Number(text) : jsonValue(resolve(text), text);
  return text;
}

/**
 * A float as a key, the way sigs.k8s.io/yaml writes it: the shortest digits that give the same 32-bit float,
 * with an exponent below 1e-4 and from 1e6 on (Go's `strconv.FormatFloat(value, 'g', -1, 32)`).
 */
function floatKey(value: number): string {
  const single = Math.fround(value);
  if (Number.isNaN(single)) return ".nan";
  if (!Number.isFinite(single)) return single > 0 ? ".inf" : "-.inf";
  if (single === 0) return Object.is(single, -0) ? "-0" : "0";
  let digits = 1;
  while (digits < 9 && Math.fround(Number(single.toExponential(digits - 1))) !== single) digits++;
  const [mantissa = "", exponentText = ""] = single.toExponential(digits - 1).split("e");
  const exponent = Number(exponentText);
  if (exponent >= -4 && exponent < 6) return Number(`${mantissa}e${exponent}`).toString();
  return `${mantissa}e${exponent < 0 ? "-" : "+"}${String(Math.abs(exponent)).padStart(2, "0")}`;
}

function keyText(scalar: ResolvedScalar, text: string): string {
  switch (scalar.type) {
    case "str":
      return String(scalar.value);
    case "bool":
      return scalar.value === true ? "true" : "false";
    case "float":
      return floatKey(Number(scalar.value));
    case "int": {
      const whole = parseInteger(text.replaceAll("_", "")) ?? 0n;
      if (whole > int64Max) throw new ScalarError(`expected a key of at most 63 bits, got ${text}; put it in quotes`);
      return whole.toString();
    }
    case "null":
      throw new ScalarError(`expected a key, got ${text === "" ? "nothing" : text}; write it in quotes`);
  }
}

/**
 * The property name that a plain scalar without a tag becomes as a key: `y` is "true", `0777` is "511".
 * Throws a ScalarError for null and for integers beyond 63 bits, which sigs.k8s.io/yaml refuses as keys.
 */
export function plainKey(text: string): string {
  const hint = text === "" ? 1 : hints[text.charCodeAt(0)];
  if (hint !== 1 && hint !== 2) return text;
  if (hint === 1 && text.length > longestConstant) return text;
  return keyText(resolve(text), text);
}

const timestamp = /^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt][0-9]{1,2}:.*| [0-9]{1,2}:[0-9]{1,2}:.*)?$/;
const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

function resolveTagged(tag: string, text: string): ResolvedScalar {
  switch (tag) {
    case "tag:yaml.org,2002:binary": {
      const data = text.replaceAll(/[\r\n]/g, "");
      if (!base64.test(data)) throw new ScalarError("expected base64 after !!binary; correct it or drop the tag");
      return { type: "str", value: Buffer.from(data, "base64").toString("utf8") };
    }
    case "tag:yaml.org,2002:timestamp":
      if (!timestamp.test(text)) throw new ScalarError(`expected a date after !!timestamp, got ${text}`);
      return { type: "str", value: text };
    case "tag:yaml.org,2002:bool":
    case "tag:yaml.org,2002:int":
    case "tag:yaml.org,2002:float":
    case "tag:yaml.org,2002:null": {
      const wanted = tag.slice("tag:yaml.org,2002:".length);
      const scalar = resolve(text);
      if (scalar.type === wanted) return scalar;
      const fits = scalar.type === "int" && (parseInteger(text.replaceAll("_", "")) ?? 0n) <= int64Max;
      if (wanted === "float" && fits) return { type: "float", value: scalar.value };
      throw new ScalarError(`expected what !!${wanted} promises, got ${text === "" ? "nothing" : text}`);
    }
    default:
      return { type: "str", value: text };
  }
}

/** The value of a scalar with an explicit tag, given in full; a tag that Kubernetes does not know makes a string. */
export function taggedScalar(tag: string, text: string): string | boolean | number | null {
  return jsonValue(resolveTagged(tag, text), text);
}

/** The property name that a scalar with an explicit tag becomes as a key. */
export function taggedKey(tag: string, text: string): string {
  return keyText(resolveTagged(tag, text), text);
}
