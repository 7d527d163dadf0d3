import type {
  Atomic,
  Condition,
  DynamicClient,
  IntOrString,
  KeySelector,
  KeySelectorInput,
  LabelSelector,
  MapList,
  NamespacedObjectMeta,
  ObjectMetaInput,
  ResourceClient,
  ResourceDescriptor,
} from "../../../../src/runtime/gen/v1.ts";

/** A namespaced kind with status, scale, a selectable field, keyed lists, atomic objects and an exclusive union. */
export interface Gateway {
  apiVersion: "net.example.com/v1";
  kind: "Gateway";
  metadata: NamespacedObjectMeta;
  spec: GatewaySpec;
  status?: GatewayStatus;
}

export interface GatewaySpec {
  className: string;
  replicas: number;
  listeners: MapList<GatewaySpecListenersItem, "port" | "protocol">;
  backend?: GatewaySpecBackend;
  selector?: Atomic<LabelSelector>;
  token?: Atomic<KeySelector>;
  addresses?: string[];
  routes?: GatewaySpecRoutesItem[];
  plugins?: MapList<GatewaySpecPluginsItem, "name">;
  limits?: Record<string, GatewaySpecLimitsValue>;
  timeout: string | null;
}

export interface GatewaySpecListenersItem {
  port: number;
  protocol: "TCP" | "UDP";
  targetPort: IntOrString;
  tls?: GatewaySpecListenersItemTls;
}

export interface GatewaySpecListenersItemTls {
  mode: "Terminate" | "Passthrough";
  token: Atomic<KeySelector>;
}

export type GatewaySpecBackend =
  | { service: GatewaySpecBackendService; url?: never; weight?: number }
  | { service?: never; url: string; weight?: number };

export interface GatewaySpecBackendService {
  name: string;
  port: number;
}

export interface GatewaySpecRoutesItem {
  path: string;
  rewrite?: string;
}

export interface GatewaySpecPluginsItem extends GatewaySpecPluginsItemOpen {
  name: string;
  enabled?: boolean;
}

export interface GatewaySpecPluginsItemOpen {
  [key: string]: unknown;
}

export interface GatewaySpecLimitsValue {
  rate: number;
  burst: number;
}

export interface GatewayStatus {
  replicas: number;
  phase: "Pending" | "Ready";
  selector?: string;
  conditions?: MapList<Condition, "type">;
}

export interface GatewayInput {
  apiVersion?: "net.example.com/v1";
  kind?: "Gateway";
  metadata: ObjectMetaInput;
  spec: GatewaySpecInput;
}

export interface GatewaySpecInput {
  className: string;
  replicas?: number;
  listeners: MapList<GatewaySpecListenersItemInput, "port" | "protocol">;
  backend?: GatewaySpecBackend;
  selector?: Atomic<LabelSelector>;
  token?: Atomic<KeySelectorInput>;
  addresses?: string[];
  routes?: GatewaySpecRoutesItem[];
  plugins?: MapList<GatewaySpecPluginsItem, "name">;
  limits?: Record<string, GatewaySpecLimitsValue>;
  timeout?: string | null;
}

export interface GatewaySpecListenersItemInput {
  port: number;
  protocol?: "TCP" | "UDP";
  targetPort: IntOrString;
  tls?: GatewaySpecListenersItemTlsInput;
}

export interface GatewaySpecListenersItemTlsInput {
  mode: "Terminate" | "Passthrough";
  token: Atomic<KeySelectorInput>;
}

export interface GatewayStatusInput {
  replicas: number;
  phase?: "Pending" | "Ready";
  selector?: string;
  conditions?: MapList<Condition, "type">;
}

export interface GatewayTypes {
  read: Gateway;
  input: GatewayInput;
  scope: "Namespaced";
  subresources: "status" | "scale";
  fieldSelectors: "metadata.name" | "metadata.namespace" | "spec.className";
  statusInput: GatewayStatusInput;
}

export const GatewayResource: ResourceDescriptor<GatewayTypes> = {
  group: "net.example.com",
  version: "v1",
  kind: "Gateway",
  plural: "gateways",
  scope: "Namespaced",
  subresources: ["status", "scale"],
  singular: "gateway",
  listKind: "GatewayList",
  shortNames: ["gw"],
  categories: ["all"],
  printerColumns: [{ name: "Class", type: "string", jsonPath: ".spec.className" }],
  selectableFields: ["spec.className"],
  scale: { specReplicasPath: ".spec.replicas", statusReplicasPath: ".status.replicas" },
  storage: true,
};

export const gatewayClient = (client: DynamicClient): ResourceClient<GatewayTypes> => client.resource(GatewayResource);
