import { beforeAll, describe, expect, test } from "vitest";
import type { UnstructuredVerbs } from "../../../../src/runtime/client/unstructured-client.ts";
import { isConflict, isNotFound } from "../../../../src/runtime/errors/predicates.ts";
import type { JsonObject } from "../../../../src/runtime/unstructured/json.ts";
import { content, metadataOf, problemOf, queue, type Session } from "./session.ts";

/** Every verb on a namespaced kind with both subresources, by the typed and by the untyped client. */
export function verbs(session: () => Session): void {
  describe.each(["typed", "untyped"] as const)("%s:", (way) => {
    let queues: UnstructuredVerbs;
    beforeAll(async () => {
      queues = session().queues(await session().namespace(`verbs-${way}-`))[way];
    });

    const names = async (options?: Parameters<UnstructuredVerbs["list"]>[0]): Promise<unknown[]> => {
      const { items } = await queues.list(options);
      return items.map((item) => metadataOf(item).name).sort();
    };

    test("create, get and list, by labels and by fields", async () => {
      const created = content(await queues.create(queue("a", { metadata: { labels: { team: "red" } } })));
      expect(created).toMatchObject({ kind: "WorkQueue", spec: { queueName: "a", priority: "Normal", workers: 1 } });
      await queues.create(queue("b", { metadata: { labels: { team: "blue" } }, spec: { priority: "High" } }));
      expect(content(await queues.get("a"))).toEqual(created);
      expect(await names()).toEqual(["a", "b"]);
      expect(await names({ labelSelector: "team in (blue,green),team!=red" })).toEqual(["b"]);
      expect(await names({ fieldSelector: { "metadata.name": "a" } })).toEqual(["a"]);
      expect(await names({ fieldSelector: { "spec.priority": "High", "spec.queueName": "b" } })).toEqual(["b"]);
      expect(await names({ fieldSelector: { "spec.queueName": "a,b=c\\d" } })).toEqual([]);
    });

    test("pages of two over five objects are one state of the collection", async () => {
      for (const name of ["p1", "p2", "p3", "p4", "p5"]) {
        await queues.create(queue(name, { metadata: { labels: { paged: "yes" } } }));
      }
      const pages: unknown[][] = [];
      const versions = new Set<string>();
      for await (const { items, metadata } of queues.pages({ limit: 2, labelSelector: "paged" })) {
        pages.push(items.map((item) => metadataOf(item).name));
        versions.add(metadata.resourceVersion);
      }
      expect(pages).toEqual([["p1", "p2"], ["p3", "p4"], ["p5"]]);
      expect(versions.size).toBe(1);
      const deleted = await queues.deleteCollection({ labelSelector: "paged" });
      expect(deleted.items.map((item) => metadataOf(item).name).sort()).toEqual(["p1", "p2", "p3", "p4", "p5"]);
      expect(await names({ labelSelector: "paged" })).toEqual([]);
    });

    test("replace, and its conflict", async () => {
      const old = content(await queues.create(queue("replaced")));
      const next = { ...old, spec: { ...(old.spec as JsonObject), workers: 2 } };
      expect(content(await queues.replace(next))).toMatchObject({ spec: { workers: 2 } });
      const error = await problemOf(queues.replace({ ...next, spec: old.spec }));
      expect(isConflict(error)).toBe(true);
      expect(String(error)).toContain('Operation cannot be fulfilled on workqueues.stable.example.com "replaced":');
    });

    test("merge patch and JSON patch", async () => {
      await queues.create(queue("patched", { metadata: { labels: { a: "1", b: "2" } } }));
      const merged = await queues.patch("patched", {
        merge: { metadata: { labels: { a: null } }, spec: { workers: 3 } },
      });
      expect(content(merged)).toMatchObject({ metadata: { labels: { b: "2" } }, spec: { workers: 3 } });
      expect(metadataOf(merged).labels).toEqual({ b: "2" });
      const patched = await queues.patch("patched", {
        json: [
          { op: "test", path: "/spec/workers", value: 3 },
          { op: "replace", path: "/spec/workers", value: 4 },
          { op: "add", path: "/metadata/labels/c~1d", value: "3" },
        ],
      });
      expect(content(patched)).toMatchObject({ metadata: { labels: { b: "2", "c/d": "3" } }, spec: { workers: 4 } });
    });

    test("apply, and the conflict of two field managers", async () => {
      const workers = (count: number): JsonObject => queue("applied", { spec: { workers: count } });
      expect(content(await queues.apply(workers(1), { fieldManager: "one" }))).toMatchObject({ spec: { workers: 1 } });
      const error = await problemOf(queues.apply(workers(2), { fieldManager: "two" }));
      expect(isConflict(error)).toBe(true);
      expect(error).toMatchObject({ causes: [{ field: ".spec.workers", reason: "FieldManagerConflict" }] });
      expect(String(error)).toContain('.spec.workers: conflict with "one"');
      const forced = await queues.apply(workers(2), { fieldManager: "two", force: true });
      expect(content(forced)).toMatchObject({ spec: { workers: 2 } });
    });

    test("status: get, replace, patch and apply", async () => {
      const { status } = queues;
      const created = content(await queues.create({ ...queue("status"), status: { workers: 9 } }));
      expect(created).not.toHaveProperty("status");
      expect(content(await status.get("status"))).toEqual(created);
      const replaced = await status.replace({ ...created, spec: { queueName: "ignored" }, status: { workers: 1 } });
      expect(content(replaced)).toMatchObject({ spec: { queueName: "status" }, status: { workers: 1 } });
      const merged = await status.patch("status", { merge: { status: { selector: "app=web" } } });
      expect(content(merged)).toMatchObject({ status: { workers: 1, selector: "app=web" } });
      const patched = await status.patch("status", { json: [{ op: "remove", path: "/status/selector" }] });
      expect(content(patched).status).toEqual({ workers: 1 });
      const { apiVersion, kind } = created;
      const toApply = { apiVersion, kind, metadata: { name: "status" }, status: { selector: "app=api" } };
      const applied = await status.apply(toApply, { fieldManager: "one" });
      expect(content(applied).status).toEqual({ workers: 1, selector: "app=api" });
    });

    test("scale: get, replace and patch", async () => {
      const { scale } = queues;
      await queues.create(queue("scaled", { spec: { workers: 2 } }));
      const read = await scale.get("scaled");
      expect(read).toMatchObject({ apiVersion: "autoscaling/v1", kind: "Scale", spec: { replicas: 2 } });
      expect(await scale.replace({ ...read, spec: { replicas: 3 } })).toMatchObject({ spec: { replicas: 3 } });
      expect(await scale.replace({ metadata: { name: "scaled" }, spec: { replicas: 4 } })).toMatchObject({
        spec: { replicas: 4 },
      });
      expect(isConflict(await problemOf(scale.replace(read)))).toBe(true);
      expect(await scale.patch("scaled", { merge: { spec: { replicas: 5 } } })).toMatchObject({
        spec: { replicas: 5 },
      });
      const json = [{ op: "replace", path: "/spec/replicas", value: 6 }] as const;
      expect(await scale.patch("scaled", { json })).toMatchObject({ spec: { replicas: 6 } });
      expect(content(await queues.get("scaled"))).toMatchObject({ spec: { workers: 6 } });
    });

    test("delete answers a Status, or the object while finalizers run", async () => {
      await queues.create(queue("deleted"));
      expect(content(await queues.delete("deleted"))).toMatchObject({ kind: "Status", status: "Success" });
      const gone = await problemOf(queues.get("deleted"));
      expect(isNotFound(gone)).toBe(true);
      await queues.create(queue("final", { metadata: { finalizers: ["example.com/wait"] } }));
      const deleting = content(await queues.delete("final"));
      expect(deleting).toMatchObject({ kind: "WorkQueue", metadata: { deletionTimestamp: expect.any(String) } });
      await queues.patch("final", { merge: { metadata: { finalizers: null } } });
      expect(await names({ fieldSelector: { "metadata.name": "final" } })).toEqual([]);
    });

    test("a dry run writes nothing", async () => {
      const before = content(await queues.create(queue("dry")));
      const changed = { ...before, spec: { ...(before.spec as JsonObject), workers: 7 } };
      const workers7 = { spec: { workers: 7 } };
      expect(content(await queues.create(queue("dry2"), { dryRun: true }))).toMatchObject({
        metadata: { name: "dry2" },
      });
      expect(content(await queues.replace(changed, { dryRun: true }))).toMatchObject(workers7);
      expect(content(await queues.patch("dry", { merge: workers7 }, { dryRun: true }))).toMatchObject(workers7);
      const applied = await queues.apply(queue("dry", workers7), { dryRun: true, fieldManager: "m", force: true });
      expect(content(applied)).toMatchObject(workers7);
      await queues.delete("dry", { dryRun: true });
      await queues.deleteCollection({ dryRun: true });
      expect(content(await queues.get("dry"))).toEqual(before);
      expect(isNotFound(await problemOf(queues.get("dry2")))).toBe(true);
    });
  });
}
