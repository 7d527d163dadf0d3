import { describe, expect, it } from "vitest";
import { looksLikeName, namesIn, shownPath } from "../../../src/runtime/errors/shown-path.ts";

describe("what looks like the name of a field", () => {
  it.each(["spec", "maxReplicas", "ipv4Address", "s3", "HTTPRoute", "x-kubernetes-foo", "$ref", "_id"])(
    "%s",
    (name) => {
      expect(looksLikeName(name)).toBe(true);
    },
  );
  it.each(["", "canary-7f3a", "canary-123", "pin123", "hunter22a", "a b", "5", "é", 'a"b', "a.b", "a".repeat(64)])(
    "and what does not: %s",
    (name) => {
      expect(looksLikeName(name)).toBe(false);
    },
  );
});

it.each<[path: string, shown: string]>([
  ["spec.ports[0].name", "spec.ports[0].name"],
  ["/spec/ports/name", "/spec/ports/name"],
  ["spec.tokens[canary-123]", "spec.tokens[…]"],
  ["spec.tokens[app.example.com/canary]", "spec.tokens[…]"],
  ["spec.tokens.canary-123", "spec.tokens.…"],
  ["spec.tokens[1234]", "spec.tokens[…]"],
  ['.spec.ports[name="canary",port=8080].port', ".spec.ports[name=…,port=…].port"],
  ['.metadata.finalizers[="canary"]', ".metadata.finalizers[=…]"],
  ['spec.ca"n\\ary-7f3a: {x} "};: must be', "spec.…"],
  ["spec.a[", "spec.a[…]"],
  ["spec.a[correcthorse", "spec.a[…]"],
  ["spec.a[b[correcthorse].c", "spec.a[…].c"],
  ["spec.a[b.c[correcthorse", "spec.a[…]"],
  ["spec.tokens[Y29ycmVjdA=]", "spec.tokens[…]"],
  ["spec.tokens[correcthorse=x]", "spec.tokens[…]"],
  ["pin 123", "…"],
  ["", ""],
])("of the path %s is shown %s", (path, shown) => {
  expect(shownPath(path)).toBe(shown);
});

it("the names in a path are names of fields", () => {
  expect(namesIn("/spec/ports[0].canary-123.name")).toEqual(["spec", "ports", "name"]);
});

it("and no keys of maps", () => {
  expect(namesIn("metadata.annotations[correcthorse].a[battery")).toEqual(["metadata", "annotations", "a"]);
});
