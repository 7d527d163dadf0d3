import type {
  Condition,
  KubernetesObject,
  KubernetesObjectInput,
  ObjectMeta,
  ObjectMetaInput,
  ResourceDescriptor,
} from "../gen/v1.ts";

/** A scope for names of namespaced objects (corev1.Namespace). */
export interface Namespace extends KubernetesObject {
  apiVersion: "v1";
  kind: "Namespace";
  metadata: ObjectMeta;
  spec?: { finalizers?: string[] };
  status?: NamespaceStatus;
}

/** What has become of a namespace (corev1.NamespaceStatus). */
export interface NamespaceStatus {
  /** `Terminating` while the objects in it are deleted. */
  phase?: "Active" | "Terminating";
  conditions?: Omit<Condition, "observedGeneration">[];
}

/** A namespace as it is written. */
export interface NamespaceInput extends KubernetesObjectInput {
  apiVersion?: "v1";
  kind?: "Namespace";
  metadata: ObjectMetaInput;
  spec?: { finalizers?: string[] };
}

/** Ties the views of Namespace together for the generic client. */
export interface NamespaceTypes {
  read: Namespace;
  input: NamespaceInput;
  scope: "Cluster";
  subresources: "status";
  fieldSelectors: "metadata.name" | "status.phase";
}

/** What a client has to know of namespaces/v1. */
export const NamespaceResource: ResourceDescriptor<NamespaceTypes> = {
  group: "",
  version: "v1",
  kind: "Namespace",
  plural: "namespaces",
  scope: "Cluster",
  subresources: ["status"],
};
