import { readFileSync } from "node:fs";
import * as path from "node:path";
import { parse } from "yaml";
import type { KindTypes, ResourceDescriptor } from "../../../../src/runtime/gen/v1.ts";
import type { CustomResourceDefinitionInput } from "../../../../src/runtime/kinds/custom-resource-definition.ts";

/** A kind that the cases run on. */
export interface TestKind {
  readonly descriptor: ResourceDescriptor<KindTypes>;
  readonly definition: CustomResourceDefinitionInput;
}

/** A definition of the reference example. */
export function fixture(name: string): CustomResourceDefinitionInput {
  const file = path.join(import.meta.dirname, "../../../../fixtures/mycoolapp", `${name}.yaml`);
  return parse(readFileSync(file, "utf8"));
}

/** The same definition in the other scope: a work queue has both subresources, defaults, rules and selectable fields. */
function clusterWide({ spec }: CustomResourceDefinitionInput): CustomResourceDefinitionInput {
  const names = { kind: "ClusterWorkQueue", plural: "clusterworkqueues" };
  return { metadata: { name: `${names.plural}.${spec.group}` }, spec: { ...spec, scope: "Cluster", names } };
}

const workqueue = fixture("workqueue");

const workqueues: TestKind = {
  descriptor: {
    group: "stable.example.com",
    version: "v1",
    kind: "WorkQueue",
    plural: "workqueues",
    scope: "Namespaced",
    subresources: ["status", "scale"],
  },
  definition: workqueue,
};

const clusterworkqueues: TestKind = {
  descriptor: {
    group: "stable.example.com",
    version: "v1",
    kind: "ClusterWorkQueue",
    plural: "clusterworkqueues",
    scope: "Cluster",
    subresources: ["status", "scale"],
  },
  definition: clusterWide(workqueue),
};

/** One schema in both scopes. */
export const kinds: readonly TestKind[] = [workqueues, clusterworkqueues];
