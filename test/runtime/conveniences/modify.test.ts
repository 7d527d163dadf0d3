import { afterEach, beforeEach, describe, expect, expectTypeOf, it, vi } from "vitest";
import { DynamicClient } from "../../../src/runtime/client/dynamic-client.ts";
import type { UnstructuredVerbs } from "../../../src/runtime/client/unstructured-client.ts";
import { createOrUpdate } from "../../../src/runtime/conveniences/create-or-update.ts";
import { modify } from "../../../src/runtime/conveniences/modify.ts";
import type { ObjectClient, Scale } from "../../../src/runtime/gen/v1.ts";
import type { JsonObject } from "../../../src/runtime/unstructured/json.ts";
import { Unstructured } from "../../../src/runtime/unstructured/unstructured.ts";
import { type Gateway, GatewayResource } from "../gen/samples/gateways.ts";
import { type MyCoolApp, MyCoolAppResource, type MyCoolAppTypes } from "../gen/samples/mycoolapps.ts";
import { failed, json, MemoryTransport } from "../memory-transport.ts";
import { StoredObject } from "./stored.ts";

beforeEach(() => {
  vi.useFakeTimers({ shouldAdvanceTime: true, advanceTimeDelta: 1 });
});
afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

const stored = (): StoredObject => new StoredObject({ spec: { image: "a:b", replicas: 1, unknown: { kept: true } } });

function typed({ transport }: { transport: MemoryTransport }): ObjectClient<MyCoolAppTypes> {
  return new DynamicClient({ transport }).resource(MyCoolAppResource).namespace("default");
}

function untyped({ transport }: { transport: MemoryTransport }): UnstructuredVerbs {
  const resource = { group: "stable.example.com", version: "v1", plural: "mycoolapps" };
  return new DynamicClient({ transport }).resource(resource).namespace("default");
}

const labelled = (object: { metadata: { labels?: Record<string, string> } }): void => {
  object.metadata.labels = { a: "b" };
};
const empty = { labels: {}, annotations: {}, finalizers: [], ownerReferences: [], managedFields: [], generateName: "" };
const image = (app: MyCoolApp): string | undefined => app.spec?.image;

describe("modify", () => {
  it("ends in time, and by the caller's signal, though the change does not", async () => {
    const never = (): Promise<void> => new Promise(() => undefined);
    const late = modify(typed(stored()), "web", never, { timeoutMs: 50 });
    await expect(late).rejects.toMatchObject({ name: "TimeoutError" });
    const controller = new AbortController();
    const left = modify(typed(stored()), "web", never, { signal: controller.signal });
    controller.abort(new Error("enough"));
    await expect(left).rejects.toThrow("enough");
  });

  it("replaces an object by what the change makes of it, in place", async () => {
    const server = stored();
    const app = await modify(typed(server), "web", (object) => {
      expectTypeOf(object).toEqualTypeOf<MyCoolApp>();
      if (object.spec !== undefined) object.spec.replicas = 2;
    });
    expectTypeOf(app).toEqualTypeOf<MyCoolApp>();
    expect(server.methods).toEqual(["GET", "PUT"]);
    expect(server.content?.spec).toEqual({ image: "a:b", replicas: 2, unknown: { kept: true } });
    expect(app).toEqual(server.content);
  });

  it("replaces an object by what the change returns, now or later", async () => {
    const server = stored();
    await modify(typed(server), "web", (app) => ({ ...app, spec: { image: "c:d", replicas: 1 } }));
    expect(server.content?.spec).toEqual({ image: "c:d", replicas: 1 });
    await modify(typed(server), "web", async (app) => ({ ...app, spec: { image: "e:f", replicas: 1 } }));
    expect(server.content?.spec).toEqual({ image: "e:f", replicas: 1 });
    await modify(typed(server), "web", async (app) => {
      app.metadata.labels = { a: "b" };
    });
    expect(server.content?.metadata).toMatchObject({ labels: { a: "b" } });
  });

  it("works untyped", async () => {
    const server = stored();
    const app = await modify(untyped(server), "web", (object) => {
      expectTypeOf(object).toEqualTypeOf<Unstructured>();
      object.setNestedField(3, "spec", "replicas");
    });
    expectTypeOf(app).toEqualTypeOf<Unstructured>();
    expect(app.nestedInt64("spec", "replicas")).toBe(3);
    await modify(untyped(server), "web", (object) => {
      const next = object.deepCopy();
      next.setLabels({ a: "b" });
      return next;
    });
    expect(server.content).toMatchObject({ metadata: { labels: { a: "b" } }, spec: { replicas: 3 } });
  });

  it.each<[string, (app: MyCoolApp) => MyCoolApp | undefined]>([
    ["nothing", () => undefined],
    ["the same again", (app) => ({ ...app, spec: { image: "x", ...app.spec } as MyCoolApp["spec"] }) as MyCoolApp],
    ["the object itself", (app) => app],
    ["empty parts of the metadata that are not there", (app) => ({ ...app, metadata: { ...app.metadata, ...empty } })],
    ["what is undefined", (app) => ({ ...app, status: undefined }) as object as MyCoolApp],
  ])("sends nothing where the change makes %s", async (_, change) => {
    const server = stored();
    const app = await modify(typed(server), "web", change);
    expect(server.methods).toEqual(["GET"]);
    expect(app).toEqual(server.content);
  });

  it.each<[string, object, object]>([
    ["an empty list in the place of none", { a: 1 }, { a: 1, list: [] }],
    ["an empty object in the place of none", { a: 1 }, { a: 1, map: {} }],
    ["a quantity in other words", { cpu: "1000m" }, { cpu: "1" }],
  ])("sends %s of the spec", async (_, before, after) => {
    const server = new StoredObject({ spec: before as JsonObject });
    await modify(typed(server), "web", (app) => ({ ...app, spec: after as NonNullable<MyCoolApp["spec"]> }));
    expect(server.methods).toEqual(["GET", "PUT"]);
  });

  it.each<[string, object]>([
    ["labels", { labels: {} }],
    ["a label", { labels: { a: "b", c: "" } }],
    ["finalizers", { finalizers: [] }],
  ])("sends a change that takes away %s that is there", async (_, after) => {
    const server = new StoredObject({ metadata: { labels: { a: "b" }, finalizers: ["example.com/f"] } });
    await modify(typed(server), "web", ({ metadata }) => void Object.assign(metadata, after));
    expect(server.methods).toEqual(["GET", "PUT"]);
  });

  it("makes the change again to what is newer where somebody was faster", async () => {
    const server = stored();
    const faster = (tag: string) => (other: StoredObject) => other.put({ spec: { image: tag, replicas: 1 } });
    server.others.push(faster("c:d"), faster("e:f"));
    const images: unknown[] = [];
    await modify(typed(server), "web", (app) => {
      images.push(image(app));
      if (app.spec !== undefined) app.spec.replicas = 5;
    });
    expect(images).toEqual(["a:b", "c:d", "e:f"]);
    expect(server.methods).toEqual(["GET", "PUT", "GET", "PUT", "GET", "PUT"]);
    expect(server.content?.spec).toEqual({ image: "e:f", replicas: 5 });
  });

  it("gives up after five conflicts, with the last", async () => {
    const server = stored();
    for (let count = 0; count < 6; count++) server.others.push((other) => other.put(other.content));
    const change = (app: MyCoolApp): void => labelled(app);
    await expect(modify(typed(server), "web", change)).rejects.toMatchObject({ code: 409, reason: "Conflict" });
    expect(server.methods).toHaveLength(10);
  });

  it.each<[string, (app: MyCoolApp) => void]>([
    ["the name", (app) => void Object.assign(app.metadata, { name: "other" })],
    ["the namespace", (app) => void Object.assign(app.metadata, { namespace: "other" })],
    ["the version", (app) => void Object.assign(app.metadata, { resourceVersion: "7" })],
    ["the version, to none", (app) => void Reflect.deleteProperty(app.metadata, "resourceVersion")],
  ])("refuses a change of %s", async (_, change) => {
    const server = stored();
    const message = "change: wanted the same name, namespace and resourceVersion after it, got others";
    await expect(modify(typed(server), "web", change)).rejects.toThrow(message);
    expect(server.methods).toEqual(["GET"]);
  });

  it("refuses what is no function, and reads nothing then", async () => {
    const server = stored();
    for (const [change, got] of [
      [5, "a number"],
      [undefined, "undefined"],
      [{ spec: {} }, "an object"],
    ]) {
      const message = `change: wanted a function that changes the object, got ${got}`;
      await expect(modify(typed(server), "web", change as never)).rejects.toThrow(message);
      await expect(createOrUpdate(typed(server), "web" as never, change as never)).rejects.toThrow(message);
    }
    expect(server.methods).toEqual([]);
  });

  it("throws what the change throws, and NotFound where there is nothing", async () => {
    const server = stored();
    const defect = new Error("a defect");
    const failing = (): never => {
      throw defect;
    };
    await expect(modify(typed(server), "web", failing)).rejects.toBe(defect);
    server.put(undefined);
    await expect(modify(typed(server), "web", failing)).rejects.toMatchObject({ reason: "NotFound" });
  });

  it("passes the options of replace on, to replace alone", async () => {
    const server = stored();
    const options = { dryRun: true, fieldManager: "m", fieldValidation: "Strict", timeoutMs: 5_000 } as const;
    await modify(typed(server), "web", (app) => labelled(app), options);
    expect(server.transport.paths.map((path) => path.split("?")[1])).toEqual([
      undefined,
      "dryRun=All&fieldManager=m&fieldValidation=Strict",
    ]);
    await expect(modify(typed(server), "web", () => undefined, { force: true } as object)).rejects.toThrow(/^force: /);
    await expect(modify(typed(server), "a/b", () => undefined)).rejects.toThrow(/^name: /);
    expect(server.methods).toHaveLength(2);
  });

  it("has one limit of time for everything, and ends with the signal's reason", async () => {
    const answers = [json(stored().content), failed(409, "Conflict")];
    const slow = new MemoryTransport(async (_, index) => {
      await new Promise((resolve) => setTimeout(resolve, 40));
      return answers[index % 2] ?? {};
    });
    const change = (app: MyCoolApp): void => labelled(app);
    const client = typed({ transport: slow });
    await expect(modify(client, "web", change, { timeoutMs: 100 })).rejects.toMatchObject({
      name: "TimeoutError",
      message: "modify web: wanted it done in 100 ms; the server may still act on it",
    });
    await vi.advanceTimersByTimeAsync(100);
    const signal = AbortSignal.abort("before");
    await expect(modify(client, "web", change, { signal })).rejects.toBe("before");
    expect(slow.requests).toHaveLength(3);
  });
});

it.each([0, 1])("ends with the signal's reason while it waits for answer %i", async (silent) => {
  const controller = new AbortController();
  const transport = new MemoryTransport((_, index) => {
    if (index < silent) return json(stored().content);
    controller.abort("enough");
    return new Promise(() => undefined);
  });
  const { signal } = controller;
  await expect(modify(typed({ transport }), "web", labelled, { signal })).rejects.toBe("enough");
  expect(transport.requests).toHaveLength(silent + 1);
});

describe("a subresource", () => {
  const gateway = {
    apiVersion: "net.example.com/v1",
    kind: "Gateway",
    metadata: { name: "edge", resourceVersion: "5" },
    status: { replicas: 1 },
  };

  it("is the status", async () => {
    const transport = new MemoryTransport(() => json(gateway));
    const { status } = new DynamicClient({ transport }).resource(GatewayResource).namespace("default");
    const change = (object: Gateway): void => void Object.assign(object, { status: { replicas: 2 } });
    expectTypeOf(await modify(status, "edge", change)).toEqualTypeOf<Gateway>();
    const path = "/apis/net.example.com/v1/namespaces/default/gateways/edge/status";
    expect(transport.requests.map(({ method, path: asked }) => `${method} ${asked}`)).toEqual([
      `GET ${path}`,
      `PUT ${path}`,
    ]);
    expect(JSON.parse(transport.requests[1]?.body ?? "")).toEqual({ ...gateway, status: { replicas: 2 } });
  });

  it("is the status, untyped", async () => {
    const transport = new MemoryTransport(() => json(gateway));
    const gateways = { group: "net.example.com", version: "v1", plural: "gateways" };
    const { status } = new DynamicClient({ transport }).resource(gateways).namespace("default");
    await modify(status, "edge", (object) => object.setNestedField(2, "status", "replicas"));
    expect(transport.requests.map(({ method }) => method)).toEqual(["GET", "PUT"]);
    const unchanged = await modify(status, "edge", (object) => object.setNestedField(1, "status", "replicas"));
    expect(unchanged).toBeInstanceOf(Unstructured);
    expect(transport.requests).toHaveLength(3);
  });

  it("is the scale", async () => {
    const scale = { apiVersion: "autoscaling/v1", kind: "Scale", metadata: { name: "edge" }, spec: { replicas: 1 } };
    const transport = new MemoryTransport(() => json(scale));
    const gateways = new DynamicClient({ transport }).resource(GatewayResource).namespace("default");
    const change = (object: Scale): void => void Object.assign(object.spec, { replicas: 4 });
    expectTypeOf(await modify(gateways.scale, "edge", change)).toEqualTypeOf<Scale>();
    expect(JSON.parse(transport.requests[1]?.body ?? "")).toEqual({ ...scale, spec: { replicas: 4 } });
  });
});
