import { expect } from "vitest";
import { isConflict } from "../../../../src/runtime/errors/predicates.ts";
import type { KindTypes, ScaleClient, StatusClient } from "../../../../src/runtime/gen/v1.ts";
import type { JsonObject } from "../../../../src/runtime/unstructured/json.ts";
import type { Case } from "./case.ts";
import { content, problemOf } from "./session.ts";

/** The status, which its own verbs write and no others. */
export const status: Readonly<Record<keyof StatusClient<KindTypes>, Case>> = {
  get: async (at) => {
    const created = await at.created(at.queue("a", { status: { workers: 9 } }));
    const read = content(await at.queues.status.get(at.name("a")));
    expect(read).toEqual(created);
    expect(read).not.toHaveProperty("status");
    return read;
  },
  replace: async (at) => {
    const created = await at.created(at.queue("a"));
    const spec = { queueName: "ignored", workers: 9 };
    const replaced = await at.queues.status.replace({ ...created, spec, status: { workers: 1 } });
    expect(content(replaced)).toMatchObject({ spec: created.spec, status: { workers: 1 } });
    const old = at.queues.status.replace({ ...created, status: { workers: 2 } });
    expect(isConflict(await problemOf(old))).toBe(true);
    return replaced;
  },
  patch: async (at) => {
    await at.created(at.queue("a"));
    const merge = { spec: { workers: 9 }, status: { workers: 1, selector: "app=web" } };
    const merged = await at.queues.status.patch(at.name("a"), { merge });
    expect(content(merged)).toMatchObject({ spec: { workers: 1 }, status: merge.status });
    const json = [{ op: "remove", path: "/status/selector" }] as const;
    const patched = await at.queues.status.patch(at.name("a"), { json });
    expect(content(patched).status).toEqual({ workers: 1 });
    return [merged, patched];
  },
  apply: async (at) => {
    const { apiVersion, kind } = await at.created(at.queue("a"));
    const toApply = { apiVersion, kind, metadata: { name: at.name("a") }, status: { selector: "app=api" } };
    const applied = await at.queues.status.apply(toApply, { fieldManager: "one" });
    expect(content(applied)).toMatchObject({ spec: { workers: 1 }, status: { selector: "app=api" } });
    return applied;
  },
};

/** The scale, in the form that every kind has. The server cannot apply one. */
export const scale: Readonly<Record<keyof ScaleClient, Case>> = {
  get: async (at) => {
    const { metadata } = await at.created(at.queue("a", { spec: { workers: 2 } }));
    await at.queues.status.patch(at.name("a"), { merge: { status: { workers: 1, selector: "app=web" } } });
    const read = await at.queues.scale.get(at.name("a"));
    expect(read).toMatchObject({
      apiVersion: "autoscaling/v1",
      kind: "Scale",
      metadata: { name: at.name("a"), uid: (metadata as JsonObject).uid },
      spec: { replicas: 2 },
      status: { replicas: 1, selector: "app=web" },
    });
    return read;
  },
  replace: async (at) => {
    await at.created(at.queue("a", { spec: { workers: 2 } }));
    const read = await at.queues.scale.get(at.name("a"));
    const replaced = await at.queues.scale.replace({ ...read, spec: { replicas: 3 } });
    expect(replaced).toMatchObject({ spec: { replicas: 3 } });
    const inAnyState = await at.queues.scale.replace({ metadata: { name: at.name("a") }, spec: { replicas: 4 } });
    expect(inAnyState).toMatchObject({ spec: { replicas: 4 } });
    expect(isConflict(await problemOf(at.queues.scale.replace(read)))).toBe(true);
    return [replaced, inAnyState];
  },
  patch: async (at) => {
    await at.created(at.queue("a"));
    const merged = await at.queues.scale.patch(at.name("a"), { merge: { spec: { replicas: 5 } } });
    expect(merged).toMatchObject({ spec: { replicas: 5 } });
    const json = [{ op: "replace", path: "/spec/replicas", value: 6 }] as const;
    const patched = await at.queues.scale.patch(at.name("a"), { json });
    expect(patched).toMatchObject({ spec: { replicas: 6 } });
    expect(content(await at.queues.get(at.name("a")))).toMatchObject({ spec: { workers: 6 } });
    return [merged, patched];
  },
};
