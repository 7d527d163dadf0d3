import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { DynamicClient } from "../../../src/runtime/client/dynamic-client.ts";
import { ApiError } from "../../../src/runtime/errors/api-error.ts";
import { isNotFound } from "../../../src/runtime/errors/predicates.ts";
import { MyCoolAppResource } from "../gen/samples/mycoolapps.ts";
import { failed, json, type MemoryAnswer, MemoryTransport } from "../memory-transport.ts";
import { unknownPath } from "./answers.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const group = "stable.example.com";

/** The answers of a server that has the kind in these versions, and of nothing besides. */
function serving(...versions: readonly string[]): (path: string) => MemoryAnswer {
  const resources = [{ name: "mycoolapps", kind: "MyCoolApp", namespaced: true }];
  return (path) => {
    if (path === `/apis/${group}`) return json({ name: group, versions: versions.map((version) => ({ version })) });
    return versions.includes(path.split("/")[3] ?? "") ? json({ resources }) : unknownPath;
  };
}

const inV2 = { ...MyCoolAppResource, version: "v2" };
const plain = "get mycoolapps.stable.example.com default/a: 404, 404 page not found";
const explained = `${plain}; wanted version v2, the server serves it in v1, v1beta1; use a version that is served, and generate again`;

type Discovering = (path: string) => MemoryAnswer | Promise<MemoryAnswer>;

/** A client of a server that has no object, and says of its APIs what it is told to. */
function clientOf(discovering: Discovering): { client: DynamicClient; transport: MemoryTransport } {
  const transport = new MemoryTransport(({ path }) => {
    if (!path.includes("mycoolapps")) return discovering(path);
    return path.includes("/v2/") ? unknownPath : failed(404, "NotFound");
  });
  return { client: new DynamicClient({ transport }), transport };
}

/** How often the server was asked for the group. */
function asked({ paths }: MemoryTransport): number {
  return paths.filter((path) => path === `/apis/${group}`).length;
}

async function problemOf(call: Promise<unknown>): Promise<ApiError> {
  const error = await call.catch((thrown: unknown) => thrown);
  if (error instanceof ApiError) return error;
  throw error;
}

describe("the error of a typed call for a version that is not served", () => {
  it("says what is served, and is what it was", async () => {
    const { client } = clientOf(serving("v1", "v1beta1"));
    const error = await problemOf(client.resource(inV2).namespace("default").get("a"));
    expect(error.message).toBe(explained);
    expect([isNotFound(error), error.code, error.reason, error.verb]).toEqual([true, 404, undefined, "get"]);
    expect(error.cause).toMatchObject({ name: "ApiError", message: plain });
  });

  it("says so for every verb", async () => {
    const { client } = clientOf(serving("v1", "v1beta1"));
    const apps = client.resource(inV2);
    const here = apps.namespace("default");
    const object = { metadata: { name: "a" }, spec: { image: "a:b", replicas: 1 } };
    const watched = async (): Promise<void> => {
      for await (const event of apps.watch()) expect(event).toBeUndefined();
    };
    for (const call of [apps.list(), here.create(object), here.delete("a"), watched()]) {
      expect((await problemOf(call)).message).toContain("404 page not found; wanted version v2, the server serves it");
    }
  });

  it("asks the server once in a while, however often that happens", async () => {
    const { client, transport } = clientOf(serving("v1", "v1beta1"));
    const fail = (): Promise<ApiError> => problemOf(client.resource(inV2).namespace("default").get("a"));
    await Promise.all(Array.from({ length: 20 }, fail));
    await fail();
    expect(asked(transport)).toBe(1);
    await vi.advanceTimersByTimeAsync(10_001);
    await fail();
    expect(asked(transport)).toBe(2);
  });

  it("is left as it is where an object is not there, and nothing is asked", async () => {
    const { client, transport } = clientOf(serving("v1", "v1beta1"));
    const error = await problemOf(client.resource(MyCoolAppResource).namespace("default").get("a"));
    expect(error.reason).toBe("NotFound");
    expect(transport.requests).toHaveLength(1);
  });

  it.each<[string, Discovering]>([
    ["that is not allowed", () => failed(403, "Forbidden")],
    ["the answer is none", () => ({ body: "text" })],
    ["the server does serve it by now", serving("v2")],
  ])("is left as it is where %s", async (_, discovering) => {
    const { client } = clientOf(discovering);
    const error = await problemOf(client.resource(inV2).namespace("default").get("a"));
    expect([error.message, error.cause]).toEqual([plain, undefined]);
  });

  it("says that there is no such group, and what of the core group", async () => {
    const { client } = clientOf((path) => {
      if (path === "/api") return json({ versions: ["v1"] });
      return path === "/api/v1" ? json({ resources: [] }) : unknownPath;
    });
    const message = async (descriptor: typeof inV2): Promise<string> =>
      (await problemOf(client.resource(descriptor).namespace("default").get("a"))).message;
    expect(await message(inV2)).toBe(
      `${plain}; wanted version v2, the server has no group "stable.example.com"; install its definition`,
    );
    expect(await message({ ...inV2, group: "" })).toContain(
      "; wanted version v2, the server has none in the group's v1; install its definition",
    );
  });

  it.each([
    ["five seconds", {}, 5_000],
    ["the time of the call", { timeoutMs: 1_000 }, 1_000],
  ])("is thrown after %s where the server does not say more", async (_, limits, after) => {
    const { client } = clientOf(() => new Promise<never>(() => undefined));
    const thrown = vi.fn();
    void problemOf(client.resource(inV2).namespace("default").get("a", limits)).then(thrown);
    await vi.advanceTimersByTimeAsync(after - 1);
    expect(thrown).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(thrown.mock.calls).toMatchObject([[{ message: plain }]]);
  });
});
