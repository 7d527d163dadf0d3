import { isJsonObject } from "../unstructured/json.ts";
import { looksLikeName, namesIn } from "./shown-path.ts";

/**
 * The names of fields in what was sent, at every level, and in the paths of a JSON patch: words that a message may say. Nothing of what they
 * hold is among them.
 */
export function sentNames(body: string | undefined): ReadonlySet<string> {
  const names = new Set<string>();
  if (body === undefined) return names;
  const content: unknown = JSON.parse(body);
  addKeys(content, names);
  for (const step of Array.isArray(content) ? content : []) {
    if (!isJsonObject(step)) continue;
    for (const path of [step.path, step.from]) {
      for (const name of typeof path === "string" ? namesIn(path) : []) names.add(name);
    }
  }
  return names;
}

function addKeys(value: unknown, names: Set<string>): void {
  if (Array.isArray(value)) for (const item of value) addKeys(item, names);
  if (!isJsonObject(value)) return;
  for (const [key, below] of Object.entries(value)) {
    if (looksLikeName(key)) names.add(key);
    addKeys(below, names);
  }
}
