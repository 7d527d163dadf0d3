import { afterEach, beforeEach, describe, expect, it, test, vi } from "vitest";
import { ApiConnection, type CallLimits, type ConnectionOptions } from "../../../src/runtime/client/api-connection.ts";
import { RateLimiter } from "../../../src/runtime/client/rate-limiter.ts";
import { type ApiRequest, getRequest, watchRequest } from "../../../src/runtime/client/requests.ts";
import type { ApiWarning } from "../../../src/runtime/client/warnings.ts";
import { createRequest } from "../../../src/runtime/client/write-requests.ts";
import { ConnectionError } from "../../../src/runtime/errors/connection-error.ts";
import { type Answering, failed, json, type MemoryAnswer, MemoryTransport } from "../memory-transport.ts";
import { apps } from "./places.ts";

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(Math, "random").mockReturnValue(0);
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const get = getRequest(apps, "web", {});
const create = createRequest(apps, { metadata: { name: "web" } }, {});
const watch = watchRequest(apps, {}, { resourceVersion: "1", timeoutSeconds: 100, sendInitialEvents: undefined });
/** An object as short as one can be. */
const object = { apiVersion: "stable.example.com/v1", kind: "MyCoolApp" };
const done = json(object);
const later = failed(429, "TooManyRequests", { headers: { "retry-after": "0" } });
const unreachable = new ConnectionError("unreachable", "nobody is there");
const broken = new ConnectionError("broken", "it broke");

/** Answers one after the other; an error is thrown, and the last one is given for ever. */
function inTurn(...answers: readonly (MemoryAnswer | Error)[]): MemoryTransport {
  return new MemoryTransport((_, index) => {
    const answer = answers[Math.min(index, answers.length - 1)] ?? {};
    if (answer instanceof Error) throw answer;
    return answer;
  });
}

const quiet: ConnectionOptions = {
  timeoutMs: 60_000,
  userAgent: "agent/1",
  onWarning: () => undefined,
  unsafeIntegers: "refuse",
};

function connected(transport: MemoryTransport, timeoutMs = 60_000, warnings: ApiWarning[] = []): ApiConnection {
  return new ApiConnection(transport, {
    timeoutMs,
    userAgent: "agent/1",
    onWarning: (warning) => void warnings.push(warning),
    unsafeIntegers: "refuse",
  });
}

/** Sends a request while time passes as fast as it can; gives the answer or the error, and how many requests there were. */
async function outcome(transport: MemoryTransport, request: ApiRequest, limits: CallLimits = {}): Promise<unknown[]> {
  const sent = connected(transport)
    .send(request, limits)
    .catch((error: unknown) => error);
  await vi.advanceTimersByTimeAsync(59_000);
  const result = await sent;
  expect({ timers: vi.getTimerCount(), unfinished: transport.unfinished }).toEqual({ timers: 0, unfinished: 0 });
  return [result, transport.requests.length];
}

describe("a request", () => {
  test("goes out as it is, with what every request says", async () => {
    const transport = inTurn(done);
    await outcome(transport, get);
    await outcome(transport, create);
    const [first, second] = transport.requests;
    expect(first).toEqual({
      method: "GET",
      path: "/apis/stable.example.com/v1/namespaces/default/mycoolapps/web",
      headers: { accept: "application/json", "user-agent": "agent/1" },
      signal: expect.objectContaining({ aborted: false }),
    });
    expect(second).toEqual({
      method: "POST",
      path: "/apis/stable.example.com/v1/namespaces/default/mycoolapps",
      headers: { accept: "application/json", "content-type": "application/json", "user-agent": "agent/1" },
      body: '{"apiVersion":"stable.example.com/v1","kind":"MyCoolApp","metadata":{"name":"web"}}',
      signal: expect.objectContaining({ aborted: false }),
    });
  });

  test("for a watch wants no compression, and its answer is given when it has begun", async () => {
    const transport = inTurn({ body: '{"a":1}\n' });
    const { body } = await connected(transport).open(watch, new AbortController().signal);
    expect(transport.requests[0]?.headers["accept-encoding"]).toBe("identity");
    expect(transport.unfinished).toBe(1);
    for await (const part of body) expect(Buffer.from(part).toString()).toBe('{"a":1}\n');
  });
});

describe("an answer", () => {
  it("is its object", async () => {
    expect(await outcome(inTurn(json({ ...object, spec: { a: [1] } }, { status: 201 })), create)).toEqual([
      { ...object, spec: { a: [1] } },
      1,
    ]);
  });

  it.each([["[]"], ["null"], ["5"], ['"canary"']])("that is %s is refused", async (body) => {
    const [error] = await outcome(inTurn({ body }), get);
    const message =
      "wanted an object from the API server, got another JSON value; check that the address is that of a Kubernetes API server";
    expect(error).toMatchObject({ code: "not-json", message });
  });

  it.each([
    ["", "nothing"],
    ["<html>canary</html>", "a page of HTML or XML"],
    ["canary", "something else"],
  ])("that is %j is refused", async (body, what) => {
    const [error, requests] = await outcome(inTurn({ body }), get);
    expect(error).toMatchObject({ code: "not-json", message: expect.stringContaining(`got ${what};`) });
    expect(requests).toBe(1);
  });

  it.each([
    [
      "text/plain",
      "Client sent an HTTP request to an HTTPS server.\n",
      "Client sent an HTTP request to an HTTPS server.",
    ],
    ["text/plain; charset=utf-8", "404 page not found\n", "404 page not found"],
    ["text/plain", "two\nlines", undefined],
    ["text/plain", "x".repeat(101), undefined],
    ["text/html", "<p>no</p>", undefined],
  ])("of a failure as %s is told where it is one short line", async (type, body, told) => {
    const [error] = await outcome(inTurn({ status: 400, headers: { "content-type": type }, body }), get);
    expect(error).toMatchObject({ message: expect.stringMatching(/: 400(?:, .*)?$/) });
    expect(String(error).split(": 400, ")[1]).toBe(told);
  });

  it("with an integer beyond 2^53 is refused, or rounded where that is asked for", async () => {
    const body = '{"apiVersion":"stable.example.com/v1","kind":"MyCoolApp","a":9223372036854775807}';
    const [error] = await outcome(inTurn({ body }), get);
    expect(error).toMatchObject({ code: "unsafe-integer", path: ".a" });
    const options = { timeoutMs: 0, userAgent: "agent/1", onWarning: () => undefined };
    const rounding = new ApiConnection(inTurn({ body }), { ...options, unsafeIntegers: "round" });
    expect(await rounding.send(get, {})).toEqual({ ...object, a: 2 ** 63 });
  });

  it("with warnings tells them, those of a failure too", async () => {
    const warnings: ApiWarning[] = [];
    const headers = { warning: ['299 - "a"', '299 - "both", 299 - "count"'] };
    const transport = inTurn(json({}, { headers }), failed(422, "Invalid", { headers: { warning: '299 - "date"' } }));
    const connection = connected(transport, 60_000, warnings);
    await connection.send(create, {});
    await expect(connection.send(create, {})).rejects.toMatchObject({ code: 422 });
    expect(warnings.map(({ message }) => message)).toEqual(["a", "both", "count", "date"]);
    expect(warnings[0]).toEqual({ message: "a", verb: "create", resource: "mycoolapps.stable.example.com" });
  });
});

describe("a refusal", () => {
  test("is an ApiError with the Status that came", async () => {
    const [error] = await outcome(inTurn(failed(404, "NotFound")), get);
    expect(error).toMatchObject({
      name: "ApiError",
      code: 404,
      reason: "NotFound",
      verb: "get",
      resource: "mycoolapps.stable.example.com",
      message: "get mycoolapps.stable.example.com default/web: 404 NotFound, no",
      status: { kind: "Status", code: 404 },
    });
  });

  it.each<[string, MemoryAnswer]>([
    ["plain text", { status: 404, body: "404 page not found\n" }],
    ["nothing", { status: 404 }],
    ["a page", { status: 404, body: "<html>" }],
    ["an object that is no Status", json({ kind: "MyCoolApp" }, { status: 404 })],
    ["a list", json([], { status: 404 })],
  ])("in %s has a code alone", async (_, answer) => {
    const [error] = await outcome(inTurn(answer), get);
    expect(error).toMatchObject({ code: 404, reason: undefined, status: undefined, causes: [] });
    expect(error).toHaveProperty("message", "get mycoolapps.stable.example.com default/web: 404");
  });

  it.each<[MemoryAnswer["headers"], number | undefined]>([
    [{ "retry-after": "7" }, 7],
    [{ "retry-after": ["7", "8"] }, 7],
    [{ "retry-after": "Tue, 24 Nov 2026 05:40:49 GMT" }, undefined],
    [{ "retry-after": "-1" }, undefined],
    [{}, undefined],
  ])("with the headers %j is to be retried after %s seconds", async (headers = {}, retryAfterSeconds) => {
    const [error] = await outcome(inTurn(failed(500, "InternalError", { headers })), get);
    expect(error).toMatchObject({ retryAfterSeconds });
  });

  test("takes the word of the Status before that of the header", async () => {
    const status = { kind: "Status", apiVersion: "v1", details: { retryAfterSeconds: 3 } };
    const [error] = await outcome(inTurn(json(status, { status: 500, headers: { "retry-after": "7" } })), get);
    expect(error).toMatchObject({ retryAfterSeconds: 3 });
  });
});

describe("a request is repeated", () => {
  test("as the header says, where the Status is not well formed", async () => {
    const headers = { "retry-after": "0" };
    const body = '{"kind":"Status","message":5,"details":{"retryAfterSeconds":1e999,"causes":[null]}}';
    expect(await outcome(inTurn({ status: 429, headers, body }, done), create)).toEqual([object, 2]);
  });

  it.each<[string, MemoryAnswer | Error]>([
    ["429 with Retry-After 0", later],
    ["503 with Retry-After 1", failed(503, undefined, { headers: { "retry-after": "1" } })],
    ["504 with Retry-After 1", failed(504, "Timeout", { headers: { "retry-after": "1" } })],
    ["a refused connection", unreachable],
  ])("after %s, a create too", async (_, problem) => {
    expect(await outcome(inTurn(problem, problem, done), create)).toEqual([object, 3]);
  });

  it("after a broken connection, where it only reads", async () => {
    expect(await outcome(inTurn(broken, done), get)).toEqual([object, 2]);
  });

  it("after an answer that broke off, where it only reads", async () => {
    const half: MemoryAnswer = { body: breaking('{"kind":') };
    expect(await outcome(inTurn(half, done), get)).toEqual([object, 2]);
  });

  it("ten times at the most where the server asks for it", async () => {
    const [error, requests] = await outcome(inTurn(later), create);
    expect(error).toMatchObject({ code: 429 });
    expect(requests).toBe(11);
  });

  it("three times at the most where there is no connection", async () => {
    expect(await outcome(inTurn(unreachable), create)).toEqual([unreachable, 4]);
  });

  it("and the time that the server wants is waited for", async () => {
    const transport = inTurn(failed(503, undefined, { headers: { "retry-after": "5" } }), done);
    const sent = connected(transport).send(get, {});
    await vi.advanceTimersByTimeAsync(4_999);
    expect(transport.requests).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(await sent).toEqual(object);
  });
});

describe("a request whose credentials are used no longer", () => {
  const refusal: MemoryAnswer = { ...failed(401, "Unauthorized"), renewsCredentials: true };

  it("is sent once more, a create too", async () => {
    expect(await outcome(inTurn(refusal, done), create)).toEqual([object, 2]);
  });

  it("is refused where those in their place are, and where the transport has no others", async () => {
    for (const [answers, requests] of [
      [[refusal], 2],
      [[failed(401, "Unauthorized")], 1],
      [[refusal, failed(401, "Unauthorized"), done], 2],
    ] as const) {
      const error = expect.objectContaining({ name: "ApiError", code: 401, reason: "Unauthorized" });
      expect(await outcome(inTurn(...answers), create)).toEqual([error, requests]);
    }
  });

  it("has as many repetitions for other reasons as another", async () => {
    const [error, requests] = await outcome(inTurn(refusal, ...Array(5).fill(later), refusal, later), create);
    expect(error).toMatchObject({ code: 429 });
    expect(requests).toBe(2 + 11);
  });

  it("is sent at once, but not after the end of the call", async () => {
    const transport = inTurn(refusal, done);
    const sent = connected(transport).send(get, {});
    await vi.advanceTimersByTimeAsync(1);
    expect(await sent).toEqual(object);
    const controller = new AbortController();
    const late = new MemoryTransport(() => {
      controller.abort("enough");
      return refusal;
    });
    await expect(connected(late).send(get, { signal: controller.signal })).rejects.toBe("enough");
    expect(late.requests).toHaveLength(1);
  });
});

describe("a request is not repeated", () => {
  it.each<[string, MemoryAnswer]>([
    ["429 without Retry-After", failed(429, "TooManyRequests")],
    ["503 without Retry-After", failed(503)],
    ["500, even with Retry-After", failed(500, "InternalError", { headers: { "retry-after": "1" } })],
    ["404", failed(404, "NotFound")],
    ["409", failed(409, "Conflict")],
  ])("after %s", async (_, answer) => {
    const [error, requests] = await outcome(inTurn(answer, done), get);
    expect(error).toMatchObject({ name: "ApiError", code: answer.status });
    expect(requests).toBe(1);
  });

  it("after a broken connection, where it writes", async () => {
    expect(await outcome(inTurn(broken, done), create)).toEqual([broken, 1]);
    const half: MemoryAnswer = { body: breaking('{"kind":') };
    expect(await outcome(inTurn(half, done), create)).toEqual([broken, 1]);
  });
});

describe("attempts", () => {
  /** What is told of the attempts of one call: code, number, whether it is tried again, milliseconds. */
  async function told(transport: MemoryTransport, request: ApiRequest, limits: CallLimits = {}): Promise<unknown[]> {
    const attempts: unknown[] = [];
    const connection = new ApiConnection(transport, {
      ...quiet,
      onAttempt: ({ code, attempt, willRetry, durationMs }) =>
        void attempts.push([code, attempt, willRetry, durationMs]),
    });
    const sent = connection.send(request, limits).catch(() => undefined);
    await vi.advanceTimersByTimeAsync(59_000);
    await sent;
    return attempts;
  }
  const waiting = failed(503, undefined, { headers: { "retry-after": "1" } });

  it.each<[string, (MemoryAnswer | Error)[], ApiRequest, unknown[]]>([
    ["one", [done], get, [[200, 1, false, 0]]],
    ["a refusal", [failed(404, "NotFound")], get, [[404, 1, false, 0]]],
    [
      "what is tried again, without the pauses in between",
      [waiting, unreachable, { body: breaking("{") }, done],
      get,
      [
        [503, 1, true, 0],
        ["unreachable", 2, true, 0],
        ["broken", 3, true, 0],
        [200, 4, false, 0],
      ],
    ],
    [
      "what is sent with other credentials",
      [{ ...failed(401), renewsCredentials: true }, waiting, done],
      create,
      [
        [401, 1, true, 0],
        [503, 2, true, 0],
        [200, 3, false, 0],
      ],
    ],
    ["a write that broke", [broken, done], create, [["broken", 1, false, 0]]],
    ["an answer that is no JSON", [{ body: "<html>" }], get, [["not-json", 1, false, 0]]],
    ["a large integer", [{ body: '{"a":9223372036854775807}' }], get, [["unsafe-integer", 1, false, 0]]],
  ])("are told of: %s", async (_, answers, request, want) => {
    expect(await told(inTurn(...answers), request)).toEqual(want);
  });

  it("are told of when the call ends, and how long they lasted", async () => {
    expect(await told(new MemoryTransport(never), get, { timeoutMs: 7_000 })).toEqual([["timeout", 1, false, 7_000]]);
    const controller = new AbortController();
    setTimeout(() => controller.abort("enough"), 3_000);
    expect(await told(new MemoryTransport(never), get, controller)).toEqual([["aborted", 1, false, 3_000]]);
  });

  it("are none where the call ends before", async () => {
    expect(await told(inTurn(done), get, { signal: AbortSignal.abort("before") })).toEqual([]);
  });

  it("that nobody hears well are warnings of Node, and the call is what it would be", async () => {
    const warned = vi.spyOn(process, "emitWarning").mockReturnValue();
    const defect = new Error("a defect of the listener");
    const onAttempt = (): never => {
      throw defect;
    };
    const connection = new ApiConnection(inTurn(done, failed(404, "NotFound")), { ...quiet, onAttempt });
    expect(await connection.send(get, {})).toEqual(object);
    await expect(connection.send(get, {})).rejects.toMatchObject({ code: 404 });
    expect(warned.mock.calls).toEqual([[defect], [defect]]);
  });
});

describe("a rate limit", () => {
  const limited = (transport: MemoryTransport, burst = 1): ApiConnection =>
    new ApiConnection(transport, { ...quiet, rateLimiter: new RateLimiter({ qps: 1, burst }) });

  it("counts every attempt", async () => {
    const transport = inTurn(unreachable, unreachable, done);
    const sent = limited(transport, 2).send(get, {});
    await vi.advanceTimersByTimeAsync(900);
    expect(transport.requests).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await sent).toEqual(object);
    expect({ requests: transport.requests.length, timers: vi.getTimerCount() }).toEqual({ requests: 3, timers: 0 });
  });

  it("counts what is sent with other credentials", async () => {
    const transport = inTurn({ ...failed(401), renewsCredentials: true }, done);
    const sent = limited(transport).send(get, {});
    await vi.advanceTimersByTimeAsync(900);
    expect(transport.requests).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(200);
    expect(await sent).toEqual(object);
  });

  it.each<[string, (controller: AbortController) => CallLimits, unknown]>([
    ["the time limit", () => ({ timeoutMs: 300 }), expect.objectContaining({ name: "TimeoutError", timeoutMs: 300 })],
    ["the signal", ({ signal }) => ({ signal }), "enough"],
  ])("makes nobody wait longer than %s", async (_, limits, reason) => {
    const transport = inTurn(done);
    const connection = limited(transport);
    const controller = new AbortController();
    setTimeout(() => controller.abort("enough"), 300);
    await connection.send(get, {});
    const ended = expect(connection.send(get, limits(controller))).rejects.toEqual(reason);
    await vi.advanceTimersByTimeAsync(300);
    await ended;
    expect({ requests: transport.requests.length, timers: vi.getTimerCount() }).toEqual({ requests: 1, timers: 0 });
  });

  it("is no part of what an attempt takes", async () => {
    const durations: number[] = [];
    const connection = new ApiConnection(inTurn(done), {
      ...quiet,
      rateLimiter: new RateLimiter({ qps: 1, burst: 1 }),
      onAttempt: ({ durationMs }) => void durations.push(durationMs),
    });
    const sent = Promise.all([connection.send(get, {}), connection.send(get, {})]);
    await vi.advanceTimersByTimeAsync(1_000);
    await sent;
    expect(durations).toEqual([0, 0]);
  });
});

async function* breaking(text: string): AsyncGenerator<string, void, undefined> {
  yield text;
  throw broken;
}

const never: Answering = () => ({ body: silent() });

async function* silent(): AsyncGenerator<string, void, undefined> {
  await new Promise(() => undefined);
  yield "";
}

describe("a call ends", () => {
  it("with the signal's own reason between two tries, at once", async () => {
    const controller = new AbortController();
    const reason = new Error("enough");
    const transport = inTurn(failed(503, undefined, { headers: { "retry-after": "30" } }));
    const sent = connected(transport).send(get, { signal: controller.signal });
    const ended = expect(sent).rejects.toBe(reason);
    await vi.advanceTimersByTimeAsync(10);
    controller.abort(reason);
    await ended;
    expect({ requests: transport.requests.length, timers: vi.getTimerCount() }).toEqual({ requests: 1, timers: 0 });
  });

  it("with the signal's own reason while the answer is read", async () => {
    const controller = new AbortController();
    const transport = new MemoryTransport(never);
    const sent = connected(transport).send(get, { signal: controller.signal });
    const ended = expect(sent).rejects.toBe("enough");
    await vi.advanceTimersByTimeAsync(10);
    controller.abort("enough");
    await ended;
    expect({ unfinished: transport.unfinished, timers: vi.getTimerCount() }).toEqual({ unfinished: 0, timers: 0 });
  });

  it("with the signal's own reason, whatever comes of the connection then", async () => {
    const controller = new AbortController();
    const transport = new MemoryTransport(() => {
      controller.abort("enough");
      throw broken;
    });
    const sent = connected(transport).send(create, { signal: controller.signal });
    await expect(sent).rejects.toBe("enough");
    expect(transport.requests).toHaveLength(1);
  });

  it("before it begins where the signal was aborted before", async () => {
    const transport = inTurn(done);
    await expect(connected(transport).send(get, { signal: AbortSignal.abort("before") })).rejects.toBe("before");
    expect(transport.requests).toEqual([]);
  });

  it.each<[string, number, number | undefined, number]>([
    ["the client's time", 5_000, undefined, 5_000],
    ["its own time", 60_000, 5_000, 5_000],
    ["its own time, which may be longer than the client's", 1_000, 5_000, 5_000],
    ["its own time, where the client has no limit", 0, 5_000, 5_000],
  ])("with %s, repetitions included", async (_, ofClient, ofCall, after) => {
    const transport = inTurn(failed(503, undefined, { headers: { "retry-after": "2" } }));
    const sent = connected(transport, ofClient).send(get, { timeoutMs: ofCall });
    const ended = expect(sent).rejects.toMatchObject({ name: "TimeoutError", phase: "call", timeoutMs: after });
    await vi.advanceTimersByTimeAsync(after - 1);
    expect(vi.getTimerCount()).not.toBe(0);
    await vi.advanceTimersByTimeAsync(1);
    await ended;
    expect({ requests: transport.requests.length, timers: vi.getTimerCount() }).toEqual({ requests: 3, timers: 0 });
  });

  it("never by itself where there is no limit", async () => {
    const ended = vi.fn();
    const controller = new AbortController();
    const sent = connected(new MemoryTransport(never), 0).send(get, { signal: controller.signal });
    void sent.catch(ended);
    await vi.advanceTimersByTimeAsync(24 * 3_600_000);
    expect({ ended: ended.mock.calls, timers: vi.getTimerCount() }).toEqual({ ended: [], timers: 0 });
    controller.abort();
    await expect(sent).rejects.toMatchObject({ name: "AbortError" });
  });
});
