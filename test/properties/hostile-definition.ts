/** Places of a definition that hold a text that no rule limits, so that nothing put there is an error. */
export const textPlaces = [
  "singular",
  "listKind",
  "shortName",
  "category",
  "annotation",
  "deprecationWarning",
  "columnName",
  "columnType",
  "columnPath",
  "columnFormat",
  "columnDescription",
  "selectableField",
  "specReplicasPath",
  "statusReplicasPath",
  "labelSelectorPath",
  "rootDescription",
  "rootTitle",
  "specDescription",
  "metadataPattern",
  "scalarKey",
  "objectKey",
  "nestedKey",
  "requiredKey",
  "openKey",
  "exclusiveKey",
  "listMapKey",
  "undeclaredListMapKey",
  "enumValue",
  "objectEnumValue",
  "pattern",
  "format",
  "title",
  "description",
  "default",
  "defaultKey",
  "example",
  "exampleKey",
  "docsUrl",
  "docsDescription",
  "rule",
  "message",
  "messageExpression",
  "itemDescription",
  "itemPattern",
  "valueDescription",
  "mapRequired",
  "branchPattern",
  "branchKeyword",
  "notValue",
  "unknownKeyword",
  "unknownType",
  "reference",
  "tsType",
  "enumName",
  "extendedType",
] as const;

/** Places that hold a name, for which there are rules. */
export const namePlaces = ["group", "kind", "plural", "version", "definitionName", "scope"] as const;

export type TextPlace = (typeof textPlaces)[number];
export type NamePlace = (typeof namePlaces)[number];

/** What stands where nothing hostile is put. Keys of one object are all different. */
const ordinary: Readonly<Partial<Record<TextPlace | NamePlace, string>>> = {
  group: "hostile.example.com",
  kind: "Trick",
  plural: "tricks",
  version: "v1",
  scope: "Namespaced",
};

/** Places where no text is an error. */
const neverEmpty: readonly (TextPlace | NamePlace)[] = [
  "columnPath",
  "selectableField",
  "specReplicasPath",
  "statusReplicasPath",
];

/** The texts of a definition by place; what is not given is ordinary. */
export type Texts = Partial<Readonly<Record<TextPlace | NamePlace, string>>>;

/** An object with exactly these keys, `__proto__` not excepted; an entry that comes later does not take the place of an earlier one. */
function object(...entries: readonly (readonly [string, unknown])[]): object {
  return Object.fromEntries([...entries].reverse());
}

/** A definition with a text of one's own in any of the places. */
export function hostileDefinition(texts: Texts): unknown {
  const at: At = (place) => {
    const text = texts[place] ?? ordinary[place] ?? place;
    return text === "" && neverEmpty.includes(place) ? place : text;
  };
  return {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: {
      name: texts.definitionName ?? `${at("plural")}.${at("group")}`,
      annotations: object([at("annotation"), at("annotation")]),
    },
    spec: {
      group: at("group"),
      scope: at("scope"),
      names: {
        kind: at("kind"),
        plural: at("plural"),
        singular: at("singular"),
        listKind: at("listKind"),
        shortNames: [at("shortName"), "short"],
        categories: [at("category")],
      },
      versions: [versionOf(at)],
    },
  };
}

type At = (place: TextPlace | NamePlace) => string;

function versionOf(at: At): object {
  return {
    name: at("version"),
    served: true,
    storage: true,
    deprecated: true,
    deprecationWarning: at("deprecationWarning"),
    subresources: {
      status: {},
      scale: {
        specReplicasPath: at("specReplicasPath"),
        statusReplicasPath: at("statusReplicasPath"),
        labelSelectorPath: at("labelSelectorPath"),
      },
    },
    selectableFields: [{ jsonPath: at("selectableField") }],
    additionalPrinterColumns: [
      {
        name: at("columnName"),
        type: at("columnType"),
        jsonPath: at("columnPath"),
        format: at("columnFormat"),
        description: at("columnDescription"),
      },
    ],
    schema: {
      openAPIV3Schema: {
        type: "object",
        description: at("rootDescription"),
        title: at("rootTitle"),
        properties: {
          metadata: { type: "object", properties: { name: { type: "string", pattern: at("metadataPattern") } } },
          spec: specOf(at),
          status: { type: "object", properties: object([at("nestedKey"), { type: "string" }]) },
        },
      },
    },
  };
}

/** The keys of the spec, in the order in which they are put there; the same key twice is the first one. */
export function specKeys(texts: Texts): readonly string[] {
  const at: At = (place) => texts[place] ?? place;
  return [...new Set(specProperties(at).map(([key]) => key))];
}

function specOf(at: At): object {
  return {
    type: "object",
    description: at("specDescription"),
    required: [at("requiredKey")],
    properties: object(...specProperties(at)),
  };
}

function specProperties(at: At): readonly (readonly [string, unknown])[] {
  const string = { type: "string" };
  const named = [at("nestedKey"), { type: "object", properties: object([at("scalarKey"), string]) }] as const;
  return [
    [at("scalarKey"), documented(at)],
    [at("objectKey"), { type: "object", properties: object(named, ["plain", string]) }],
    [at("requiredKey"), { type: "string", enum: [at("enumValue"), "other"] }],
    ["unknown", { type: at("unknownType") }],
    [
      "open",
      {
        type: "object",
        "x-kubernetes-preserve-unknown-fields": true,
        required: [at("openKey")],
        properties: object(named),
      },
    ],
    ["exclusive", exclusiveOf(at)],
    ["objectEnum", { type: "object", properties: { a: string }, enum: [object(["a", at("objectEnumValue")])] }],
    ["list", listOf(at, "listMapKey", "listMapKey")],
    ["otherList", listOf(at, "listMapKey", "undeclaredListMapKey")],
    [
      "strings",
      { type: "array", items: { type: "string", description: at("itemDescription"), pattern: at("itemPattern") } },
    ],
    [
      "map",
      {
        type: "object",
        required: [at("mapRequired")],
        additionalProperties: { type: "string", description: at("valueDescription") },
      },
    ],
    [
      "branches",
      {
        type: "string",
        anyOf: [object(["pattern", at("branchPattern")], [at("branchKeyword"), 1])],
        not: { enum: [at("notValue")] },
      },
    ],
    ["references", referencesOf(at)],
  ];
}

function documented(at: At): object {
  return {
    type: "string",
    title: at("title"),
    description: at("description"),
    pattern: at("pattern"),
    format: at("format"),
    default: at("default"),
    example: object([at("exampleKey"), at("example")]),
    externalDocs: { url: at("docsUrl"), description: at("docsDescription") },
    "x-kubernetes-validations": [
      { rule: at("rule") },
      { rule: "true", message: at("message"), messageExpression: at("messageExpression") },
    ],
  };
}

function exclusiveOf(at: At): object {
  const key = at("exclusiveKey");
  const string = { type: "string" };
  return {
    type: "object",
    properties: object([key, string], ["b", string]),
    oneOf: [{ required: [key] }, { required: ["b"] }],
    default: object([at("defaultKey"), at("default")]),
  };
}

function listOf(at: At, declared: TextPlace, key: TextPlace): object {
  return {
    type: "array",
    "x-kubernetes-list-type": "map",
    "x-kubernetes-list-map-keys": [at(key)],
    items: {
      type: "object",
      description: at("itemDescription"),
      required: [at(declared)],
      properties: object([at(declared), { type: "string" }]),
    },
  };
}

/** Keywords of JSON Schema and of tools that would read a file, ask a server or print a text as a type. */
function referencesOf(at: At): object {
  const keywords = {
    $ref: at("reference"),
    $id: at("reference"),
    id: at("reference"),
    $schema: at("reference"),
    tsType: at("tsType"),
    tsEnumNames: [at("enumName")],
    extends: { $ref: at("reference"), tsType: at("extendedType") },
    definitions: object([at("unknownKeyword"), { $ref: at("reference") }]),
    $defs: object([at("unknownKeyword"), { tsType: at("tsType") }]),
    patternProperties: object([at("pattern"), { $ref: at("reference") }]),
  };
  const unknown = object([at("unknownKeyword"), at("tsType")]);
  const inner = { ...unknown, ...keywords, type: "string" };
  return {
    ...keywords,
    type: "object",
    properties: {
      $ref: inner,
      tsType: inner,
      hasOwnProperty: inner,
      enum: inner,
      type: inner,
      properties: { ...inner, type: "object", properties: { $ref: inner } },
    },
  };
}
