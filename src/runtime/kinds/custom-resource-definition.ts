import type {
  KubernetesObject,
  KubernetesObjectInput,
  MapList,
  ObjectMeta,
  ObjectMetaInput,
  PrinterColumn,
  ResourceDescriptor,
  ScalePaths,
} from "../gen/v1.ts";

/** The definition of a custom resource (apiextensionsv1.CustomResourceDefinition). */
export interface CustomResourceDefinition extends KubernetesObject {
  apiVersion: "apiextensions.k8s.io/v1";
  kind: "CustomResourceDefinition";
  metadata: ObjectMeta;
  spec: CustomResourceDefinitionSpec;
  status?: CustomResourceDefinitionStatus;
}

/** A definition as it is written. */
export interface CustomResourceDefinitionInput extends KubernetesObjectInput {
  apiVersion?: "apiextensions.k8s.io/v1";
  kind?: "CustomResourceDefinition";
  metadata: ObjectMetaInput;
  spec: CustomResourceDefinitionSpec;
}

/** What a definition defines (apiextensionsv1.CustomResourceDefinitionSpec). */
export interface CustomResourceDefinitionSpec {
  /** API group of the resource; `metadata.name` is `<plural>.<group>`. */
  group: string;
  names: CustomResourceDefinitionNames;
  scope: "Namespaced" | "Cluster";
  versions: CustomResourceDefinitionVersion[];
  /** How objects of one version become objects of another. Default: by a new apiVersion and nothing else. */
  conversion?: { strategy: "None" | "Webhook"; webhook?: Record<string, unknown> };
  /** Whether fields that no schema names are kept, in every version. New definitions have to say so in their schemas. */
  preserveUnknownFields?: boolean;
}

/** How the resource and its objects are called (apiextensionsv1.CustomResourceDefinitionNames). */
export interface CustomResourceDefinitionNames {
  kind: string;
  plural: string;
  /** Default: the kind in lower case. */
  singular?: string;
  /** Default: the kind followed by `List`. */
  listKind?: string;
  shortNames?: string[];
  categories?: string[];
}

/** One version of the resource (apiextensionsv1.CustomResourceDefinitionVersion). */
export interface CustomResourceDefinitionVersion {
  name: string;
  /** Whether requests may use it. */
  served: boolean;
  /** Whether objects are stored in it: exactly one is. */
  storage: boolean;
  deprecated?: boolean;
  deprecationWarning?: string;
  /** The structural schema (apiextensionsv1.JSONSchemaProps), as it is on the wire. */
  schema?: { openAPIV3Schema?: Record<string, unknown> };
  subresources?: { status?: Record<string, never>; scale?: ScalePaths };
  additionalPrinterColumns?: PrinterColumn[];
  selectableFields?: { jsonPath: string }[];
}

/**
 * What the server has made of a definition (apiextensionsv1.CustomResourceDefinitionStatus). Lists are null until there is
 * something in them.
 */
export interface CustomResourceDefinitionStatus {
  conditions?: MapList<CustomResourceDefinitionCondition, "type"> | null;
  acceptedNames?: CustomResourceDefinitionNames;
  storedVersions?: string[] | null;
}

/** A condition of a definition: `Established` is the one to wait for (apiextensionsv1.CustomResourceDefinitionCondition). */
export interface CustomResourceDefinitionCondition {
  type: string;
  status: "True" | "False" | "Unknown";
  lastTransitionTime?: string;
  reason?: string;
  message?: string;
}

/** Ties the views of CustomResourceDefinition together for the generic client. */
export interface CustomResourceDefinitionTypes {
  read: CustomResourceDefinition;
  input: CustomResourceDefinitionInput;
  scope: "Cluster";
  subresources: "status";
  fieldSelectors: "metadata.name";
  statusInput: CustomResourceDefinitionStatus;
}

/** What a client has to know of customresourcedefinitions.apiextensions.k8s.io/v1. */
export const CustomResourceDefinitionResource: ResourceDescriptor<CustomResourceDefinitionTypes> = {
  group: "apiextensions.k8s.io",
  version: "v1",
  kind: "CustomResourceDefinition",
  plural: "customresourcedefinitions",
  scope: "Cluster",
  subresources: ["status"],
};
