import { describe, expect, it, test } from "vitest";
import type { ApiError } from "../../../src/runtime/errors/api-error.ts";
import { ConfigError } from "../../../src/runtime/errors/config-error.ts";
import { ConnectionError, type ConnectionErrorCode } from "../../../src/runtime/errors/connection-error.ts";
import { apiErrorOf } from "../../../src/runtime/errors/failed-answer.ts";
import { TimeoutError } from "../../../src/runtime/errors/timeout-error.ts";
import {
  afterEnd,
  afterEvent,
  afterFailure,
  beginWatch,
  type WatchState,
} from "../../../src/runtime/watch/watch-state.ts";

const none = undefined;
type Begin = [resourceVersion: string | undefined, sendInitialEvents: boolean | undefined];

describe("a watch begins", () => {
  it.each<[...Begin, settled: boolean]>([
    [none, none, false],
    ["", none, false],
    ["0", none, false],
    ["41", none, true],
    [none, true, false],
    ["0", true, false],
    // The objects that exist come first, whatever the version is that they have to be of.
    ["41", true, false],
    [none, false, false],
    ["41", false, true],
  ])("from %s, with sendInitialEvents %s: settled %s", (resourceVersion, sendInitialEvents, settled) => {
    const state: WatchState = { resourceVersion, sendInitialEvents, settled, failures: 0, renewed: false };
    expect(beginWatch(resourceVersion, sendInitialEvents)).toEqual(state);
  });
});

describe("an event moves the state", () => {
  it.each<[Begin, [type: string, version: string][], string | undefined]>([
    [["41", none], [], "41"],
    [["41", none], [["ADDED", "42"]], "42"],
    [
      ["41", none],
      [
        ["MODIFIED", "42"],
        ["DELETED", "43"],
        ["BOOKMARK", "50"],
      ],
      "50",
    ],
    // Versions are texts, and the order is that of the events.
    [["41", none], [["MODIFIED", "9"]], "9"],
    [["41", none], [["MODIFIED", ""]], "41"],
    [
      [none, none],
      [
        ["ADDED", "7"],
        ["ADDED", "3"],
      ],
      none,
    ],
    [
      [none, none],
      [
        ["ADDED", "7"],
        ["BOOKMARK", "41"],
      ],
      "41",
    ],
    [
      [none, none],
      [
        ["ADDED", "7"],
        ["MODIFIED", "41"],
        ["ADDED", "42"],
      ],
      "42",
    ],
    [
      [none, none],
      [
        ["ADDED", "7"],
        ["DELETED", "41"],
      ],
      "41",
    ],
    [["0", none], [["ADDED", "7"]], "0"],
    [["", none], [["ADDED", "7"]], ""],
    [
      ["0", none],
      [
        ["ADDED", "7"],
        ["MODIFIED", "8"],
      ],
      "8",
    ],
    [["41", true], [["ADDED", "7"]], "41"],
    [
      ["41", true],
      [
        ["ADDED", "7"],
        ["BOOKMARK", "45"],
      ],
      "45",
    ],
    [
      [none, true],
      [
        ["ADDED", "7"],
        ["BOOKMARK", ""],
      ],
      none,
    ],
    [["41", false], [["ADDED", "42"]], "42"],
  ])("from %j, by %j, to %s", (begin, events, resourceVersion) => {
    const state = events.reduce((at, [type, version]) => afterEvent(at, type, version), beginWatch(...begin));
    expect(state.resourceVersion).toBe(resourceVersion);
    const moved = resourceVersion !== begin[0];
    expect(state.sendInitialEvents).toBe(moved ? undefined : begin[1]);
    if (moved) expect(state.settled).toBe(true);
  });
});

const settled = beginWatch("41", none);
const failing: WatchState = { ...settled, failures: 3 };

describe("a connection that ended in good order", () => {
  it.each<[string, WatchState, lasted: number, chance: number, pause: number, failures: number]>([
    ["after a while", settled, 150_000, 1, 0, 0],
    ["after a second", settled, 1_000, 1, 0, 0],
    ["after a while and failures before", failing, 5_000, 1, 0, 0],
    ["at once", settled, 999, 1, 800, 1],
    ["at once, with luck", settled, 0, 0, 0, 1],
    ["at once, again and again", failing, 0, 0.5, 3_200, 4],
  ])("%s", (_, state, lasted, chance, pause, failures) => {
    expect(afterEnd(state, lasted, chance)).toEqual({ kind: "again", state: { ...settled, failures }, pause });
  });
});

function refused(code: number, retryAfterSeconds?: number): ApiError {
  return apiErrorOf({ verb: "watch", resource: "mycoolapps" }, { code, status: undefined, retryAfterSeconds });
}

const connection = (code: ConnectionErrorCode): ConnectionError => new ConnectionError(code, "no connection");
const timeout = (phase: TimeoutError["phase"]): TimeoutError => new TimeoutError("late", { phase, timeoutMs: 1 });

describe("a connection that failed is made again", () => {
  it.each<[string, unknown]>([
    ["408, the answer of proxies to a request that came too slowly", refused(408)],
    ["429", refused(429)],
    ["502", refused(502)],
    ["503", refused(503)],
    ["504", refused(504)],
    ["unreachable", connection("unreachable")],
    ["unknown host", connection("unknown-host")],
    ["broken", connection("broken")],
    ["no connection in time", timeout("connect")],
    ["no answer in time", timeout("headers")],
  ])("after %s", (_, error) => {
    const step = afterFailure(settled, { error, lasted: 0 }, 1);
    expect(step).toEqual({ kind: "again", state: { ...settled, failures: 1 }, pause: 800 });
  });

  it.each<[failures: number, lasted: number, chance: number, pause: number, failures: number]>([
    [0, 0, 0, 0, 1],
    [0, 0, 0.5, 400, 1],
    [1, 0, 1, 1_600, 2],
    [4, 0, 1, 12_800, 5],
    [5, 0, 1, 25_600, 6],
    [6, 0, 1, 30_000, 7],
    [60, 0, 1, 30_000, 61],
    [2_000, 0, 1, 30_000, 2_001],
    [6, 119_999, 1, 30_000, 7],
    [6, 120_000, 1, 800, 1],
  ])("after %i failures, %i ms and with chance %f in %i ms", (failures, lasted, chance, pause, next) => {
    const state = { ...settled, failures };
    expect(afterFailure(state, { error: connection("broken"), lasted }, chance)).toEqual({
      kind: "again",
      state: { ...settled, failures: next },
      pause,
    });
  });

  it.each<[number | undefined, number]>([
    [undefined, 800],
    [0, 800],
    [1, 1_000],
    [60, 60_000],
  ])("not before the server wants it: Retry-After %s", (seconds, pause) => {
    expect(afterFailure(settled, { error: refused(429, seconds), lasted: 0 }, 1)).toMatchObject({ pause });
  });
});

describe("a connection whose credentials are used no longer", () => {
  const failure = { error: refused(401), lasted: 200_000, renewsCredentials: true };
  const renewed = { ...failing, renewed: true };

  it("is made again at once, and counts as no failure", () => {
    expect(afterFailure(failing, failure, 1)).toEqual({ kind: "again", state: renewed, pause: 0 });
  });

  it("is the end where the one before was so too", () => {
    expect(afterFailure(renewed, failure, 1)).toEqual({ kind: "stop", error: failure.error });
  });

  it("is made again after each that failed otherwise, or ended", () => {
    const unavailable = { error: refused(503), lasted: 0 };
    expect(afterFailure(renewed, unavailable, 1)).toEqual(afterFailure(failing, unavailable, 1));
    for (const lasted of [0, 5_000]) expect(afterEnd(renewed, lasted, 1)).toEqual(afterEnd(failing, lasted, 1));
    const asking = beginWatch("41", true);
    const unknown = { error: refused(422), lasted: 0 };
    expect(afterFailure({ ...asking, renewed: true }, unknown, 1)).toEqual(afterFailure(asking, unknown, 1));
  });
});

describe("a connection that failed is the end", () => {
  it.each<[string, unknown]>([
    ["400", refused(400)],
    ["401", refused(401)],
    ["403", refused(403)],
    ["404", refused(404)],
    ["410", refused(410)],
    ["422", refused(422)],
    ["500", refused(500)],
    ["501", refused(501)],
    ["505", refused(505)],
    ["an untrusted server", connection("untrusted")],
    ["another host", connection("wrong-host")],
    ["an expired certificate", connection("expired")],
    ["a refused identity", connection("refused-identity")],
    ["no JSON", connection("not-json")],
    ["the end of the call's time", timeout("call")],
    ["no credentials", new ConfigError("missing", "no kubeconfig")],
    ["a defect", new TypeError("boom")],
    ["what is no error", "boom"],
  ])("after %s", (_, error) => {
    expect(afterFailure(settled, { error, lasted: 200_000 }, 1)).toEqual({ kind: "stop", error });
  });
});

describe("a server that does not know sendInitialEvents", () => {
  const error = refused(422);

  it.each<[...Begin, resourceVersion: string | undefined]>([
    [none, true, none],
    ["", true, none],
    ["0", true, none],
    // Behind version 41 would come changes alone.
    ["41", true, none],
    ["41", false, "41"],
  ])("is asked without it: from %s, with %s, it begins from %s", (version, sendInitialEvents, resourceVersion) => {
    const state = beginWatch(version, sendInitialEvents);
    const next = { ...state, resourceVersion, sendInitialEvents: undefined };
    expect(afterFailure(state, { error, lasted: 0 }, 1)).toEqual({ kind: "again", state: next, pause: 0 });
    expect(afterFailure(next, { error, lasted: 0 }, 1)).toEqual({ kind: "stop", error });
  });

  it.each<Begin>([
    [none, false],
    ["", false],
    ["0", false],
  ])("is asked which state it is in: from %s, with %s", (version, sendInitialEvents) => {
    expect(afterFailure(beginWatch(version, sendInitialEvents), { error, lasted: 0 }, 1)).toEqual({ kind: "from-now" });
  });
});

test("a step leaves the state before it as it was", () => {
  const state = Object.freeze(beginWatch("41", true));
  afterEvent(state, "BOOKMARK", "42");
  afterEnd(state, 0, 1);
  afterFailure(state, { error: connection("broken"), lasted: 0 }, 1);
  expect(state).toEqual(beginWatch("41", true));
});
