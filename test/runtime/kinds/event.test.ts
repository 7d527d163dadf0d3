import { expect, expectTypeOf, it, test } from "vitest";
import { DynamicClient } from "../../../src/runtime/client/dynamic-client.ts";
import { type Event, type EventInput, EventResource } from "../../../src/runtime/kinds/event.ts";
import { isKind } from "../../../src/runtime/unstructured/is-kind.ts";
import { json, MemoryTransport } from "../memory-transport.ts";

const involvedObject = { apiVersion: "stable.example.com/v1", kind: "WorkQueue", name: "a", namespace: "default" };

test("an event goes where events are, with what it is", async () => {
  const transport = new MemoryTransport(() => json({ metadata: {}, items: [] }));
  const events = new DynamicClient({ transport }).resource(EventResource);
  await events.namespace("default").create({ metadata: { generateName: "a." }, involvedObject, type: "Normal" });
  await events.list({ fieldSelector: { "involvedObject.kind": "WorkQueue", reason: "Full" } });
  expect(transport.paths).toEqual([
    "/api/v1/namespaces/default/events",
    "/api/v1/events?fieldSelector=involvedObject.kind%3DWorkQueue%2Creason%3DFull",
  ]);
  expect(JSON.parse(transport.requests[0]?.body ?? "")).toEqual({
    apiVersion: "v1",
    kind: "Event",
    metadata: { generateName: "a." },
    involvedObject,
    type: "Normal",
  });
});

it.each([
  ["v1", "Event", true],
  ["events.k8s.io/v1", "Event", false],
])("an object that is a %s %s: %s", (apiVersion, kind, is) => {
  expect(isKind(EventResource, { apiVersion, kind, metadata: {} })).toBe(is);
});

test("one that was read can be written again, and is about an object", () => {
  expectTypeOf<Event>().toExtend<EventInput>();
  // @ts-expect-error: it has to say what it is about.
  const without: EventInput = { metadata: { generateName: "a." } };
  expect(without).toBeDefined();
});
