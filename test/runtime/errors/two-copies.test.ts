import { inspect } from "node:util";
import { describe, expect, it, test } from "vitest";
import * as other from "../../../src/runtime/dist/index.js";
import * as own from "../../../src/runtime/index.ts";

/*
 * A library may bring a copy of the package of its own: here the built one beside the sources.
 */

type Copy = Pick<
  typeof own | typeof other,
  "isApiError" | "isConflict" | "isNotFound" | "hasStatusCause" | "retryOnConflict"
>;

const details = { causes: [{ reason: "FieldManagerConflict" }] };
const status: own.Status = { apiVersion: "v1", kind: "Status", reason: "Conflict", details };
const refusal = { verb: "replace", resource: "pods", code: 409, status, retryAfterSeconds: undefined };

describe.each<[string, Copy, new (...args: ConstructorParameters<typeof own.ApiError>) => Error]>([
  ["an error of its own", own, own.ApiError],
  ["an error of another copy", own, other.ApiError],
  ["an error of the first copy, for the other one,", other, own.ApiError],
])("%s", (_, asked, ApiError) => {
  const conflict = new ApiError("refused", refusal);

  it("is told by class, reason and cause", () => {
    expect([asked.isApiError(conflict), asked.isConflict(conflict), asked.isNotFound(conflict)]).toEqual([
      true,
      true,
      false,
    ]);
    expect(asked.hasStatusCause(conflict, "FieldManagerConflict")).toBe(true);
  });

  it("is tried again where it is a conflict", async () => {
    const errors = [conflict];
    const action = async (): Promise<string> => {
      const error = errors.pop();
      if (error !== undefined) throw error;
      return "done";
    };
    expect(await asked.retryOnConflict(action)).toBe("done");
  });

  it("has what it is known by in nothing that is printed", () => {
    expect(`${JSON.stringify(conflict)} ${inspect(conflict)}`).not.toMatch(/@crd-gen\/runtime\/ApiError/);
    expect(Object.getOwnPropertySymbols({ ...conflict })).toEqual([]);
  });
});

test("the copies are two", () => {
  expect(new other.ApiError("refused", refusal)).not.toBeInstanceOf(own.ApiError);
});

test.each([
  { name: "ApiError", code: 409 },
  JSON.parse('{"@crd-gen/runtime/ApiError":true}'),
  null,
  undefined,
  "a text",
])("%j only says to be one", (none) => {
  expect([own.isApiError(none), own.isConflict(none)]).toEqual([false, false]);
});
