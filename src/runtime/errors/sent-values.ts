import { isJsonObject, type JsonObject } from "../unstructured/json.ts";

/** Shorter values would be found in words that have nothing to do with them. */
const shortest = 4;

/** The keys of objects, and of the steps of a JSON patch, whose values are names and no content. */
const names = new Set(["apiVersion", "kind", "op", "path", "from"]);

/**
 * The texts and numbers of what was sent, the longest first, so that a message can be told without them; names, kinds and
 * what has fewer than four characters are not among them.
 */
export function sentValues(body: string | undefined): readonly string[] {
  if (body === undefined) return [];
  const content: unknown = JSON.parse(body);
  const steps = Array.isArray(content) ? content : [content];
  const values = steps.flatMap((step) => (isJsonObject(step) ? contentOf(step) : leavesOf(step)));
  return [...new Set(values)].sort((left, right) => right.length - left.length);
}

/** The values of an object, or of a step of a JSON patch. */
function contentOf({ metadata, ...rest }: JsonObject): readonly string[] {
  const { name: _, namespace: __, ...meta } = isJsonObject(metadata) ? metadata : {};
  const content = Object.entries({ ...rest, meta }).filter(([key]) => !names.has(key));
  return content.flatMap(([, value]) => leavesOf(value));
}

function leavesOf(value: unknown): readonly string[] {
  if (typeof value === "object" && value !== null) return Object.values(value).flatMap(leavesOf);
  const text = typeof value === "string" || typeof value === "number" ? String(value) : "";
  return text.length < shortest ? [] : [text];
}
