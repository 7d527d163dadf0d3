import type { Docs, DocTag, StructuralSchema } from "../normalize/structural-schema.ts";

const none: readonly DocTag[] = [];

/**
 * The comment of a property: its own, and what is said of the items of a list or the values of a map that have no
 * declaration of their own, as `@items maxLength 63` and `@values description …`.
 */
export function memberDocs(schema: StructuralSchema): Docs {
  const nested = elementTags(schema);
  return nested.length === 0 ? schema.docs : { ...schema.docs, tags: [...schema.docs.tags, ...nested] };
}

/** What is said of the elements of a list or map, as tags of the property that holds it. */
function elementTags(schema: StructuralSchema): readonly DocTag[] {
  if (schema.kind !== "array" && schema.kind !== "map") return none;
  const element = schema.kind === "array" ? schema.items : schema.values;
  const name = schema.kind === "array" ? "items" : "values";
  const tags: DocTag[] = [];
  if (element.kind !== "object") {
    if (element.docs.description !== "") tags.push({ name, text: `description ${element.docs.description}` });
    for (const tag of element.docs.tags) tags.push({ name, text: `${tag.name} ${tag.text}`.trimEnd() });
  }
  for (const tag of elementTags(element)) tags.push({ name, text: `${tag.name} ${tag.text}` });
  return tags;
}
