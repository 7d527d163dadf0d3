import type {
  KubernetesObject,
  KubernetesObjectInput,
  NamespacedObjectMeta,
  ObjectMetaInput,
  ResourceDescriptor,
} from "../gen/v1.ts";

/** What one of several programs holds for a time, as the one that leads (coordinationv1.Lease). */
export interface Lease extends KubernetesObject {
  apiVersion: "coordination.k8s.io/v1";
  kind: "Lease";
  metadata: NamespacedObjectMeta;
  spec?: LeaseSpec;
}

/** A lease as it is written. */
export interface LeaseInput extends KubernetesObjectInput {
  apiVersion?: "coordination.k8s.io/v1";
  kind?: "Lease";
  metadata: ObjectMetaInput;
  spec?: LeaseSpec;
}

/** Who holds a lease, and for how long (coordinationv1.LeaseSpec). */
export interface LeaseSpec {
  /** Who holds the lease; absent or empty where nobody does. */
  holderIdentity?: string;
  /** Seconds after `renewTime` for which others leave it alone. */
  leaseDurationSeconds?: number;
  /**
   * When the present holder got it, with six digits of a second: `2030-01-02T03:04:05.000000Z`.
   *
   * @format date-time
   */
  acquireTime?: string;
  /**
   * When the present holder last said that it still is, in the same form.
   *
   * @format date-time
   */
  renewTime?: string;
  /** How often the lease has gone from one holder to another. */
  leaseTransitions?: number;
  /** How the holder is chosen where that is the server's task, as `OldestEmulationVersion`. */
  strategy?: string;
  /** Who is to get it next from the present holder; only with a `strategy`. */
  preferredHolder?: string;
}

/** Ties the views of Lease together for the generic client. */
export interface LeaseTypes {
  read: Lease;
  input: LeaseInput;
  scope: "Namespaced";
  subresources: never;
  fieldSelectors: "metadata.name" | "metadata.namespace";
}

/** What a client has to know of leases.coordination.k8s.io/v1. */
export const LeaseResource: ResourceDescriptor<LeaseTypes> = {
  group: "coordination.k8s.io",
  version: "v1",
  kind: "Lease",
  plural: "leases",
  scope: "Namespaced",
  subresources: [],
};
