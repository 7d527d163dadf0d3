import type { Path } from "../diagnostic.ts";
import { equalJson, isJsonObject, type JsonObject } from "../json.ts";
import { definitionType, type FieldType, type StructType } from "./field-types.ts";

/** What is pulled of a definition. */
export interface CanonicalDefinition {
  readonly tree: JsonObject;
  /** Where integers stand that are beyond 2^53: reading may have rounded them. */
  readonly rounded: readonly Path[];
}

/**
 * What of a definition is the definition itself, in the form that an API server would print: neither what belongs to one
 * object in one cluster nor what says nothing, and with what the server would fill in. A definition in a file and the same
 * in a cluster are one afterwards, but for keywords that no server knows: these are kept. What is of a wrong type is kept
 * too, so that it can be reported. See docs/decisions/0022-pull.md.
 */
export function canonicalDefinition(tree: JsonObject): CanonicalDefinition {
  const walk: Walk = { path: [], rounded: [] };
  return { tree: struct(tree, definitionType(tree.apiVersion), walk), rounded: walk.rounded };
}

/** Where the walk is at the moment, and what it has found. */
interface Walk {
  readonly path: (string | number)[];
  readonly rounded: Path[];
}

const anyValue: FieldType = { kind: "value" };

/** No integer of Kubernetes is larger: what is beyond is a float. */
const largestInteger = 2 ** 64;

function canonical(value: unknown, type: FieldType, walk: Walk): unknown {
  switch (type.kind) {
    case "list":
      if (Array.isArray(value))
        return value.map((item, index) => at(index, walk, () => canonical(item, type.items, walk)));
      break;
    case "map":
      if (isJsonObject(value)) return map(value, type.values, walk);
      break;
    case "struct":
      if (isJsonObject(value)) return struct(value, type, walk);
      break;
    case "double":
      return value;
    case "value":
    case "unpulled":
      break;
    default:
      return type satisfies never;
  }
  findRounded(value, walk);
  return value;
}

function struct(value: JsonObject, type: StructType, walk: Walk): JsonObject {
  const fields = type.fields();
  const kept: [string, unknown][] = [];
  for (const [key, given] of Object.entries(value)) {
    const field = Object.hasOwn(fields, key) ? (fields[key] ?? anyValue) : anyValue;
    if (given === null || given === undefined || field.kind === "unpulled") continue;
    const pulled = at(key, walk, () => canonical(given, field, walk));
    if (field.implied === undefined || !equalJson(pulled, field.implied)) kept.push([key, pulled]);
  }
  const pulled = Object.fromEntries(kept);
  return type.complete === undefined ? pulled : type.complete(pulled);
}

function map(value: JsonObject, values: FieldType, walk: Walk): JsonObject {
  const entries = Object.entries(value).map(([key, given]) => {
    // To Go null is the empty value of its type, and the key is there all the same.
    const present = given === null && values.kind === "struct" ? {} : given;
    return [key, at(key, walk, () => canonical(present, values, walk))];
  });
  return Object.fromEntries(entries);
}

function findRounded(value: unknown, walk: Walk): void {
  if (typeof value === "number") {
    const exact = Number.isSafeInteger(value) || !Number.isInteger(value) || Math.abs(value) > largestInteger;
    if (!exact) walk.rounded.push([...walk.path]);
  } else if (typeof value === "object" && value !== null) {
    const entries = Array.isArray(value) ? value.entries() : Object.entries(value);
    for (const [step, part] of entries) at(step, walk, () => findRounded(part, walk));
  }
}

function at<Result>(step: string | number, { path }: Walk, visit: () => Result): Result {
  path.push(step);
  const result = visit();
  path.pop();
  return result;
}
