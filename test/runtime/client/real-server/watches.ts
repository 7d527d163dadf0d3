import { getEventListeners } from "node:events";
import { expect } from "vitest";
import type { KindTypes, WatchEvent, WatchOptions } from "../../../../src/runtime/gen/v1.ts";
import { abortable, type Case, type CasePlace } from "./case.ts";
import { content, metadataOf } from "./session.ts";
import type { CasesOf } from "./table.ts";

/** Milliseconds after which a watch that has not shown what it should is given up. */
const patience = 30_000;

type Options = WatchOptions<KindTypes>;

/** What a watch of the case's own objects shows, up to and including the event that is waited for. */
async function seen(at: CasePlace, options: Options, last: string): Promise<readonly string[]> {
  const events: string[] = [];
  for await (const event of at.queues.watch({ timeoutMs: patience, ...at.mine, ...options })) {
    events.push(named(at, event));
    if (events.at(-1) === last) break;
  }
  return events;
}

function named(at: CasePlace, { type, object }: WatchEvent<unknown>): string {
  // Bookmarks and errors have no name; some servers send a bookmark without being asked.
  return type === "BOOKMARK" || type === "ERROR" ? type : `${type} ${at.names([object])[0]}`;
}

async function versionOfNow(at: CasePlace): Promise<string> {
  return (await at.queues.list(at.mine)).metadata.resourceVersion;
}

/** Follows changes. */
export const watch: CasesOf<Options> = {
  itself: async (at) => {
    await at.created(at.queue("before"));
    const events: WatchEvent<unknown>[] = [];
    for await (const event of at.queues.watch({ timeoutMs: patience, ...at.mine })) {
      if (event.type === "BOOKMARK") continue;
      events.push(event);
      if (events.length === 1) await at.created(at.queue("after"));
      else break;
    }
    expect(events.map((event) => named(at, event))).toEqual(["ADDED before", "ADDED after"]);
    return events;
  },

  resourceVersion: {
    "of now": async (at) => {
      await at.created(at.queue("before"));
      const events = seen(at, { resourceVersion: await versionOfNow(at) }, "DELETED a");
      await at.created(at.queue("a"));
      await at.queues.patch(at.name("a"), { merge: { spec: { workers: 2 } } });
      await at.queues.delete(at.name("a"));
      expect(await events).toEqual(["ADDED a", "MODIFIED a", "DELETED a"]);
    },
    "too old": async (at) => {
      const events: unknown[] = [];
      for await (const event of at.queues.watch({ resourceVersion: "1", timeoutMs: patience })) events.push(event);
      expect(events).toMatchObject([{ type: "ERROR", object: { kind: "Status", reason: "Expired", code: 410 } }]);
    },
  },

  labelSelector: async (at) => {
    await at.created(at.queue("a", { metadata: { labels: { team: "red" } } }));
    const labelSelector = `${at.mine.labelSelector},team=red`;
    const events = seen(at, { resourceVersion: await versionOfNow(at), labelSelector }, "DELETED a");
    await at.created(at.queue("other"));
    await at.queues.patch(at.name("a"), { merge: { metadata: { labels: { team: "blue" } } } });
    expect(await events).toEqual(["DELETED a"]);
  },

  fieldSelector: async (at) => {
    const fieldSelector = { "spec.priority": { not: "Low" }, "metadata.name": at.name("b") };
    const events = seen(at, { resourceVersion: await versionOfNow(at), fieldSelector }, "DELETED b");
    await at.created(at.queue("a", { spec: { priority: "High" } }), at.queue("b", { spec: { priority: "High" } }));
    await at.queues.patch(at.name("b"), { merge: { spec: { priority: "Low" } } });
    expect(await events).toEqual(["ADDED b", "DELETED b"]);
  },

  sendInitialEvents: {
    true: async (at) => {
      await at.created(at.queue("a"), at.queue("b"));
      for (const resourceVersion of [undefined, "0", await versionOfNow(at)]) {
        const options = { ...at.mine, sendInitialEvents: true, resourceVersion, timeoutMs: patience };
        const names: string[] = [];
        let end: unknown;
        for await (const event of at.queues.watch(options)) {
          if (event.type === "BOOKMARK") {
            end = metadataOf(event.object).annotations;
            break;
          }
          names.push(named(at, event));
        }
        expect(names.sort()).toEqual(["ADDED a", "ADDED b"]);
        expect(end).toEqual({ "k8s.io/initial-events-end": "true" });
      }
    },
    false: async (at) => {
      await at.created(at.queue("before"));
      const options = { ...at.mine, sendInitialEvents: false, timeoutMs: patience };
      const watched = at.queues.watch(options)[Symbol.asyncIterator]();
      let shown = false;
      const first = watched.next().finally(() => {
        shown = true;
      });
      // Until the watch has begun, what is created is part of what exists.
      for (let count = 0; !shown; count++) await at.created(at.queue(`after${count}`));
      const { value } = await first;
      expect(named(at, value)).toMatch(/^ADDED after/);
      await watched.return?.();
    },
  },

  timeoutMs: async (at) => {
    expect(await seen(at, { resourceVersion: await versionOfNow(at), timeoutMs: 50 }, "nothing")).toEqual([]);
  },

  signal: async (at) => {
    const resourceVersion = await versionOfNow(at);
    const { signal, abort } = abortable();
    const events: unknown[] = [];
    const watching = async (): Promise<void> => {
      for await (const event of at.queues.watch({ ...at.mine, resourceVersion, signal })) {
        events.push(named(at, event));
        abort("enough");
      }
    };
    const ended = expect(watching()).rejects.toBe("enough");
    await at.created(at.queue("a"));
    await ended;
    expect(events).toEqual(["ADDED a"]);
    expect(getEventListeners(signal, "abort")).toEqual([]);
    const other = abortable();
    const silent = at.queues.watch({ ...at.mine, signal: other.signal })[Symbol.asyncIterator]();
    expect(content((await silent.next()).value)).toMatchObject({ type: "ADDED" });
    await silent.return?.();
    expect(getEventListeners(other.signal, "abort")).toEqual([]);
  },
};

/** Follows a collection over all namespaces. */
export const watchEverywhere: Case = async (at) => {
  await at.created(at.queue("a"));
  const events: WatchEvent<unknown>[] = [];
  for await (const event of at.other(at.descriptor).watch({ ...at.mine, timeoutMs: patience })) {
    events.push(event);
    break;
  }
  expect(events.map((event) => named(at, event))).toEqual(["ADDED a"]);
  return events;
};
