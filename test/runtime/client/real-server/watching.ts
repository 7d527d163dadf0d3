import { beforeAll, describe, expect, test } from "vitest";
import type { UnstructuredVerbs } from "../../../../src/runtime/client/unstructured-client.ts";
import type { KindTypes, WatchOptions } from "../../../../src/runtime/gen/v1.ts";
import { content, metadataOf, queue, type Session } from "./session.ts";

/** Milliseconds after which a watch that has not shown what it should is given up. */
const patience = 30_000;

/** What a watch shows, up to and including the event that is waited for. */
async function seen(
  queues: UnstructuredVerbs,
  options: WatchOptions<KindTypes>,
  last: string,
): Promise<readonly string[]> {
  const events: string[] = [];
  for await (const { type, object } of queues.watch({ timeoutMs: patience, ...options })) {
    const { name } = metadataOf(object);
    events.push(typeof name === "string" ? `${type} ${name}` : type);
    if (events.at(-1) === last) break;
  }
  return events;
}

/** Watches over real connections. */
export function watching(session: () => Session): void {
  describe.each(["typed", "untyped"] as const)("%s, a watch", (way) => {
    let queues: UnstructuredVerbs;
    beforeAll(async () => {
      queues = session().queues(await session().namespace(`watching-${way}-`))[way];
    });

    test("shows what is added, modified and deleted behind a version", async () => {
      await queues.create(queue("before"));
      const { resourceVersion } = (await queues.list()).metadata;
      const events = seen(queues, { resourceVersion }, "DELETED a");
      await queues.create(queue("a"));
      await queues.patch("a", { merge: { spec: { workers: 2 } } });
      await queues.delete("a");
      expect(await events).toEqual(["ADDED a", "MODIFIED a", "DELETED a"]);
    });

    test("begins with what exists where no version is given", async () => {
      const events: string[] = [];
      for await (const { type, object } of queues.watch({ timeoutMs: patience })) {
        // Some servers say at once, and without being asked, where what exists ends.
        if (type === "BOOKMARK") continue;
        events.push(`${type} ${metadataOf(object).name}`);
        if (events.length === 1) await queues.create(queue("b"));
        else break;
      }
      expect(events).toEqual(["ADDED before", "ADDED b"]);
    });

    test("shows the end of what exists where that is asked for", async () => {
      for (const resourceVersion of [undefined, "0", (await queues.list()).metadata.resourceVersion]) {
        const options = { sendInitialEvents: true, resourceVersion, timeoutMs: patience };
        const names: unknown[] = [];
        let annotations: unknown;
        for await (const { type, object } of queues.watch(options)) {
          if (type === "BOOKMARK") {
            annotations = content(object.metadata).annotations;
            break;
          }
          names.push([type, metadataOf(object).name]);
        }
        expect(names.sort()).toEqual([
          ["ADDED", "b"],
          ["ADDED", "before"],
        ]);
        expect(annotations).toEqual({ "k8s.io/initial-events-end": "true" });
      }
    });

    test("shows nothing that exists where that is not wanted", async () => {
      const watch = queues.watch({ sendInitialEvents: false, timeoutMs: patience })[Symbol.asyncIterator]();
      let shown = false;
      const first = watch.next().finally(() => {
        shown = true;
      });
      // Until the watch has begun, what is created is part of what exists.
      for (let count = 0; !shown; count++) await queues.create(queue(`c${count}`));
      const { value: event } = await first;
      expect(event).toMatchObject({ type: "ADDED" });
      expect(metadataOf(event?.object).name).toMatch(/^c/);
      await watch.return?.();
    });

    test("says by an ERROR that a version is too old, and is over", async () => {
      const events: unknown[] = [];
      for await (const { type, object } of queues.watch({ resourceVersion: "1", timeoutMs: patience })) {
        events.push([type, content(object).reason, content(object).code]);
      }
      expect(events).toEqual([["ERROR", "Expired", 410]]);
    });

    test("shows an object that leaves the selection as deleted", async () => {
      await queues.create(queue("d", { metadata: { labels: { team: "red" } } }));
      const { resourceVersion } = (await queues.list()).metadata;
      const events = seen(queues, { resourceVersion, labelSelector: "team=red" }, "DELETED d");
      await queues.create(queue("e"));
      await queues.patch("d", { merge: { metadata: { labels: { team: "blue" } } } });
      expect(await events).toEqual(["DELETED d"]);
    });

    test("ends when its time is up, and with the reason of the one who ends it", async () => {
      const { resourceVersion } = (await queues.list()).metadata;
      expect(await seen(queues, { resourceVersion, timeoutMs: 50 }, "nothing")).toEqual([]);
      const controller = new AbortController();
      const ended = seen(queues, { resourceVersion, signal: controller.signal }, "ADDED f").then(() =>
        seen(queues, { resourceVersion, signal: controller.signal }, "nothing"),
      );
      await queues.create(queue("f"));
      controller.abort("enough");
      await expect(ended).rejects.toBe("enough");
    });
  });

  test("a client with watches that were left can be closed", async () => {
    const client = session().tokenClient(session().server.adminToken);
    const maps = client.resource({ group: "", version: "v1", plural: "configmaps" });
    for await (const event of maps.watch({ timeoutMs: patience })) {
      expect(event.type).toBe("ADDED");
      break;
    }
    await client.close();
  });
}
