import { describe, expect, it, test } from "vitest";
import { DynamicClient } from "../../../src/runtime/client/dynamic-client.ts";
import { isInvalidArgument } from "../../../src/runtime/errors/invalid-argument.ts";
import { isResourceExpired } from "../../../src/runtime/errors/predicates.ts";
import { Unstructured } from "../../../src/runtime/unstructured/unstructured.ts";
import { UnstructuredList } from "../../../src/runtime/unstructured/unstructured-list.ts";
import { type Gateway, GatewayResource } from "../gen/samples/gateways.ts";
import { type MyCoolApp, MyCoolAppResource } from "../gen/samples/mycoolapps.ts";
import { TenantResource } from "../gen/samples/tenants.ts";
import { type Answering, failed, json, MemoryTransport, type WireRequest, wireText } from "../memory-transport.ts";

const configmaps = { group: "", version: "v1", plural: "configmaps" };
const mycoolapps = { group: "stable.example.com", version: "v1", plural: "mycoolapps" };

function connected(answer: Answering): { client: DynamicClient; transport: MemoryTransport } {
  const transport = new MemoryTransport(answer);
  return { client: new DynamicClient({ transport }, { onWarning: () => undefined }), transport };
}

/** What was asked for, as texts. */
function asked({ requests }: MemoryTransport): string[] {
  return requests.map(({ headers, ...request }) => {
    const wire: WireRequest = { ...request, contentType: headers["content-type"] };
    return wireText(wire);
  });
}

const metadata = { name: "web", namespace: "default", uid: "u", resourceVersion: "5", creationTimestamp: "now" };
const app = { apiVersion: "stable.example.com/v1", kind: "MyCoolApp", metadata, spec: { image: "a:b", replicas: 1 } };
const gateway = { apiVersion: "net.example.com/v1", kind: "Gateway", metadata, spec: { unknown: { kept: true } } };

describe("every verb asks for what it says, typed and untyped alike", () => {
  const path = "/apis/net.example.com/v1/namespaces/default/gateways";
  const identity = '"apiVersion":"net.example.com/v1","kind":"Gateway"';
  const spec = { className: "a", listeners: [] };
  const scale = { metadata: { name: "web" }, spec: { replicas: 2 } };
  const want = [
    `GET ${path}/web`,
    `GET ${path}?limit=2`,
    `POST ${path}?dryRun=All\ncontent-type: application/json\n\n{${identity},"metadata":{"name":"web"},"spec":{"className":"a","listeners":[]}}`,
    `PUT ${path}/web\ncontent-type: application/json\n\n{${identity},"metadata":{"name":"web","resourceVersion":"5"},"spec":{"className":"a","listeners":[]}}`,
    `PATCH ${path}/web\ncontent-type: application/merge-patch+json\n\n{"spec":{"replicas":2}}`,
    `PATCH ${path}/web\ncontent-type: application/json-patch+json\n\n[{"op":"remove","path":"/spec/token"}]`,
    `PATCH ${path}/web?fieldManager=m\ncontent-type: application/apply-patch+yaml\n\n{${identity},"metadata":{"name":"web"},"spec":{"replicas":2}}`,
    `DELETE ${path}/web\ncontent-type: application/json\n\n{"apiVersion":"v1","kind":"DeleteOptions"}`,
    `DELETE ${path}?labelSelector=app\ncontent-type: application/json\n\n{"apiVersion":"v1","kind":"DeleteOptions"}`,
    `GET ${path}/web/status`,
    `PUT ${path}/web/status\ncontent-type: application/json\n\n{${identity},"metadata":{"name":"web","resourceVersion":"5"},"status":{"replicas":1}}`,
    `PATCH ${path}/web/status\ncontent-type: application/merge-patch+json\n\n{"status":{"replicas":1}}`,
    `PATCH ${path}/web/status?fieldManager=m\ncontent-type: application/apply-patch+yaml\n\n{${identity},"metadata":{"name":"web"},"status":{"replicas":1}}`,
    `GET ${path}/web/scale`,
    `PUT ${path}/web/scale\ncontent-type: application/json\n\n{"apiVersion":"autoscaling/v1","kind":"Scale","metadata":{"name":"web"},"spec":{"replicas":2}}`,
    `PATCH ${path}/web/scale\ncontent-type: application/merge-patch+json\n\n{"spec":{"replicas":2}}`,
  ];

  const answered: Answering = ({ method, path: asked }) =>
    json(method === "POST" || asked.includes("/web") ? gateway : { kind: "GatewayList", metadata: {}, items: null });

  test("typed", async () => {
    const { client, transport } = connected(answered);
    const gateways = client.resource(GatewayResource).namespace("default");
    await gateways.get("web");
    await gateways.list({ limit: 2 });
    await gateways.create({ metadata: { name: "web" }, spec }, { dryRun: true });
    await gateways.replace({ metadata: { name: "web", resourceVersion: "5" }, spec });
    await gateways.patch("web", { merge: { spec: { replicas: 2 } } });
    await gateways.patch("web", { json: [{ op: "remove", path: "/spec/token" }] });
    await gateways.apply({ metadata: { name: "web" }, spec: { replicas: 2 } }, { fieldManager: "m" });
    await gateways.delete("web");
    await gateways.deleteCollection({ labelSelector: "app" });
    await gateways.status.get("web");
    await gateways.status.replace({ metadata: { name: "web", resourceVersion: "5" }, status: { replicas: 1 } });
    await gateways.status.patch("web", { merge: { status: { replicas: 1 } } });
    await gateways.status.apply({ metadata: { name: "web" }, status: { replicas: 1 } }, { fieldManager: "m" });
    await gateways.scale.get("web");
    await gateways.scale.replace(scale);
    await gateways.scale.patch("web", { merge: { spec: { replicas: 2 } } });
    expect(asked(transport)).toEqual(want);
  });

  test("untyped", async () => {
    const { client, transport } = connected(answered);
    const { apiVersion, kind } = gateway;
    const resource = { group: "net.example.com", version: "v1", plural: "gateways" };
    const gateways = client.resource(resource).namespace("default");
    const object = (more: object): Unstructured => new Unstructured({ apiVersion, kind, ...more });
    await gateways.get("web");
    await gateways.list({ limit: 2 });
    await gateways.create(object({ metadata: { name: "web" }, spec }), { dryRun: true });
    await gateways.replace(object({ metadata: { name: "web", resourceVersion: "5" }, spec }));
    await gateways.patch("web", { merge: { spec: { replicas: 2 } } });
    await gateways.patch("web", { json: [{ op: "remove", path: "/spec/token" }] });
    await gateways.apply(object({ metadata: { name: "web" }, spec: { replicas: 2 } }), { fieldManager: "m" });
    await gateways.delete("web");
    await gateways.deleteCollection({ labelSelector: "app" });
    await gateways.status.get("web");
    await gateways.status.replace(object({ metadata: { name: "web", resourceVersion: "5" }, status: { replicas: 1 } }));
    await gateways.status.patch("web", { merge: { status: { replicas: 1 } } });
    await gateways.status.apply(object({ metadata: { name: "web" }, status: { replicas: 1 } }), { fieldManager: "m" });
    await gateways.scale.get("web");
    await gateways.scale.replace(scale);
    await gateways.scale.patch("web", { merge: { spec: { replicas: 2 } } });
    expect(asked(transport)).toEqual(want);
  });
});

describe("an object that is read", () => {
  it("is what the server sent, unknown fields and all, where its kind is known", async () => {
    const { client } = connected(() => json(gateway));
    const read: Gateway = await client.resource(GatewayResource).namespace("default").get("web");
    expect(read).toEqual(gateway);
  });

  it("is an Unstructured over it where it is not", async () => {
    const { client } = connected(() => json(gateway));
    const read = await client.resource(mycoolapps).namespace("default").get("web");
    expect(read).toBeInstanceOf(Unstructured);
    expect(read.object).toEqual(gateway);
  });
});

describe("a list", () => {
  it("of a built-in kind has items that say what they are", async () => {
    const items = [{ metadata: { name: "a" } }, { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "b" } }];
    const { client } = connected(() =>
      json({ apiVersion: "v1", kind: "ConfigMapList", metadata: { resourceVersion: "5" }, items }),
    );
    const list = await client.resource(configmaps).list();
    expect(list).toMatchObject({ apiVersion: "v1", kind: "ConfigMapList", metadata: { resourceVersion: "5" } });
    expect(JSON.stringify(list)).toBe(
      '{"apiVersion":"v1","kind":"ConfigMapList","metadata":{"resourceVersion":"5"},"items":[' +
        '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"}},' +
        '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"b"}}]}',
    );
    expect(list.items.every((item) => item instanceof Unstructured)).toBe(true);
  });

  it("of a kind that is known has its objects", async () => {
    const { client } = connected(() => json({ kind: "MyCoolAppList", metadata: {}, items: [app] }));
    const items: MyCoolApp[] = (await client.resource(MyCoolAppResource).list()).items;
    expect(items).toEqual([app]);
  });

  it("is a class where its kind is not known, and the same text as where it is", async () => {
    const answer = { apiVersion: "stable.example.com/v1", items: [app], kind: "MyCoolAppList", metadata: {} };
    const { client } = connected(() => ({ json: answer }));
    const untyped = await client.resource(mycoolapps).list();
    expect(untyped).toBeInstanceOf(UnstructuredList);
    const typed = await client.resource(MyCoolAppResource).list();
    expect([JSON.stringify(untyped), JSON.stringify(typed)]).toEqual([JSON.stringify(answer), JSON.stringify(answer)]);
  });

  it.each([{ items: null }, { items: [] }])("that is %j is empty", async (content) => {
    const { client } = connected(() => json({ kind: "MyCoolAppList", metadata: {}, ...content }));
    expect((await client.resource(MyCoolAppResource).list()).items).toEqual([]);
    expect((await client.resource(mycoolapps).list()).items).toEqual([]);
  });
});

describe("pages", () => {
  const path = "/apis/stable.example.com/v1/mycoolapps";

  /** Three pages; each but the last leads on, and the last one says so by an empty text. */
  const paged: Answering = (_, index) => {
    const page = { resourceVersion: "5", continue: ["next1", "next/2", ""][index] };
    return json({ kind: "MyCoolAppList", metadata: page, items: [{ ...app, page: index }] });
  };

  async function namesOf(pages: AsyncIterable<{ items: readonly unknown[] }>): Promise<unknown[]> {
    const found: unknown[] = [];
    for await (const { items } of pages) found.push(...items);
    return found;
  }

  it("come until there are no more, 500 objects at a time", async () => {
    const { client, transport } = connected(paged);
    const items = await namesOf(client.resource(MyCoolAppResource).pages());
    expect(items).toMatchObject([{ page: 0 }, { page: 1 }, { page: 2 }]);
    expect(transport.paths).toEqual([
      `${path}?limit=500`,
      `${path}?continue=next1&limit=500`,
      `${path}?continue=next%2F2&limit=500`,
    ]);
  });

  it("keep the selectors, and the version only on the first", async () => {
    const { client, transport } = connected(paged);
    const options = { limit: 2, labelSelector: "a", resourceVersion: "5", resourceVersionMatch: "Exact" } as const;
    await namesOf(client.resource(mycoolapps).pages(options));
    expect(transport.paths).toEqual([
      `${path}?labelSelector=a&limit=2&resourceVersion=5&resourceVersionMatch=Exact`,
      `${path}?continue=next1&labelSelector=a&limit=2`,
      `${path}?continue=next%2F2&labelSelector=a&limit=2`,
    ]);
  });

  it("take a limit that is undefined for none that was given", async () => {
    const { client, transport } = connected(() => json({ metadata: {}, items: [] }));
    expect(await namesOf(client.resource(mycoolapps).pages({ limit: undefined }))).toEqual([]);
    expect(transport.paths).toEqual([`${path}?limit=500`]);
  });

  it("are one with the version 0, beside which the server heeds no limit", async () => {
    const { client, transport } = connected(() => json({ metadata: {}, items: [] }));
    await namesOf(client.resource(mycoolapps).pages({ resourceVersion: "0" }));
    expect(transport.paths).toEqual([`${path}?resourceVersion=0`]);
    const limited = namesOf(client.resource(mycoolapps).pages({ resourceVersion: "0", limit: 5 }));
    await expect(limited).rejects.toThrow(/^limit: wanted no resourceVersion "0"/);
  });

  it("go on from a token", async () => {
    const { client, transport } = connected(() => json({ metadata: {}, items: [] }));
    await namesOf(client.resource(mycoolapps).pages({ continue: "here" }));
    expect(transport.paths).toEqual([`${path}?continue=here&limit=500`]);
  });

  it("end when the caller leaves, and with the error of a page", async () => {
    const { client, transport } = connected(paged);
    for await (const { items } of client.resource(mycoolapps).pages()) {
      expect(items).toHaveLength(1);
      break;
    }
    expect(transport.requests).toHaveLength(1);
    const failing = connected((request, index) => (index === 0 ? paged(request, 0) : failed(500, "InternalError")));
    await expect(namesOf(failing.client.resource(mycoolapps).pages())).rejects.toMatchObject({ code: 500 });
    expect(failing.transport.requests).toHaveLength(2);
  });

  it("end with a 410 where their state is forgotten, and go on with the token that it has", async () => {
    const expired = { kind: "Status", apiVersion: "v1", reason: "Expired", code: 410, metadata: { continue: "rest" } };
    const { client, transport } = connected((request, index) =>
      index === 1 ? { ...json(expired), status: 410 } : paged(request, Math.min(index, 2)),
    );
    const apps = client.resource(mycoolapps);
    const error = await namesOf(apps.pages()).catch((error: unknown) => error);
    expect(isResourceExpired(error)).toBe(true);
    expect(transport.requests).toHaveLength(2);
    const token = isResourceExpired(error) ? error.status?.metadata?.continue : undefined;
    expect(await namesOf(apps.pages({ continue: token }))).toHaveLength(1);
    expect(transport.paths[2]).toBe(`${path}?continue=rest&limit=500`);
  });

  it.each([{}, { continue: "same" }])("end with an error where a token leads nowhere, from %j", async (options) => {
    const same = { kind: "MyCoolAppList", metadata: { continue: "same" }, items: [app] };
    const { client, transport } = connected((_, index) => (index < 5 ? json(same) : failed(500, "InternalError")));
    await expect(namesOf(client.resource(mycoolapps).pages(options))).rejects.toMatchObject({
      name: "ConnectionError",
      message: expect.stringContaining(
        "wanted another continue token from the API server, got that of the page before",
      ),
    });
    expect(transport.requests).toHaveLength("continue" in options ? 1 : 2);
  });
});

describe("delete", () => {
  it("answers a Status where the object is gone", async () => {
    const success = { kind: "Status", apiVersion: "v1", status: "Success", details: { name: "web" } };
    const { client } = connected(() => json(success));
    expect(await client.resource(TenantResource).delete("web")).toEqual(success);
    expect(await client.resource(mycoolapps).namespace("default").delete("web")).toEqual(success);
  });

  it("answers the object where finalizers run", async () => {
    const { client } = connected(() => json(app));
    expect(await client.resource(MyCoolAppResource).namespace("default").delete("web")).toEqual(app);
    const untyped = await client.resource(mycoolapps).namespace("default").delete("web");
    expect(untyped).toBeInstanceOf(Unstructured);
  });

  it("answers the object where it is of a kind that is called Status too", async () => {
    const { client } = connected(() => json({ apiVersion: "example.com/v1", kind: "Status", metadata }));
    const deleted = await client.resource(mycoolapps).namespace("default").delete("web");
    expect(deleted).toBeInstanceOf(Unstructured);
  });

  it("of a collection answers what was deleted, and nothing where the server does not say", async () => {
    const list = { kind: "MyCoolAppList", apiVersion: "stable.example.com/v1", metadata: {}, items: [app] };
    const { client } = connected((_, index) => json(index === 0 ? list : { kind: "Status", apiVersion: "v1" }));
    const apps = client.resource(MyCoolAppResource).namespace("default");
    expect((await apps.deleteCollection()).items).toEqual([app]);
    expect((await apps.deleteCollection()).items).toEqual([]);
  });
});

test("a watch gives objects as the other verbs do", async () => {
  const { client } = connected(() => ({ body: `${JSON.stringify({ type: "ADDED", object: app })}\n` }));
  for await (const event of client.resource(mycoolapps).watch()) {
    expect(event).toEqual({ type: "ADDED", object: expect.any(Unstructured) });
    break;
  }
  for await (const event of client.resource(MyCoolAppResource).watch()) {
    expect(event).toEqual({ type: "ADDED", object: app });
    break;
  }
});

test("a request that cannot be right is an error of the promise, and is not made", async () => {
  const { client, transport } = connected(() => json(app));
  const apps = client.resource(mycoolapps).namespace("default");
  const calls: Promise<unknown>[] = [
    apps.get(".."),
    apps.delete(""),
    apps.list({ limit: 0 }),
    apps.list({ labelSelector: "canary in" }),
    apps.pages({ labelSelector: "canary in" })[Symbol.asyncIterator]().next(),
    apps.watch({ labelSelector: "canary in" })[Symbol.asyncIterator]().next(),
    apps.deleteCollection({ labelSelector: "canary in" }),
    apps.create({}),
    apps.patch("a", {} as never),
  ];
  const errors = await Promise.all(calls.map((call) => call.catch((error: unknown) => error)));
  expect(errors.map(isInvalidArgument)).toEqual(calls.map(() => true));
  expect(transport.requests).toEqual([]);
});

test("what is sent is what an object is at the call, in the order of the calls", async () => {
  const { client, transport } = connected(() => json(app));
  const apps = client.resource(mycoolapps).namespace("default");
  const object = { ...app, metadata: { name: "" } };
  const options = { fieldManager: "" };
  const calls: Promise<unknown>[] = [];
  for (const name of ["a", "b"]) {
    object.metadata.name = name;
    options.fieldManager = name;
    calls.push(apps.create(object, options), apps.apply(object, options), apps.get(name));
  }
  object.metadata.name = options.fieldManager = "later";
  await Promise.all(calls);
  const path = "/apis/stable.example.com/v1/namespaces/default/mycoolapps";
  expect(transport.requests.map((request) => `${request.method} ${request.path}`)).toEqual(
    ["a", "b"].flatMap((name) => [
      `POST ${path}?fieldManager=${name}`,
      `PATCH ${path}/${name}?fieldManager=${name}`,
      `GET ${path}/${name}`,
    ]),
  );
  const names = transport.requests.map(({ body = "{}" }) => JSON.parse(body).metadata?.name);
  expect(names).toEqual(["a", "a", undefined, "b", "b", undefined]);
});

test("a handle is never changed: each way gives another", async () => {
  const { client, transport } = connected(() => json({ ...app, items: [] }));
  const everywhere = client.resource(mycoolapps);
  const here = everywhere.namespace("default");
  const there = everywhere.namespace("other");
  await here.status.get("web");
  await here.get("web");
  await there.get("web");
  await everywhere.list();
  const path = "/apis/stable.example.com/v1";
  expect(transport.paths).toEqual([
    `${path}/namespaces/default/mycoolapps/web/status`,
    `${path}/namespaces/default/mycoolapps/web`,
    `${path}/namespaces/other/mycoolapps/web`,
    `${path}/mycoolapps`,
  ]);
});

test("a namespace is refused where it cannot be one, at once", () => {
  const { client } = connected(() => json(app));
  expect(() => client.resource(mycoolapps).namespace("../kube-system")).toThrow(/^namespace: wanted a DNS label/);
  const tenants = client.resource(TenantResource) as unknown as { namespace(name: string): unknown };
  expect(() => tenants.namespace("default")).toThrow(
    "namespace: wanted none, as tenants.org.example.com is cluster-scoped",
  );
});
