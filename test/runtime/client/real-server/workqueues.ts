import type {
  Condition,
  MapList,
  NamespacedObjectMeta,
  ObjectMetaInput,
  ResourceDescriptor,
} from "../../../../src/runtime/gen/v1.ts";

/** A work queue of fixtures/mycoolapp, as far as the tests need it. */
export interface WorkQueue {
  apiVersion: "stable.example.com/v1";
  kind: "WorkQueue";
  metadata: NamespacedObjectMeta;
  spec: { queueName: string; priority: "Low" | "Normal" | "High"; workers: number };
  status?: WorkQueueStatus;
}

export interface WorkQueueStatus {
  workers?: number;
  selector?: string;
  conditions?: MapList<Condition, "type">;
}

export interface WorkQueueInput {
  apiVersion?: "stable.example.com/v1";
  kind?: "WorkQueue";
  metadata: ObjectMetaInput;
  spec: { queueName: string; priority?: "Low" | "Normal" | "High"; workers?: number };
}

export interface WorkQueueTypes {
  read: WorkQueue;
  input: WorkQueueInput;
  scope: "Namespaced";
  subresources: "status" | "scale";
  fieldSelectors: "metadata.name" | "metadata.namespace" | "spec.queueName" | "spec.priority";
  statusInput: WorkQueueStatus;
}

export const WorkQueueResource: ResourceDescriptor<WorkQueueTypes> = {
  group: "stable.example.com",
  version: "v1",
  kind: "WorkQueue",
  plural: "workqueues",
  scope: "Namespaced",
  subresources: ["status", "scale"],
};
