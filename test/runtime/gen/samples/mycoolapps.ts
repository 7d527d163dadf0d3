import type {
  DynamicClient,
  NamespacedObjectMeta,
  ObjectMetaInput,
  ResourceClient,
  ResourceDescriptor,
} from "../../../../src/runtime/gen/v1.ts";

/** A namespaced kind without subresources, with an open object and a default. */
export interface MyCoolApp {
  apiVersion: "stable.example.com/v1";
  kind: "MyCoolApp";
  metadata: NamespacedObjectMeta;
  spec?: MyCoolAppSpec;
  status?: MyCoolAppStatus;
}

export interface MyCoolAppSpec {
  image: string;
  replicas: number;
  config?: MyCoolAppSpecConfig;
}

export interface MyCoolAppSpecConfig extends MyCoolAppSpecConfigOpen {
  logLevel?: "DEBUG" | "INFO" | "WARN" | "ERROR";
  environment: string;
}

export interface MyCoolAppSpecConfigOpen {
  [key: string]: unknown;
}

export interface MyCoolAppStatus {
  availableReplicas?: number;
  message?: string;
  conditions?: MyCoolAppStatusConditionsItem[];
}

export interface MyCoolAppStatusConditionsItem {
  type?: string;
  status?: string;
  message?: string;
}

export interface MyCoolAppInput {
  apiVersion?: "stable.example.com/v1";
  kind?: "MyCoolApp";
  metadata: ObjectMetaInput;
  spec?: MyCoolAppSpecInput;
  status?: MyCoolAppStatusInput;
}

export interface MyCoolAppSpecInput {
  image: string;
  replicas: number;
  config?: MyCoolAppSpecConfigInput;
}

export interface MyCoolAppSpecConfigInput extends MyCoolAppSpecConfigOpen {
  logLevel?: "DEBUG" | "INFO" | "WARN" | "ERROR";
  environment?: string;
}

export type MyCoolAppStatusInput = MyCoolAppStatus;

export interface MyCoolAppTypes {
  read: MyCoolApp;
  input: MyCoolAppInput;
  scope: "Namespaced";
  subresources: never;
  fieldSelectors: "metadata.name" | "metadata.namespace";
}

export const MyCoolAppResource: ResourceDescriptor<MyCoolAppTypes> = {
  group: "stable.example.com",
  version: "v1",
  kind: "MyCoolApp",
  plural: "mycoolapps",
  scope: "Namespaced",
  subresources: [],
};

export const myCoolAppClient = (client: DynamicClient): ResourceClient<MyCoolAppTypes> =>
  client.resource(MyCoolAppResource);
