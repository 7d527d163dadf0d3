import { describe, expect, it, test } from "vitest";
import { DynamicClient } from "../../../src/runtime/client/dynamic-client.ts";
import type { AnyOptions, Verb } from "../../../src/runtime/client/options.ts";
import {
  type ApiRequest,
  getRequest,
  listRequest,
  type Place,
  type Subresource,
  watchRequest,
} from "../../../src/runtime/client/requests.ts";
import type { UnstructuredVerbs } from "../../../src/runtime/client/unstructured-client.ts";
import {
  applyRequest,
  createRequest,
  deleteCollectionRequest,
  deleteRequest,
  patchRequest,
  replaceRequest,
} from "../../../src/runtime/client/write-requests.ts";
import { GatewayResource } from "../gen/samples/gateways.ts";
import { MyCoolAppResource } from "../gen/samples/mycoolapps.ts";
import { json, MemoryTransport } from "../memory-transport.ts";
import { apps } from "./places.ts";

const step = { resourceVersion: undefined, timeoutSeconds: 120, sendInitialEvents: undefined };
const metadata = { name: "web", resourceVersion: "5" };
/** An object, and a scale. */
const object = { metadata };

const builders: Readonly<Record<Verb, (place: Place) => ApiRequest>> = {
  get: (place) => getRequest(place, "web", {}),
  list: (place) => listRequest(place, {}),
  watch: (place) => watchRequest(place, {}, step),
  create: (place) => createRequest(place, { metadata: { name: "web" } }, {}),
  replace: (place) => replaceRequest(place, object, {}),
  patch: (place) => patchRequest(place, { name: "web", patch: { merge: {} } }, {}),
  apply: (place) => applyRequest(place, object, { fieldManager: "m" }),
  delete: (place) => deleteRequest(place, "web", {}),
  deleteCollection: (place) => deleteCollectionRequest(place, {}),
};

const had: Readonly<Record<Subresource, readonly Verb[]>> = {
  status: ["get", "replace", "patch", "apply"],
  scale: ["get", "replace", "patch"],
};

const cases = (Object.keys(had) as Subresource[]).flatMap((subresource) =>
  (Object.keys(builders) as Verb[]).map((verb) => ({ subresource, verb, has: had[subresource].includes(verb) })),
);

describe.each(cases)("$subresource and $verb", ({ subresource, verb, has }) => {
  it(has ? "go together" : "do not", () => {
    const build = (): ApiRequest => builders[verb]({ ...apps, subresource });
    if (has) expect(build().path).toMatch(new RegExp(`/web/${subresource}(?:\\?|$)`));
    else {
      expect(build).toThrow(
        expect.objectContaining({
          name: "InvalidArgumentError",
          argument: "subresource",
          message: `subresource: ${subresource} has no ${verb}; it has ${had[subresource].join(", ")}`,
        }),
      );
    }
  });
});

describe("a client", () => {
  const transport = new MemoryTransport(() => json({}));
  const client = new DynamicClient({ transport });
  const gateways = client
    .resource({ group: "net.example.com", version: "v1", plural: "gateways" })
    .namespace("default");

  it.each<[string, (all: UnstructuredVerbs) => unknown]>([
    ["create", (all) => all.create({ apiVersion: "a/v1", kind: "A", metadata: { name: "web" } })],
    ["list", (all) => all.list()],
    ["pages", (all) => all.pages()[Symbol.asyncIterator]().next()],
    ["watch", (all) => all.watch()[Symbol.asyncIterator]().next()],
    ["delete", (all) => all.delete("web")],
    ["deleteCollection", (all) => all.deleteCollection()],
  ])("sends nothing where %s is called of a status or a scale", async (_, call) => {
    for (const below of [gateways.status, gateways.scale]) {
      await expect(call(below as object as UnstructuredVerbs)).rejects.toMatchObject({ argument: "subresource" });
    }
    expect(transport.requests).toEqual([]);
  });

  it("has no subresource of a subresource", () => {
    for (const [of, below] of [gateways.status, gateways.scale].entries()) {
      const nested = below as object as UnstructuredVerbs;
      const name = ["status", "scale"][of];
      expect(() => nested.status).toThrow(`subresource: wanted that of an object, got status of ${name}`);
      expect(() => nested.scale).toThrow(`subresource: wanted that of an object, got scale of ${name}`);
    }
  });
});

test("a kind has the subresources that its descriptor says", async () => {
  const transport = new MemoryTransport(() => json({ apiVersion: "a/v1", kind: "A" }));
  const client = new DynamicClient({ transport });
  const message =
    "subresource: by its descriptor mycoolapps.stable.example.com has no scale; where it has now, generate again";
  const app = client.resource(MyCoolAppResource).namespace("default") as object as UnstructuredVerbs;
  await expect(app.scale.get("web")).rejects.toThrow(message);
  expect(transport.requests).toEqual([]);
  await client.resource(GatewayResource).namespace("default").scale.get("web");
  expect(transport.paths).toEqual(["/apis/net.example.com/v1/namespaces/default/gateways/web/scale"]);
});

test("where there is no descriptor the server knows, also of what discovery tells", async () => {
  const transport = new MemoryTransport(() => json({ apiVersion: "a/v1", kind: "A" }));
  const { printerColumns: _, ...known } = MyCoolAppResource;
  const told = { ...known, verbs: ["get"], subresources: [{ name: "status", kind: "MyCoolApp", verbs: ["get"] }] };
  const client = new DynamicClient({ transport });
  await client.resource(told).namespace("default").scale.get("web");
  expect(transport.requests).toHaveLength(1);
});

test("options of no verb are told of before", () => {
  const wrong = { wrong: 1 } as object as AnyOptions;
  expect(() => listRequest({ ...apps, subresource: "scale" }, wrong)).toThrow(/^wrong: /);
});
