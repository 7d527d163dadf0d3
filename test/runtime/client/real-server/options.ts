import { beforeAll, describe, expect, test } from "vitest";
import type { UnstructuredVerbs } from "../../../../src/runtime/client/unstructured-client.ts";
import { isBadRequest, isConflict } from "../../../../src/runtime/errors/predicates.ts";
import { NamespaceResource } from "../../../../src/runtime/kinds/namespace.ts";
import type { JsonObject } from "../../../../src/runtime/unstructured/json.ts";
import { MyCoolAppResource } from "../../gen/samples/mycoolapps.ts";
import { content, metadataOf, problemOf, queue, type Session, workqueues } from "./session.ts";

const clusterpolicies = { group: "stable.example.com", version: "v1", plural: "clusterpolicies" };
const configmaps = { group: "", version: "v1", plural: "configmaps" };

/** Options, scopes, built-in kinds, credentials and what else the verbs themselves do not show. */
export function options(session: () => Session): void {
  let namespace: string;
  let queues: UnstructuredVerbs;
  beforeAll(async () => {
    namespace = await session().namespace("options-");
    queues = session().queues(namespace).untyped;
  });

  test("the field manager is the one that is named, or else what the client says it is", async () => {
    const managers = (object: unknown): unknown[] =>
      (metadataOf(object).managedFields as JsonObject[]).map(({ manager }) => manager);
    expect(managers(await queues.create(queue("manager-a")))).toEqual(["crd-gen-runtime"]);
    for (const fieldManager of ["Müller & Söhne", "é".repeat(64)]) {
      expect(managers(await queues.create(queue("manager-b"), { fieldManager, dryRun: true }))).toEqual([fieldManager]);
    }
  });

  describe("an unknown field", () => {
    const unknown = queue("unknown", { spec: { colour: "red" } });

    test("is told of, and dropped", async () => {
      const { warnings } = session();
      const before = warnings.length;
      const created = await queues.create(unknown, { dryRun: true });
      expect(content(created).spec).not.toHaveProperty("colour");
      await queues.create(unknown, { dryRun: true, fieldValidation: "Warn" });
      const warning = {
        message: 'unknown field "spec.colour"',
        verb: "create",
        resource: "workqueues.stable.example.com",
      };
      expect(warnings.slice(before)).toEqual([warning, warning]);
    });

    test("is refused, or dropped in silence, where that is asked for", async () => {
      const { warnings } = session();
      const before = warnings.length;
      const error = await problemOf(queues.create(unknown, { fieldValidation: "Strict" }));
      expect(isBadRequest(error)).toBe(true);
      expect(String(error)).toContain('unknown field "spec.colour"');
      await queues.create(unknown, { dryRun: true, fieldValidation: "Ignore" });
      expect(warnings.slice(before)).toEqual([]);
    });
  });

  test("a deprecated version is told of", async () => {
    const { client, warnings } = session();
    const before = warnings.length;
    await client.resource({ ...workqueues, version: "v1beta1" }).list({ limit: 1 });
    expect(warnings.slice(before).map(({ message }) => message)).toEqual([
      "stable.example.com/v1beta1 WorkQueue is deprecated; use v1",
    ]);
  });

  test("preconditions, a policy and a grace period of a deletion", async () => {
    await queues.create(queue("conditional"));
    const { uid, resourceVersion } = metadataOf(await queues.get("conditional")) as Record<string, string>;
    expect(isConflict(await problemOf(queues.delete("conditional", { preconditions: { uid: "other" } })))).toBe(true);
    const old = { preconditions: { uid, resourceVersion: "1" } };
    expect(isConflict(await problemOf(queues.delete("conditional", old)))).toBe(true);
    const more = { propagationPolicy: "Background", gracePeriodSeconds: 0 } as const;
    const deleted = await queues.delete("conditional", { ...more, preconditions: { uid, resourceVersion } });
    expect(content(deleted)).toMatchObject({ status: "Success" });
    await queues.create(queue("orphaning"));
    const orphaning = content(await queues.delete("orphaning", { propagationPolicy: "Orphan" }));
    expect(orphaning).toMatchObject({ metadata: { finalizers: ["orphan"] } });
  });

  test("a list of a state that was, and one that is not older", async () => {
    await queues.create(queue("state-a", { metadata: { labels: { state: "yes" } } }));
    const { metadata } = await queues.list({ labelSelector: "state" });
    await queues.create(queue("state-b", { metadata: { labels: { state: "yes" } } }));
    const { resourceVersion } = metadata;
    const exact = await queues.list({ labelSelector: "state", resourceVersion, resourceVersionMatch: "Exact" });
    expect(exact.items.map((item) => metadataOf(item).name)).toEqual(["state-a"]);
    const options = { labelSelector: "state", resourceVersion, resourceVersionMatch: "NotOlderThan" } as const;
    expect((await queues.list(options)).items.length).toBeGreaterThan(0);
    expect(content(await queues.get("state-a", { resourceVersion: "0" }))).toMatchObject({
      metadata: { name: "state-a" },
    });
    const first = { resourceVersion: "1", resourceVersionMatch: "Exact" } as const;
    expect((await queues.list(first)).items).toEqual([]);
  });

  test("a name that the server makes up", async () => {
    const { name } = metadataOf(
      await queues.create(queue("", { metadata: { generateName: "made-" }, spec: { queueName: "a" } })),
    );
    expect(name).toMatch(/^made-.{5}$/);
  });

  test("all namespaces are read at once", async () => {
    const other = await session().namespace("options-");
    await session().queues(other).untyped.create(queue("elsewhere"));
    await queues.create(queue("elsewhere"));
    const everywhere = session().client.resource(workqueues);
    const fieldSelector = { "metadata.name": "elsewhere" };
    const { items } = await everywhere.list({ fieldSelector });
    expect(items.map((item) => item.getNamespace()).sort()).toEqual([namespace, other].sort());
    // What it writes needs a namespace; where the kind is not known, it is the server that says so.
    expect(await problemOf(everywhere.deleteCollection({ fieldSelector }))).toMatchObject({ code: 404 });
    expect(await problemOf(everywhere.delete("elsewhere"))).toMatchObject({ code: 404 });
  });

  test("a cluster-scoped kind", async () => {
    const policies = session().client.resource(clusterpolicies);
    const object = (rules: object[]): JsonObject => ({
      apiVersion: "stable.example.com/v1",
      kind: "ClusterPolicy",
      metadata: { name: "limits" },
      spec: { rules: rules as JsonObject[] },
    });
    const created = await policies.create(object([{ name: "a", maxReplicas: 1 }]));
    expect(created.nestedBool("spec", "enforced")).toBe(true);
    created.setNestedField(false, "spec", "enforced");
    expect((await policies.replace(created)).nestedBool("spec", "enforced")).toBe(false);
    const applied = await policies.apply(object([{ name: "b", registries: ["c"] }]), {
      fieldManager: "m",
      force: true,
    });
    expect(applied.nestedSlice("spec", "rules")).toEqual([{ name: "b", registries: ["c"] }]);
    const patched = await policies.status.patch("limits", { merge: { status: { violations: 3 } } });
    expect(patched.nestedInt64("status", "violations")).toBe(3);
    expect((await policies.list()).items.map((item) => item.getName())).toEqual(["limits"]);
    expect(await policies.delete("limits")).toMatchObject({ kind: "Status" });
    expect((await policies.deleteCollection()).items).toEqual([]);
  });

  test("a typed kind without subresources, whose open part keeps every key", async () => {
    const apps = session().client.resource(MyCoolAppResource).namespace(namespace);
    const config = JSON.parse('{"__proto__":{"a":1},"nested":{"__proto__":"b"},"text":"a\\u2028b\\u0085c<&>"}');
    const created = await apps.create({ metadata: { name: "web" }, spec: { image: "a:b", replicas: 1, config } });
    const want = JSON.parse(
      '{"__proto__":{"a":1},"environment":"development","nested":{"__proto__":"b"},"text":"a\\u2028b\\u0085c<&>"}',
    );
    expect(JSON.stringify(created.spec?.config)).toBe(JSON.stringify(want));
    const applied = await apps.apply(
      { metadata: { name: "web2" }, spec: { image: "a:b", replicas: 1, config } },
      { fieldManager: "m" },
    );
    expect(JSON.stringify(applied.spec?.config)).toBe(JSON.stringify(want));
  });

  test("built-in kinds: items of a list say what they are, and names may hold a colon", async () => {
    const { client } = session();
    const maps = client.resource(configmaps).namespace(namespace);
    await maps.create({ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "settings" }, data: { a: "1" } });
    const { kind, items } = await maps.list();
    expect([kind, items.map((item) => [item.getApiVersion(), item.getKind(), item.getName()])]).toEqual([
      "ConfigMapList",
      [["v1", "ConfigMap", "settings"]],
    ]);
    const item = items[0]?.deepCopy();
    item?.setNestedField("2", "data", "a");
    expect((await maps.replace(item ?? {})).nestedStringMap("data")).toEqual({ a: "2" });
    const roles = client.resource({ group: "rbac.authorization.k8s.io", version: "v1", plural: "clusterroles" });
    expect((await roles.get("system:discovery")).getName()).toBe("system:discovery");
    const { items: all } = await client
      .resource(NamespaceResource)
      .list({ fieldSelector: { "status.phase": "Active" } });
    expect(all.map(({ metadata }) => metadata.name)).toContain(namespace);
    expect(new Set(all.map((each) => each.kind))).toEqual(new Set(["Namespace"]));
    const fieldSelector = { "metadata.name": namespace, "status.phase": "Active" };
    const { items: one } = await client.resource(NamespaceResource).list({ fieldSelector });
    expect(one.map(({ metadata }) => metadata.name)).toEqual([namespace]);
  });

  test("who asks is known by a certificate or by a token", async () => {
    const review = {
      apiVersion: "authentication.k8s.io/v1",
      kind: "SelfSubjectReview",
      metadata: { generateName: "me-" },
    };
    const reviews = { group: "authentication.k8s.io", version: "v1", plural: "selfsubjectreviews" };
    const byToken = session().tokenClient(session().server.adminToken);
    const users = await Promise.all(
      [session().client, byToken].map(async (client) => {
        const answer = await client.resource(reviews).create(review);
        return answer.nestedString("status", "userInfo", "username");
      }),
    );
    expect(users).toEqual(["certificate-admin", "admin"]);
  });
}
