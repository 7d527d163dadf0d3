import { describe, expect, it, test } from "vitest";
import type { Verb } from "../../../src/runtime/client/options.ts";
import { pauseBeforeRetry } from "../../../src/runtime/client/retry.ts";
import type { ApiError } from "../../../src/runtime/errors/api-error.ts";
import { ConfigError } from "../../../src/runtime/errors/config-error.ts";
import { ConnectionError, type ConnectionErrorCode } from "../../../src/runtime/errors/connection-error.ts";
import { apiErrorOf } from "../../../src/runtime/errors/failed-answer.ts";
import { TimeoutError } from "../../../src/runtime/errors/timeout-error.ts";
import { UnsafeIntegerError } from "../../../src/runtime/errors/unsafe-integer-error.ts";

const verbs: readonly Verb[] = [
  "get",
  "list",
  "watch",
  "create",
  "replace",
  "patch",
  "apply",
  "delete",
  "deleteCollection",
];

function refused(code: number, retryAfterSeconds?: number): ApiError {
  return apiErrorOf({ verb: "get", resource: "mycoolapps" }, { code, status: undefined, retryAfterSeconds });
}

function failed(code: ConnectionErrorCode): ConnectionError {
  return new ConnectionError(code, "no connection");
}

describe("what the server sends away, for every verb", () => {
  it.each<[number, number, number, number, number | undefined]>([
    // The code, Retry-After, how often it was sent, the chance, and the pause.
    [429, 0, 1, 0, 0],
    [429, 1, 1, 0, 1_000],
    [429, 1, 1, 0.5, 1_050],
    [429, 1, 1, 1, 1_100],
    [429, 1, 3, 1, 1_400],
    [503, 2, 1, 0, 2_000],
    [504, 3, 2, 1, 3_200],
    [429, 1, 9, 1, 26_600],
    [429, 1, 10, 1, 31_000],
    [429, 1, 10, 0, 1_000],
    [429, 1, 11, 0, undefined],
    [429, 120, 1, 0, 120_000],
  ])("%i with Retry-After %i, sent %i times, chance %f: %s", (code, retryAfter, sent, chance, want) => {
    for (const verb of verbs) {
      expect(pauseBeforeRetry({ verb, error: refused(code, retryAfter), sent }, chance)).toBe(want);
    }
  });

  it.each([429, 503, 504])("%i without Retry-After is final", (code) => {
    for (const verb of verbs) expect(pauseBeforeRetry({ verb, error: refused(code), sent: 1 }, 0)).toBeUndefined();
  });

  it.each([400, 401, 403, 404, 409, 410, 422, 500, 502])("%i is final, even with Retry-After", (code) => {
    for (const verb of verbs) expect(pauseBeforeRetry({ verb, error: refused(code, 1), sent: 1 }, 0)).toBeUndefined();
  });
});

describe("what there was no answer to", () => {
  it.each<[number, number, number | undefined]>([
    [1, 0, 50],
    [1, 1, 100],
    [2, 0, 100],
    [2, 1, 200],
    [3, 0, 200],
    [3, 1, 400],
    [4, 0, undefined],
  ])("unreachable, sent %i times, chance %f: %s, for every verb", (sent, chance, want) => {
    for (const verb of verbs) expect(pauseBeforeRetry({ verb, error: failed("unreachable"), sent }, chance)).toBe(want);
  });

  test("a connection that broke is tried again for what only reads", () => {
    const again = verbs.filter((verb) => pauseBeforeRetry({ verb, error: failed("broken"), sent: 1 }, 0) !== undefined);
    expect(again).toEqual(["get", "list"]);
    expect(pauseBeforeRetry({ verb: "get", error: failed("broken"), sent: 1 }, 0)).toBe(50);
    expect(pauseBeforeRetry({ verb: "get", error: failed("broken"), sent: 4 }, 0)).toBeUndefined();
  });

  it.each<[unknown]>([
    [failed("unknown-host")],
    [failed("untrusted")],
    [failed("wrong-host")],
    [failed("expired")],
    [failed("refused-identity")],
    [failed("not-json")],
    [failed("too-large")],
    [failed("closed")],
    [new UnsafeIntegerError(".spec.replicas")],
    [new TimeoutError("too long", { phase: "connect", timeoutMs: 1 })],
    [new TimeoutError("too long", { phase: "headers", timeoutMs: 1 })],
    [new ConfigError("missing", "no kubeconfig")],
    [new TypeError("a defect")],
    ["no error"],
    [undefined],
  ])("is final: %s", (error) => {
    for (const verb of verbs) expect(pauseBeforeRetry({ verb, error, sent: 1 }, 0)).toBeUndefined();
  });
});
