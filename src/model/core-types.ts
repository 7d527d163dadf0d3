import { normalize } from "../normalize/normalize.ts";
import type { CustomResource, CustomResourceVersion } from "../parse/custom-resource.ts";
import { CoreTypes } from "./core-match.ts";
import { coreShapes } from "./core-shapes.ts";

let known: CoreTypes | undefined;

/** The shapes of the core API that the contract has types for, normalized when first asked for. */
export function coreTypes(): CoreTypes {
  known ??= new CoreTypes(
    coreShapes.flatMap(({ name, input, schemas }) =>
      schemas.map((schema) => ({ read: name, input, schema: normalizeShape(schema) })),
    ),
  );
  return known;
}

function normalizeShape(schema: object): ReturnType<typeof normalize>["schema"] {
  const document = { tree: {}, source: "the core API", document: 1, prefix: [] };
  const version: CustomResourceVersion = {
    name: "v1",
    served: true,
    storage: true,
    deprecated: false,
    deprecationWarning: undefined,
    schema,
    schemaPath: [],
    document,
    hasStatus: false,
    scale: undefined,
    printerColumns: [],
    selectableFields: [],
  };
  const resource: CustomResource = {
    crd: "",
    group: "",
    kind: "",
    listKind: "",
    plural: "",
    singular: "",
    shortNames: [],
    categories: [],
    scope: "Namespaced",
    preserveUnknownFields: false,
    versions: [version],
    document,
  };
  return normalize(resource, version, false).schema;
}
