/** A definition that has one of everything, for the tests of the checker itself. */
export const sampleDefinition = `
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: gadgets.sample.example.com
spec:
  group: sample.example.com
  scope: Namespaced
  names: { kind: Gadget, plural: gadgets, singular: gadget, listKind: GadgetList }
  versions:
    - name: v1
      served: true
      storage: true
      subresources: { status: {} }
      selectableFields: [{ jsonPath: .spec.color }]
      schema:
        openAPIV3Schema:
          description: A gadget of the sample.
          type: object
          required: [spec]
          properties:
            apiVersion: { type: string }
            kind: { type: string }
            metadata: { type: object }
            spec:
              description: What is wanted.
              type: object
              required: [color, id, toString]
              properties:
                color: { type: string, description: "The color, */ and @all.", enum: [RED, "", Red] }
                id:
                  description: Never changes.
                  type: string
                  x-kubernetes-validations: [{ rule: self == oldSelf, message: the id is fixed }]
                host_name: { type: string, nullable: true, description: Where it runs., pattern: "^[a-z]+$" }
                size: { type: integer, description: How big., minimum: 1, maximum: 10, default: 3 }
                port: { x-kubernetes-int-or-string: true, description: A port or its name. }
                labels: { type: object, description: Short texts., additionalProperties: { type: string } }
                extra:
                  description: Anything else.
                  type: object
                  x-kubernetes-preserve-unknown-fields: true
                  properties: { level: { type: string, description: How much. } }
                nothing: { type: object, description: Holds nothing. }
                parts:
                  description: What it is made of.
                  type: array
                  x-kubernetes-list-type: map
                  x-kubernetes-list-map-keys: [name]
                  items:
                    type: object
                    required: [name]
                    properties:
                      name: { type: string, description: Name of the part. }
                      count: { type: number, description: How many., default: 1 }
                flags: { type: array, description: Switches., items: { type: boolean } }
                owner:
                  description: Who has it.
                  type: object
                  x-kubernetes-map-type: atomic
                  properties: { name: { type: string, description: Name of the owner. } }
                source:
                  description: Where it comes from.
                  type: object
                  properties:
                    url: { type: string, description: An address. }
                    file: { type: string, description: A path. }
                  oneOf: [{ required: [url] }, { required: [file] }]
                any: { description: No word about its type. }
                toString: { type: string, description: How it is written. }
                template:
                  description: An object inside.
                  type: object
                  x-kubernetes-embedded-resource: true
                  properties: { spec: { type: object, description: Empty. } }
            status:
              description: What is.
              type: object
              properties: { ready: { type: boolean, description: Whether it is ready. } }
    - name: v2
      served: false
      storage: false
      schema: { openAPIV3Schema: { type: object } }
`;

const specPath = "spec.versions[0].schema.openAPIV3Schema.properties.spec.properties";

/** The losses that a run over the sample reports. */
export const sampleLosses: readonly { readonly class: string; readonly path: string; readonly what: string }[] = [
  { class: "weaker", path: `${specPath}.any`, what: "no type" },
  { class: "weaker", path: `${specPath}.toString`, what: "inherited" },
  { class: "jsdoc", path: `${specPath}.host_name`, what: "pattern" },
  { class: "jsdoc", path: `${specPath}.size`, what: "minimum" },
  { class: "jsdoc", path: `${specPath}.size`, what: "maximum" },
  { class: "jsdoc", path: `${specPath}.id`, what: "rule" },
  { class: "jsdoc", path: `${specPath}.size`, what: "default" },
  { class: "jsdoc", path: `${specPath}.parts.items.properties.count`, what: "default" },
];

const parts = {
  spec: (view: "" | "Input"): string => `
export interface GadgetSpec${view} {
  /** No word about its type. */
  any?: unknown;
  /** The color, *\\/ and \\@all. */
  color: "RED" | "" | "Red";
  /** Anything else. */
  extra?: GadgetSpecExtra${view};
  /** Switches. */
  flags?: boolean[];
  /**
   * Where it runs.
   *
   * @pattern ^[a-z]+$
   */
  host_name?: string | null;
  /**
   * Never changes.
   *
   * @rule the id is fixed
   */
  ${view === "" ? "readonly " : ""}id: string;
  /** Short texts. */
  labels?: Record<string, string>;
  /** Holds nothing. */
  nothing?: Record<string, undefined>;
  /** Who has it. */
  owner?: Atomic<GadgetSpecOwner>;
  /** What it is made of. */
  parts?: MapList<GadgetSpecPartsItem${view}, "name">;
  /** A port or its name. */
  port?: IntOrString;
  /**
   * How big.
   *
   * @minimum 1
   * @maximum 10
   * @default 3
   */
  size${view === "" ? "" : "?"}: number;
  /** Where it comes from. */
  source?: GadgetSpecSource;
  /** An object inside. */
  template?: GadgetSpecTemplate;
  /** How it is written. */
  toString?: OrInherited<string, "toString">;
}
export interface GadgetSpecExtra${view} extends GadgetSpecExtraOpen {
  /** How much. */
  level?: string;
}
export interface GadgetSpecPartsItem${view} {
  /**
   * How many.
   *
   * @default 1
   */
  count${view === "" ? "" : "?"}: number;
  /** Name of the part. */
  name: string;
}`,
};

/** The output for the sample, written by hand, without a fault. */
export const sampleOutput: string = `
import type {
  Atomic, DynamicClient, IntOrString, MapList, NamespacedObjectMeta, ObjectMetaInput, OrInherited, ResourceClient,
  ResourceDescriptor,
} from "@crd-gen/runtime/gen/v1";
/** A gadget of the sample. */
export interface Gadget {
  apiVersion: "sample.example.com/v1";
  kind: "Gadget";
  metadata: NamespacedObjectMeta;
  /** What is wanted. */
  spec: GadgetSpec;
  /** What is. */
  status?: GadgetStatus;
}
export interface GadgetInput {
  apiVersion?: "sample.example.com/v1";
  kind?: "Gadget";
  metadata: ObjectMetaInput;
  /** What is wanted. */
  spec: GadgetSpecInput;
}
${parts.spec("")}
${parts.spec("Input")}
export interface GadgetSpecExtraOpen { [key: string]: unknown }
export interface GadgetSpecOwner {
  /** Name of the owner. */
  name?: string;
}
export type GadgetSpecSource = {
  /** An address. */
  url: string;
  file?: never;
} | {
  url?: never;
  /** A path. */
  file: string;
};
export interface GadgetSpecTemplate {
  apiVersion: string;
  kind: string;
  metadata?: ObjectMetaInput;
  /** Empty. */
  spec?: Record<string, undefined>;
}
export interface GadgetStatus {
  /** Whether it is ready. */
  ready?: boolean;
}
export interface GadgetTypes {
  read: Gadget;
  input: GadgetInput;
  scope: "Namespaced";
  subresources: "status";
  fieldSelectors: "metadata.name" | "metadata.namespace" | "spec.color";
}
export const GadgetResource: ResourceDescriptor<GadgetTypes> = {
  group: "sample.example.com", version: "v1", kind: "Gadget", plural: "gadgets", scope: "Namespaced", subresources: ["status"],
};
export const gadgetClient = (client: DynamicClient): ResourceClient<GadgetTypes> => client.resource(GadgetResource);
`;
