/**
 * A type of the contract that stands for a shape of Kubernetes' core API, and the schemas that real definitions carry
 * for it.
 */
export interface CoreShape {
  /** Name of the read view in the contract. */
  readonly name: string;
  /** Name of the input view; the same name where the two views are equal. */
  readonly input: string;
  /**
   * Raw schemas without texts. Every one of them means the same TypeScript type, with the same constraints in its
   * comments. What says something about the place and not about the shape is not part of them, and a node may have it or
   * not: the root's own `nullable`, `default` and `x-kubernetes-map-type`, the last of which the place writes as
   * `Atomic<Name>`.
   */
  readonly schemas: readonly object[];
}

/** The pattern that controller-gen writes for a resource.Quantity. */
const quantityPattern =
  "^(\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))(([KMGTPE]i)|[numkMGTPE]|([eE](\\+|-)?(([0-9]+(\\.[0-9]*)?)|(\\.[0-9]+))))?$";

const string = { type: "string" };
const boolean = { type: "boolean" };
const nameDefaultingToEmpty = { type: "string", default: "" };
const stringMap = { type: "object", additionalProperties: string };

/** A quantity: `anyOf` beside `x-kubernetes-int-or-string` changes nothing, and some definitions leave it out. */
const quantities = [
  {
    anyOf: [{ type: "integer" }, { type: "string" }],
    pattern: quantityPattern,
    "x-kubernetes-int-or-string": true,
  },
  { pattern: quantityPattern, "x-kubernetes-int-or-string": true },
];

/** A list without the keyword is an atomic one, so both mean the same; definitions use one way throughout. */
const atomicLists: readonly object[] = [{ "x-kubernetes-list-type": "atomic" }, {}];

const requirement = (list: object): object => ({
  type: "object",
  properties: { key: string, operator: string, values: { type: "array", items: string, ...list } },
  required: ["key", "operator"],
});

const resourceClaim = { type: "object", properties: { name: string, request: string }, required: ["name"] };

const condition = {
  type: "object",
  properties: {
    lastTransitionTime: { type: "string", format: "date-time" },
    message: { type: "string", maxLength: 32768 },
    observedGeneration: { type: "integer", format: "int64", minimum: 0 },
    reason: { type: "string", minLength: 1, maxLength: 1024, pattern: "^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$" },
    status: { type: "string", enum: ["True", "False", "Unknown"] },
    type: {
      type: "string",
      maxLength: 316,
      pattern:
        "^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])$",
    },
  },
  required: ["lastTransitionTime", "message", "reason", "status", "type"],
};

/**
 * The shapes of the core API that occur in real definitions, exactly so, at least 20 times. Equal schemas under two
 * names of Kubernetes (the selectors of keys, the requirements of label and node selectors) are one shape here.
 */
export const coreShapes: readonly CoreShape[] = [
  { name: "Condition", input: "Condition", schemas: [condition] },
  {
    name: "LabelSelector",
    input: "LabelSelector",
    schemas: atomicLists.map((list) => ({
      type: "object",
      properties: { matchExpressions: { type: "array", items: requirement(list), ...list }, matchLabels: stringMap },
    })),
  },
  { name: "LabelSelectorRequirement", input: "LabelSelectorRequirement", schemas: atomicLists.map(requirement) },
  {
    name: "LocalObjectReference",
    input: "LocalObjectReferenceInput",
    schemas: [{ type: "object", properties: { name: nameDefaultingToEmpty } }],
  },
  {
    name: "KeySelector",
    input: "KeySelectorInput",
    schemas: [
      {
        type: "object",
        properties: { key: string, name: nameDefaultingToEmpty, optional: boolean },
        required: ["key"],
      },
    ],
  },
  {
    name: "ObjectReference",
    input: "ObjectReference",
    schemas: [
      {
        type: "object",
        properties: {
          apiVersion: string,
          fieldPath: string,
          kind: string,
          name: string,
          namespace: string,
          resourceVersion: string,
          uid: string,
        },
      },
    ],
  },
  {
    name: "TypedLocalObjectReference",
    input: "TypedLocalObjectReference",
    schemas: [
      { type: "object", properties: { apiGroup: string, kind: string, name: string }, required: ["kind", "name"] },
    ],
  },
  {
    name: "TypedObjectReference",
    input: "TypedObjectReference",
    schemas: [
      {
        type: "object",
        properties: { apiGroup: string, kind: string, name: string, namespace: string },
        required: ["kind", "name"],
      },
    ],
  },
  {
    name: "Toleration",
    input: "Toleration",
    schemas: [
      {
        type: "object",
        properties: {
          effect: string,
          key: string,
          operator: string,
          tolerationSeconds: { type: "integer", format: "int64" },
          value: string,
        },
      },
    ],
  },
  { name: "ResourceClaim", input: "ResourceClaim", schemas: [resourceClaim] },
  {
    name: "ResourceRequirements",
    input: "ResourceRequirements",
    schemas: quantities.map((quantity) => {
      const amounts = { type: "object", additionalProperties: quantity };
      const claims = {
        type: "array",
        items: resourceClaim,
        "x-kubernetes-list-type": "map",
        "x-kubernetes-list-map-keys": ["name"],
      };
      return { type: "object", properties: { claims, limits: amounts, requests: amounts } };
    }),
  },
];
