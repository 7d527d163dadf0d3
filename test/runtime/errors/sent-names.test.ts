import { expect, it, test } from "vitest";
import { sentNames } from "../../../src/runtime/errors/sent-names.ts";

it.each<[string, unknown, readonly string[]]>([
  ["nothing", {}, []],
  ["an object", { spec: { image: "canary", ports: [{ hostPort: 1 }] } }, ["spec", "image", "ports", "hostPort"]],
  [
    "keys of maps that look like no name",
    { data: { "canary-7f3a": "a", "": "b", "a b": "c", "pin-123": "d" } },
    ["data"],
  ],
  ["a top-level path, which is a value", { path: "/canary", from: "/canary", op: "canary" }, ["path", "from", "op"]],
  [
    "a JSON patch",
    [
      { op: "add", path: "/spec/queueName", value: { colour: "canary" } },
      { op: "move", from: "/spec/tokens/canary-123", path: 5 },
      "canary",
    ],
    ["op", "path", "value", "colour", "from", "spec", "queueName", "tokens"],
  ],
  ["a text", "canary", []],
])("the names in %s", (_, content, names) => {
  expect([...sentNames(JSON.stringify(content))].sort()).toEqual([...names].sort());
});

test("no body has no names", () => {
  expect(sentNames(undefined).size).toBe(0);
});
