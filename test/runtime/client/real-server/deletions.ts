import { expect } from "vitest";
import { isConflict, isNotFound } from "../../../../src/runtime/errors/predicates.ts";
import type { DeleteCollectionOptions, DeleteOptions, KindTypes } from "../../../../src/runtime/gen/v1.ts";
import { type CasePlace, heedsSignal } from "./case.ts";
import { content, metadataOf, problemOf } from "./session.ts";
import type { CasesOf } from "./table.ts";

/** The finalizers of the queue `a` as it is stored; undefined where there is none any more. */
async function finalizersOf(at: CasePlace): Promise<unknown> {
  const read = await at.queues.get(at.name("a")).catch((error: unknown) => {
    if (!isNotFound(error)) throw error;
  });
  return read === undefined ? undefined : (metadataOf(read).finalizers ?? []);
}

/** Deletes the queue `a`, as one or as all that there are. */
type Delete<Options> = (at: CasePlace, options: Options) => Promise<unknown>;

const one: Delete<DeleteOptions> = (at, options) => at.queues.delete(at.name("a"), options);
const all: Delete<DeleteCollectionOptions<KindTypes>> = (at, options) =>
  at.queues.deleteCollection({ ...at.mine, ...options });

type Shared = "signal" | "timeoutMs" | "dryRun" | "gracePeriodSeconds" | "propagationPolicy";

/** What both ways to delete have to do. */
function deletion(remove: Delete<Pick<DeleteOptions, Shared>>): Pick<CasesOf<DeleteOptions>, Shared> {
  return {
    signal: async (at) => {
      await at.created(at.queue("a"));
      await heedsSignal((options) => remove(at, { ...options, dryRun: true }));
    },
    timeoutMs: async (at) => {
      await at.created(at.queue("a"));
      await remove(at, { timeoutMs: 60_000 });
      expect(await finalizersOf(at)).toBeUndefined();
    },
    dryRun: async (at) => {
      await at.created(at.queue("a"));
      const answer = await remove(at, { dryRun: true });
      expect(await finalizersOf(at)).toEqual([]);
      await remove(at, { dryRun: false });
      expect(await finalizersOf(at)).toBeUndefined();
      return answer;
    },
    // A custom resource has nothing to end.
    gracePeriodSeconds: async (at) => {
      for (const gracePeriodSeconds of [0, 600]) {
        await at.created(at.queue("a"));
        await remove(at, { gracePeriodSeconds });
        expect(await finalizersOf(at)).toBeUndefined();
      }
    },
    // There is no controller that would do what the finalizers are for.
    propagationPolicy: {
      Background: async (at) => {
        await at.created(at.queue("a"));
        const answer = await remove(at, { propagationPolicy: "Background" });
        expect(await finalizersOf(at)).toBeUndefined();
        return answer;
      },
      Foreground: async (at) => {
        await at.created(at.queue("a"));
        const answer = await remove(at, { propagationPolicy: "Foreground" });
        expect(await finalizersOf(at)).toEqual(["foregroundDeletion"]);
        return answer;
      },
      Orphan: async (at) => {
        await at.created(at.queue("a"));
        const answer = await remove(at, { propagationPolicy: "Orphan" });
        expect(await finalizersOf(at)).toEqual(["orphan"]);
        return answer;
      },
    },
  };
}

const finalizers = ["example.com/wait"];

/** Deletes an object. */
export const deleteOne: CasesOf<DeleteOptions> = {
  ...deletion(one),
  itself: {
    "with a Status as the answer": async (at) => {
      await at.created(at.queue("a"));
      const answer = content(await one(at, {}));
      expect(answer).toMatchObject({ apiVersion: "v1", kind: "Status", status: "Success" });
      expect(await finalizersOf(at)).toBeUndefined();
      return answer;
    },
    "with the object as the answer while finalizers run": async (at) => {
      await at.created(at.queue("a", { metadata: { finalizers } }));
      const answer = content(await one(at, {}));
      const { kind } = at.descriptor;
      expect(answer).toMatchObject({ kind, metadata: { deletionTimestamp: expect.any(String), finalizers } });
      expect(await finalizersOf(at)).toEqual(finalizers);
      await at.queues.patch(at.name("a"), { merge: { metadata: { finalizers: null } } });
      expect(await finalizersOf(at)).toBeUndefined();
      return answer;
    },
  },
  preconditions: async (at) => {
    const { uid, resourceVersion } = metadataOf(await at.created(at.queue("a"))) as Record<string, string>;
    for (const preconditions of [{ uid: "another" }, { resourceVersion: "1" }, { uid, resourceVersion: "1" }]) {
      expect(isConflict(await problemOf(one(at, { preconditions })))).toBe(true);
    }
    expect(await one(at, { preconditions: { uid, resourceVersion } })).toMatchObject({ status: "Success" });
  },
};

/** Deletes the objects that are selected, and gives them. */
export const deleteCollection: CasesOf<DeleteCollectionOptions<KindTypes>> = {
  ...deletion(all),
  itself: async (at) => {
    await at.created(at.queue("a"), at.queue("b"));
    const { kind, items } = await at.queues.deleteCollection();
    expect(kind).toBe(`${at.descriptor.kind}List`);
    expect(at.names(items)).toEqual(expect.arrayContaining(["a", "b"]));
    expect((await at.queues.list(at.mine)).items).toEqual([]);
  },
  labelSelector: async (at) => {
    await at.created(at.queue("a", { metadata: { labels: { team: "red" } } }), at.queue("b"));
    const { items } = await at.queues.deleteCollection({ labelSelector: `${at.mine.labelSelector},team=red` });
    expect(at.names(items)).toEqual(["a"]);
    expect(at.names((await at.queues.list(at.mine)).items)).toEqual(["b"]);
    return items;
  },
  fieldSelector: async (at) => {
    await at.created(at.queue("a", { spec: { priority: "Low" } }), at.queue("b"));
    const fieldSelector = { "spec.priority": "Low" };
    const { items } = await at.queues.deleteCollection({ ...at.mine, fieldSelector });
    expect(at.names(items)).toEqual(["a"]);
    expect(at.names((await at.queues.list(at.mine)).items)).toEqual(["b"]);
    const others = { "spec.priority": { not: "Normal" } };
    expect((await at.queues.deleteCollection({ ...at.mine, fieldSelector: others })).items).toEqual([]);
    return items;
  },
};
