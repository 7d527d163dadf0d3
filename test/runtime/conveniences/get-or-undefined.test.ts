import { describe, expect, expectTypeOf, it } from "vitest";
import { DynamicClient } from "../../../src/runtime/client/dynamic-client.ts";
import { getOrUndefined } from "../../../src/runtime/conveniences/get-or-undefined.ts";
import type { Scale } from "../../../src/runtime/gen/v1.ts";
import type { Unstructured } from "../../../src/runtime/unstructured/unstructured.ts";
import { type Gateway, GatewayResource } from "../gen/samples/gateways.ts";
import { type MyCoolApp, MyCoolAppResource } from "../gen/samples/mycoolapps.ts";
import { failed, json, type MemoryAnswer, MemoryTransport } from "../memory-transport.ts";

const mycoolapps = { group: "stable.example.com", version: "v1", plural: "mycoolapps" };

function answered(answer: MemoryAnswer): { client: DynamicClient; transport: MemoryTransport } {
  const transport = new MemoryTransport(() => answer);
  return { client: new DynamicClient({ transport }), transport };
}

describe("getOrUndefined", () => {
  it("gives the object that is there, typed and untyped", async () => {
    const { client, transport } = answered(json({ kind: "MyCoolApp", metadata: { name: "web" } }));
    const typed = await getOrUndefined(client.resource(MyCoolAppResource).namespace("default"), "web");
    expectTypeOf(typed).toEqualTypeOf<MyCoolApp | undefined>();
    const untyped = await getOrUndefined(client.resource(mycoolapps).namespace("default"), "web", {
      resourceVersion: "0",
    });
    expectTypeOf(untyped).toEqualTypeOf<Unstructured | undefined>();
    expect([typed?.metadata.name, untyped?.getName()]).toEqual(["web", "web"]);
    const path = "/apis/stable.example.com/v1/namespaces/default/mycoolapps/web";
    expect(transport.paths).toEqual([path, `${path}?resourceVersion=0`]);
  });

  it("gives a status and a scale", async () => {
    const { client, transport } = answered(json({ kind: "Scale", spec: { replicas: 2 } }));
    const gateways = client.resource(GatewayResource).namespace("default");
    expectTypeOf(await getOrUndefined(gateways.status, "edge")).toEqualTypeOf<Gateway | undefined>();
    expectTypeOf(await getOrUndefined(gateways.scale, "edge")).toEqualTypeOf<Scale | undefined>();
    expect(transport.paths.map((path) => path.split("/").at(-1))).toEqual(["status", "scale"]);
  });

  it("gives undefined where there is none", async () => {
    const { client } = answered(failed(404, "NotFound"));
    expect(await getOrUndefined(client.resource(mycoolapps), "web")).toBeUndefined();
  });

  it.each<[string, MemoryAnswer, object]>([
    [
      "that nothing serves the resource",
      { status: 404, headers: { "content-type": "text/plain" }, body: "404 page not found\n" },
      { code: 404, reason: undefined },
    ],
    ["a 404 for another reason", failed(404, "Gone"), { code: 404, reason: "Gone" }],
    ["that it may not be read", failed(403, "Forbidden"), { code: 403 }],
    ["a failure", failed(500, "InternalError"), { code: 500 }],
  ])("keeps the error: %s", async (_, answer, error) => {
    const { client } = answered(answer);
    await expect(getOrUndefined(client.resource(mycoolapps), "web")).rejects.toMatchObject(error);
  });

  it("refuses what the client refuses", async () => {
    const { client, transport } = answered(json({}));
    await expect(getOrUndefined(client.resource(mycoolapps), "a/b")).rejects.toThrow(/^name: wanted a name/);
    // @ts-expect-error: namespace() first.
    await expect(getOrUndefined(client.resource(MyCoolAppResource), "web")).rejects.toThrow(/^namespace: wanted one/);
    expect(transport.requests).toEqual([]);
  });
});
