import { describe, expect, it, test } from "vitest";
import { clientName, family, kindTypeName, nameObjects, nameSegment } from "../../src/model/names.ts";
import { normalizeDefinition } from "../normalize/normalized.ts";

const string = { type: "string" };
const object = (properties: object): object => ({ type: "object", properties });
const list = (items: object): object => ({ type: "array", items });
const map = (additionalProperties: object): object => ({ type: "object", additionalProperties });
const leaf = object({ x: string });

/** The names of all objects but the root, in the order of their paths. */
function namesOf(properties: object, typeName = "Anvil"): string[] {
  const names = nameObjects(normalizeDefinition({ schema: object(properties) }).schema, typeName);
  return [...names.values()].slice(1).sort();
}

describe("the segment of a key", () => {
  test.each<[string, string]>([
    ["config", "Config"],
    ["hostPath", "HostPath"],
    ["host_path", "Host_path"],
    ["host-path", "Host_path"],
    ["HTTPPort", "HTTPPort"],
    ["tls.config", "Tls_config"],
    ["a/b c", "A_b_c"],
    ["$ref", "$ref"],
    ["1st", "1st"],
    ["_x", "_x"],
    ["", "_"],
    ["__proto__", "__proto__"],
    ["-", "_"],
    ["größe", "Größe"],
    ["名前", "名前"],
    ["a😀b", "A_b"],
    ["*/", "__"],
    ["item", "Item_"],
    ["Item", "Item_"],
    ["value", "Value_"],
    ["input", "Input_"],
    ["open", "Open_"],
    ["types", "Types_"],
    ["resource", "Resource_"],
    ["fields", "Fields_"],
    ["items", "Items"],
    ["valueFrom", "ValueFrom"],
  ])("%j is %s", (key, segment) => {
    expect(nameSegment(key)).toBe(segment);
  });
});

describe("the name of a kind", () => {
  test.each<[string, string, string]>([
    ["MyCoolApp", "MyCoolApp", "myCoolAppClient"],
    ["myCoolApp", "MyCoolApp", "myCoolAppClient"],
    ["My-App", "My_App", "my_AppClient"],
    ["class", "Class", "classClient"],
    ["Record", "Record_", "record_Client"],
    ["Object", "Object_", "object_Client"],
    ["Map", "Map_", "map_Client"],
    ["Function", "Function_", "function_Client"],
    ["Proxy", "Proxy_", "proxy_Client"],
    ["Error", "Error_", "error_Client"],
    ["Condition", "Condition_", "condition_Client"],
    ["KubernetesObject", "KubernetesObject_", "kubernetesObject_Client"],
    ["Scale", "Scale_", "scale_Client"],
    ["ObjectMeta", "ObjectMeta_", "objectMeta_Client"],
    // KeySelector and KeySelectorInput are of the contract; what a kind needs must be free as a whole.
    ["Key", "Key", "keyClient"],
    ["KeySelector", "KeySelector_", "keySelector_Client"],
  ])("%s is %s", (kind, typeName, client) => {
    expect(kindTypeName(kind)).toBe(typeName);
    expect(clientName(typeName)).toBe(client);
  });

  it("is such that none of the names made from it is taken by the contract", () => {
    for (const kind of ["LocalObjectReference", "ObjectMetaInp", "Scale", "ObjectMeta"]) {
      const names = family(kindTypeName(kind));
      expect(names.filter((name) => ["ObjectMeta", "ObjectMetaInput", "Scale", "ScaleInput"].includes(name))).toEqual(
        [],
      );
    }
  });
});

describe("the names of objects", () => {
  it("are their paths: items end in Item, values in Value", () => {
    const properties = {
      spec: object({ a: leaf, l: list(leaf), ll: list(list(leaf)), m: map(leaf), ml: map(list(object({ b: leaf }))) }),
    };
    expect(namesOf(properties)).toEqual([
      "AnvilSpec",
      "AnvilSpecA",
      "AnvilSpecLItem",
      "AnvilSpecLlItemItem",
      "AnvilSpecMValue",
      "AnvilSpecMlValueItem",
      "AnvilSpecMlValueItemB",
    ]);
  });

  it("are given to objects alone", () => {
    expect(namesOf({ a: string, b: map(string), c: { type: "object" }, d: list({ ...string, enum: ["x"] }) })).toEqual(
      [],
    );
  });

  test.each<[string, object, string[]]>([
    ["a key like an item, beside the list", { spec: list(leaf), specItem: leaf }, ["AnvilSpecItem", "AnvilSpecItem_"]],
    ["a key like a view", { spec: object({ input: leaf }) }, ["AnvilSpec", "AnvilSpecInput_"]],
    ["keys that become one name", { "a.b": leaf, "a-b": leaf, a_b: leaf }, ["AnvilA_b", "AnvilA_b_", "AnvilA_b__"]],
    ["a path like that of two keys", { aB: leaf, a: object({ b: leaf }) }, ["AnvilA", "AnvilAB", "AnvilAB_"]],
    ["the kind's own types", { types: leaf, resource: leaf }, ["AnvilResource_", "AnvilTypes_"]],
    ["a view of a sibling", { spec: leaf, specInput: leaf }, ["AnvilSpec", "AnvilSpecInput_"]],
  ])("are unlike each other: %s", (_, properties, names) => {
    expect(namesOf(properties)).toEqual(names);
  });

  it("are unlike those of the contract", () => {
    expect(namesOf({ meta: leaf, apply: leaf }, "Object")).toEqual(["ObjectApply", "ObjectMeta_"]);
    expect(namesOf({ set: leaf }, "Weak")).toEqual(["WeakSet_"]);
  });

  it("stay when another field is added", () => {
    const before = { spec: object({ a: leaf, b: list(leaf) }), status: leaf };
    const after = {
      ...before,
      spec: object({ a: object({ x: string, new: leaf }), aNew: string, b: list(leaf) }),
      other: leaf,
    };
    expect(namesOf(after)).toEqual(expect.arrayContaining(namesOf(before)));
  });

  it("give the shorter path the plain name, whatever comes first by key", () => {
    const schema = normalizeDefinition({ schema: object({ a: object({ b: leaf }), aB: leaf }) }).schema;
    const names = nameObjects(schema, "Anvil");
    const [, aB] = schema.properties;
    expect(aB?.schema.kind === "object" ? names.get(aB.schema) : undefined).toBe("AnvilAB");
  });
});
