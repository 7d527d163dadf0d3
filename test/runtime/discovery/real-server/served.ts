import { expect, test } from "vitest";
import type { ApiGroup, ApiResource } from "../../../../src/runtime/discovery/api-groups.ts";
import { checkServed } from "../../../../src/runtime/discovery/check-served.ts";
import { Discovery } from "../../../../src/runtime/discovery/discovery.ts";
import { readGroups } from "../../../../src/runtime/discovery/read-groups.ts";
import type { KindTypes, ResourceClient } from "../../../../src/runtime/gen/v1.ts";
import { ConfigMapResource } from "../../../../src/runtime/kinds/config-map.ts";
import { CustomResourceDefinitionResource } from "../../../../src/runtime/kinds/custom-resource-definition.ts";
import { ensureCrd } from "../../../../src/runtime/kinds/ensure-crd.ts";
import { EventResource } from "../../../../src/runtime/kinds/event.ts";
import { LeaseResource } from "../../../../src/runtime/kinds/lease.ts";
import { NamespaceResource } from "../../../../src/runtime/kinds/namespace.ts";
import { SecretResource } from "../../../../src/runtime/kinds/secret.ts";
import { problemOf, type Session } from "../../client/real-server/session.ts";
import { definitionOf, descriptorOf, version } from "./gadgets.ts";

const fieldManager = "test";
const builtIn = [
  ConfigMapResource,
  CustomResourceDefinitionResource,
  EventResource,
  LeaseResource,
  NamespaceResource,
  SecretResource,
];

/** Whatever says the same in the same order. */
function sorted(groups: readonly ApiGroup[]): readonly ApiResource[] {
  const resources = groups.flatMap(({ versions }) => versions.flatMap((each) => each.resources));
  const name = ({ group, version: of, plural }: ApiResource): string => `${group}/${of}/${plural}`;
  return [...resources]
    .sort((left, right) => (name(left) < name(right) ? -1 : 1))
    .map(({ subresources, verbs, ...rest }) => ({
      ...rest,
      verbs: [...verbs].sort(),
      subresources: subresources
        .map((each) => ({ ...each, verbs: [...each.verbs].sort() }))
        .sort((left, right) => (left.name < right.name ? -1 : 1)),
    }));
}

/** What a server says of what it serves. */
export function served(session: () => Session): void {
  test("paths are read as they are", async () => {
    const { client } = session();
    expect(JSON.parse((await client.getRaw("/version")).text)).toHaveProperty("gitVersion");
    expect((await client.getRaw("/readyz")).text).toBe("ok");
    expect((await client.getRaw("/readyz?verbose")).text).toContain("[+]ping ok");
    expect(JSON.parse((await client.getRaw("/openapi/v3")).text)).toHaveProperty("paths");
    expect(await problemOf(client.getRaw("/none"))).toMatchObject({ verb: "get", resource: "/none", code: 404 });
  });

  test("the aggregated form and the one from before say the same", async () => {
    const { client } = session();
    const older = await readGroups({
      getRaw: (path, { accept: _, ...options } = {}) => client.getRaw(path, options),
    });
    const { groups } = await readGroups(client);
    expect(sorted(older.groups)).toEqual(sorted(groups));
    const preferred = (all: readonly ApiGroup[]): unknown =>
      Object.fromEntries(all.map(({ name, versions }) => [name, versions.map((each) => each.version)]));
    expect(preferred(older.groups)).toEqual(preferred(groups));
    expect(sorted(groups).length).toBeGreaterThan(50);
  });

  test.each<[string, string, string | undefined, RegExp]>([
    ["v1", "configmap", "default", /; wanted version v1, .* or use one of configmaps, /],
    ["v1", "configmaps", undefined, /; the resource is namespaced; call namespace\(\) first$/],
    ["v1", "namespaces", "default", /; the resource is cluster-scoped; leave out namespace\(\)$/],
    ["v2", "configmaps", "default", /; wanted version v2, the server serves it in v1; use a version that is served$/],
  ])("an untyped call for %s %s in %s says why nothing serves it", async (version, plural, namespace, message) => {
    const resource = session().client.resource({ group: "", version, plural });
    const call = namespace === undefined ? resource.get("a") : resource.namespace(namespace).get("a");
    expect(await problemOf(call)).toMatchObject({ code: 404, message: expect.stringMatching(message) });
  });

  test("what has not changed is not sent again", async () => {
    const { client } = session();
    const statuses: number[] = [];
    const discovery = new Discovery({
      getRaw: async (path, options) => {
        const answer = await client.getRaw(path, options);
        statuses.push(answer.status);
        return answer;
      },
    });
    const first = await discovery.groups();
    await expect.poll(() => discovery.groups({ maxAgeMs: 0 })).toBe(first);
    expect(statuses.slice(0, 2)).toEqual([200, 200]);
    expect(statuses.slice(-2)).toEqual([304, 304]);
  });

  test("a definition that is installed later is found, with what it says", async () => {
    const { client } = session();
    const discovery = new Discovery(client);
    const wanted = { group: "laters.example.com", kind: "Later" };
    await discovery.groups();
    const definition = definitionOf("Later", [
      version("v1", { storage: true, subresources: { status: {} } }),
      version("v1beta1"),
    ]);
    await ensureCrd(client, definition, { fieldManager });
    const found = await discovery.resourceFor(wanted);
    expect(found).toMatchObject({ version: "v1", plural: "laters", scope: "Namespaced", shortNames: ["lat"] });
    expect(found.subresources.map(({ name }) => name)).toEqual(["status"]);
    expect(await discovery.kindFor({ ...wanted, plural: "laters", version: "v1beta1" })).toMatchObject({
      kind: "Later",
    });
    const namespace = await session().namespace("discovery-");
    const created = await client
      .resource(found)
      .namespace(namespace)
      .create({ metadata: { name: "a" } });
    expect([created.getApiVersion(), created.getKind()]).toEqual(["laters.example.com/v1", "Later"]);
  });

  test("a group that does not answer is told of, and is no failure of the others", async () => {
    const { client } = session();
    const services = client.resource({ group: "apiregistration.k8s.io", version: "v1", plural: "apiservices" });
    await services.create({
      apiVersion: "apiregistration.k8s.io/v1",
      kind: "APIService",
      metadata: { name: "v1.broken.example.com" },
      spec: {
        group: "broken.example.com",
        version: "v1",
        groupPriorityMinimum: 1000,
        versionPriority: 10,
        insecureSkipTLSVerify: true,
        service: { name: "none", namespace: "default" },
      },
    });
    try {
      const discovery = new Discovery(client);
      const freshness = async (): Promise<unknown> => {
        const groups = await discovery.groups({ maxAgeMs: 0 });
        return groups.find(({ name }) => name === "broken.example.com")?.versions[0]?.freshness;
      };
      await expect.poll(freshness, { timeout: 60_000 }).toBe("Stale");
      const message = /got no answer from what serves v1; look at its APIService$/;
      await expect(discovery.resourceFor({ group: "broken.example.com", kind: "A" })).rejects.toThrow(message);
      expect(await discovery.resourceFor({ group: "apps", kind: "Deployment" })).toMatchObject({ version: "v1" });
    } finally {
      await services.delete("v1.broken.example.com");
    }
  });

  test("a version that is not served any more: the error says which are", async () => {
    const { client } = session();
    const versions = [version("v2", { storage: true }), version("v1"), version("v1beta1")];
    await ensureCrd(client, definitionOf("Aging", versions), { fieldManager });
    // What the compiler does not know has the client of any kind.
    const old = client.resource(descriptorOf("Aging", "v1beta1")) as ResourceClient<
      KindTypes & { scope: "Namespaced" }
    >;
    expect((await old.list()).items).toEqual([]);
    const without = [...versions.slice(0, 2), version("v1beta1", { served: false })];
    await ensureCrd(client, definitionOf("Aging", without), { fieldManager });
    const problem = async (): Promise<string> => (await problemOf(old.list())).message;
    await expect
      .poll(problem, { timeout: 60_000 })
      .toBe(
        "list agings.agings.example.com: 404, 404 page not found; wanted version v1beta1, the server serves it in v2, v1; use a version that is served, and generate again",
      );
    expect(await problemOf(old.namespace("default").get("a"))).toMatchObject({
      code: 404,
      cause: { name: "ApiError" },
    });
  });

  test("the guard compares descriptors with the server", async () => {
    const { client } = session();
    await ensureCrd(client, definitionOf("Guarded", [version("v1", { storage: true })]), { fieldManager });
    await checkServed(client, [...builtIn, descriptorOf("Guarded", "v1")], { mode: "fail" });
    const descriptors = [descriptorOf("Guarded", "v2"), { ...descriptorOf("Guarded", "v1"), kind: "Other" }];
    const message = [
      "the server and the generated code differ:",
      "  guardeds.guardeds.example.com/v2: wanted version v2, the server serves it in v1; use a version that is served, and generate again",
      "  guardeds.guardeds.example.com/v1: wanted the kind Other, got Guarded; generate again",
    ].join("\n");
    await expect(checkServed(client, descriptors, { mode: "fail" })).rejects.toMatchObject({
      code: "differs",
      message,
    });
    const warnings: string[] = [];
    const onWarning = (warning: string): void => void warnings.push(warning);
    await checkServed(client, descriptors, { mode: "warn", onWarning });
    await checkServed(client, descriptors, { mode: "off", onWarning });
    expect(warnings).toEqual([message]);
  });
}
