import { expect } from "vitest";
import { isConflict } from "../../../../src/runtime/errors/predicates.ts";
import type { ApplyOptions, FieldWriteOptions } from "../../../../src/runtime/gen/v1.ts";
import type { JsonObject } from "../../../../src/runtime/unstructured/json.ts";
import { type Case, type CasePlace, heedsSignal } from "./case.ts";
import { content, metadataOf, problemOf } from "./session.ts";
import type { CasesOf } from "./table.ts";

/** Writes an object whose spec has these fields beside others. */
type Write = (spec: object, options: FieldWriteOptions) => Promise<unknown>;

/** Makes what the verb needs, and gives the verb. */
type Prepare = (at: CasePlace) => Promise<Write>;

const creates: Prepare = async (at) => (spec, options) =>
  at.queues.create(at.queue("", { metadata: { name: undefined, generateName: at.name("made-") }, spec }), options);

const replaces: Prepare = async (at) => {
  const object = await at.created(at.queue("a"));
  return (spec, options) =>
    at.queues.replace({ ...object, spec: { ...(object.spec as JsonObject), ...spec } }, options);
};

const patches: Prepare = async (at) => {
  await at.created(at.queue("a"));
  return (spec, options) => at.queues.patch(at.name("a"), { merge: content({ spec }) }, options);
};

const applies: Prepare = async (at) => (spec, options) =>
  at.queues.apply(at.queue("a", { spec }), { ...options, fieldManager: options.fieldManager ?? "applier" });

/** What every verb has to do that writes fields. */
function fieldWrite(
  verb: "create" | "replace" | "patch" | "apply",
  prepare: Prepare,
): Omit<CasesOf<FieldWriteOptions>, "itself"> {
  const unknown = { workers: 3, colour: "red" };
  const dropped = (answer: JsonObject): void => {
    expect(answer.spec).toMatchObject({ workers: 3 });
    expect(answer.spec).not.toHaveProperty("colour");
  };
  return {
    signal: async (at) => {
      const write = await prepare(at);
      await heedsSignal((options) => write({ workers: 2 }, { ...options, dryRun: true }));
    },
    timeoutMs: async (at) => {
      const write = await prepare(at);
      expect(content(await write({ workers: 2 }, { timeoutMs: 60_000 }))).toMatchObject({ spec: { workers: 2 } });
    },
    dryRun: async (at) => {
      const write = await prepare(at);
      const stored = async (): Promise<JsonObject> => content((await at.queues.list(at.mine)).items);
      const before = await stored();
      expect(content(await write({ workers: 7 }, { dryRun: true }))).toMatchObject({ spec: { workers: 7 } });
      expect(await stored()).toEqual(before);
      await write({ workers: 7 }, { dryRun: false });
      expect(await stored()).not.toEqual(before);
    },
    fieldManager: async (at) => {
      const write = await prepare(at);
      const managers = async (options: FieldWriteOptions): Promise<unknown> => {
        const { managedFields } = metadataOf(await write({ workers: 9 }, { ...options, dryRun: true }));
        return (managedFields as JsonObject[]).map(({ manager }) => manager);
      };
      for (const fieldManager of ["Müller & Söhne", "é".repeat(64)]) {
        expect(await managers({ fieldManager })).toContain(fieldManager);
      }
      expect(await managers({})).toContain(verb === "apply" ? "applier" : "crd-gen-runtime");
    },
    fieldValidation: {
      Ignore: async (at) => {
        const write = await prepare(at);
        const { answer, warnings } = await at.warned(() => write(unknown, { fieldValidation: "Ignore" }));
        dropped(answer);
        expect(warnings).toEqual([]);
      },
      Warn: async (at) => {
        const write = await prepare(at);
        const warning = { message: 'unknown field "spec.colour"', verb, resource: at.resource };
        for (const options of [{ fieldValidation: "Warn" }, {}] as const) {
          const { answer, warnings } = await at.warned(() => write(unknown, { ...options, dryRun: true }));
          dropped(answer);
          expect(warnings).toEqual([warning]);
        }
      },
      Strict: async (at) => {
        const write = await prepare(at);
        const error = await problemOf(write(unknown, { fieldValidation: "Strict" }));
        expect(error.message).toContain('unknown field "spec.colour"');
        const { warnings } = await at.warned(() => write({ workers: 3 }, { fieldValidation: "Strict" }));
        expect(warnings).toEqual([]);
        return error.code;
      },
    },
  };
}

/** Creates an object. */
export const create: CasesOf<FieldWriteOptions> = {
  ...fieldWrite("create", creates),
  itself: {
    "by a name": async (at) => {
      const created = await at.created(at.queue("a", { status: { workers: 9 } }));
      expect(created).toMatchObject({ metadata: { name: at.name("a"), generation: 1 }, spec: { priority: "Normal" } });
      expect(created).not.toHaveProperty("status");
      return created;
    },
    "by a beginning of one, which the server completes": async (at) => {
      const write = await creates(at);
      const { name } = metadataOf(await write({}, {}));
      expect(String(name).replace(at.name(""), "")).toMatch(/^made-.{5}$/);
    },
  },
};

/** Replaces an object as a whole. */
export const replace: CasesOf<FieldWriteOptions> = {
  ...fieldWrite("replace", replaces),
  itself: async (at) => {
    const old = await at.created(at.queue("a", { metadata: { labels: { team: "red" } }, spec: { workers: 5 } }));
    const metadata = { ...(old.metadata as JsonObject), labels: {} };
    const replaced = await at.queues.replace({
      ...old,
      metadata,
      spec: { queueName: (old.spec as JsonObject).queueName ?? "" },
    });
    expect(content(replaced)).toMatchObject({ metadata: { generation: 2 }, spec: { workers: 1 } });
    expect(metadataOf(replaced)).not.toHaveProperty("labels");
    return replaced;
  },
};

/** Changes parts of an object. */
export const patch: CasesOf<FieldWriteOptions> = {
  ...fieldWrite("patch", patches),
  itself: {
    merge: async (at) => {
      await at.created(at.queue("a", { metadata: { labels: { a: "1", b: "2" } } }));
      const merge = { metadata: { labels: { a: null } }, spec: { workers: 3 } };
      const merged = await at.queues.patch(at.name("a"), { merge });
      expect(content(merged)).toMatchObject({
        metadata: { labels: { b: "2" } },
        spec: { workers: 3, priority: "Normal" },
      });
      expect(metadataOf(merged).labels).not.toHaveProperty("a");
      return merged;
    },
    json: async (at) => {
      await at.created(at.queue("a", { metadata: { labels: { a: "1" } }, spec: { workers: 3 } }));
      const patched = await at.queues.patch(at.name("a"), {
        json: [
          { op: "test", path: "/spec/workers", value: 3 },
          { op: "replace", path: "/spec/workers", value: 4 },
          { op: "add", path: "/metadata/labels/c~1d", value: "3" },
          { op: "copy", from: "/metadata/labels/a", path: "/metadata/labels/b" },
          { op: "move", from: "/metadata/labels/a", path: "/metadata/labels/e" },
          { op: "remove", path: "/metadata/labels/b" },
        ],
      });
      expect(content(patched)).toMatchObject({ spec: { workers: 4 }, metadata: { labels: { "c/d": "3", e: "1" } } });
      expect(Object.keys(metadataOf(patched).labels as JsonObject).sort()).toEqual(["c/d", "case", "e"]);
      return patched;
    },
  },
};

/** An apply with this validation. A field that the schema has not is an error whatever it is, for which there is no reason. */
function validated(fieldValidation: "Ignore" | "Warn" | "Strict"): Case {
  return async (at) => {
    const write = await applies(at);
    const error = await problemOf(write({ workers: 3, colour: "red" }, { fieldValidation }));
    expect([error.code, error.reason]).toEqual([500, undefined]);
    expect(error.message).toContain(".spec.colour: field not declared in schema");
    const { warnings } = await at.warned(() => write({ workers: 3 }, { fieldValidation }));
    expect(warnings).toEqual([]);
  };
}

/** Makes an object have fields. */
export const apply: CasesOf<ApplyOptions> = {
  ...fieldWrite("apply", applies),
  fieldValidation: { Ignore: validated("Ignore"), Warn: validated("Warn"), Strict: validated("Strict") },
  itself: async (at) => {
    const owned = (spec: object): JsonObject => at.queue("a", { spec });
    const created = await at.queues.apply(owned({ workers: 2, priority: "High" }), { fieldManager: "one" });
    expect(content(created)).toMatchObject({ spec: { workers: 2, priority: "High" } });
    // What is left out now goes, and has its default again.
    const applied = await at.queues.apply(owned({ workers: 3 }), { fieldManager: "one" });
    expect(content(applied)).toMatchObject({ spec: { workers: 3, priority: "Normal" } });
    return [created, applied];
  },
  force: async (at) => {
    const workers = (count: number): JsonObject => at.queue("a", { spec: { workers: count } });
    await at.queues.apply(workers(1), { fieldManager: "one" });
    const error = await problemOf(at.queues.apply(workers(2), { fieldManager: "two", force: false }));
    expect(isConflict(error)).toBe(true);
    expect(error.causes).toMatchObject([{ field: ".spec.workers", reason: "FieldManagerConflict" }]);
    expect(error.message).toBe(`${at.subject("apply", "a")}: 409 Conflict, .spec.workers: conflict with "one"`);
    const forced = await at.queues.apply(workers(2), { fieldManager: "two", force: true });
    expect(content(forced)).toMatchObject({ spec: { workers: 2 } });
    return forced;
  },
};
