import { isInheritedKey } from "../inherited-keys.ts";
import { isJsonObject, type JsonObject, sortedJson } from "../json.ts";
import type { Context } from "./context.ts";
import type { Keywords } from "./keywords.ts";
import type { DocTag, Property, ScalarSchema } from "./structural-schema.ts";

const scalarTypes: Readonly<Record<string, ScalarSchema["type"]>> = {
  string: "string",
  integer: "number",
  number: "number",
  boolean: "boolean",
};

/** The TypeScript type of a scalar `type`; undefined for every other. */
export function scalarType(type: string | undefined): ScalarSchema["type"] | undefined {
  return type !== undefined && Object.hasOwn(scalarTypes, type) ? scalarTypes[type] : undefined;
}

/** The scalar types that an `anyOf` or `oneOf` chooses from, where every branch names one; undefined where that is not so. */
export function scalarChoice(branches: readonly JsonObject[] | undefined): readonly ScalarSchema["type"][] | undefined {
  if (branches === undefined || branches.length === 0) return undefined;
  const types = new Set<ScalarSchema["type"]>();
  for (const branch of branches) {
    const type = typeof branch.type === "string" ? scalarType(branch.type) : undefined;
    if (type === undefined) return undefined;
    types.add(type);
  }
  return [...types].sort();
}

/** More branches than this would make a type that nobody can read. */
const mostBranches = 5;

/**
 * The keys of which a `oneOf` wants exactly one: at most five branches that each say `required: [key]` and nothing else,
 * each of another declared property that neither is required anyway nor has a default, and that TypeScript can tell to be
 * absent. Empty where that is not so.
 */
export function exclusiveKeys(keywords: Keywords, properties: readonly Property[]): readonly string[] {
  const branches = keywords.oneOf;
  if (branches === undefined || branches.length < 2 || branches.length > mostBranches) return [];
  const keys: string[] = [];
  for (const branch of branches) {
    const { required } = branch;
    if (Object.keys(branch).length !== 1 || !Array.isArray(required) || required.length !== 1) return [];
    const key: unknown = required[0];
    const property = properties.find((candidate) => candidate.key === key);
    if (property === undefined || property.required || property.schema.default !== undefined) return [];
    if (keys.includes(property.key) || isInheritedKey(property.key)) return [];
    keys.push(property.key);
  }
  return keys;
}

/** Whether `anyOf` says no more than that an int-or-string is an integer or a string, as the API requires it to be said. */
function saysIntOrString(branches: readonly JsonObject[]): boolean {
  const types = branches.map((branch) => (Object.keys(branch).length === 1 ? branch.type : undefined));
  return types.length === 2 && types.includes("integer") && types.includes("string");
}

/** What of a node's value rules its type says already. */
export interface SaidByType {
  readonly oneOf?: boolean;
  readonly anyOf?: boolean;
}

/** `oneOf`, `anyOf`, `allOf` and `not` as tags, but for those that the type says. */
export function valueRuleTags(keywords: Keywords, said: SaidByType, context: Context): DocTag[] {
  const tags: DocTag[] = [];
  const add = (name: "allOf" | "anyOf" | "oneOf" | "not", value: unknown): void => {
    if (value === undefined) return;
    const text = sortedJson(value);
    tags.push({ name, text });
    context.saidInJsdoc(name, text);
  };
  add("allOf", keywords.intOrString ? withoutIntOrString(keywords.allOf) : keywords.allOf);
  const anyOf = keywords.anyOf;
  if (said.anyOf !== true && !(keywords.intOrString && anyOf !== undefined && saysIntOrString(anyOf)))
    add("anyOf", anyOf);
  if (said.oneOf !== true) add("oneOf", keywords.oneOf);
  add("not", keywords.not);
  return tags;
}

function withoutIntOrString(branches: readonly JsonObject[] | undefined): readonly JsonObject[] | undefined {
  const rest = branches?.filter(
    (branch) =>
      !(
        Object.keys(branch).length === 1 &&
        Array.isArray(branch.anyOf) &&
        saysIntOrString(branch.anyOf.filter(isJsonObject))
      ),
  );
  return rest === undefined || rest.length === 0 ? undefined : rest;
}
