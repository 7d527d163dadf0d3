import type {
  KubernetesObject,
  KubernetesObjectInput,
  NamespacedObjectMeta,
  ObjectMetaInput,
  ResourceDescriptor,
} from "../gen/v1.ts";

/**
 * Secret settings for programs (corev1.Secret). One that was read is a plain object, and so whatever prints it prints what
 * it holds: `console.log`, `util.inspect`, `JSON.stringify`. Log its name.
 */
export interface Secret extends KubernetesObject, SecretContent {
  apiVersion: "v1";
  kind: "Secret";
  metadata: NamespacedObjectMeta;
}

/** A secret as it is written. */
export interface SecretInput extends KubernetesObjectInput, SecretContent {
  apiVersion?: "v1";
  kind?: "Secret";
  metadata: ObjectMetaInput;
  /**
   * Texts, which the server puts into `data`, in the place of what is there under the same keys; it never returns them. With
   * server-side apply, keys that are left out later stay in `data`.
   */
  stringData?: Record<string, string>;
}

/** What a secret holds, at most 1 MiB together. */
export interface SecretContent {
  /** The values, in base64. */
  data?: Record<string, string>;
  /** Whether the content may never change again; the metadata may. */
  immutable?: boolean;
  /** Which keys it has to have, as `kubernetes.io/tls`; default: `Opaque`, which asks for none. It can never be changed. */
  type?: string;
}

/** Ties the views of Secret together for the generic client. */
export interface SecretTypes {
  read: Secret;
  input: SecretInput;
  scope: "Namespaced";
  subresources: never;
  fieldSelectors: "metadata.name" | "metadata.namespace" | "type";
}

/** What a client has to know of secrets/v1. */
export const SecretResource: ResourceDescriptor<SecretTypes> = {
  group: "",
  version: "v1",
  kind: "Secret",
  plural: "secrets",
  scope: "Namespaced",
  subresources: [],
};
