import { beforeAll, expect, test } from "vitest";
import { ConfigMapResource } from "../../../../src/runtime/kinds/config-map.ts";
import { type EventInput, EventResource } from "../../../../src/runtime/kinds/event.ts";
import { type LeaseInput, LeaseResource } from "../../../../src/runtime/kinds/lease.ts";
import { SecretResource } from "../../../../src/runtime/kinds/secret.ts";
import { problemOf, type Session } from "../../client/real-server/session.ts";

const strict = { fieldValidation: "Strict" } as const;
const time = "2030-01-02T03:04:05Z";
const microTime = "2030-01-02T03:04:05.000006Z";

/** Whether the fields of the descriptors' types are the server's. */
export function builtInKinds(session: () => Session): void {
  let namespace: string;
  beforeAll(async () => {
    namespace = await session().namespace("built-in-");
  });

  test("a config map", async () => {
    const maps = session().client.resource(ConfigMapResource).namespace(namespace);
    const content = { data: { a: "b" }, binaryData: { c: "ZA==" }, immutable: true };
    expect(await maps.create({ metadata: { name: "a" }, ...content }, strict)).toMatchObject(content);
    const applied = await maps.apply({ metadata: { name: "b" }, data: { a: "b" } }, { fieldManager: "m" });
    expect(applied.data).toEqual({ a: "b" });
    expect((await maps.patch("b", { merge: { data: { a: null, c: "d" } } })).data).toEqual({ c: "d" });
  });

  test("a secret, whose texts become data", async () => {
    const secrets = session().client.resource(SecretResource).namespace(namespace);
    const content = { type: "Opaque", data: { a: "YQ==" }, immutable: false };
    const created = await secrets.create({ metadata: { name: "a" }, ...content, stringData: { b: "b" } }, strict);
    expect(created).toMatchObject({ ...content, data: { a: "YQ==", b: "Yg==" } });
    expect(created).not.toHaveProperty("stringData");
    const changed = await secrets.replace({ ...created, data: { a: "Yw==" } }, strict);
    expect(changed.data).toEqual({ a: "Yw==" });
    const found = await secrets.list({ fieldSelector: { type: "Opaque", "metadata.name": "a" } });
    expect(found.items).toMatchObject([{ kind: "Secret", apiVersion: "v1", metadata: { name: "a" } }]);
  });

  test("a lease", async () => {
    const leases = session().client.resource(LeaseResource).namespace(namespace);
    const spec: LeaseInput["spec"] = {
      holderIdentity: "me",
      leaseDurationSeconds: 15,
      acquireTime: microTime,
      renewTime: microTime,
      leaseTransitions: 1,
    };
    const created = await leases.create({ metadata: { name: "a" }, spec }, strict);
    expect(created.spec).toEqual(spec);
    // Servers on which these are switched off drop them, and still know them.
    const chosen = { ...created, spec: { ...spec, strategy: "OldestEmulationVersion", preferredHolder: "other" } };
    expect((await leases.replace(chosen, strict)).spec).toMatchObject(spec);
  });

  test("an event", async () => {
    const events = session().client.resource(EventResource).namespace(namespace);
    const involvedObject = { apiVersion: "v1", kind: "ConfigMap", name: "a", namespace, uid: "b", fieldPath: "data.a" };
    const event: EventInput = {
      metadata: { generateName: "a." },
      involvedObject,
      reason: "Changed",
      message: "it has changed",
      type: "Normal",
      action: "Changing",
      source: { component: "test", host: "here" },
      reportingComponent: "example.com/test",
      reportingInstance: "test-1",
      firstTimestamp: time,
      lastTimestamp: time,
      count: 2,
      eventTime: microTime,
      series: { count: 2, lastObservedTime: microTime },
      related: { apiVersion: "v1", kind: "Namespace", name: namespace },
    };
    const { metadata: _, ...content } = event;
    // Where there is an eventTime, the older fields are left empty by who writes it, and kept by the server where they are not.
    const created = await events.create(event, strict);
    expect(created).toMatchObject(content);
    const small = await events.create({ metadata: { name: "small" }, involvedObject }, strict);
    expect(small).toMatchObject({ eventTime: null, firstTimestamp: null, lastTimestamp: null, reportingComponent: "" });
    const selected = {
      "involvedObject.name": "a",
      "involvedObject.uid": "b",
      reason: "Changed",
      type: "Normal",
      source: "test",
    };
    const found = await events.list({ fieldSelector: selected });
    expect(found.items.map(({ metadata }) => metadata.name)).toEqual([created.metadata.name]);
  });

  test("every field selector of the types is known to the server", async () => {
    const { client } = session();
    const of = ["apiVersion", "kind", "namespace", "name", "uid", "resourceVersion", "fieldPath"] as const;
    const involved = Object.fromEntries(of.map((field) => [`involvedObject.${field}`, "a"]));
    const more = { reason: "a", reportingComponent: "a", source: "a", type: "a", "metadata.name": "a" };
    const here = { "metadata.namespace": namespace };
    expect(
      (await client.resource(EventResource).list({ fieldSelector: { ...involved, ...more, ...here } })).items,
    ).toEqual([]);
    const named = { "metadata.name": "none", ...here };
    for (const resource of [ConfigMapResource, LeaseResource]) {
      expect((await client.resource(resource).list({ fieldSelector: named })).items).toEqual([]);
    }
    expect((await client.resource(SecretResource).list({ fieldSelector: { ...named, type: "a" } })).items).toEqual([]);
    const unknown = { "involvedObject.none": "a" } as object;
    expect(await problemOf(client.resource(EventResource).list({ fieldSelector: unknown }))).toMatchObject({
      code: 400,
    });
  });
}
