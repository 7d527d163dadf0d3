import { describe, expect, it } from "vitest";
import { DynamicClient } from "../../../src/runtime/client/dynamic-client.ts";
import type { JsonObject } from "../../../src/runtime/unstructured/json.ts";
import { MyCoolAppResource } from "../gen/samples/mycoolapps.ts";
import { type Answering, json, MemoryTransport } from "../memory-transport.ts";

const mycoolapps = { group: "stable.example.com", version: "v1", plural: "mycoolapps" };
const app = { apiVersion: "stable.example.com/v1", kind: "MyCoolApp", metadata: { name: "web" }, spec: {} };

function connected(answer: Answering): { client: DynamicClient; transport: MemoryTransport } {
  const transport = new MemoryTransport(answer);
  return { client: new DynamicClient({ transport }), transport };
}

describe("an answer of something else than a Kubernetes API is no object and no list", () => {
  const isNotJson = (message: string): object => ({ name: "ConnectionError", code: "not-json", message });
  const remedy = "check that the address is that of a Kubernetes API server";
  const subject = "mycoolapps.stable.example.com default";
  const collection = "mycoolapps.stable.example.com in default";

  it.each<[string, object]>([
    ["nothing", {}],
    ["an object without apiVersion", { kind: "storage#objects", metadata: {}, items: [] }],
    ["an object without kind", { apiVersion: "v1", metadata: {}, items: [] }],
    ["a kind that is no text", { apiVersion: "v1", kind: 5, metadata: {}, items: [] }],
  ])("%s", async (_, answer) => {
    const { client, transport } = connected(() => ({ json: answer }));
    const apps = client.resource(MyCoolAppResource).namespace("default");
    const problem = `wanted an object with apiVersion and kind from the API server, got one without; ${remedy}`;
    const calls: [string, () => Promise<unknown>][] = [
      [`get ${subject}/web`, () => apps.get("web")],
      [`create ${subject}/web`, () => apps.create({ metadata: { name: "web" } })],
      [`patch ${subject}/web`, () => apps.patch("web", { merge: {} })],
      [`delete ${subject}/web`, () => apps.delete("web")],
      [`list ${collection}`, () => apps.list()],
      [`list ${collection}`, () => apps.pages()[Symbol.asyncIterator]().next()],
      [`deleteCollection ${collection}`, () => apps.deleteCollection()],
    ];
    for (const [called, call] of calls) await expect(call()).rejects.toMatchObject(isNotJson(`${called}: ${problem}`));
    expect(transport.requests).toHaveLength(calls.length);
  });

  it.each<[string, object]>([
    ["an object", app],
    ["items that are no list", { ...app, items: { canary: 1 } }],
    ["items that are no list, in a list", { apiVersion: "v1", kind: "MyCoolAppList", items: "canary" }],
    ["items that are nothing of a list, in a list", { apiVersion: "v1", kind: "MyCoolAppList", items: false }],
    ["metadata that are no object", { apiVersion: "v1", kind: "MyCoolAppList", metadata: "canary", items: [] }],
    ["a kind of any name with neither items nor metadata", { apiVersion: "v1", kind: "MyCoolApps", items: null }],
    ["an object without items", { apiVersion: "v1", kind: "MyCoolApps", metadata: {} }],
  ])("%s in place of a list", async (_, answer) => {
    const { client } = connected(() => ({ json: answer }));
    const apps = client.resource(mycoolapps).namespace("default");
    const problem = `wanted a list from the API server, got another object; ${remedy}`;
    await expect(apps.list()).rejects.toMatchObject(isNotJson(`list ${collection}: ${problem}`));
    await expect(apps.pages()[Symbol.asyncIterator]().next()).rejects.toMatchObject({ code: "not-json" });
    await expect(apps.deleteCollection()).rejects.toMatchObject({ code: "not-json" });
  });

  it.each<[string, object, object[]]>([
    ["metadata", { kind: "MyCoolAppList", items: [app] }, [app]],
    ["metadata, and with a kind of any name", { kind: "MyCoolApps", items: [app] }, [app]],
    ["metadata, which are null", { kind: "MyCoolAppList", metadata: null, items: [app] }, [app]],
    ["items", { kind: "MyCoolAppList", metadata: { resourceVersion: "" } }, []],
    ["items, which are null", { kind: "MyCoolApps", metadata: { resourceVersion: "" }, items: null }, []],
    ["anything", { kind: "MyCoolAppList" }, []],
  ])("but a list may be without %s", async (_, answer, items) => {
    const { client } = connected(() => json(answer as JsonObject));
    const typed = client.resource(MyCoolAppResource);
    const untyped = client.resource(mycoolapps).namespace("default");
    const pages = [];
    for await (const page of typed.pages()) pages.push(page);
    for (const list of [await typed.list(), await typed.namespace("default").deleteCollection(), ...pages]) {
      expect(list).toMatchObject({ metadata: { resourceVersion: "" }, items });
    }
    const { metadata, items: read } = await untyped.list();
    expect([metadata, read.map(({ object }) => object)]).toEqual([{ resourceVersion: "" }, items]);
    for await (const page of untyped.pages()) expect(page.items).toHaveLength(items.length);
  });

  it("a Status in place of a list, but for what a deletion answers", async () => {
    const { client } = connected(() => json({ kind: "Status", apiVersion: "v1", metadata: {}, status: "Success" }));
    await expect(client.resource(mycoolapps).list()).rejects.toMatchObject({ code: "not-json" });
  });

  it("and a list may be of any kind, as a definition says", async () => {
    const { client } = connected(() => json({ kind: "MyCoolApps", metadata: {}, items: [app] }));
    expect((await client.resource(MyCoolAppResource).list()).items).toEqual([app]);
  });
});
