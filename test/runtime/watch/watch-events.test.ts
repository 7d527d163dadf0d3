import { afterEach, beforeEach, describe, expect, it, test, vi } from "vitest";
import type { ApiAttempt } from "../../../src/runtime/client/attempts.ts";
import { RateLimiter } from "../../../src/runtime/client/rate-limiter.ts";
import { ConnectionError } from "../../../src/runtime/errors/connection-error.ts";
import type { KindTypes, WatchOptions } from "../../../src/runtime/gen/v1.ts";
import { type Answering, failed, json, type MemoryAnswer, MemoryTransport } from "../memory-transport.ts";
import { breaking, expectNothingLeft, inTurn, lines, open, outcome, path, versions, watched } from "./watched.ts";

const expired = { kind: "Status", apiVersion: "v1", status: "Failure", reason: "Expired", code: 410 };

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(Math, "random").mockReturnValue(0.5);
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

test("events are given as they come, each with its own kind of object", async () => {
  const body = lines("ADDED web 5", "MODIFIED web 6", "DELETED web 7", "BOOKMARK - 8");
  const transport = inTurn({ body: open(body) });
  expect(await outcome(watched(transport))).toEqual([
    ["ADDED", "web@5"],
    ["MODIFIED", "web@6"],
    ["DELETED", "web@7"],
    ["BOOKMARK", { kind: "MyCoolApp", apiVersion: "stable.example.com/v1", metadata: { resourceVersion: "8" } }],
    "open",
  ]);
  expect(transport.paths).toEqual([`${path}?allowWatchBookmarks=true&timeoutSeconds=150&watch=true`]);
});

test("the selectors go with every connection, and the version with the first", async () => {
  const transport = inTurn({ body: lines("ADDED web 42") });
  const options = { labelSelector: "app=web", fieldSelector: { "metadata.name": "web" }, resourceVersion: "41" };
  await outcome(watched(transport, options));
  const asked = (version: string): string =>
    `${path}?allowWatchBookmarks=true&fieldSelector=metadata.name%3Dweb&labelSelector=app%3Dweb&resourceVersion=${version}&timeoutSeconds=150&watch=true`;
  expect(transport.paths).toEqual([asked("41"), asked("42")]);
});

test.each([
  [0, 100],
  [0.994, 200],
  [0.5, 150],
])("with the chance %f the server is asked for %i seconds", async (chance, seconds) => {
  vi.spyOn(Math, "random").mockReturnValue(chance);
  const transport = inTurn();
  await outcome(watched(transport), 0);
  expect(transport.paths[0]).toContain(`&timeoutSeconds=${seconds}&`);
});

describe("a watch goes on", () => {
  it.each<[string, (MemoryAnswer | Error)[], begin: string | undefined, versions: (string | undefined)[]]>([
    ["after a clean end, from the last version", [{ body: lines("ADDED web 42") }], "41", ["41", "42"]],
    [
      "after a stream that broke, from the last version",
      [{ body: breaking(lines("MODIFIED web 42")) }],
      "41",
      ["41", "42"],
    ],
    [
      "after half a line, from the version before",
      [{ body: breaking(`${lines("ADDED web 42")}{"type":"MOD`) }],
      "41",
      ["41", "42"],
    ],
    [
      "from the beginning while only what exists has come",
      [{ body: lines("ADDED web 42") }],
      undefined,
      [undefined, undefined],
    ],
    ["from 0 while only what exists has come", [{ body: breaking(lines("ADDED web 42")) }], "0", ["0", "0"]],
    ["from a bookmark", [{ body: lines("ADDED web 42", "BOOKMARK - 50") }], undefined, [undefined, "50"]],
    [
      "from what was not there at the beginning",
      [{ body: lines("ADDED a 42", "DELETED a 43", "ADDED b 44") }],
      "0",
      ["0", "44"],
    ],
    ["after 503, and again", [failed(503), failed(503)], "41", ["41", "41", "41"]],
    ["after 429 with Retry-After", [failed(429, undefined, { headers: { "retry-after": "2" } })], "41", ["41", "41"]],
    ["after 502", [failed(502)], "41", ["41", "41"]],
    ["after a refused connection", [new ConnectionError("unreachable", "nobody is there")], "41", ["41", "41"]],
    ["after an end at once without an event", [{}, {}], "41", ["41", "41", "41"]],
  ])("%s", async (_, answers, resourceVersion, want) => {
    const transport = inTurn(...answers);
    const result = await outcome(watched(transport, { resourceVersion }));
    expect(result.at(-1)).toBe("open");
    expect(versions(transport)).toEqual(want);
  });

  it("with sendInitialEvents until it has come somewhere", async () => {
    const transport = inTurn(
      { body: lines("ADDED web 42") },
      { body: lines("ADDED web 42", "BOOKMARK - 50") },
      { body: breaking(lines("ADDED web 51")) },
    );
    await outcome(watched(transport, { sendInitialEvents: true, resourceVersion: "41" }));
    const initial = "resourceVersionMatch=NotOlderThan&sendInitialEvents=true&timeoutSeconds=150&watch=true";
    expect(transport.paths).toEqual([
      `${path}?allowWatchBookmarks=true&resourceVersion=41&${initial}`,
      `${path}?allowWatchBookmarks=true&resourceVersion=41&${initial}`,
      `${path}?allowWatchBookmarks=true&resourceVersion=50&timeoutSeconds=150&watch=true`,
      `${path}?allowWatchBookmarks=true&resourceVersion=51&timeoutSeconds=150&watch=true`,
    ]);
  });

  it("not at once where that would be a hot loop", async () => {
    const transport = new MemoryTransport(() => ({}));
    await outcome(watched(transport), 60_000);
    // Half of 0.8, 1.6, 3.2, 6.4, 12.8, 25.6, 30 and 30 s lie between them.
    expect(transport.requests).toHaveLength(9);
  });

  it("without what is silent for too long", async () => {
    const transport = inTurn({ body: open(lines("MODIFIED web 42")) });
    await outcome(watched(transport, { resourceVersion: "41" }), 164_999);
    expect(versions(transport)).toEqual(["41"]);
    await vi.advanceTimersByTimeAsync(10);
    expect(versions(transport)).toEqual(["41", "42"]);
  });
});

describe("a watch ends", () => {
  it("after an ERROR event, which is given", async () => {
    const body = `${lines("MODIFIED web 42")}${JSON.stringify({ type: "ERROR", object: expired })}\n${lines("ADDED a 43")}`;
    const transport = inTurn({ body: open(body) });
    const result = await outcome(watched(transport, { resourceVersion: "41" }));
    expect(result).toEqual([["MODIFIED", "web@42"], ["ERROR", expired], "ended"]);
    expect(transport.requests).toHaveLength(1);
    expectNothingLeft(transport);
  });

  it.each<[string, MemoryAnswer | Error, object]>([
    ["410", failed(410, "Expired"), { name: "ApiError", code: 410, reason: "Expired", verb: "watch" }],
    ["401", failed(401, "Unauthorized"), { code: 401 }],
    ["403", failed(403, "Forbidden"), { code: 403 }],
    ["404", { status: 404, body: "404 page not found\n" }, { code: 404, reason: undefined }],
    ["422", failed(422, "Invalid"), { code: 422 }],
    ["an untrusted server", new ConnectionError("untrusted", "who is it"), { code: "untrusted" }],
    ["what is no JSON", { body: "canary\n" }, { code: "not-json" }],
    ["what is no event", { body: "{}\n" }, { name: "ConnectionError", code: "not-json" }],
    ["an event of another type", { body: '{"type":"MOVED","object":{}}\n' }, { code: "not-json" }],
    [
      "an event whose object says not what it is",
      { body: '{"type":"ADDED","object":{"kind":"A"}}\n' },
      { code: "not-json" },
    ],
    ["an event without an object", { body: '{"type":"ADDED"}\n' }, { code: "not-json" }],
  ])("with the error of %s", async (_, answer, error) => {
    const transport = inTurn(answer);
    const [end] = await outcome(watched(transport, { resourceVersion: "41" }));
    expect(end).toBeInstanceOf(Error);
    expect(end).toMatchObject(error);
    expect(String(end)).not.toContain("canary");
    expect(transport.requests).toHaveLength(1);
    expectNothingLeft(transport);
  });

  it("before a request where the options are wrong", async () => {
    const transport = inTurn();
    expect(await outcome(watched(transport, { limit: 1 } as object))).toMatchObject([{ code: "invalid-argument" }]);
    expect(transport.requests).toEqual([]);
    expectNothingLeft(transport);
  });

  const refused = (): MemoryAnswer => failed(503, undefined, { headers: { "retry-after": "60" } });
  const never = (): Promise<never> => new Promise(() => undefined);

  it.each<[string, Answering]>([
    ["while it is silent", () => ({ body: open(lines("ADDED web 5")) })],
    ["between two connections", (_, index) => (index === 0 ? { body: lines("ADDED web 5") } : refused())],
    ["while it is connecting again", (_, index) => (index === 0 ? { body: lines("ADDED web 5") } : never())],
  ])("when its time is up, without an error: %s", async (_, answer) => {
    const transport = new MemoryTransport(answer);
    const watch = watched(transport, { timeoutMs: 5_000 });
    const ended = outcome(watch, 5_000);
    expect((await ended).at(-1)).toBe("ended");
    expectNothingLeft(transport);
  });

  it.each<[string, Answering, object]>([
    ["the last refusal", refused, { name: "ApiError", code: 503 }],
    [
      "the last failure",
      () => {
        throw new ConnectionError("unreachable", "nobody is there");
      },
      { name: "ConnectionError", code: "unreachable" },
    ],
    ["that it took too long", never, { name: "TimeoutError", timeoutMs: 5_000 }],
  ])("when its time is up and it never came about, with %s", async (_, answer, error) => {
    const transport = new MemoryTransport(answer);
    expect(await outcome(watched(transport, { timeoutMs: 5_000 }))).toEqual([expect.objectContaining(error)]);
    expectNothingLeft(transport);
  });

  it.each<[string, Answering]>([
    ["while it is silent", () => ({ body: open("") })],
    ["between two connections", () => failed(503, undefined, { headers: { "retry-after": "60" } })],
    ["while it is connecting", () => new Promise(() => undefined)],
  ])("with the signal's own reason: %s", async (_, answer) => {
    const controller = new AbortController();
    const reason = new Error("enough");
    const transport = new MemoryTransport(answer);
    setTimeout(() => controller.abort(reason), 5_000);
    expect(await outcome(watched(transport, { signal: controller.signal }))).toEqual([reason]);
    expect(transport.requests).toHaveLength(1);
    expectNothingLeft(transport);
  });

  it("before a request where the signal was aborted before", async () => {
    const transport = inTurn();
    expect(await outcome(watched(transport, { signal: AbortSignal.abort("before") }))).toEqual(["before"]);
    expect(transport.requests).toEqual([]);
  });

  it("when the caller leaves, and lets go of the answer", async () => {
    const transport = inTurn({ body: open(lines("ADDED web 5", "ADDED api 6")) });
    const watch = watched(transport, { signal: new AbortController().signal, timeoutMs: 5_000 });
    for await (const { object } of watch) {
      expect(object).toBe("web@5");
      expect(transport.unfinished).toBe(1);
      break;
    }
    expectNothingLeft(transport);
    expect(await watch.next()).toEqual({ done: true, value: undefined });
  });
});

describe("a server that does not know sendInitialEvents", () => {
  const refusing: Answering = ({ path: asked }) => {
    if (asked.includes("sendInitialEvents")) return failed(422, "Invalid");
    return asked.includes("limit=1")
      ? json({ kind: "MyCoolAppList", metadata: { resourceVersion: "70", continue: "more" }, items: [{}] })
      : { body: open(lines("ADDED web 71")) };
  };
  const plain = "timeoutSeconds=150&watch=true";

  it("is asked for what exists without it", async () => {
    const transport = new MemoryTransport(refusing);
    expect(await outcome(watched(transport, { sendInitialEvents: true }))).toEqual([["ADDED", "web@71"], "open"]);
    expect(transport.paths.slice(1)).toEqual([`${path}?allowWatchBookmarks=true&${plain}`]);
  });

  it("is asked for changes from now on by way of a list of one, with the selectors", async () => {
    const transport = new MemoryTransport(refusing);
    const options = { sendInitialEvents: false, labelSelector: "app=web" };
    expect(await outcome(watched(transport, options))).toEqual([["ADDED", "web@71"], "open"]);
    expect(transport.paths.slice(1)).toEqual([
      `${path}?labelSelector=app%3Dweb&limit=1`,
      `${path}?allowWatchBookmarks=true&labelSelector=app%3Dweb&resourceVersion=70&${plain}`,
    ]);
  });

  it.each([
    ["says no version", {}],
    ["says an empty one", { metadata: { resourceVersion: "" } }],
  ])("is the end where its list %s: a watch from there would begin with all objects", async (_, list) => {
    const transport = new MemoryTransport((request, index) =>
      request.path.includes("limit=1") ? json({ kind: "MyCoolAppList", items: [], ...list }) : refusing(request, index),
    );
    const [error, ...more] = await outcome(watched(transport, { sendInitialEvents: false }));
    expect([error, more]).toMatchObject([{ name: "ConnectionError", code: "not-json" }, []]);
    expect(String(error)).toContain(
      "list mycoolapps.stable.example.com in default: wanted a list with a resourceVersion from the API server",
    );
    expect(transport.paths).toHaveLength(2);
    expectNothingLeft(transport);
  });

  it("is asked for changes behind a version without it", async () => {
    const transport = new MemoryTransport(refusing);
    await outcome(watched(transport, { sendInitialEvents: false, resourceVersion: "41" }));
    expect(transport.paths.slice(1)).toEqual([`${path}?allowWatchBookmarks=true&resourceVersion=41&${plain}`]);
  });
});

describe("each connection is an attempt", () => {
  /** What is told of them: code, number, whether another follows, milliseconds. */
  const listening = (): { attempts: unknown[]; onAttempt: (attempt: ApiAttempt) => void } => {
    const attempts: unknown[] = [];
    const onAttempt = ({ code, attempt, willRetry, durationMs }: ApiAttempt): void =>
      void attempts.push([code, attempt, willRetry, durationMs]);
    return { attempts, onAttempt };
  };

  it("that is told of at its end", async () => {
    const { attempts, onAttempt } = listening();
    const answers = [
      { body: lines("ADDED web 42") },
      new ConnectionError("unreachable", "nobody is there"),
      failed(503),
      { body: breaking(lines("ADDED web 43")) },
      failed(410, "Expired"),
    ];
    await outcome(watched(inTurn(...answers), { resourceVersion: "41" }, { onAttempt }));
    expect(attempts).toEqual([
      [200, 1, true, 0],
      ["unreachable", 2, true, 0],
      [503, 3, true, 0],
      ["broken", 4, true, 0],
      [410, 5, false, 0],
    ]);
  });

  it.each<[string, WatchOptions<KindTypes>, unknown[]]>([
    ["silent for too long", {}, [["timeout", 1, true, 165_000]]],
    ["open when the time is up", { timeoutMs: 5_000 }, [["timeout", 1, false, 5_000]]],
  ])("that is %s", async (_, options, want) => {
    const { attempts, onAttempt } = listening();
    await outcome(watched(inTurn(), options, { onAttempt }), 165_000);
    expect(attempts).toEqual(want);
  });

  it("that is open when the signal is aborted", async () => {
    const { attempts, onAttempt } = listening();
    const controller = new AbortController();
    setTimeout(() => controller.abort("enough"), 3_000);
    await outcome(watched(inTurn(), { signal: controller.signal }, { onAttempt }));
    expect(attempts).toEqual([["aborted", 1, false, 3_000]]);
  });

  it("that ends with an ERROR event, or with the caller", async () => {
    const { attempts, onAttempt } = listening();
    const body = `${JSON.stringify({ type: "ERROR", object: expired })}\n`;
    await outcome(watched(inTurn({ body: open(body) }), {}, { onAttempt }));
    for await (const { type } of watched(inTurn({ body: open(lines("ADDED web 5")) }), {}, { onAttempt })) {
      expect(type).toBe("ADDED");
      break;
    }
    expect(attempts).toEqual([
      [200, 1, false, 0],
      [200, 1, false, 0],
    ]);
  });

  it("that is made again with other credentials, once and at once", async () => {
    const refusal = { ...failed(401, "Unauthorized"), renewsCredentials: true };
    const { attempts, onAttempt } = listening();
    const answers = [refusal, { body: lines("ADDED web 42") }, failed(503), refusal, failed(503), refusal, refusal];
    const result = await outcome(watched(inTurn(...answers), { resourceVersion: "41" }, { onAttempt }));
    expect(result).toEqual([["ADDED", "web@42"], expect.objectContaining({ name: "ApiError", code: 401 })]);
    expect(attempts).toEqual([
      [401, 1, true, 0],
      [200, 2, true, 0],
      [503, 3, true, 0],
      [401, 4, true, 0],
      [503, 5, true, 0],
      [401, 6, true, 0],
      [401, 7, false, 0],
    ]);
  });

  it("that the rate limit counts, those with other credentials too", async () => {
    const transport = new MemoryTransport(() => ({ ...failed(401), renewsCredentials: true }));
    const rateLimiter = new RateLimiter({ qps: 0.1, burst: 1 });
    const ended = outcome(watched(transport, {}, { rateLimiter }), 10_001);
    await vi.advanceTimersByTimeAsync(9_000);
    expect(transport.requests).toHaveLength(1);
    expect(await ended).toMatchObject([{ code: 401 }]);
    expect(transport.requests).toHaveLength(2);
  });

  it("that the rate limit counts", async () => {
    const transport = new MemoryTransport(() => failed(503));
    const rateLimiter = new RateLimiter({ qps: 0.1, burst: 1 });
    await outcome(watched(transport, {}, { rateLimiter }), 19_000);
    expect(transport.requests).toHaveLength(2);
  });
});
