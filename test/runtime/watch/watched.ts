import { expect, vi } from "vitest";
import { ApiConnection, type ConnectionOptions } from "../../../src/runtime/client/api-connection.ts";
import { ConnectionError } from "../../../src/runtime/errors/connection-error.ts";
import type { KindTypes, WatchEvent, WatchOptions } from "../../../src/runtime/gen/v1.ts";
import type { JsonObject } from "../../../src/runtime/unstructured/json.ts";
import { watchEvents } from "../../../src/runtime/watch/watch-events.ts";
import { apps } from "../client/places.ts";
import { type MemoryAnswer, MemoryTransport } from "../memory-transport.ts";

/** The path of what is watched. */
export const path = "/apis/stable.example.com/v1/namespaces/default/mycoolapps";

const broken = new ConnectionError("broken", "it broke");

/** What a watch over this transport gives: the object's name and version in place of the object. */
export function watched(
  transport: MemoryTransport,
  options: WatchOptions<KindTypes> = {},
  more: Partial<ConnectionOptions> = {},
): AsyncGenerator<WatchEvent<string>, void, undefined> {
  const connection = new ApiConnection(transport, {
    timeoutMs: 60_000,
    userAgent: "a",
    onWarning: () => undefined,
    unsafeIntegers: "refuse",
    ...more,
  });
  const read = ({ metadata }: JsonObject): string => Object.values(metadata as JsonObject).join("@");
  return watchEvents({ connection, place: apps, read, options });
}

/** The lines of a watch, from texts such as `ADDED web 5`. */
export function lines(...events: readonly string[]): string {
  const line = (event: string): string => {
    const [type, name, resourceVersion] = event.split(" ");
    const metadata = type === "BOOKMARK" ? { resourceVersion } : { name, resourceVersion };
    return JSON.stringify({ type, object: { kind: "MyCoolApp", apiVersion: "stable.example.com/v1", metadata } });
  };
  return events.map((event) => `${line(event)}\n`).join("");
}

/** Connections of a watch, one after the other; the last one stays open and is silent. */
export function inTurn(...answers: readonly (MemoryAnswer | Error)[]): MemoryTransport {
  return new MemoryTransport((_, index) => {
    const answer = answers[index] ?? { body: open("") };
    if (answer instanceof Error) throw answer;
    return answer;
  });
}

/** Content that does not end by itself. */
export async function* open(text: string): AsyncGenerator<string, void, undefined> {
  if (text !== "") yield text;
  await new Promise(() => undefined);
}

/** Content whose connection breaks behind it. */
export async function* breaking(text: string): AsyncGenerator<string, void, undefined> {
  yield text;
  throw broken;
}

/** Everything that a watch gives while fake timers go on by this time, and how it ended. */
export async function outcome(
  watch: AsyncGenerator<WatchEvent<string>, void, undefined>,
  milliseconds = 10_000,
): Promise<unknown[]> {
  const found: unknown[] = [];
  const ended = (async () => {
    for await (const { type, object } of watch) found.push([type, typeof object === "string" ? object : { ...object }]);
    return "ended";
  })().catch((error: unknown) => error);
  const open = Symbol("open");
  await vi.advanceTimersByTimeAsync(milliseconds);
  const end = await Promise.race([ended, Promise.resolve(open)]);
  return [...found, end === open ? "open" : end];
}

/** The version that each request begins behind. */
export function versions(transport: MemoryTransport): (string | undefined)[] {
  return transport.paths.map((asked) => /[?&]resourceVersion=([^&]*)/.exec(asked)?.[1]);
}

/** Fails where a timer or an answer is left. */
export function expectNothingLeft(transport: MemoryTransport): void {
  expect({ timers: vi.getTimerCount(), unfinished: transport.unfinished }).toEqual({ timers: 0, unfinished: 0 });
}
