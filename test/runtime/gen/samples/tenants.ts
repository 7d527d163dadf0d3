import type {
  DynamicClient,
  ObjectMeta,
  ObjectMetaInput,
  ResourceClient,
  ResourceDescriptor,
} from "../../../../src/runtime/gen/v1.ts";

/** A deprecated cluster-scoped kind with the status subresource, open at its root, whose tie names no status input. */
export interface Tenant extends TenantOpen {
  apiVersion: "org.example.com/v1beta1";
  kind: "Tenant";
  metadata: ObjectMeta;
  owner: string;
  status?: TenantStatus;
}

export interface TenantOpen {
  [key: string]: unknown;
}

export interface TenantStatus {
  namespaces?: string[];
}

export interface TenantInput extends TenantOpen {
  apiVersion?: "org.example.com/v1beta1";
  kind?: "Tenant";
  metadata: ObjectMetaInput;
  owner: string;
}

export interface TenantTypes {
  read: Tenant;
  input: TenantInput;
  scope: "Cluster";
  subresources: "status";
  fieldSelectors: "metadata.name";
}

/** @deprecated */
export const TenantResource: ResourceDescriptor<TenantTypes> = {
  group: "org.example.com",
  version: "v1beta1",
  kind: "Tenant",
  plural: "tenants",
  scope: "Cluster",
  subresources: ["status"],
  deprecated: true,
  deprecationWarning: "use org.example.com/v1",
};

export const tenantClient = (client: DynamicClient): ResourceClient<TenantTypes> => client.resource(TenantResource);
