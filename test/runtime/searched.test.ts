import { expect, it, test } from "vitest";
import { DynamicClient } from "../../src/runtime/client/dynamic-client.ts";
import { ApiError } from "../../src/runtime/errors/api-error.ts";
import { InvalidArgumentError } from "../../src/runtime/errors/invalid-argument.ts";
import * as runtime from "../../src/runtime/index.ts";
import { MemoryTransport } from "../../src/runtime/transport/memory-transport.ts";
import { canary } from "./guarded.ts";
import { errorClasses, expectNothingFound } from "./searched.ts";

const refusal = { verb: "get", resource: "pods", code: 404, status: undefined, retryAfterSeconds: undefined };

it.each<[string, () => unknown]>([
  ["the message of an error that nobody throws", () => new ApiError(canary, refusal)],
  ["the cause of an error", () => new ApiError("no", refusal, { cause: new Error(canary) })],
  ["an own property of an error", () => Object.assign(new ApiError("no", refusal), { body: canary })],
  ["an error of another kind", () => new InvalidArgumentError("name", canary)],
  ["what is printed", () => console.warn("it is %s", canary)],
])("a secret is found in %s", (_, show) => {
  show();
  expect(expectNothingFound).toThrow("wanted no secret");
});

test("a secret is found in a warning of Node", () => {
  // So that it is not printed.
  process.noDeprecation = true;
  process.emitWarning(`it is ${canary}`, "DeprecationWarning");
  expect(expectNothingFound).toThrow("wanted no secret");
});

test("a secret is found in what hooks are told", async () => {
  const transport = new MemoryTransport(() => ({
    json: { apiVersion: "v1", kind: "Pod" },
    headers: { warning: '299 - "it is set"' },
  }));
  const client = new DynamicClient({ transport }, { onWarning: () => undefined });
  const pods = client.resource({ group: "", version: "v1", plural: "pods" }).namespace("default");
  await pods.get("web");
  expect(expectNothingFound).not.toThrow();
  await pods.get(canary);
  expect(expectNothingFound).toThrow("wanted no secret");
});

test("what holds none is not complained of", () => {
  new ApiError("no", refusal);
  expect(expectNothingFound).not.toThrow();
});

test("every class of errors that the runtime has is looked through", () => {
  const names = Object.values(runtime).flatMap((value: unknown) =>
    typeof value === "function" && value.prototype instanceof Error ? [value.name] : [],
  );
  expect(names.length).toBeGreaterThan(5);
  expect([...errorClasses]).toEqual(expect.arrayContaining(names));
});

test("the stack of an error begins where it is made", () => {
  expect(new Error("here").stack).toMatch(/^Error: here\n +at .*searched\.test\.ts/);
  expect(new ApiError("no", refusal).stack).not.toContain("searched.ts");
});
