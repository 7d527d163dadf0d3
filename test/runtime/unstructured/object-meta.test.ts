import { describe, expect, it, test } from "vitest";
import type { JsonObject } from "../../../src/runtime/unstructured/json.ts";
import * as meta from "../../../src/runtime/unstructured/object-meta.ts";

/** An object with this text of its metadata. */
const withMetadata = (metadata: string): JsonObject => JSON.parse(`{"metadata":${metadata}}`);

test.each<[string, string | undefined]>([
  ['{"name":"web"}', "web"],
  ['{"name":""}', ""],
  ['{"name":null}', undefined],
  ['{"name":3}', undefined],
  ["{}", undefined],
  ["null", undefined],
  ['"web"', undefined],
  ['["name"]', undefined],
])("the name in %s is %j", (metadata, want) => {
  expect(meta.metadataText(withMetadata(metadata), "name")).toBe(want);
});

test.each<[string, number | undefined]>([
  ['{"generation":2}', 2],
  ['{"generation":0}', 0],
  ['{"generation":1.5}', undefined],
  ['{"generation":9007199254740992}', undefined],
  ['{"generation":"2"}', undefined],
  ["{}", undefined],
])("the generation in %s is %j", (metadata, want) => {
  expect(meta.metadataInteger(withMetadata(metadata), "generation")).toBe(want);
});

test("nothing that objects inherit is taken for a field", () => {
  const object: JsonObject = { metadata: {} };
  expect(meta.textField(object, "constructor")).toBeUndefined();
  for (const field of ["constructor", "__proto__", "toString"]) {
    expect(meta.metadataText(object, field), field).toBeUndefined();
    expect(meta.metadataTexts(object, field), field).toBeUndefined();
  }
});

test.each<[string, string | undefined]>([
  ['{"labels":{"a/b":"c","d":""}}', '{"a/b":"c","d":""}'],
  ['{"labels":{}}', "{}"],
  ['{"labels":{"__proto__":"a","constructor":"b"}}', '{"__proto__":"a","constructor":"b"}'],
  ['{"labels":{"a":null,"b":"c"}}', '{"a":"","b":"c"}'],
  ['{"labels":{"a":"b","c":1}}', undefined],
  ['{"labels":null}', undefined],
  ['{"labels":["a"]}', undefined],
  ["{}", undefined],
])("the labels in %s are %s", (metadata, want) => {
  expect(JSON.stringify(meta.metadataTexts(withMetadata(metadata), "labels"))).toBe(want);
});

test("a label that is undefined is absent", () => {
  const object = { metadata: { labels: { a: undefined, b: "c" } } };
  expect(Object.entries(meta.metadataTexts(object, "labels") ?? {})).toEqual([["b", "c"]]);
});

test.each<[string, string[] | undefined]>([
  ['{"finalizers":["example.com/a","b"]}', ["example.com/a", "b"]],
  ['{"finalizers":[]}', []],
  ['{"finalizers":["a",1]}', undefined],
  ['{"finalizers":null}', undefined],
  ['{"finalizers":"a"}', undefined],
  ["{}", undefined],
])("the finalizers in %s are %j", (metadata, want) => {
  expect(meta.finalizersOf(withMetadata(metadata))).toEqual(want);
});

const owner = '{"apiVersion":"apps/v1","kind":"Deployment","name":"web","uid":"1","controller":true,"newer":{"a":1}}';

test.each<[string, string | undefined]>([
  [`{"ownerReferences":[${owner}]}`, `[${owner}]`],
  ['{"ownerReferences":[]}', "[]"],
  ['{"ownerReferences":[{"name":"web"}]}', '[{"name":"web","apiVersion":"","kind":"","uid":""}]'],
  [
    '{"ownerReferences":[{"apiVersion":1,"kind":"A","name":"a","uid":null,"controller":"x","blockOwnerDeletion":null}]}',
    '[{"apiVersion":"","kind":"A","name":"a","uid":""}]',
  ],
  [`{"ownerReferences":[${owner},1]}`, undefined],
  ['{"ownerReferences":{}}', undefined],
  ["{}", undefined],
])("the owner references in %s are %s", (metadata, want) => {
  const object = withMetadata(metadata);
  expect(JSON.stringify(meta.ownerReferencesOf(object))).toBe(want);
  expect(object).toEqual(withMetadata(metadata));
});

const entry = '{"manager":"kubectl","operation":"Apply","fieldsV1":{"f:spec":{".":{}}},"newer":{"a":1}}';

test.each<[string, string | undefined]>([
  [`{"managedFields":[${entry}]}`, `[${entry}]`],
  ['{"managedFields":[]}', "[]"],
  [`{"managedFields":[${entry},1]}`, undefined],
  ['{"managedFields":{}}', undefined],
  ["{}", undefined],
])("the managed fields in %s are %s", (metadata, want) => {
  expect(JSON.stringify(meta.managedFieldsOf(withMetadata(metadata)))).toBe(want);
});

test.each<[string, string | undefined]>([
  ['{"name":"web","namespace":"default"}', "default/web"],
  ['{"name":"web"}', "web"],
  ['{"name":"web","namespace":""}', "web"],
  ['{"namespace":"default"}', undefined],
  ["null", undefined],
])("an object with the metadata %s is called %j", (metadata, want) => {
  expect(meta.namespacedName(withMetadata(metadata))).toBe(want);
});

describe("setOrRemove", () => {
  it.each<[string | undefined, string]>([
    ["web", '{"metadata":{"uid":"1","name":"web"}}'],
    ["", '{"metadata":{"uid":"1"}}'],
    [undefined, '{"metadata":{"uid":"1"}}'],
  ])("given %j", (value, want) => {
    const object = withMetadata('{"uid":"1","name":"before"}');
    meta.setOrRemove(object, value, "metadata", "name");
    expect(object).toEqual(JSON.parse(want));
  });
});
