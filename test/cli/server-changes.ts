import { isJsonObject } from "../../src/json.ts";

/** What an API server makes of definitions that it takes: how, and where (metav1.ObjectMeta, apiextensions/v1 defaults.go and types_jsonschema.go). */
export type ServerChange =
  | "metadata and status that the server keeps"
  | "names.singular and names.listKind filled in"
  | "conversion by strategy None filled in"
  | "null dropped"
  | "empty text or object dropped"
  | "keyword of no JSONSchemaProps dropped";

/** A difference between two JSON values; `undefined` stands for nothing. */
interface Difference {
  readonly path: string;
  readonly before: unknown;
  readonly after: unknown;
}

/**
 * The kinds of changes from a definition in a file to the same in a cluster.
 *
 * @throws Error for a change of another kind.
 */
export function serverChanges(file: unknown, cluster: unknown): ReadonlySet<ServerChange> {
  return new Set(differences(file, cluster, "").map(kindOf));
}

function kindOf({ path, before, after }: Difference): ServerChange {
  if (before === undefined) {
    if (/^\.(?:metadata\.(?:creationTimestamp|generation|managedFields|resourceVersion|uid)|status)$/.test(path)) {
      return "metadata and status that the server keeps";
    }
    if (/^\.spec\.names\.(?:singular|listKind)$/.test(path)) return "names.singular and names.listKind filled in";
    if (path === ".spec.conversion") return "conversion by strategy None filled in";
  }
  if (after === undefined && path.startsWith(".spec.versions[")) {
    if (before === null) return "null dropped";
    if (before === "" || (isJsonObject(before) && Object.keys(before).length === 0)) {
      return "empty text or object dropped";
    }
    if (/\.(?:const|extends|tsEnumNames|tsType)$/.test(path)) return "keyword of no JSONSchemaProps dropped";
  }
  throw new Error(`${path}: expected a change that is known, got ${JSON.stringify({ before, after })}`);
}

function differences(before: unknown, after: unknown, path: string): readonly Difference[] {
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length) {
    return before.flatMap((item, index) => differences(item, after[index], `${path}[${index}]`));
  }
  if (isJsonObject(before) && isJsonObject(after)) {
    const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...keys].flatMap((key) => differences(before[key], after[key], `${path}.${key}`));
  }
  return before === after ? [] : [{ path, before, after }];
}
