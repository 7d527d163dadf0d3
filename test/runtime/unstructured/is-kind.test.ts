import { describe, expect, expectTypeOf, it, test } from "vitest";
import type { KindTypes, KubernetesObject, ResourceDescriptor } from "../../../src/runtime/gen/v1.ts";
import { isKind } from "../../../src/runtime/unstructured/is-kind.ts";
import { Unstructured } from "../../../src/runtime/unstructured/unstructured.ts";
import { type Gateway, GatewayResource } from "../gen/samples/gateways.ts";
import { type MyCoolApp, MyCoolAppResource } from "../gen/samples/mycoolapps.ts";
import { type Tenant, TenantResource } from "../gen/samples/tenants.ts";

const namespaces: ResourceDescriptor<KindTypes> = {
  group: "",
  version: "v1",
  kind: "Namespace",
  plural: "namespaces",
  scope: "Cluster",
  subresources: [],
};

/** An object that is plain in all but what it inherits. */
const inheriting = (inherited: object, own: object): object =>
  Object.assign(Object.create(Object.assign(Object.create(null), inherited)), own);

const app = { apiVersion: "stable.example.com/v1", kind: "MyCoolApp" };

describe("isKind", () => {
  it.each<[string, unknown, boolean]>([
    ["apiVersion and kind", app, true],
    ["more besides", { ...app, metadata: { name: "web" }, unknown: 1 }, true],
    ["no prototype", Object.assign(Object.create(null), app), true],
    ["another kind", { ...app, kind: "WorkQueue" }, false],
    ["another version", { ...app, apiVersion: "stable.example.com/v1beta1" }, false],
    ["another group", { ...app, apiVersion: "example.com/v1" }, false],
    ["no group", { ...app, apiVersion: "v1" }, false],
    ["no kind", { apiVersion: app.apiVersion }, false],
    ["no apiVersion", { kind: app.kind }, false],
    ["apiVersion and kind that it inherits", Object.create(app), false],
    ["apiVersion of its own and an inherited kind", inheriting(app, { apiVersion: app.apiVersion }), false],
    ["kind of its own and an inherited apiVersion", inheriting(app, { kind: app.kind }), false],
    ["apiVersion and kind below a key __proto__", JSON.parse(`{"__proto__":${JSON.stringify(app)}}`), false],
  ])("looks at an object with %s", (_, object, want) => {
    expect(isKind(MyCoolAppResource, object)).toBe(want);
    expect(isKind([GatewayResource, MyCoolAppResource], object)).toBe(want);
    expect(isKind([GatewayResource, TenantResource], object)).toBe(false);
  });

  it.each<[unknown]>([[undefined], [null], ["MyCoolApp"], [1], [[app]], [new Date(0)]])("is false for %j", (object) => {
    expect(isKind(MyCoolAppResource, object)).toBe(false);
    expect(isKind([MyCoolAppResource], object)).toBe(false);
  });

  it("knows the core group", () => {
    expect(isKind(namespaces, { apiVersion: "v1", kind: "Namespace" })).toBe(true);
    expect(isKind(namespaces, { apiVersion: "/v1", kind: "Namespace" })).toBe(false);
  });

  it("is false for an Unstructured, and asked about its content instead", () => {
    const u = new Unstructured({ ...app });
    expect(isKind(MyCoolAppResource, u)).toBe(false);
    expect(isKind(MyCoolAppResource, u.object)).toBe(true);
  });

  it("is false for no descriptors", () => {
    expect(isKind([], app)).toBe(false);
  });
});

test("a descriptor narrows to its type, several to the union of theirs", () => {
  const object: unknown = app;
  if (isKind(MyCoolAppResource, object)) expectTypeOf(object).toEqualTypeOf<MyCoolApp>();
  if (isKind([MyCoolAppResource], object)) expectTypeOf(object).toEqualTypeOf<MyCoolApp>();
  if (isKind([MyCoolAppResource, GatewayResource, TenantResource], object)) {
    expectTypeOf(object).toEqualTypeOf<MyCoolApp | Gateway | Tenant>();
    if (object.kind === "Gateway") expectTypeOf(object).toEqualTypeOf<Gateway>();
  }
  const descriptors = [GatewayResource, TenantResource] as const;
  if (isKind(descriptors, object)) expectTypeOf(object).toEqualTypeOf<Gateway | Tenant>();
  if (isKind(namespaces, object)) expectTypeOf(object).toEqualTypeOf<KubernetesObject>();

  const either = app as MyCoolApp | Gateway;
  if (isKind(MyCoolAppResource, either)) expectTypeOf(either).toEqualTypeOf<MyCoolApp>();
  else expectTypeOf(either).toEqualTypeOf<Gateway>();

  const some: readonly KubernetesObject[] = [];
  expectTypeOf(some.filter((one) => isKind(GatewayResource, one))).toExtend<readonly Gateway[]>();
  const generic = <T extends KindTypes>(descriptor: ResourceDescriptor<T>, one: unknown): T["read"] | undefined =>
    isKind(descriptor, one) ? one : undefined;
  expectTypeOf(generic(TenantResource, object)).toEqualTypeOf<Tenant | undefined>();
});

it.each<[unknown, string]>([
  [undefined, "undefined"],
  [null, "null"],
  ["MyCoolApp", "a string"],
  [{}, "an object"],
  [[MyCoolAppResource, undefined], "undefined"],
])("isKind refuses %j as a descriptor", (descriptors, got) => {
  const message = `descriptors: wanted descriptors of kinds, as generated code has them, got ${got}`;
  const refused = expect.objectContaining({ name: "InvalidArgumentError", message });
  for (const object of [app, undefined]) expect(() => isKind(descriptors as never, object)).toThrow(refused);
});
