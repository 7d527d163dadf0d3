import { describe, expect, it } from "vitest";
import { DynamicClient } from "../../../src/runtime/client/dynamic-client.ts";
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
    ["a list without items", { apiVersion: "v1", kind: "MyCoolAppList", metadata: {} }],
    ["a list without metadata", { apiVersion: "v1", kind: "MyCoolAppList", items: [] }],
  ])("%s in place of a list", async (_, answer) => {
    const { client } = connected(() => ({ json: answer }));
    const apps = client.resource(mycoolapps).namespace("default");
    const problem = `wanted a list from the API server, got another object; ${remedy}`;
    await expect(apps.list()).rejects.toMatchObject(isNotJson(`list ${collection}: ${problem}`));
    await expect(apps.pages()[Symbol.asyncIterator]().next()).rejects.toMatchObject({ code: "not-json" });
    await expect(apps.deleteCollection()).rejects.toMatchObject({ code: "not-json" });
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
