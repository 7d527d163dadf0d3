import { isJsonObject, type JsonObject } from "../../src/json.ts";

/** The words from which the names of views and of structure are made (the naming rule, "Names" in the guide). */
const words = ["Fields", "Input", "Item", "Open", "Resource", "Types", "Value"];

/** The naming rule once more, independent of the generator: the part of a name that stands for one key. */
export function segmentOf(key: string): string {
  // What stands behind the scripts that have long been complete, such as emoji's variation selectors, makes no names.
  const isLegal = (character: string): boolean => /[\p{ID_Continue}$]/u.test(character) && character <= "\ud7a3";
  const legal = [...key].map((character) => (isLegal(character) ? character : "_")).join("");
  const raised = /^[a-z]/.test(legal) ? legal.slice(0, 1).toUpperCase() + legal.slice(1) : legal;
  return raised === "" || words.includes(raised) ? `${raised}_` : raised;
}

/** One node of a schema: where it stands, and the name that its path gives it. */
export interface Place {
  readonly node: JsonObject;
  /** The steps from the schema's root, as keywords and keys. */
  readonly steps: readonly string[];
  /** The path as a name. */
  readonly name: string;
  /** Names of the places above, the root first. */
  readonly above: readonly string[];
  /** Whether this node has declarations of its own. */
  readonly named: boolean;
}

/** A schema of a definition: the steps to it in the document, and whether every object in it is open. */
export interface SchemaRoot {
  readonly steps: readonly (string | number)[];
  readonly schema: JsonObject;
}

/** Every `openAPIV3Schema` of a definition. */
export function schemaRoots(tree: JsonObject): readonly SchemaRoot[] {
  const { spec } = tree;
  if (!isJsonObject(spec)) return [];
  const roots: SchemaRoot[] = [];
  const add = (holder: unknown, steps: (string | number)[]): void => {
    if (isJsonObject(holder) && isJsonObject(holder.openAPIV3Schema)) {
      roots.push({ steps: [...steps, "openAPIV3Schema"], schema: holder.openAPIV3Schema });
    }
  };
  add(spec.validation, ["spec", "validation"]);
  if (Array.isArray(spec.versions)) {
    spec.versions.forEach((version: unknown, index) => {
      if (isJsonObject(version)) add(version.schema, ["spec", "versions", index, "schema"]);
    });
  }
  return roots;
}

/** What the definition says of all of its schemas. */
export interface Surroundings {
  readonly typeName: string;
  /** `spec.preserveUnknownFields`. */
  readonly open: boolean;
}

/** Every node below a schema that stands at a path of its own, the root first; what is below `metadata` of the root is not among them. */
export function placesIn(schema: JsonObject, surroundings: Surroundings): readonly Place[] {
  const places: Place[] = [];
  const visit = (place: Omit<Place, "named">, inherited: boolean): void => {
    const { node, steps, name, above } = place;
    const open = inherited || surroundings.open || node["x-kubernetes-preserve-unknown-fields"] === true;
    places.push({ ...place, named: steps.length === 0 || isNamed(node, open) });
    const below = (step: readonly string[], child: unknown, ending: string): void => {
      if (!isJsonObject(child)) return;
      const opened = step[0] === "items" && open;
      visit({ node: child, steps: [...steps, ...step], name: name + ending, above: [...above, name] }, opened);
    };
    for (const [key, child] of Object.entries(propertiesOf(node))) {
      if (steps.length === 0 && key === "metadata") continue;
      below(["properties", key], child, segmentOf(key));
    }
    below(["items"], node.items, "Item");
    below(["additionalProperties"], node.additionalProperties, "Value");
  };
  visit({ node: schema, steps: [], name: surroundings.typeName, above: [] }, false);
  return places;
}

/** The properties of a node; empty where it has none. */
export function propertiesOf(node: JsonObject): JsonObject {
  return isJsonObject(node.properties) ? node.properties : {};
}

function isNamed(node: JsonObject, open: boolean): boolean {
  if (node["x-kubernetes-int-or-string"] === true) return false;
  const embedded = node["x-kubernetes-embedded-resource"] === true;
  const type = node.type ?? (isJsonObject(node.properties) || embedded ? "object" : undefined);
  if (type !== "object") return false;
  const bare = Object.keys(propertiesOf(node)).length === 0 && !embedded;
  const extra = node.additionalProperties;
  if (bare && (extra === true || isJsonObject(extra))) return false;
  return !bare || open;
}

/** Whether a field can be added to a node: its server would keep it, and would not have kept it as an unknown one of a map. */
export function takesFields({ node }: Place): boolean {
  if (node["x-kubernetes-int-or-string"] === true || node.enum !== undefined) return false;
  return node.additionalProperties === undefined && (node.type === "object" || isJsonObject(node.properties));
}

/** A name and the names that are made from it for the views of one object. */
export function namesMadeFrom(name: string): readonly string[] {
  return ["", "Input", "Open", "Fields", "InputFields"].map((ending) => name + ending);
}

/** All the names that one object may have: those made from its path, with the `_` that they may have had to take. */
export function familyOf(name: string): readonly string[] {
  return ["", "_", "__", "___"].flatMap((end) => namesMadeFrom(name + end));
}
