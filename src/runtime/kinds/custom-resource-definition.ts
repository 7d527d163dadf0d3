import type {
  CustomResourceDefinitionNames,
  CustomResourceDefinitionSpec,
  KubernetesObject,
  KubernetesObjectInput,
  MapList,
  ObjectMeta,
  ObjectMetaInput,
  ResourceDescriptor,
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
