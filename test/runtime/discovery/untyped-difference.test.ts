import { expect, it, test } from "vitest";
import { DynamicClient } from "../../../src/runtime/client/dynamic-client.ts";
import { Discovery } from "../../../src/runtime/discovery/discovery.ts";
import { untypedDifference } from "../../../src/runtime/discovery/untyped-difference.ts";
import { json, type MemoryAnswer, MemoryTransport } from "../memory-transport.ts";
import { groups, unknownPath } from "./answers.ts";

const group = "stable.example.com";
const queues = { group, version: "v1", plural: "workqueues" };
const policies = { ...queues, plural: "clusterpolicies" };

const get = { verb: "get", resource: "workqueues.stable.example.com", namespace: "default" } as const;
const bare = { ...get, namespace: undefined };
const mapping = { group: "", version: "v1", plural: "configmap" };

it.each<[string, Parameters<typeof untypedDifference>[0], Parameters<typeof untypedDifference>[1], string | undefined]>(
  [
    ["in nothing", queues, get, undefined],
    ["in nothing, across namespaces", queues, { ...bare, verb: "list" }, undefined],
    ["in nothing, across namespaces that are watched", queues, { ...bare, verb: "watch" }, undefined],
    ["in nothing, in no namespace", policies, bare, undefined],
    [
      "in the version",
      { ...queues, version: "v2" },
      get,
      "wanted version v2, the server serves it in v1, v1beta1; use a version that is served",
    ],
    [
      "in the plural",
      { ...queues, plural: "workqueue" },
      get,
      "wanted version v1, the server has none in the group's v1, v1beta1; install its definition, or use one of workqueues, clusterpolicies, olds",
    ],
    [
      "in the plural, in the core group",
      mapping,
      get,
      "wanted version v1, the server has none in the group's v1; install its definition, or use one of configmaps",
    ],
    [
      "in the group",
      { ...queues, group: "stable.example.org" },
      get,
      'wanted version v1, the server has no group "stable.example.org"; install its definition',
    ],
    [
      "in what answers",
      { ...queues, group: "metrics.example.com" },
      get,
      "wanted version v1, got no answer from what serves v1; look at its APIService",
    ],
    ["in the namespace", queues, bare, "the resource is namespaced; call namespace() first"],
    ["in the namespace that is none", policies, get, "the resource is cluster-scoped; leave out namespace()"],
    [
      "in the subresource",
      { ...queues, version: "v1beta1" },
      { ...get, resource: "workqueues.stable.example.com/status" },
      "the resource has no status in this version",
    ],
    ["in nothing below it", queues, { ...get, resource: "workqueues.stable.example.com/status" }, undefined],
  ],
)("a server differs %s", (_, resource, request, want) => {
  const { group: name } = resource;
  const known = groups.filter((each) => each.name === name);
  expect(untypedDifference(resource, request, known)).toBe(want);
});

test("of many plurals ten are named, the most alike first", () => {
  const plurals = Array.from({ length: 30 }, (_, index) => `a${String.fromCharCode(97 + (index % 26))}${index}s`);
  const [version] = groups[1]?.versions ?? [];
  const [known] = version?.resources ?? [];
  if (version === undefined || known === undefined) throw new Error("wanted a resource");
  const resources = [...plurals, "zebras"].map((plural) => ({ ...known, plural }));
  const many = [{ name: group, versions: [{ ...version, resources }] }];
  const said = untypedDifference({ ...queues, plural: "zebra" }, get, many) ?? "";
  expect(said).toMatch(/ or use one of zebras, aa0s, /);
  expect(said.split(" or use one of ")[1]?.split(", ")).toHaveLength(10);
});

/** A server with work queues and without objects, which answers in plain text as one does that has no such path. */
function answer(path: string): MemoryAnswer {
  if (path === `/apis/${group}`) return json({ name: group, versions: [{ version: "v1" }] });
  const resources = [{ name: "workqueues", kind: "WorkQueue", namespaced: true, verbs: ["get"] }];
  if (path === `/apis/${group}/v1`) return json({ kind: "APIResourceList", resources });
  if (path === "/api") return json({ kind: "APIVersions", versions: [] });
  if (path === "/apis") return json({ kind: "APIGroupList", groups: [{ name: group, versions: [{ version: "v1" }] }] });
  return unknownPath;
}

test("an untyped call that nothing serves says why", async () => {
  const client = new DynamicClient({ transport: new MemoryTransport(({ path }) => answer(path)) });
  const plain = "404, 404 page not found";
  await expect(client.resource(queues).get("a")).rejects.toMatchObject({
    code: 404,
    message: `get workqueues.stable.example.com a: ${plain}; the resource is namespaced; call namespace() first`,
    cause: { message: `get workqueues.stable.example.com a: ${plain}` },
  });
  const beta = client.resource({ ...queues, version: "v1beta1" }).namespace("default");
  await expect(beta.list()).rejects.toThrow(
    `${plain}; wanted version v1beta1, the server serves it in v1; use a version that is served`,
  );
  const misspelt = client.resource({ ...queues, plural: "workqueue" }).watch();
  await expect(misspelt[Symbol.asyncIterator]().next()).rejects.toThrow(
    /; install its definition, or use one of workqueues$/,
  );
});

test("so does one of a group that is built in, of which the server says by a Status that it has no such path", async () => {
  const message = "the server could not find the requested resource";
  const status = {
    kind: "Status",
    apiVersion: "v1",
    status: "Failure",
    message,
    reason: "NotFound",
    details: {},
    code: 404,
  };
  const transport = new MemoryTransport(({ path }) => {
    const known = answer(path);
    return known === unknownPath ? json(status, { status: 404 }) : known;
  });
  await expect(new DynamicClient({ transport }).resource(queues).get("a")).rejects.toMatchObject({
    reason: "NotFound",
    message: expect.stringMatching(/; the resource is namespaced; call namespace\(\) first$/),
  });
});

test("a resource that discovery gave is untyped too", async () => {
  const client = new DynamicClient({ transport: new MemoryTransport(({ path }) => answer(path)) });
  const found = await new Discovery(client).kindFor({ group, plural: "workqueues" });
  await expect(
    client
      .resource({ ...found, version: "v2" })
      .namespace("default")
      .get("a"),
  ).rejects.toThrow(/; wanted version v2, the server serves it in v1; use a version that is served$/);
});
