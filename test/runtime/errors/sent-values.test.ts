import fc from "fast-check";
import { expect, it, test } from "vitest";
import { sentValues } from "../../../src/runtime/errors/sent-values.ts";
import { isJsonObject, type JsonValue } from "../../../src/runtime/unstructured/json.ts";
import { runs } from "../../properties/runs.ts";
import { jsonObjects } from "../unstructured/arbitrary-json.ts";

it.each<[string, unknown, readonly string[]]>([
  ["nothing", {}, []],
  [
    "an object",
    {
      apiVersion: "stable.example.com/v1",
      kind: "MyCoolApp",
      metadata: {
        name: "backend",
        namespace: "default",
        labels: { team: "green" },
        annotations: { note: "longest of all" },
      },
      spec: {
        image: "a:bcd",
        replicas: 98765,
        ratio: 0.125,
        args: ["--verbose", { deep: "deeper" }],
        on: true,
        off: null,
      },
    },
    ["longest of all", "--verbose", "deeper", "a:bcd", "98765", "0.125", "green"],
  ],
  ["what is short", { spec: { a: "abc", b: 123, c: "" } }, []],
  ["what is there twice", { spec: { a: "abcd", b: ["abcd"] } }, ["abcd"]],
  [
    "names that are no names of the object",
    { spec: { name: "canary", kind: "kinds", apiVersion: "v1beta1" } },
    ["v1beta1", "canary", "kinds"],
  ],
  ["a merge patch without metadata", { data: { token: "canary" } }, ["canary"]],
  ["metadata that is none", { metadata: "canary" }, []],
  [
    "a JSON patch",
    [
      { op: "replace", path: "/spec/image", value: "canary" },
      { op: "add", path: "/metadata", value: { name: "canary2" } },
      { op: "move", from: "/spec/from", path: "/spec/path" },
    ],
    ["canary2", "canary"],
  ],
  ["a text", "canary", ["canary"]],
])("%s", (_, content, values) => {
  expect(sentValues(JSON.stringify(content))).toEqual(values);
});

test("no body has no values", () => {
  expect(sentValues(undefined)).toEqual([]);
});

function texts(value: JsonValue | undefined): string[] {
  if (Array.isArray(value)) return value.flatMap(texts);
  if (isJsonObject(value)) return Object.values(value).flatMap(texts);
  return typeof value === "string" ? [value] : [];
}

test("every text of what is written is among them", () => {
  fc.assert(
    fc.property(jsonObjects, (spec) => {
      const values = sentValues(JSON.stringify({ spec }));
      for (const text of texts(spec).filter(({ length }) => length >= 4)) expect(values).toContain(text);
    }),
    runs(300),
  );
});
