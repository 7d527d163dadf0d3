import { describe, expect, expectTypeOf, it, test } from "vitest";
import { type ApiError, hasStatusCause, isApiError } from "../../../src/runtime/errors/api-error.ts";
import { ConfigError, isConfigError } from "../../../src/runtime/errors/config-error.ts";
import { ConnectionError, isConnectionError } from "../../../src/runtime/errors/connection-error.ts";
import { apiErrorOf } from "../../../src/runtime/errors/failed-answer.ts";
import { InvalidArgumentError, isInvalidArgument } from "../../../src/runtime/errors/invalid-argument.ts";
import * as predicates from "../../../src/runtime/errors/predicates.ts";
import { isDeadlineExceeded, TimeoutError } from "../../../src/runtime/errors/timeout-error.ts";
import type { Status } from "../../../src/runtime/gen/v1.ts";

function refused(code: number, reason?: string, cause?: string): ApiError {
  const details = cause === undefined ? {} : { causes: [{ reason: cause }] };
  const status: Status = {
    kind: "Status",
    apiVersion: "v1",
    code,
    details,
    ...(reason === undefined ? {} : { reason }),
  };
  return apiErrorOf({ verb: "get", resource: "pods" }, { code, status, retryAfterSeconds: undefined });
}

/** An answer in plain text, or one of what stands before the server. */
function plain(code: number): ApiError {
  return apiErrorOf({ verb: "get", resource: "pods" }, { code, status: undefined, retryAfterSeconds: undefined });
}

type Predicate = keyof typeof predicates;

const all: Readonly<Record<Predicate, (error: unknown) => boolean>> = { ...predicates };

/** The predicates that hold for an error. */
function holding(error: unknown): Predicate[] {
  return (Object.keys(all) as Predicate[]).filter((name) => all[name](error)).sort();
}

describe("an answer with a reason is told by it", () => {
  it.each<[number, string, Predicate[]]>([
    [400, "BadRequest", ["isBadRequest"]],
    [401, "Unauthorized", ["isUnauthorized"]],
    [403, "Forbidden", ["isForbidden"]],
    [404, "NotFound", ["isNotFound"]],
    [409, "AlreadyExists", ["isAlreadyExists"]],
    [409, "Conflict", ["isConflict"]],
    [410, "Gone", ["isGone"]],
    [410, "Expired", ["isGone", "isResourceExpired"]],
    [413, "RequestEntityTooLarge", ["isRequestEntityTooLarge"]],
    [422, "Invalid", ["isInvalid"]],
    [429, "TooManyRequests", ["isTooManyRequests"]],
    [500, "InternalError", ["isInternalError"]],
    [500, "ServerTimeout", ["isServerTimeout"]],
    [503, "ServiceUnavailable", ["isServiceUnavailable"]],
    [504, "Timeout", ["isTimeout"]],
    [405, "MethodNotAllowed", ["isMethodNotSupported"]],
    [406, "NotAcceptable", ["isNotAcceptable"]],
    [415, "UnsupportedMediaType", ["isUnsupportedMediaType"]],
    [500, "StoreReadError", ["isStoreReadError"]],
    // Where Kubernetes knows the reason the code does not count, but for 429.
    [404, "NotAcceptable", ["isNotAcceptable"]],
    [418, "Conflict", ["isConflict"]],
    [409, "StoreReadError", ["isStoreReadError"]],
    [429, "Conflict", ["isConflict", "isTooManyRequests"]],
    [500, "TooManyRequests", ["isTooManyRequests"]],
  ])("%i %s: %j", (code, reason, want) => {
    expect(holding(refused(code, reason))).toEqual(want);
  });
});

describe("an answer without a reason, or with one that Kubernetes does not know, is told by its code", () => {
  it.each<[number, Predicate[]]>([
    [400, ["isBadRequest"]],
    [401, ["isUnauthorized"]],
    [403, ["isForbidden"]],
    [404, ["isNotFound"]],
    [405, ["isMethodNotSupported"]],
    [406, ["isNotAcceptable"]],
    [409, ["isConflict"]],
    [410, ["isGone"]],
    [413, ["isRequestEntityTooLarge"]],
    [415, ["isUnsupportedMediaType"]],
    [422, ["isInvalid"]],
    [429, ["isTooManyRequests"]],
    [500, ["isInternalError"]],
    [503, ["isServiceUnavailable"]],
    [504, ["isTimeout"]],
    [418, []],
  ])("%i: %j", (code, want) => {
    expect(holding(plain(code))).toEqual(want);
    expect(holding(refused(code))).toEqual(want);
    expect(holding(refused(code, ""))).toEqual(want);
    // Of an aggregated API or a webhook; an eviction that is not possible now.
    for (const foreign of ["Custom", "Unknown", "DisruptionBudget"]) {
      expect(holding(refused(code, foreign))).toEqual(want);
    }
  });
});

test("a version of the future is told by its cause", () => {
  expect(holding(refused(504, "Timeout", "ResourceVersionTooLarge"))).toEqual([
    "isResourceVersionTooLarge",
    "isTimeout",
  ]);
  expect(holding(refused(504, undefined, "ResourceVersionTooLarge"))).toEqual([
    "isResourceVersionTooLarge",
    "isTimeout",
  ]);
  expect(holding(refused(504, "Timeout", "Other"))).toEqual(["isTimeout"]);
  expect(holding(refused(500, "InternalError", "ResourceVersionTooLarge"))).toEqual(["isInternalError"]);
});

test("a cause is told by its reason", () => {
  const error = refused(409, "Conflict", "FieldManagerConflict");
  expect(hasStatusCause(error, "FieldManagerConflict")).toBe(true);
  expect(hasStatusCause(error, "Conflict")).toBe(false);
  expect(hasStatusCause(plain(409), "FieldManagerConflict")).toBe(false);
  const other = { causes: [{ reason: "FieldManagerConflict" }] };
  for (const [, none] of [...others, ["what has causes", other]]) {
    expect(hasStatusCause(none, "FieldManagerConflict")).toBe(false);
  }
});

const others: [string, unknown][] = [
  ["undefined", undefined],
  ["null", null],
  ["a text", "NotFound"],
  ["an error", new Error("NotFound")],
  ["what looks like one", { name: "ApiError", code: 404, reason: "NotFound" }],
];

const guards = { isApiError, isConfigError, isConnectionError, isInvalidArgument, isDeadlineExceeded };

it.each<[string, unknown]>([
  ["isApiError", refused(404, "NotFound")],
  ["isConfigError", new ConfigError("missing", "no kubeconfig")],
  ["isConnectionError", new ConnectionError("broken", "it broke", { cause: new Error("below") })],
  ["isInvalidArgument", new InvalidArgumentError("name", "wanted a name")],
  ["isDeadlineExceeded", new TimeoutError("late", { phase: "call", timeoutMs: 5 })],
])("%s tells its own errors, and nothing else", (name, error) => {
  const found = Object.entries(guards).filter(([, guard]) => guard(error));
  expect(found.map(([guard]) => guard)).toEqual([name]);
  if (name !== "isApiError") expect(holding(error)).toEqual([]);
});

it.each(others)("%s is none of all", (_, error) => {
  expect(holding(error)).toEqual([]);
  for (const guard of Object.values(guards)) expect(guard(error)).toBe(false);
});

test("errors that are no ApiError say what they are", () => {
  const cause = new Error("below");
  expect(new ConnectionError("broken", "it broke", { cause })).toMatchObject({
    name: "ConnectionError",
    code: "broken",
    message: "it broke",
    cause,
  });
  expect(new ConfigError("missing", "none", { cause })).toMatchObject({
    name: "ConfigError",
    code: "missing",
    message: "none",
    cause,
  });
  expect(new TimeoutError("late", { phase: "headers", timeoutMs: 5 })).toMatchObject({
    name: "TimeoutError",
    code: "timeout",
    phase: "headers",
    timeoutMs: 5,
  });
  const invalid = new InvalidArgumentError("limit", "wanted a whole number");
  expect(invalid).toMatchObject({
    name: "InvalidArgumentError",
    code: "invalid-argument",
    argument: "limit",
    message: "limit: wanted a whole number",
  });
  expect(invalid).toBeInstanceOf(TypeError);
});

test("a predicate narrows, and an ApiError that it does not hold for stays one", () => {
  const error: unknown = refused(409, "Conflict");
  if (predicates.isConflict(error)) expectTypeOf(error.reason).toEqualTypeOf<string | undefined>();
  if (isApiError(error) && !predicates.isNotFound(error)) expectTypeOf(error).toExtend<ApiError>();
  expect(predicates.isConflict(error)).toBe(true);
});
