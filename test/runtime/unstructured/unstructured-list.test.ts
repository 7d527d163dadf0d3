import { inspect } from "node:util";
import fc from "fast-check";
import { describe, expect, expectTypeOf, it, test } from "vitest";
import { DynamicClient } from "../../../src/runtime/client/dynamic-client.ts";
import { InvalidArgumentError } from "../../../src/runtime/errors/invalid-argument.ts";
import type { ListMeta, ResourceList } from "../../../src/runtime/gen/v1.ts";
import { type JsonObject, type JsonValue, setOwnValue } from "../../../src/runtime/unstructured/json.ts";
import { NestedFieldError, nestedField } from "../../../src/runtime/unstructured/nested.ts";
import { setNestedField } from "../../../src/runtime/unstructured/set-nested.ts";
import { Unstructured } from "../../../src/runtime/unstructured/unstructured.ts";
import { UnstructuredContent } from "../../../src/runtime/unstructured/unstructured-content.ts";
import { UnstructuredList } from "../../../src/runtime/unstructured/unstructured-list.ts";
import { runs } from "../../properties/runs.ts";
import { MemoryTransport } from "../memory-transport.ts";
import { jsonObjects, keys } from "./arbitrary-json.ts";

type Getter = Extract<keyof UnstructuredList, `get${string}`>;
type Setter = Exclude<Extract<keyof UnstructuredList, `set${string}`>, "setGroupVersionKind">;

/** Getter, setter, the field that they are about, a value of it, and one of another type. */
const accessors: readonly (readonly [Getter, Setter, string, string | number, object | number])[] = [
  ["getApiVersion", "setApiVersion", "apiVersion", "stable.example.com/v1", 1],
  ["getKind", "setKind", "kind", "MyCoolAppList", 1],
  ["getResourceVersion", "setResourceVersion", "metadata.resourceVersion", "41", 41],
  ["getContinue", "setContinue", "metadata.continue", "token", {}],
  ["getRemainingItemCount", "setRemainingItemCount", "metadata.remainingItemCount", 3, 1.5],
];

const app = (name: string): Unstructured => new Unstructured({ kind: "MyCoolApp", metadata: { name } });

function listOf(object: JsonObject, ...names: string[]): UnstructuredList {
  return new UnstructuredList(object, names.map(app));
}

describe("getters and setters", () => {
  it("are all in the table, but for those of what is made of two of them", () => {
    const methods = [UnstructuredList, UnstructuredContent]
      .flatMap(({ prototype }) => Object.getOwnPropertyNames(prototype))
      .filter((name) => /^[gs]et/.test(name));
    const listed = accessors.flatMap((row) => row.slice(0, 2));
    expect([...listed, "setGroupVersionKind"].sort()).toEqual(methods.sort());
  });

  it.each(accessors)("%s and %s read, set and remove %s and nothing else", (getter, setter, field, value) => {
    const list = listOf({ unknown: [1] }, "web");
    expect(list[getter]()).toBeUndefined();
    list[setter](value as never);
    expect(list[getter]()).toBe(value);
    const want = { unknown: [1] };
    setNestedField(want, value as never, ...field.split("."));
    expect(list.object).toEqual(want);
    list[setter](undefined as never);
    expect(list[getter]()).toBeUndefined();
    expect(list.object).toEqual({ unknown: [1], ...(field.startsWith("metadata.") ? { metadata: {} } : {}) });
    expect(list.items).toHaveLength(1);
  });

  it.each(accessors)("%s answers undefined for null and for another type", (getter, _, field, __, otherType) => {
    for (const value of [null, otherType]) {
      const object = {};
      setNestedField(object, value as never, ...field.split("."));
      expect(listOf(object)[getter]()).toBeUndefined();
    }
  });

  it.each(accessors.filter(([, , , value]) => typeof value === "string"))(
    "%s finds nothing once %s was given an empty text",
    (getter, setter, field, value) => {
      const list = listOf({});
      list[setter](value as never);
      list[setter]("" as never);
      expect(list[getter]()).toBeUndefined();
      expect(nestedField(list.object, ...field.split("."))).toBeUndefined();
    },
  );

  it("keep a remaining count of 0, as apimachinery does", () => {
    const list = listOf({});
    list.setRemainingItemCount(0);
    expect(list.object).toEqual({ metadata: { remainingItemCount: 0 } });
    expect(list.getRemainingItemCount()).toBe(0);
  });

  it("keep to the rules of nested fields where metadata is no object", () => {
    const list = listOf({ metadata: null });
    expect(list.getContinue()).toBeUndefined();
    list.setContinue(undefined);
    expect(() => list.setContinue("token")).toThrow(new NestedFieldError(".metadata", "an object", "null"));
  });

  it("take groups, versions and kinds apart and put them together", () => {
    const list = listOf({ apiVersion: "stable.example.com/v1", kind: "MyCoolAppList" });
    expect(list.groupVersionKind()).toEqual({ group: "stable.example.com", version: "v1", kind: "MyCoolAppList" });
    list.setGroupVersionKind({ group: "", version: "v1", kind: "ConfigMapList" });
    expect(list.object).toEqual({ apiVersion: "v1", kind: "ConfigMapList" });
    list.setGroupVersionKind({ group: "", version: "", kind: "" });
    expect(list.object).toEqual({});
    expect(list.groupVersionKind()).toEqual({ group: "", version: "", kind: "" });
  });
});

describe("the fields of a typed list", () => {
  const metadata: JsonObject = { resourceVersion: "5", continue: "token", remainingItemCount: 3 };

  it("are those of the content", () => {
    const list = listOf({ apiVersion: "v1", kind: "List", metadata: { ...metadata } }, "web");
    expectTypeOf(list).toExtend<ResourceList<Unstructured>>();
    expectTypeOf(list.metadata).toEqualTypeOf<ListMeta>();
    expect([list.apiVersion, list.kind, list.metadata]).toEqual(["v1", "List", metadata]);
    expect(list.metadata).toBe(list.object.metadata);
    list.setResourceVersion("6");
    expect(list.metadata.resourceVersion).toBe("6");
    list.metadata.continue = "";
    expect(list.getContinue()).toBe("");
  });

  it.each<JsonObject>([{}, { apiVersion: 1, kind: null, metadata: [] }])(
    "are empty where the content is %j",
    (object) => {
      const list = listOf(object);
      expect([list.apiVersion, list.kind, list.metadata]).toEqual(["", "", { resourceVersion: "" }]);
      expect(() => {
        list.metadata.continue = "lost";
      }).toThrow(TypeError);
      expect(listOf({}).metadata).toEqual({ resourceVersion: "" });
    },
  );

  it("are what nothing that every object inherits stands for", () => {
    const list = listOf(JSON.parse('{"__proto__":{"kind":"Polluted","metadata":{"continue":"a"}}}'));
    expect([list.kind, list.getContinue(), list.metadata]).toEqual(["", undefined, { resourceVersion: "" }]);
  });
});

describe("the items", () => {
  it("are iterated, and are a list", () => {
    const list = listOf({}, "a", "b");
    const names: unknown[] = [];
    for (const item of list) {
      expectTypeOf(item).toEqualTypeOf<Unstructured>();
      names.push(item.getName());
    }
    expect(names).toEqual(["a", "b"]);
    expect([...list]).toEqual(list.items);
    expect(list.isList()).toBe(true);
  });

  it("are what the list has now, wherever it comes from", () => {
    const list = new Unstructured({ items: [{ a: 1 }, { b: 2 }], kind: "List" }).toList();
    list.items.push(new Unstructured({ c: 3 }));
    expect(JSON.stringify(list)).toBe('{"items":[{"a":1},{"b":2},{"c":3}],"kind":"List"}');
    list.items = list.items.filter((item) => item.nestedField("b") === undefined);
    expect(JSON.stringify(list)).toBe('{"items":[{"a":1},{"c":3}],"kind":"List"}');
    expect(JSON.stringify(list.deepCopy())).toBe(JSON.stringify(list));
  });
});

describe("the content", () => {
  it("is not copied, and neither are the items", () => {
    const object = { kind: "List", metadata: { resourceVersion: "5" } };
    const items = [app("web")];
    const list = new UnstructuredList(object, items);
    expect(list.object).toBe(object);
    expect(list.items).toBe(items);
    const json = list.toJSON();
    expect(json.metadata).toBe(object.metadata);
    expect(json.items).toEqual([{ kind: "MyCoolApp", metadata: { name: "web" } }]);
    expect((json.items as JsonValue[])[0]).toBe(items[0]?.object);
    expect(object).not.toHaveProperty("items");
  });

  it.each<[unknown, string]>([
    [[], "object: wanted a JSON object, got a list"],
    ["supersecret-prod", "object: wanted a JSON object, got a string"],
    [listOf({}), "object: wanted a JSON object, got an instance of a class"],
    [undefined, "object: wanted a JSON object, got undefined"],
  ])("is a JSON object and not %j", (object, message) => {
    const make = () => new UnstructuredList(object as JsonObject, []);
    expect(make).toThrow(InvalidArgumentError);
    expect(make).toThrow(message);
  });

  it("is shared by no deep copy", () => {
    const list = listOf({ metadata: { resourceVersion: "5" }, unknown: [{}] }, "web");
    const copy = list.deepCopy();
    expect(copy).toBeInstanceOf(UnstructuredList);
    list.setResourceVersion("6");
    list.items[0]?.setName("changed");
    expect(copy.toJSON()).toEqual({
      metadata: { resourceVersion: "5" },
      unknown: [{}],
      items: [{ kind: "MyCoolApp", metadata: { name: "web" } }],
    });
    copy.items.pop();
    expect(list.items).toHaveLength(1);
  });
});

/** The text of a list with keys of any name, its items at any place among them. */
const bodies: fc.Arbitrary<string> = fc
  .record({
    before: fc.array(fc.tuple(keys, jsonObjects), { maxLength: 3 }),
    items: fc.array(jsonObjects, { maxLength: 3 }),
    metadata: jsonObjects,
    after: fc.array(fc.tuple(keys, jsonObjects), { maxLength: 3 }),
  })
  .map(({ before, items, metadata, after }) => {
    const object: JsonObject = {};
    for (const [key, value] of before) setOwnValue(object, key, value);
    // A kind, so that nothing has to be filled in: custom resources say what they are.
    object.items = items.map((item) => ({ ...item, kind: "MyCoolApp" }));
    object.metadata = { ...metadata, continue: "" };
    for (const [key, value] of after) setOwnValue(object, key, value);
    Object.assign(object, { apiVersion: "stable.example.com/v1", kind: "MyCoolAppList" });
    return JSON.stringify(object);
  });

describe("a list that is read is the same text again", () => {
  const answered = (body: string): DynamicClient => {
    const headers = { "content-type": "application/json" };
    return new DynamicClient({ transport: new MemoryTransport(() => ({ status: 200, headers, body })) });
  };
  const resource = { group: "stable.example.com", version: "v1", plural: "mycoolapps" };

  test("from JSON and as a deep copy", () => {
    fc.assert(
      fc.property(bodies, (body) => {
        const list = new Unstructured(JSON.parse(body)).toList();
        const text = JSON.stringify(JSON.parse(body));
        expect(JSON.stringify(list)).toBe(text);
        expect(JSON.stringify(list.deepCopy())).toBe(text);
        expect(JSON.stringify(new Unstructured(list.toJSON()).toList())).toBe(text);
      }),
      runs(300),
    );
  });

  test("from a server, by list, pages and deleteCollection", async () => {
    await fc.assert(
      fc.asyncProperty(bodies, async (body) => {
        const text = JSON.stringify(JSON.parse(body));
        const apps = answered(body).resource(resource).namespace("default");
        const lists = [await apps.list(), await apps.deleteCollection()];
        for await (const page of apps.pages()) lists.push(page);
        expectTypeOf(lists).toEqualTypeOf<UnstructuredList[]>();
        for (const list of lists) {
          expect(list).toBeInstanceOf(UnstructuredList);
          expect(JSON.stringify(list)).toBe(text);
        }
        expect(lists).toHaveLength(3);
      }),
      runs(100),
    );
  });
});

test.each<[JsonObject, string[], string]>([
  [
    { apiVersion: "stable.example.com/v1", kind: "MyCoolAppList", metadata: { resourceVersion: "5" } },
    ["a", "b"],
    "UnstructuredList { stable.example.com/v1 MyCoolAppList 2 items }",
  ],
  [
    { kind: "SecretList", items: [{ data: { password: "supersecret-prod" } }] },
    ["a"],
    "UnstructuredList { SecretList 1 item }",
  ],
  [{ data: "supersecret-prod" }, [], "UnstructuredList { 0 items }"],
])("a console shows what it is a list of and nothing of its content", (object, names, want) => {
  const list = listOf(object, ...names);
  expect(inspect(list)).toBe(want);
  expect(inspect({ deep: [list] }, { depth: 5, showHidden: true })).not.toContain("supersecret-prod");
  expect(`${list}`).toBe("[object Object]");
});
