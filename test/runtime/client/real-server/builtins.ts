import { beforeAll, describe, expect, test } from "vitest";
import type { UnstructuredClient } from "../../../../src/runtime/client/unstructured-client.ts";
import { isInvalidArgument } from "../../../../src/runtime/errors/invalid-argument.ts";
import type { KindTypes, ResourceDescriptor } from "../../../../src/runtime/gen/v1.ts";
import { NamespaceResource } from "../../../../src/runtime/kinds/namespace.ts";
import type { JsonObject } from "../../../../src/runtime/unstructured/json.ts";
import { content, metadataOf, resourceOf, type Session, ways } from "./session.ts";

const configmaps: ResourceDescriptor<KindTypes> = {
  group: "",
  version: "v1",
  kind: "ConfigMap",
  plural: "configmaps",
  scope: "Namespaced",
  subresources: [],
};

const clusterroles: ResourceDescriptor<KindTypes> = {
  group: "rbac.authorization.k8s.io",
  version: "v1",
  kind: "ClusterRole",
  plural: "clusterroles",
  scope: "Cluster",
  subresources: [],
};

/** Kinds that the server itself has, which it treats in other ways than custom resources. */
export function builtins(session: () => Session): void {
  describe.each(ways)("%s:", (way) => {
    let namespace: string;
    const resource = (descriptor: ResourceDescriptor<KindTypes>): UnstructuredClient =>
      resourceOf(session().client, descriptor, way);
    beforeAll(async () => {
      namespace = await session().namespace("builtins-");
    });

    test("items of a list say what they are, and can be written back", async () => {
      const maps = resource(configmaps).namespace(namespace);
      const map = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "settings" }, data: { a: "1" } };
      await maps.create(map);
      const { kind, items } = await maps.list();
      expect([kind, items.map(content)]).toMatchObject(["ConfigMapList", [map]]);
      const [item] = items.map(content);
      expect(content(await maps.replace({ ...item, data: { a: "2" } }))).toMatchObject({ data: { a: "2" } });
      const { items: deleted } = await maps.deleteCollection();
      expect(deleted.map(content)).toMatchObject([{ apiVersion: "v1", kind: "ConfigMap", data: { a: "2" } }]);
    });

    test("an object is replaced whatever it is where no version is said, which types do not let pass", async () => {
      const maps = resource(configmaps).namespace(namespace);
      const map = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "unversioned" }, data: { a: "1" } };
      await maps.create(map);
      const replaced = await maps.replace({ ...map, data: { a: "2" } }).then(content, isInvalidArgument);
      if (way === "typed") expect(replaced).toBe(true);
      else expect(replaced).toMatchObject({ data: { a: "2" } });
      await maps.delete("unversioned");
    });

    test("every page and every event says it too", async () => {
      const maps = resource(configmaps).namespace(namespace);
      for (const name of ["a", "b"]) await maps.create({ apiVersion: "v1", kind: "ConfigMap", metadata: { name } });
      const kinds: unknown[] = [];
      for await (const { items } of maps.pages({ limit: 1 })) kinds.push(...items.map((item) => content(item).kind));
      for await (const { object } of maps.watch({ timeoutMs: 30_000 })) {
        kinds.push(content(object).kind);
        if (kinds.length === 4) break;
      }
      expect(kinds).toEqual(Array.from({ length: 4 }, () => "ConfigMap"));
    });

    test("a cluster-scoped kind, selected by a field of its own", async () => {
      const namespaces = resource(NamespaceResource);
      const { items } = await namespaces.list({ fieldSelector: { "status.phase": "Active" } });
      expect(items.map((item) => metadataOf(item).name)).toContain(namespace);
      expect(new Set(items.map((item) => content(item).kind))).toEqual(new Set(["Namespace"]));
      const fieldSelector = { "metadata.name": namespace, "status.phase": "Active" };
      expect((await namespaces.list({ fieldSelector })).items).toHaveLength(1);
    });

    test("a deletion that ends later answers with the object", async () => {
      const { name } = metadataOf(await resource(NamespaceResource).get(await session().namespace("ending-")));
      const deleted: JsonObject = content(await resource(NamespaceResource).delete(String(name)));
      expect(deleted).toMatchObject({ kind: "Namespace", status: { phase: "Terminating" } });
    });

    test("a name may hold a colon", async () => {
      const name = "system:discovery";
      expect(metadataOf(await resource(clusterroles).get(name)).name).toBe(name);
    });
  });
}
