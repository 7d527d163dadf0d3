import { afterEach, describe, expect, it, test, vi } from "vitest";
import { type ApiAttempt, beginAttempt, codeOf } from "../../../src/runtime/client/attempts.ts";
import { listRequest } from "../../../src/runtime/client/requests.ts";
import { createRequest } from "../../../src/runtime/client/write-requests.ts";
import { ConfigError } from "../../../src/runtime/errors/config-error.ts";
import { ConnectionError } from "../../../src/runtime/errors/connection-error.ts";
import { apiErrorOf } from "../../../src/runtime/errors/failed-answer.ts";
import { TimeoutError } from "../../../src/runtime/errors/timeout-error.ts";
import { UnsafeIntegerError } from "../../../src/runtime/errors/unsafe-integer-error.ts";
import { apps, appsEverywhere } from "./places.ts";

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const open = new AbortController().signal;
const aborted = AbortSignal.abort("enough");
const timeIsUp = new TimeoutError("", { phase: "call", timeoutMs: 1 });
const broken = new ConnectionError("broken", "");

const refused = apiErrorOf({ verb: "get", resource: "a" }, { code: 404, status: undefined, retryAfterSeconds: 1 });

test.each<[string, unknown, AbortSignal, number | string]>([
  ["a refusal", refused, open, 404],
  ["no connection", new ConnectionError("unreachable", ""), open, "unreachable"],
  ["a connection that broke", broken, open, "broken"],
  ["a time limit of a connection", new TimeoutError("", { phase: "headers", timeoutMs: 1 }), open, "timeout"],
  ["the time limit of the call", timeIsUp, AbortSignal.abort(timeIsUp), "timeout"],
  ["no credentials", new ConfigError("plugin", ""), open, "plugin"],
  ["a large integer", new UnsafeIntegerError(".a"), open, "unsafe-integer"],
  ["the caller's signal", "enough", aborted, "aborted"],
  ["the caller's signal, whatever its reason", broken, AbortSignal.abort(broken), "aborted"],
  ["an answer that came before the signal", refused, aborted, 404],
  ["another error, code and all", Object.assign(new Error("a"), { code: "canary" }), open, "other"],
])("the code of %s", (_, error, signal, want) => {
  expect(codeOf(error, signal)).toBe(want);
});

describe("an attempt", () => {
  it("is told of with what the request is about, and how long it took", () => {
    vi.useFakeTimers();
    const told: ApiAttempt[] = [];
    const request = createRequest(apps, { metadata: { name: "web" }, spec: { image: "canary" } }, {});
    const ended = beginAttempt((attempt) => void told.push(attempt), request, 3);
    vi.advanceTimersByTime(1_500);
    expect(told).toEqual([]);
    ended({ code: 201, willRetry: false });
    expect(told).toEqual([
      {
        verb: "create",
        method: "POST",
        resource: "mycoolapps.stable.example.com",
        namespace: "default",
        name: "web",
        code: 201,
        durationMs: 1_500,
        attempt: 3,
        willRetry: false,
      },
    ]);
  });

  it("holds nothing of a query", () => {
    const told: ApiAttempt[] = [];
    const request = listRequest(appsEverywhere, { labelSelector: "a=canary", continue: "canary" });
    beginAttempt((attempt) => void told.push(attempt), request, 1)({ code: 200, willRetry: false });
    expect(told).toHaveLength(1);
    expect(JSON.stringify(told)).not.toContain("canary");
  });

  it.each<[unknown, unknown]>([
    [new TypeError("a defect"), new TypeError("a defect")],
    ["a text", "a text"],
    [undefined, "undefined"],
  ])("whose listener throws %s is a warning of Node", (thrown, want) => {
    const warned = vi.spyOn(process, "emitWarning").mockReturnValue();
    const listener = (): never => {
      throw thrown;
    };
    beginAttempt(listener, listRequest(apps, {}), 1)({ code: 200, willRetry: false });
    expect(warned.mock.calls).toEqual([[want]]);
  });

  it("whose listener is asynchronous and fails is a warning of Node, too", async () => {
    const warned = vi.spyOn(process, "emitWarning").mockReturnValue();
    const listener = async (): Promise<never> => {
      throw new TypeError("a defect");
    };
    beginAttempt(listener, listRequest(apps, {}), 1)({ code: 200, willRetry: false });
    await expect.poll(() => warned.mock.calls).toEqual([[new TypeError("a defect")]]);
  });
});
