import { describe, expect, it, test } from "vitest";
import { DynamicClient } from "../../../src/runtime/client/dynamic-client.ts";
import { checkJsonPatch } from "../../../src/runtime/client/json-patch.ts";
import type { JsonPatchOperation } from "../../../src/runtime/gen/v1.ts";
import { MyCoolAppResource } from "../gen/samples/mycoolapps.ts";
import { json, MemoryTransport } from "../memory-transport.ts";

it.each<JsonPatchOperation>([
  { op: "add", path: "/a/-", value: 1 },
  { op: "add", path: "", value: {} },
  { op: "add", path: "/", value: null },
  { op: "remove", path: "/a~1b/~0c" },
  { op: "replace", path: "/a//0", value: false },
  { op: "move", from: "/a", path: "/b" },
  { op: "copy", from: "/a b", path: "/é" },
  { op: "test", path: "/a", value: "" },
])("takes %j", (operation) => {
  expect(() => checkJsonPatch([operation])).not.toThrow();
});

describe("refuses", () => {
  const pointer = "wanted a JSON pointer: nothing, or keys with a slash before each";
  const op = "wanted one of the operations add, remove, replace, move, copy, test as op";
  const operation = "wanted an operation: an object with op and path";

  it.each<[unknown, string]>([
    [null, operation],
    ["canary", operation],
    [[], operation],
    [{ path: "/a" }, op],
    [{ op: "canary", path: "/a", value: 1 }, op],
    [{ op: "toString", path: "/a" }, op],
    [{ op: "remove" }, `${pointer}, as path`],
    [{ op: "remove", path: "canary" }, `${pointer}, as path`],
    [{ op: "remove", path: "/a~2" }, `${pointer}, as path`],
    [{ op: "remove", path: "/a~" }, `${pointer}, as path`],
    [{ op: "remove", path: ["a"] }, `${pointer}, as path`],
    [{ op: "move", path: "/a" }, `${pointer}, as from`],
    [{ op: "copy", path: "/a", from: "canary" }, `${pointer}, as from`],
    [{ op: "add", path: "/a" }, "wanted a value, which may be null"],
    [{ op: "test", path: "/a", value: undefined }, "wanted a value, which may be null"],
    [{ op: "replace", path: "/a", from: "/b" }, "wanted a value, which may be null"],
  ])("%j", (wrong, message) => {
    const right = { op: "remove", path: "/a" };
    expect(() => checkJsonPatch([right, wrong])).toThrow(
      expect.objectContaining({ name: "InvalidArgumentError", message: `patch.json[1]: ${message}` }),
    );
  });

  it("a long path that is none in no time", () => {
    expect(() => checkJsonPatch([{ op: "remove", path: `${"/a".repeat(100_000)}~` }])).toThrow(/^patch/);
  });
});

test("a patch that has a wrong operation is not sent", async () => {
  const transport = new MemoryTransport(() => json({}));
  const apps = new DynamicClient({ transport }).resource(MyCoolAppResource).namespace("default");
  const wrong = [{ op: "remove", path: "spec" }] as const;
  await expect(apps.patch("web", { json: wrong })).rejects.toThrow(/^patch\.json\[0\]: wanted a JSON pointer/);
  await expect(apps.patch("web", undefined as never)).rejects.toThrow(/^patch: wanted either merge/);
  expect(transport.requests).toEqual([]);
  await apps.patch("web", { json: [] });
  expect(transport.requests[0]?.body).toBe("[]");
});
