import type { JsonObject } from "../json.ts";

/**
 * What is pulled of the value of one field. The tables follow the Go types of `apiextensions.k8s.io`, v1 and v1beta1
 * (types.go, types_jsonschema.go, defaults.go): what the API server leaves out when it prints a definition is left out.
 */
export type FieldType =
  /** Belongs to one object in one cluster: never pulled. */
  | { readonly kind: "unpulled" }
  /** Kept as it is, whatever it is. */
  | { readonly kind: "value"; readonly implied?: unknown }
  /** A number that the API server keeps as a double, so that nothing of it is rounded here. */
  | { readonly kind: "double"; readonly implied?: undefined }
  | { readonly kind: "list"; readonly items: FieldType; readonly implied: readonly [] }
  | { readonly kind: "map"; readonly values: FieldType; readonly implied: JsonObject }
  | StructType;

/** An object with fields that are known; one that is not is kept as it is. A field that is null is absent, as in Go. */
export interface StructType {
  readonly kind: "struct";
  readonly fields: () => Readonly<Record<string, FieldType>>;
  /** Adds what the API server would. */
  readonly complete?: (value: JsonObject) => JsonObject;
  /** The value that is the same as none at all: the field is then left out. */
  readonly implied?: unknown;
}

const unpulled: FieldType = { kind: "unpulled" };
const value: FieldType = { kind: "value" };
const double: FieldType = { kind: "double" };
const text: FieldType = { kind: "value", implied: "" };
const flag: FieldType = { kind: "value", implied: false };

function list(items: FieldType = value): FieldType {
  return { kind: "list", items, implied: [] };
}

function map(values: FieldType = value): FieldType {
  return { kind: "map", values, implied: {} };
}

function struct(
  fields: Readonly<Record<string, FieldType>>,
  more: Omit<StructType, "kind" | "fields"> = {},
): StructType {
  return { kind: "struct", fields: () => fields, ...more };
}

const schema: FieldType = { kind: "struct", fields: () => schemaFields };

/** JSONSchemaProps. What is not here is a pointer or any JSON, or no API server knows it. */
const schemaFields: Readonly<Record<string, FieldType>> = {
  $schema: text,
  additionalItems: schema,
  additionalProperties: schema,
  allOf: list(schema),
  anyOf: list(schema),
  definitions: map(schema),
  description: text,
  enum: list(),
  exclusiveMaximum: flag,
  exclusiveMinimum: flag,
  externalDocs: struct({ description: text, url: text }),
  format: text,
  id: text,
  items: schema,
  maximum: double,
  minimum: double,
  multipleOf: double,
  not: schema,
  nullable: flag,
  oneOf: list(schema),
  pattern: text,
  patternProperties: map(schema),
  properties: map(schema),
  required: list(),
  title: text,
  type: text,
  uniqueItems: flag,
  "x-kubernetes-embedded-resource": flag,
  "x-kubernetes-int-or-string": flag,
  "x-kubernetes-list-map-keys": list(),
  "x-kubernetes-validations": list(struct({ fieldPath: text, message: text, messageExpression: text })),
};

const validation = struct({ openAPIV3Schema: schema });

const columns = list(struct({ description: text, format: text, priority: { kind: "value", implied: 0 } }));

const version = struct(
  {
    additionalPrinterColumns: columns,
    deprecated: flag,
    schema: validation,
    selectableFields: list(),
    subresources: struct({ scale: struct({}), status: struct({}) }),
  },
  { complete: (given) => ({ served: false, storage: false, ...given }) },
);

const names = struct(
  { categories: list(), listKind: text, shortNames: list(), singular: text },
  {
    complete: (given) =>
      typeof given.kind === "string" && given.kind !== ""
        ? { listKind: `${given.kind}List`, singular: given.kind.toLowerCase(), ...given }
        : given,
  },
);

/** The certificate is that of one installation, and whoever keeps it there replaces it again and again. */
const clientConfig = struct({ caBundle: unpulled, service: struct({ port: { kind: "value", implied: 443 } }) });

const conversion = struct(
  { conversionReviewVersions: list(), webhook: struct({ clientConfig }), webhookClientConfig: clientConfig },
  { implied: { strategy: "None" } },
);

const spec: Readonly<Record<string, FieldType>> = {
  additionalPrinterColumns: columns,
  conversion,
  names,
  selectableFields: list(),
  subresources: struct({ scale: struct({}), status: struct({}) }),
  validation,
  versions: list(version),
};

const metadata = struct({
  annotations: struct({ "kubectl.kubernetes.io/last-applied-configuration": unpulled }, { implied: {} }),
  creationTimestamp: unpulled,
  deletionGracePeriodSeconds: unpulled,
  deletionTimestamp: unpulled,
  finalizers: unpulled,
  generation: unpulled,
  labels: map(),
  managedFields: unpulled,
  namespace: unpulled,
  ownerReferences: unpulled,
  resourceVersion: unpulled,
  selfLink: unpulled,
  uid: unpulled,
});

/** The fields of a CustomResourceDefinition. In v1beta1 `preserveUnknownFields: false` is not what its absence means. */
export function definitionType(apiVersion: unknown): StructType {
  const preserveUnknownFields = apiVersion === "apiextensions.k8s.io/v1" ? flag : value;
  return struct({ metadata, spec: struct({ ...spec, preserveUnknownFields }), status: unpulled });
}
