import { expect, it } from "vitest";
import { DynamicClient } from "../../../src/runtime/client/dynamic-client.ts";
import { hasStatusCause, isApiError } from "../../../src/runtime/errors/api-error.ts";
import { isInvalid } from "../../../src/runtime/errors/predicates.ts";
import { MemoryTransport } from "../memory-transport.ts";

const configMaps = { group: "", version: "v1", plural: "configmaps" };

it.each<[object, object, string]>([
  [{ message: null }, {}, ""],
  [{ message: 5, reason: "Invalid" }, { reason: "Invalid" }, " Invalid"],
  [{ reason: 5, message: "wrong" }, { message: "wrong" }, ", wrong"],
  [{ apiVersion: 1, status: {}, code: "a", metadata: null }, {}, ""],
  [{ details: 5 }, {}, ""],
  [{ details: { causes: {} } }, { details: {} }, ""],
  [{ details: { causes: [null, 5, []] } }, { details: { causes: [] } }, ""],
  [
    { details: { name: 5, kind: "a", causes: [{ field: 5, message: "wrong" }] } },
    { details: { kind: "a", causes: [{ message: "wrong" }] } },
    ", wrong",
  ],
  [
    { details: { causes: [{ message: null, reason: {}, field: "spec" }] } },
    { details: { causes: [{ field: "spec" }] } },
    ", spec: refused",
  ],
  [{ details: { retryAfterSeconds: "x" } }, { details: {} }, ""],
  [{ code: 422, more: 5, metadata: {} }, { code: 422, more: 5, metadata: {} }, ""],
])("the Status %j is in an ApiError as far as it is well formed", async (given, kept, message) => {
  const transport = new MemoryTransport(() => ({ status: 422, body: JSON.stringify({ kind: "Status", ...given }) }));
  const error = await new DynamicClient({ transport })
    .resource(configMaps)
    .get("a")
    .catch((error: unknown) => error);
  expect(error).toMatchObject({ name: "ApiError", code: 422, retryAfterSeconds: undefined });
  expect(error).toHaveProperty("message", `get configmaps a: 422${message}`);
  expect(isApiError(error) && error.status).toEqual({ kind: "Status", ...kept });
  expect([isInvalid(error), hasStatusCause(error, "A")]).toEqual([true, false]);
});
