import { afterEach, beforeEach, describe, expect, expectTypeOf, it, vi } from "vitest";
import { DynamicClient } from "../../../src/runtime/client/dynamic-client.ts";
import type { UnstructuredInput, UnstructuredVerbs } from "../../../src/runtime/client/unstructured-client.ts";
import { type CreateOrUpdateResult, createOrUpdate } from "../../../src/runtime/conveniences/create-or-update.ts";
import type { CreateOf, ObjectClient } from "../../../src/runtime/gen/v1.ts";
import { isJsonObject, type JsonObject } from "../../../src/runtime/unstructured/json.ts";
import { setNestedField } from "../../../src/runtime/unstructured/set-nested.ts";
import { Unstructured } from "../../../src/runtime/unstructured/unstructured.ts";
import { type MyCoolApp, MyCoolAppResource, type MyCoolAppTypes } from "../gen/samples/mycoolapps.ts";
import { failed, MemoryTransport } from "../memory-transport.ts";
import { StoredObject } from "./stored.ts";

beforeEach(() => {
  vi.useFakeTimers({ shouldAdvanceTime: true, advanceTimeDelta: 1 });
});
afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

function typed({ transport }: { transport: MemoryTransport }): ObjectClient<MyCoolAppTypes> {
  return new DynamicClient({ transport }).resource(MyCoolAppResource).namespace("default");
}

function untyped({ transport }: { transport: MemoryTransport }): UnstructuredVerbs {
  const resource = { group: "stable.example.com", version: "v1", plural: "mycoolapps" };
  return new DynamicClient({ transport }).resource(resource).namespace("default");
}

type App = MyCoolApp | CreateOf<MyCoolAppTypes>;

const initial: CreateOf<MyCoolAppTypes> = { metadata: { name: "web" }, spec: { image: "a:b", replicas: 1 } };
const toTwo = (app: App): void => {
  if (app.spec !== undefined) app.spec.replicas = 2;
};

const labelled = (object: { metadata: { labels?: Record<string, string> } }): void => {
  object.metadata.labels = { a: "b" };
};

describe("createOrUpdate", () => {
  it("creates an object where there is none, with the change, and leaves what it was given as it is", async () => {
    const server = new StoredObject();
    const { operation, object } = await createOrUpdate(typed(server), initial, toTwo);
    expectTypeOf(object).toEqualTypeOf<MyCoolApp>();
    expect([operation, object]).toEqual(["created", server.content]);
    expect(server.content).toMatchObject({ kind: "MyCoolApp", spec: { image: "a:b", replicas: 2 } });
    expect(server.methods).toEqual(["GET", "POST"]);
    expect(initial.spec?.replicas).toBe(1);
  });

  it("changes the object that is there, whatever it was to begin with", async () => {
    const server = new StoredObject({ spec: { image: "c:d", replicas: 1, unknown: { kept: true } } });
    const { operation, object } = await createOrUpdate(typed(server), initial, toTwo);
    expect([operation, object]).toEqual(["updated", server.content]);
    expect(server.content?.spec).toEqual({ image: "c:d", replicas: 2, unknown: { kept: true } });
    expect(server.methods).toEqual(["GET", "PUT"]);
  });

  it("sends nothing where the change changes nothing", async () => {
    const server = new StoredObject({ spec: { replicas: 2, image: "c:d" } });
    const result = await createOrUpdate(typed(server), initial, (app) => {
      app.spec = { image: "c:d", replicas: 2 };
    });
    expect(result).toEqual({ operation: "unchanged", object: server.content });
    expect(server.methods).toEqual(["GET"]);
  });

  it("sends nothing where the change only makes empty what is not there in the metadata", async () => {
    const server = new StoredObject({ metadata: { annotations: {} } });
    const { operation } = await createOrUpdate(typed(server), "web", ({ metadata }) => {
      metadata.labels = { ...metadata.labels };
      metadata.finalizers = (metadata.finalizers ?? []).filter((name) => name !== "example.com/mine");
      delete metadata.annotations;
    });
    expect([operation, server.methods]).toEqual(["unchanged", ["GET"]]);
    const start = new Unstructured({ metadata: { name: "web" } });
    const result = await createOrUpdate(untyped(server), start, (app) => app.setOwnerReferences([]));
    expect([result.operation, server.methods]).toEqual(["unchanged", ["GET", "GET"]]);
  });

  it("takes a name alone where an object of the kind may have nothing else", async () => {
    const server = new StoredObject();
    await createOrUpdate(typed(server), "web", (app) => {
      expectTypeOf(app).toEqualTypeOf<App>();
      app.spec ??= { image: "a:b", replicas: 1 };
    });
    expect(server.content).toMatchObject({ metadata: { name: "web" }, spec: { image: "a:b", replicas: 1 } });
  });

  it("takes what the change returns", async () => {
    const server = new StoredObject();
    const change = (app: App): App => ({ ...app, spec: { image: "c:d", replicas: 3 } });
    expect(await createOrUpdate(typed(server), "web", change)).toMatchObject({ operation: "created" });
    expect(await createOrUpdate(typed(server), "web", change)).toMatchObject({ operation: "unchanged" });
    expect(server.methods).toEqual(["GET", "POST", "GET"]);
  });

  it("works untyped", async () => {
    const server = new StoredObject();
    const start = new Unstructured({
      apiVersion: "stable.example.com/v1",
      kind: "MyCoolApp",
      metadata: { name: "web" },
    });
    const run = (replicas: number): Promise<CreateOrUpdateResult<Unstructured>> =>
      createOrUpdate(untyped(server), start, (app) => {
        expectTypeOf(app).toEqualTypeOf<Unstructured>();
        app.setNestedField(replicas, "spec", "replicas");
      });
    const operations = [await run(1), await run(1), await run(2)].map(({ operation }) => operation);
    expect(operations).toEqual(["created", "unchanged", "updated"]);
    expect(server.content?.spec).toEqual({ replicas: 2 });
    expect(start.nestedField("spec")).toBeUndefined();
  });

  it("works untyped with a plain object, which the change then gets, whether there is one or not", async () => {
    const server = new StoredObject();
    const start = { apiVersion: "stable.example.com/v1", kind: "MyCoolApp", metadata: { name: "web" } };
    const run = async (replicas: number): Promise<string> => {
      const { operation, object } = await createOrUpdate(untyped(server), start, (app) => {
        expectTypeOf(app).toEqualTypeOf<JsonObject>();
        expect(isJsonObject(app)).toBe(true);
        setNestedField(app, replicas, "spec", "replicas");
      });
      expect(object).toBeInstanceOf(Unstructured);
      expect(object.object).toEqual(server.content);
      return operation;
    };
    expect([await run(1), await run(1), await run(2)]).toEqual(["created", "unchanged", "updated"]);
    const change = (app: JsonObject): JsonObject => ({ ...app, spec: { replicas: 3 } });
    expect(await createOrUpdate(untyped(server), start, change)).toMatchObject({ operation: "updated" });
    expect(server.content?.spec).toEqual({ replicas: 3 });
    expect(start).toEqual({ apiVersion: "stable.example.com/v1", kind: "MyCoolApp", metadata: { name: "web" } });
  });

  it("takes a Date for its text, and an instance of a class for its fields, as they are sent", async () => {
    const server = new StoredObject();
    class Spec {
      readonly at = new Date(0);
    }
    class App {
      readonly apiVersion = "stable.example.com/v1";
      readonly kind = "MyCoolApp";
      readonly metadata = { name: "web" };
      readonly spec = new Spec();
    }
    const start = new App() as object as JsonObject;
    const sent = { spec: { at: "1970-01-01T00:00:00.000Z" } };
    const look = (app: JsonObject): void => void expect(app).toMatchObject(sent);
    expect(await createOrUpdate(untyped(server), start, look)).toMatchObject({ operation: "created" });
    expect(server.content).toMatchObject(sent);
    const inPlace = (app: JsonObject): void => void Object.assign(app, { spec: new Spec() });
    const another = (app: JsonObject): JsonObject =>
      Object.assign(new App(), { metadata: app.metadata }) as object as JsonObject;
    for (const change of [inPlace, another]) {
      expect(await createOrUpdate(untyped(server), start, change)).toMatchObject({ operation: "unchanged" });
    }
    const lossy = createOrUpdate(untyped(server), start, (app) => void Object.assign(app, { spec: new Map() }));
    await expect(lossy).rejects.toMatchObject({ name: "InvalidArgumentError", argument: "change" });
    const wrong = Object.assign(new App(), { spec: new Map() }) as object as JsonObject;
    await expect(createOrUpdate(untyped(server), wrong, inPlace)).rejects.toMatchObject({ argument: "initial" });
  });

  it("does not change what an Unstructured was read into where it is left as it is", async () => {
    const server = new StoredObject({ spec: { replicas: 1 } });
    const start = { metadata: { name: "web" } };
    const failing = (app: JsonObject): void => {
      setNestedField(app, 2, "spec", "replicas");
      throw new Error("a defect");
    };
    await expect(createOrUpdate(untyped(server), start, failing)).rejects.toThrow("a defect");
    expect(server.methods).toEqual(["GET"]);
  });
});

describe("where somebody else is faster", () => {
  it.each<[string, StoredObject, ((server: StoredObject) => void)[], string, string[]]>([
    [
      "to create it",
      new StoredObject(),
      [(server) => server.put({ spec: { image: "c:d", replicas: 1 } })],
      "updated",
      ["GET", "POST", "GET", "PUT"],
    ],
    [
      "to change it",
      new StoredObject({ spec: { image: "a:b", replicas: 1 } }),
      [(server) => server.put({ spec: { image: "c:d", replicas: 1 } })],
      "updated",
      ["GET", "PUT", "GET", "PUT"],
    ],
    [
      "to make the same change",
      new StoredObject({ spec: { image: "a:b", replicas: 1 } }),
      [(server) => server.put({ spec: { image: "c:d", replicas: 2 } })],
      "unchanged",
      ["GET", "PUT", "GET"],
    ],
    [
      "to delete it",
      new StoredObject({ spec: { image: "a:b", replicas: 1 } }),
      [(server) => server.put(undefined)],
      "created",
      ["GET", "PUT", "GET", "POST"],
    ],
  ])("%s, it begins again", async (_, server, others, want, methods) => {
    server.others.push(...others);
    const { operation } = await createOrUpdate(typed(server), initial, toTwo);
    expect([operation, server.methods]).toEqual([want, methods]);
    expect(server.content?.spec).toMatchObject({ replicas: 2 });
  });

  it("five times, it gives up with the last error", async () => {
    const server = new StoredObject({ spec: { image: "a:b", replicas: 1 } });
    for (let count = 0; count < 6; count++) server.others.push((other) => other.put(other.content));
    await expect(createOrUpdate(typed(server), initial, toTwo)).rejects.toMatchObject({ reason: "Conflict" });
    expect(server.methods).toHaveLength(10);
  });
});

describe("what the compiler knows of an untyped client", () => {
  const client = untyped({ transport: new MemoryTransport(() => failed(403, "Forbidden")) });
  const plain = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "web" } };
  const u = new Unstructured(plain);
  const refused = async (call: Promise<unknown>): Promise<void> => {
    await expect(call).rejects.toMatchObject({ code: 403 });
  };

  it("is that it takes what `create` takes, and the change gets what it was given", async () => {
    await refused(createOrUpdate(client, u, (app) => void expectTypeOf(app).toEqualTypeOf<Unstructured>()));
    await refused(createOrUpdate(client, plain, (app) => void expectTypeOf(app).toEqualTypeOf<JsonObject>()));
    const either: UnstructuredInput = u as UnstructuredInput;
    await refused(createOrUpdate(client, either, (app) => void expectTypeOf(app).toEqualTypeOf<UnstructuredInput>()));
    const result = createOrUpdate(client, plain, () => undefined, { dryRun: true });
    expectTypeOf(result).resolves.toEqualTypeOf<CreateOrUpdateResult<Unstructured>>();
    await refused(result);
  });

  it("is what it does not take", async () => {
    // @ts-expect-error: a name alone says neither apiVersion nor kind.
    await refused(createOrUpdate(client, "web", () => undefined));
    // @ts-expect-error: a date is no JSON.
    await refused(createOrUpdate(client, { ...plain, at: new Date() }, () => undefined));
    // @ts-expect-error: the change of a plain object gets a plain object.
    await refused(createOrUpdate(client, plain, (app: Unstructured) => app));
    // @ts-expect-error: the change of an Unstructured gets an Unstructured.
    await refused(createOrUpdate(client, u, (app: JsonObject) => app));
    // @ts-expect-error: what a change returns is the object.
    await refused(createOrUpdate(client, plain, () => "web"));
    // @ts-expect-error: a list is no object.
    await expect(createOrUpdate(client, [plain], () => undefined)).rejects.toThrow(/^initial: /);
  });
});

describe("what it refuses", () => {
  it.each<[string, object]>([
    ["no metadata", {}],
    ["no name", { metadata: { generateName: "web-" } }],
    ["an empty name", new Unstructured({ metadata: { name: "" } })],
    ["no object", [1]],
  ])("%s", async (_, object) => {
    const server = new StoredObject();
    await expect(createOrUpdate(untyped(server), object as Unstructured, () => undefined)).rejects.toThrow(
      "initial: wanted an object with a name, got one without",
    );
    expect(server.methods).toEqual([]);
  });

  it("another name after the change, and options that create has not", async () => {
    const server = new StoredObject();
    const rename = (app: App): void => void Object.assign(app.metadata, { name: "other" });
    await expect(createOrUpdate(typed(server), "web", rename)).rejects.toThrow(/^change: wanted the same name/);
    const force = { force: true } as object;
    await expect(createOrUpdate(typed(server), "web", toTwo, force)).rejects.toThrow(/^force: create has no such/);
    expect(server.methods).toEqual(["GET"]);
  });

  it("takes a change that says the namespace, too, where there is nothing yet", async () => {
    const server = new StoredObject(undefined);
    const { operation } = await createOrUpdate(typed(server), "web", (object) => {
      object.metadata.namespace = "default";
    });
    expect(operation).toBe("created");
    const other = createOrUpdate(typed(server), "web", (object) => {
      object.metadata.namespace = "other";
    });
    await expect(other).rejects.toMatchObject({ name: "InvalidArgumentError", argument: "change" });
  });

  it("passes on what the server refuses, such as a namespace that is not there", async () => {
    const transport = new MemoryTransport(() => failed(404, "NotFound"));
    await expect(createOrUpdate(typed({ transport }), initial, toTwo)).rejects.toMatchObject({
      reason: "NotFound",
      verb: "create",
    });
    expect(transport.requests).toHaveLength(2);
  });
});

it("passes its options on, those of writing to writing alone", async () => {
  const server = new StoredObject();
  const options = { fieldManager: "m", fieldValidation: "Strict", timeoutMs: 5_000 } as const;
  await createOrUpdate(typed(server), initial, toTwo, options);
  await createOrUpdate(typed(server), initial, (app) => labelled(app), options);
  const query = "fieldManager=m&fieldValidation=Strict";
  expect(server.transport.paths.map((path) => path.split("?")[1])).toEqual([undefined, query, undefined, query]);
});

it("ends with the signal's reason", async () => {
  const server = new StoredObject();
  const controller = new AbortController();
  const change = (): void => controller.abort("enough");
  const { signal } = controller;
  await expect(createOrUpdate(typed(server), initial, change, { signal })).rejects.toBe("enough");
  expect(server.methods).toEqual(["GET"]);
});
