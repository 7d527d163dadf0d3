import type {
  KubernetesObject,
  KubernetesObjectInput,
  NamespacedObjectMeta,
  ObjectMetaInput,
  ResourceDescriptor,
} from "../gen/v1.ts";

/** Settings for programs (corev1.ConfigMap). */
export interface ConfigMap extends KubernetesObject, ConfigMapContent {
  apiVersion: "v1";
  kind: "ConfigMap";
  metadata: NamespacedObjectMeta;
}

/** A config map as it is written. */
export interface ConfigMapInput extends KubernetesObjectInput, ConfigMapContent {
  apiVersion?: "v1";
  kind?: "ConfigMap";
  metadata: ObjectMetaInput;
}

/** What a config map holds, at most 1 MiB together. A key is in one of the two. */
export interface ConfigMapContent {
  /** Texts. */
  data?: Record<string, string>;
  /** What is no text, in base64. */
  binaryData?: Record<string, string>;
  /** Whether the content may never change again; the metadata may. */
  immutable?: boolean;
}

/** Ties the views of ConfigMap together for the generic client. */
export interface ConfigMapTypes {
  read: ConfigMap;
  input: ConfigMapInput;
  scope: "Namespaced";
  subresources: never;
  fieldSelectors: "metadata.name" | "metadata.namespace";
}

/** What a client has to know of configmaps/v1. */
export const ConfigMapResource: ResourceDescriptor<ConfigMapTypes> = {
  group: "",
  version: "v1",
  kind: "ConfigMap",
  plural: "configmaps",
  scope: "Namespaced",
  subresources: [],
};
