import { inspect } from "node:util";
import { describe, expect, expectTypeOf, it, test } from "vitest";
import { InvalidArgumentError } from "../../../src/runtime/errors/invalid-argument.ts";
import type { ManagedFieldsEntry, OwnerReference } from "../../../src/runtime/gen/v1.ts";
import { deepCopy } from "../../../src/runtime/unstructured/deep-copy.ts";
import type { GroupVersionKind } from "../../../src/runtime/unstructured/group-version-kind.ts";
import type { JsonObject } from "../../../src/runtime/unstructured/json.ts";
import { NestedFieldError } from "../../../src/runtime/unstructured/nested.ts";
import { Unstructured } from "../../../src/runtime/unstructured/unstructured.ts";
import { UnstructuredContent } from "../../../src/runtime/unstructured/unstructured-content.ts";
import { UnstructuredList } from "../../../src/runtime/unstructured/unstructured-list.ts";

const owner: OwnerReference = { apiVersion: "apps/v1", kind: "Deployment", name: "web", uid: "1", controller: true };
const entry: ManagedFieldsEntry = { manager: "kubectl", operation: "Apply", fieldsV1: { "f:spec": {} } };

type Getter = Extract<keyof Unstructured, `get${string}`>;
type Setter = Exclude<Extract<keyof Unstructured, `set${string}`>, `setNested${string}` | "setGroupVersionKind">;

/** Getter, setter, the field that they are about, a value of it, and one of another type. */
const accessors: readonly (readonly [Getter, Setter, string, unknown, object | number])[] = [
  ["getApiVersion", "setApiVersion", "apiVersion", "stable.example.com/v1", 1],
  ["getKind", "setKind", "kind", "MyCoolApp", 1],
  ["getName", "setName", "metadata.name", "backend-service", 1],
  ["getGenerateName", "setGenerateName", "metadata.generateName", "backend-", {}],
  ["getNamespace", "setNamespace", "metadata.namespace", "default", []],
  ["getUID", "setUID", "metadata.uid", "5d1b4bb4-6b1a-4d1c-9f5e-0c2f3a1b2c3d", 1],
  ["getResourceVersion", "setResourceVersion", "metadata.resourceVersion", "41", 41],
  ["getGeneration", "setGeneration", "metadata.generation", 2, 1.5],
  ["getCreationTimestamp", "setCreationTimestamp", "metadata.creationTimestamp", "2026-01-02T03:04:05Z", 1],
  ["getDeletionTimestamp", "setDeletionTimestamp", "metadata.deletionTimestamp", "2026-01-02T03:04:05Z", 1],
  ["getDeletionGracePeriodSeconds", "setDeletionGracePeriodSeconds", "metadata.deletionGracePeriodSeconds", 0, []],
  ["getLabels", "setLabels", "metadata.labels", { "example.com/team": "red" }, { a: 1 }],
  ["getAnnotations", "setAnnotations", "metadata.annotations", { note: "" }, []],
  ["getOwnerReferences", "setOwnerReferences", "metadata.ownerReferences", [owner], [1]],
  ["getFinalizers", "setFinalizers", "metadata.finalizers", ["example.com/cleanup"], [1]],
  ["getManagedFields", "setManagedFields", "metadata.managedFields", [entry], {}],
];

const owners =
  "ownerReferences: wanted a list of objects with the texts apiVersion, kind, name and uid, got a list, which is none";

/** An object with a spec, and with one field more. */
function objectWith(value: unknown, field: string): Unstructured {
  const u = new Unstructured({ spec: { image: "web:v1" } });
  u.setNestedField(value as object, ...field.split("."));
  return u;
}

describe("getters and setters", () => {
  it("are all in the table, but for those of what is made of two of them", () => {
    const methods = [Unstructured, UnstructuredContent]
      .flatMap(({ prototype }) => Object.getOwnPropertyNames(prototype))
      .filter((name) => /^[gs]et(?!Nested)/.test(name));
    const listed = accessors.flatMap((row) => row.slice(0, 2));
    expect([...listed, "setGroupVersionKind"].sort()).toEqual(methods.sort());
  });

  it.each(accessors)("%s and %s read, set and remove %s and nothing else", (getter, setter, field, value) => {
    const u = new Unstructured({ spec: { image: "web:v1" } });
    expect(u[getter]()).toBeUndefined();
    u[setter](value as never);
    expect(u[getter]()).toEqual(value);
    expect(u.object).toEqual(objectWith(value, field).object);
    u[setter](undefined as never);
    expect(u[getter]()).toBeUndefined();
    expect(u.object).toEqual({ spec: { image: "web:v1" }, ...(field.startsWith("metadata.") ? { metadata: {} } : {}) });
  });

  it.each(accessors)("%s answers undefined for null and for another type", (getter, _, field, __, otherType) => {
    expect(objectWith(null, field)[getter]()).toBeUndefined();
    expect(objectWith(otherType, field)[getter]()).toBeUndefined();
  });

  it.each(accessors)(
    "with %s, %s refuses what is of another type, and changes nothing",
    (getter, setter, field, value, other) => {
      const u = objectWith(value, field);
      for (const wrong of [other, null, Symbol("supersecret-prod"), [Symbol("supersecret-prod")], new Date(0)]) {
        const key = field.split(".").at(-1);
        expect(() => u[setter](wrong as never)).toThrow(
          expect.objectContaining({
            name: "InvalidArgumentError",
            argument: key,
            message: expect.not.stringMatching("secret"),
          }),
        );
        expect(u[getter]()).toEqual(value);
      }
    },
  );

  it.each<[string, (u: Unstructured) => void]>([
    ["name: wanted a text, got a number, which is none", (u) => u.setName(5 as never)],
    ["generation: wanted an integer, got a number, which is none", (u) => u.setGeneration(1.5)],
    ["generation: wanted an integer, got a string, which is none", (u) => u.setGeneration("2" as never)],
    ["labels: wanted an object of texts, got an object, which is none", (u) => u.setLabels({ a: 1 } as never)],
    ["labels: wanted an object of texts, got an object, which is none", (u) => u.setLabels({ a: undefined } as never)],
    ["labels: wanted an object of texts, got a list, which is none", (u) => u.setLabels(["a"] as never)],
    ["finalizers: wanted a list of texts, got a string, which is none", (u) => u.setFinalizers("a" as never)],
    ["finalizers: wanted a list of texts, got a list, which is none", (u) => u.setFinalizers(["a", 1] as never)],
    [owners, (u) => u.setOwnerReferences([{ ...owner, uid: undefined } as never])],
    [owners, (u) => u.setOwnerReferences([{ ...owner, controller: "yes" } as never])],
    ["managedFields: wanted a list of objects, got a list, which is none", (u) => u.setManagedFields(["a"] as never)],
  ])("say what they want: %s", (message, set) => {
    expect(() => set(new Unstructured({}))).toThrow(message);
  });

  it.each(accessors.filter(([, , , value]) => typeof value === "object"))(
    "%s and %s copy",
    (getter, setter, field, value) => {
      const u = new Unstructured({});
      u[setter](value as never);
      const stored = u.nestedField(...field.split("."));
      expect(stored).toEqual(value);
      expect(stored).not.toBe(value);
      expect(u[getter]()).not.toBe(stored);
    },
  );

  it.each(accessors.filter(([, , , value]) => typeof value === "string"))(
    "%s finds nothing once %s was given an empty text",
    (getter, setter, field) => {
      const u = objectWith("before", field);
      u[setter]("" as never);
      expect(u[getter]()).toBeUndefined();
      expect(u.nestedField(...field.split("."))).toBeUndefined();
    },
  );

  it("keep a grace period of 0 and an empty map or list, and no generation of 0, as apimachinery does", () => {
    const u = new Unstructured({});
    u.setGeneration(1);
    u.setGeneration(0);
    u.setDeletionGracePeriodSeconds(0);
    u.setLabels({});
    u.setFinalizers([]);
    expect(u.object).toEqual({ metadata: { deletionGracePeriodSeconds: 0, labels: {}, finalizers: [] } });
  });

  it("keep to the rules of nested fields where metadata is no object", () => {
    const u = new Unstructured({ metadata: null });
    expect(u.getName()).toBeUndefined();
    u.setName(undefined);
    const message = "unstructured: .metadata: wanted an object, got null";
    expect(() => u.setName("web")).toThrow(new NestedFieldError(".metadata", "an object", "null"));
    expect(() => u.setName("web")).toThrow(message);
    expect(u.object).toEqual({ metadata: null });
  });

  it("take __proto__ for a label like any other", () => {
    const u = new Unstructured({});
    u.setLabels(JSON.parse('{"__proto__":"a","constructor":"b"}'));
    expect(JSON.stringify(u)).toBe('{"metadata":{"labels":{"__proto__":"a","constructor":"b"}}}');
    expect(JSON.stringify(u.getLabels())).toBe('{"__proto__":"a","constructor":"b"}');
  });
});

test.each<[JsonObject, GroupVersionKind]>([
  [
    { apiVersion: "v1", kind: "Pod" },
    { group: "", version: "v1", kind: "Pod" },
  ],
  [
    { apiVersion: "apps/v1", kind: "Deployment" },
    { group: "apps", version: "v1", kind: "Deployment" },
  ],
  [{ kind: "Pod" }, { group: "", version: "", kind: "Pod" }],
  [{ apiVersion: "apps/v1" }, { group: "apps", version: "v1", kind: "" }],
  [
    { apiVersion: "a/b/v1", kind: "Pod" },
    { group: "", version: "", kind: "" },
  ],
  [{}, { group: "", version: "", kind: "" }],
])("the groupVersionKind of %j is %j", (object, want) => {
  expect(new Unstructured(object).groupVersionKind()).toEqual(want);
});

test("a groupVersionKind is set, and removed where it is empty", () => {
  const u = new Unstructured({ spec: {} });
  u.setGroupVersionKind({ group: "apps", version: "v1", kind: "Deployment" });
  expect(u.object).toEqual({ spec: {}, apiVersion: "apps/v1", kind: "Deployment" });
  u.setGroupVersionKind({ group: "", version: "v1", kind: "Pod" });
  expect(u.object).toEqual({ spec: {}, apiVersion: "v1", kind: "Pod" });
  u.setGroupVersionKind({ group: "", version: "", kind: "" });
  expect(u.object).toEqual({ spec: {} });
});

describe("the content", () => {
  it("is the object that was given, and what JSON.stringify prints", () => {
    const object = { apiVersion: "v1", kind: "Pod", unknown: [1] };
    const u = new Unstructured(object);
    expect(u.object).toBe(object);
    expect(u.toJSON()).toBe(object);
    expect(JSON.stringify({ items: [u] })).toBe('{"items":[{"apiVersion":"v1","kind":"Pod","unknown":[1]}]}');
  });

  it.each<[unknown, string]>([
    [[], "object: wanted a JSON object, got a list"],
    [null, "object: wanted a JSON object, got null"],
    ["supersecret-prod", "object: wanted a JSON object, got a string"],
    [new Date(0), "object: wanted a JSON object, got an instance of a class"],
    [new Unstructured({}), "object: wanted a JSON object, got an instance of a class"],
  ])("is a JSON object and not %j", (object, message) => {
    const make = () => new Unstructured(object as JsonObject);
    expect(make).toThrow(InvalidArgumentError);
    expect(make).toThrow(message);
  });

  it("is shared by no deep copy", () => {
    const u = new Unstructured({ spec: { args: ["a"] } });
    const copy = u.deepCopy();
    expect(copy).toBeInstanceOf(Unstructured);
    u.setNestedField("b", "spec", "image");
    expect(copy.object).toEqual({ spec: { args: ["a"] } });
    copy.setName("copy");
    expect(u.getName()).toBeUndefined();
  });
});

describe("the nested fields", () => {
  const u = new Unstructured({
    spec: { image: "web:v1", replicas: 3, ratio: 0.5, paused: true, args: ["a"], env: { a: "b" } },
  });

  it.each<[unknown, unknown]>([
    [u.nestedField("spec", "args"), ["a"]],
    [u.nestedString("spec", "image"), "web:v1"],
    [u.nestedInt64("spec", "replicas"), 3],
    [u.nestedFloat64("spec", "ratio"), 0.5],
    [u.nestedBool("spec", "paused"), true],
    [u.nestedMap("spec", "env"), { a: "b" }],
    [u.nestedSlice("spec", "args"), ["a"]],
    [u.nestedStringMap("spec", "env"), { a: "b" }],
    [u.nestedStringSlice("spec", "args"), ["a"]],
    [u.nestedFieldCopy("spec", "args"), ["a"]],
    [u.nestedNullCoercingStringMap("spec", "env"), { a: "b" }],
    [u.nestedString("status", "phase"), undefined],
  ])("%j", (got, want) => {
    expect(got).toEqual(want);
  });

  it("are set and removed", () => {
    const changed = u.deepCopy();
    changed.setNestedField({ enabled: true }, "spec", "tls");
    changed.removeNestedField("spec", "args");
    expect(changed.nestedBool("spec", "tls", "enabled")).toBe(true);
    expect(changed.nestedField("spec", "args")).toBeUndefined();
  });

  it("are set to values of a type", () => {
    const changed = new Unstructured({});
    changed.setNestedStringSlice(["a"], "list");
    changed.setNestedSlice([1, { b: null }], "items", "mixed");
    changed.setNestedStringMap({ c: "d" }, "map");
    changed.setNestedMap({ e: { f: 1 } }, "object");
    expect(changed.object).toEqual({
      list: ["a"],
      items: { mixed: [1, { b: null }] },
      map: { c: "d" },
      object: { e: { f: 1 } },
    });
    // @ts-expect-error a number is no text
    expect(() => changed.setNestedStringSlice([1], "list")).toThrow(InvalidArgumentError);
    // @ts-expect-error a list is no object
    expect(() => changed.setNestedStringMap([], "map")).toThrow(InvalidArgumentError);
  });

  it("are of another type than wanted with an error that names the field", () => {
    expect(() => u.nestedInt64("spec", "image")).toThrow("unstructured: .spec.image: wanted an integer, got a string");
  });

  it("are set to what the compiler knows for JSON", () => {
    interface Spec {
      image: string;
    }
    const spec: Spec = { image: "web:v1" };
    new Unstructured({}).setNestedField(spec, "spec");
    // @ts-expect-error undefined is no JSON; removeNestedField removes a field
    expect(() => new Unstructured({}).setNestedField(undefined, "spec")).toThrow(InvalidArgumentError);
    expectTypeOf(u.nestedStringMap).returns.toEqualTypeOf<Record<string, string> | undefined>();
  });
});

describe("a list of objects", () => {
  const items = [{ kind: "MyCoolApp", metadata: { name: "web" } }, { kind: "Secret" }];
  const manifest = (): Unstructured => new Unstructured({ apiVersion: "v1", kind: "List", items: deepCopy(items) });

  it.each<[JsonObject, boolean]>([
    [{ items: [] }, true],
    [{ items: [1] }, true],
    [{ items: {} }, false],
    [{ items: null }, false],
    [{ items: undefined }, false],
    [{}, false],
  ])("%j: %s", (object, want) => {
    expect(new Unstructured(object).isList()).toBe(want);
  });

  it("has items that are Unstructured over the very objects, and the fields of what `list` returns", () => {
    const u = manifest();
    const list = u.toList();
    expectTypeOf(list).toEqualTypeOf<UnstructuredList>();
    expect(list).toBeInstanceOf(UnstructuredList);
    expect(list).toMatchObject({ apiVersion: "v1", kind: "List", metadata: { resourceVersion: "" } });
    expect(list.items.map((item) => item.getKind())).toEqual(["MyCoolApp", "Secret"]);
    list.items[0]?.setName("changed");
    expect(u.nestedSlice("items")?.[0]).toEqual({ kind: "MyCoolApp", metadata: { name: "changed" } });
    expect(JSON.parse(JSON.stringify(manifest().toList())).items).toEqual(items);
  });

  it("is over the same content", () => {
    const metadata = { resourceVersion: "5", continue: "token", remainingItemCount: 3 };
    const u = new Unstructured({ kind: "MyCoolAppList", metadata, items: [] });
    const list = u.toList();
    expect(list.metadata).toBe(metadata);
    list.setContinue("");
    expect(u.object.metadata).toEqual({ resourceVersion: "5", remainingItemCount: 3 });
  });

  it.each<[JsonObject, string]>([
    [{}, ".items: wanted a list, got undefined"],
    [JSON.parse('{"__proto__":{"items":[]}}'), ".items: wanted a list, got undefined"],
    [{ items: { a: 1 } }, ".items: wanted a list, got an object"],
    [{ items: [{}, "supersecret"] }, ".items[1]: wanted an object, got a string"],
    [{ items: [null] }, ".items[0]: wanted an object, got null"],
  ])("is not made of %j", (object, message) => {
    expect(() => new Unstructured(object).toList()).toThrow(`unstructured: ${message}`);
  });
});

test.each<[JsonObject, string]>([
  [
    {
      apiVersion: "stable.example.com/v1",
      kind: "MyCoolApp",
      metadata: { name: "backend-service", namespace: "default" },
    },
    "Unstructured { stable.example.com/v1 MyCoolApp default/backend-service }",
  ],
  [{ apiVersion: "v1", kind: "Namespace", metadata: { name: "default" } }, "Unstructured { v1 Namespace default }"],
  [{ kind: "Secret", data: { password: "supersecret-prod" } }, "Unstructured { Secret }"],
  [{ data: { password: "supersecret-prod" } }, "Unstructured {}"],
])("a console shows which object it is and nothing of its content", (object, want) => {
  const u = new Unstructured(object);
  expect(inspect(u)).toBe(want);
  expect(inspect({ deep: [u] }, { depth: 5, showHidden: true })).not.toContain("supersecret-prod");
  expect(`${u}`).toBe("[object Object]");
});
