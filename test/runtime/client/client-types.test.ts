import { describe, expect, expectTypeOf, it, test } from "vitest";
import { DynamicClient } from "../../../src/runtime/client/dynamic-client.ts";
import type { UnstructuredClient, UnstructuredVerbs } from "../../../src/runtime/client/unstructured-client.ts";
import type {
  DynamicClient as Contract,
  KindTypes,
  ResourceDescriptor,
  ResourceList,
  Scale,
  Status,
  WatchEvent,
} from "../../../src/runtime/gen/v1.ts";
import {
  type CustomResourceDefinition,
  CustomResourceDefinitionResource,
} from "../../../src/runtime/kinds/custom-resource-definition.ts";
import { type Namespace, NamespaceResource } from "../../../src/runtime/kinds/namespace.ts";
import type { Unstructured } from "../../../src/runtime/unstructured/unstructured.ts";
import type { UnstructuredList } from "../../../src/runtime/unstructured/unstructured-list.ts";
import { GatewayResource } from "../gen/samples/gateways.ts";
import { type MyCoolApp, MyCoolAppResource, myCoolAppClient } from "../gen/samples/mycoolapps.ts";
import { TenantResource } from "../gen/samples/tenants.ts";
import { json, MemoryTransport } from "../memory-transport.ts";

// What is said here of types is checked by `npm run types`; the values are those that they describe.
const transport = new MemoryTransport(() => json({ kind: "MyCoolApp", metadata: {}, items: [] }));
const client = new DynamicClient({ transport });
const anything = { group: "stable.example.com", version: "v1", plural: "mycoolapps" };

test("the client is what generated code wants", () => {
  expectTypeOf(client).toExtend<Contract>();
  const contract: Contract = client;
  expect(myCoolAppClient(contract)).toBeDefined();
  expectTypeOf(myCoolAppClient(client)).toEqualTypeOf(client.resource(MyCoolAppResource));
});

describe("a namespaced kind", () => {
  const everywhere = client.resource(MyCoolAppResource);
  const apps = everywhere.namespace("default");

  it("is read over all namespaces, and written in one", () => {
    expectTypeOf(everywhere).toHaveProperty("list");
    expectTypeOf(everywhere).toHaveProperty("pages");
    expectTypeOf(everywhere).toHaveProperty("watch");
    expectTypeOf<keyof typeof everywhere>().toEqualTypeOf<"list" | "pages" | "watch" | "namespace">();
    expectTypeOf<keyof typeof apps>().toEqualTypeOf<Exclude<keyof UnstructuredVerbs, "status" | "scale">>();
  });

  it("has no get before namespace(), in the types and when it is called all the same", async () => {
    // @ts-expect-error: namespace() first.
    await expect(everywhere.get("web")).rejects.toThrow(/^namespace: wanted one for get/);
    // @ts-expect-error: namespace() first.
    await expect(everywhere.create({ metadata: { name: "web" } })).rejects.toThrow(/^namespace: wanted one for create/);
    // @ts-expect-error: namespace() first.
    await expect(everywhere.deleteCollection()).rejects.toThrow(/^namespace: wanted one for deleteCollection/);
  });

  it("gives its own type", () => {
    expectTypeOf(apps.get).returns.resolves.toEqualTypeOf<MyCoolApp>();
    expectTypeOf(apps.list).returns.resolves.toEqualTypeOf<ResourceList<MyCoolApp>>();
    expectTypeOf(apps.delete).returns.resolves.toEqualTypeOf<Status | MyCoolApp>();
    expectTypeOf(everywhere.watch()).toExtend<AsyncIterable<WatchEvent<MyCoolApp>>>();
  });

  it("without subresources has none", () => {
    // @ts-expect-error: it has no status subresource.
    expectTypeOf(apps.status);
    // @ts-expect-error: it has no scale subresource.
    expectTypeOf(apps.scale);
  });

  it("with subresources has them, and the scale cannot be applied", () => {
    const gateways = client.resource(GatewayResource).namespace("default");
    expectTypeOf(gateways.scale.get).returns.resolves.toEqualTypeOf<Scale>();
    expectTypeOf<keyof typeof gateways.scale>().toEqualTypeOf<"get" | "replace" | "patch">();
    expectTypeOf<keyof typeof gateways.status>().toEqualTypeOf<"get" | "replace" | "patch" | "apply">();
  });
});

describe("a cluster-scoped kind", () => {
  it("has every verb at once and no namespace(), in the types and when it is called all the same", () => {
    const tenants = client.resource(TenantResource);
    expectTypeOf<keyof typeof tenants>().toEqualTypeOf<Exclude<keyof UnstructuredVerbs, "scale">>();
    // @ts-expect-error: there are no namespaces for it.
    expect(() => tenants.namespace("default")).toThrow(/^namespace: wanted none/);
  });

  it("is what the built-in kinds of the runtime are", () => {
    const namespaces = client.resource(NamespaceResource);
    const definitions = client.resource(CustomResourceDefinitionResource);
    expectTypeOf(namespaces.get).returns.resolves.toEqualTypeOf<Namespace>();
    expectTypeOf(definitions.get).returns.resolves.toEqualTypeOf<CustomResourceDefinition>();
    // @ts-expect-error: there are no namespaces for it.
    expect(() => definitions.namespace("default")).toThrow(/^namespace: wanted none/);
  });
});

describe("a resource whose kind is not known", () => {
  const untyped = client.resource(anything);

  it("has all verbs, with a namespace and without", () => {
    expectTypeOf(untyped).toEqualTypeOf<UnstructuredClient>();
    expectTypeOf(untyped.namespace("default")).toEqualTypeOf<UnstructuredVerbs>();
    expectTypeOf<keyof UnstructuredVerbs>().toEqualTypeOf<
      | "get"
      | "list"
      | "pages"
      | "watch"
      | "create"
      | "replace"
      | "patch"
      | "apply"
      | "delete"
      | "deleteCollection"
      | "status"
      | "scale"
    >();
    for (const verb of ["get", "list", "pages", "watch", "create", "replace", "patch", "apply", "delete"] as const) {
      expect(untyped[verb]).toBeTypeOf("function");
    }
  });

  it("gives what is of any kind", () => {
    expectTypeOf(untyped.get).returns.resolves.toEqualTypeOf<Unstructured>();
    expectTypeOf(untyped.list).returns.resolves.toEqualTypeOf<UnstructuredList>();
    expectTypeOf(untyped.pages()).toEqualTypeOf<AsyncIterable<UnstructuredList>>();
    expectTypeOf(untyped.deleteCollection).returns.resolves.toEqualTypeOf<UnstructuredList>();
    expectTypeOf<UnstructuredList>().toExtend<ResourceList<Unstructured>>();
    expectTypeOf(untyped.scale.get).returns.resolves.toEqualTypeOf<Scale>();
    expectTypeOf(untyped.watch()).toExtend<AsyncIterable<WatchEvent<Unstructured>>>();
  });

  it("is chosen by what is asked for", () => {
    const descriptor: ResourceDescriptor<KindTypes> = MyCoolAppResource;
    expectTypeOf(client.resource(descriptor)).not.toExtend<UnstructuredClient>();
    // @ts-expect-error: a version is wanted.
    expect(() => client.resource({ group: "", plural: "pods" })).toThrow(/^version: wanted a version/);
  });
});
