import { expect, test } from "vitest";
import { DynamicClient } from "../../../src/runtime/client/dynamic-client.ts";
import { checkServed } from "../../../src/runtime/discovery/check-served.ts";
import { Discovery } from "../../../src/runtime/discovery/discovery.ts";
import { readGroups } from "../../../src/runtime/discovery/read-groups.ts";
import { failed, json, MemoryTransport } from "../memory-transport.ts";
import { aggregated, coreAnswer, groups, othersAnswer, unknownPath } from "./answers.ts";

test("the aggregated form is asked for, and read in two requests", async () => {
  const transport = new MemoryTransport(({ path }) => aggregated(path));
  expect((await readGroups(new DynamicClient({ transport }))).groups).toEqual(groups);
  expect(transport.paths).toEqual(["/api", "/apis"]);
  expect(transport.requests[1]?.headers).toEqual({
    accept: "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json",
    "user-agent": "crd-gen-runtime",
  });
});

test("what is as it was is not sent again", async () => {
  const transport = new MemoryTransport(({ path, headers }) => {
    const etag = path === "/api" ? '"core"' : `"others-${transport.requests.length > 4}"`;
    if (headers["if-none-match"] === etag) return { status: 304 };
    return json(path === "/api" ? coreAnswer : othersAnswer, { headers: { etag } });
  });
  const client = new DynamicClient({ transport });
  const first = await readGroups(client);
  expect(await readGroups(client, { before: first })).toBe(first);
  const third = await readGroups(client, { before: first });
  expect([third.parts.core === first.parts.core, third.parts.others === first.parts.others]).toEqual([true, false]);
  expect(third.groups).toEqual(first.groups);
});

test("a server that does not know the aggregated form is asked version by version, each time", async () => {
  const answers: Readonly<Record<string, object>> = {
    "/api": { kind: "APIVersions", versions: ["v1"] },
    "/apis": { kind: "APIGroupList", groups: [{ name: "a.b", versions: [{ version: "v1" }] }] },
    "/api/v1": { kind: "APIResourceList", resources: [{ name: "pods", kind: "Pod", namespaced: true }] },
    "/apis/a.b/v1": { kind: "APIResourceList", resources: [{ name: "as", kind: "A", namespaced: false }] },
  };
  const transport = new MemoryTransport(({ path }) => json(answers[path], { headers: { etag: '"e"' } }));
  const client = new DynamicClient({ transport });
  const read = await readGroups(client);
  expect(read.groups.flatMap(({ versions }) => versions.flatMap(({ resources }) => resources))).toMatchObject([
    { group: "", version: "v1", plural: "pods", kind: "Pod", scope: "Namespaced" },
    { group: "a.b", version: "v1", plural: "as", kind: "A", scope: "Cluster" },
  ]);
  await readGroups(client, { before: read });
  expect([...transport.paths].sort()).toEqual(
    Object.keys(answers)
      .flatMap((path) => [path, path])
      .sort(),
  );
  expect(transport.requests.filter(({ headers }) => "if-none-match" in headers)).toEqual([]);
});

test("a server may have no core group, but not nothing", async () => {
  const without = new MemoryTransport(({ path }) => (path === "/api" ? unknownPath : aggregated(path)));
  expect((await readGroups(new DynamicClient({ transport: without }))).groups).toEqual(groups.slice(1));
  const nothing = new MemoryTransport(() => unknownPath);
  await expect(readGroups(new DynamicClient({ transport: nothing }))).rejects.toMatchObject({ code: 404 });
  const forbidden = new MemoryTransport(({ path }) => (path === "/api" ? failed(403, "Forbidden") : aggregated(path)));
  await expect(readGroups(new DynamicClient({ transport: forbidden }))).rejects.toMatchObject({ code: 403 });
});

test.each(["[]", "{}", '{"kind":"Pod","apiVersion":"v1","groups":[],"items":[]}', "text"])(
  "what is no answer of a Kubernetes API is refused: %s",
  async (body) => {
    const client = new DynamicClient({ transport: new MemoryTransport(() => ({ body })) });
    await expect(readGroups(client)).rejects.toMatchObject({ name: "ConnectionError", code: "not-json" });
  },
);

test("of each path its own kinds are known", async () => {
  const group = { name: "a.b", versions: [{ version: "v1" }] };
  const answers: Readonly<Record<string, object>> = {
    "/api": { kind: "APIVersions", versions: ["v1"] },
    "/apis": { kind: "APIGroupList", groups: [group] },
    "/api/v1": { kind: "APIResourceList", resources: [] },
    "/apis/a.b/v1": { kind: "APIResourceList", resources: [] },
  };
  for (const wrong of Object.keys(answers)) {
    const transport = new MemoryTransport(({ path }) => json(path === wrong ? { kind: "APIGroup" } : answers[path]));
    const client = new DynamicClient({ transport });
    await expect(new Discovery(client).groups()).rejects.toMatchObject({
      name: "ConnectionError",
      code: "not-json",
      message: expect.stringMatching(
        `^get ${wrong}: wanted an answer of the kind API.*, got other JSON; check that the`,
      ),
    });
    await expect(checkServed(client, [], { mode: "warn" })).rejects.toMatchObject({ code: "not-json" });
  }
});
