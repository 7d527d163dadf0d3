import { expect, expectTypeOf, it, test } from "vitest";
import { DynamicClient } from "../../../src/runtime/client/dynamic-client.ts";
import type { JsonPatchOperation } from "../../../src/runtime/gen/v1.ts";
import {
  type CustomResourceDefinition,
  type CustomResourceDefinitionInput,
  CustomResourceDefinitionResource,
} from "../../../src/runtime/kinds/custom-resource-definition.ts";
import { isKind } from "../../../src/runtime/unstructured/is-kind.ts";
import { json, MemoryTransport } from "../memory-transport.ts";

const definition: CustomResourceDefinitionInput = {
  metadata: { name: "workqueues.stable.example.com" },
  spec: {
    group: "stable.example.com",
    scope: "Namespaced",
    names: { kind: "WorkQueue", plural: "workqueues", shortNames: ["wq"] },
    versions: [
      {
        name: "v1",
        served: true,
        storage: true,
        schema: { openAPIV3Schema: { type: "object", properties: { spec: { type: "object" } } } },
        subresources: { status: {}, scale: { specReplicasPath: ".spec.a", statusReplicasPath: ".status.a" } },
        additionalPrinterColumns: [{ name: "Age", type: "date", jsonPath: ".metadata.creationTimestamp" }],
        selectableFields: [{ jsonPath: ".spec.queueName" }],
      },
    ],
    conversion: { strategy: "None" },
  },
};

test("a definition goes where definitions are, with what it is", async () => {
  const transport = new MemoryTransport(() => json(definition));
  const definitions = new DynamicClient({ transport }).resource(CustomResourceDefinitionResource);
  await definitions.create(definition);
  await definitions.status.get("workqueues.stable.example.com");
  const path = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
  expect(transport.paths).toEqual([path, `${path}/workqueues.stable.example.com/status`]);
  expect(JSON.parse(transport.requests[0]?.body ?? "")).toEqual({
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    ...definition,
  });
});

it.each([
  ["apiextensions.k8s.io/v1", "CustomResourceDefinition", true],
  ["apiextensions.k8s.io/v1beta1", "CustomResourceDefinition", false],
  ["apiextensions.k8s.io/v1", "Namespace", false],
])("an object that is a %s %s: %s", (apiVersion, kind, is) => {
  expect(isKind(CustomResourceDefinitionResource, { apiVersion, kind, metadata: {} })).toBe(is);
});

test("one that was read can be written again, and one to write need not say what it is", () => {
  expectTypeOf<CustomResourceDefinition>().toExtend<CustomResourceDefinitionInput>();
  // @ts-expect-error: it has to have a version.
  const without: CustomResourceDefinitionInput["spec"] = {
    group: "a.b",
    scope: "Cluster",
    names: { kind: "A", plural: "as" },
  };
  const patch: JsonPatchOperation = { op: "add", path: "/spec/versions/-", value: definition.spec.versions[0] };
  expect([without, patch]).toHaveLength(2);
});
