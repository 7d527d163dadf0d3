import { beforeAll, describe, expect, test } from "vitest";
import type { UnstructuredVerbs } from "../../../../src/runtime/client/unstructured-client.ts";
import type { JsonObject, JsonValue } from "../../../../src/runtime/unstructured/json.ts";
import { canary } from "../../guarded.ts";
import { content, problemOf, type Session } from "./session.ts";
import { vaults } from "./vaults.ts";

const secrets = { group: "", version: "v1", plural: "secrets" };
const strict = { fieldValidation: "Strict" } as const;
const manager = { fieldManager: "m", force: true };

type Mistake = readonly [name: string, make: (verbs: UnstructuredVerbs) => Promise<unknown>];

function secret(name: string, more: object): JsonObject {
  const { metadata, ...rest } = content({ metadata: {}, ...more });
  return { apiVersion: "v1", kind: "Secret", ...rest, metadata: { ...(metadata as JsonObject), name } };
}

/** What can be wrong with a Secret: the server quotes the whole of it, or what is wrong. */
function secretMistakes(canary: string): readonly Mistake[] {
  const merges: readonly object[] = [
    { data: { token: canary } },
    { data: { token: { a: canary } } },
    { data: [canary] },
    { data: canary },
    { metadata: { creationTimestamp: canary } },
    { metadata: { labels: { a: { b: canary } } } },
  ];
  const applied: readonly object[] = [
    { stringData: canary },
    { stringData: [canary] },
    { stringData: { a: { b: canary } } },
    { stringData: { a: 987654321 } },
  ];
  const owner = { apiVersion: "v1", kind: "Pod", name: canary, uid: canary, controller: true };
  const created: readonly object[] = [
    { data: { a: canary } },
    { stringData: { a: 98765.4321 } },
    { unknown: canary },
    { type: "kubernetes.io/tls", stringData: { "tls.crt": canary } },
    { metadata: { labels: { a: `${canary} !`, b: canary.repeat(9) } } },
    { metadata: { ownerReferences: [owner, { ...owner, uid: "b" }] } },
    { metadata: { finalizers: [canary] } },
  ];
  const add = { op: "add", path: "/unknown", value: canary } as const;
  const compare = { op: "test", path: "/data/token", value: canary } as const;
  return [
    [
      "a strict merge patch of an unknown field",
      (kept) => kept.patch("stored", { merge: { unknown: canary } }, strict),
    ],
    ["a strict JSON patch of an unknown field", (kept) => kept.patch("stored", { json: [add] }, strict)],
    ["a JSON patch whose test fails", (kept) => kept.patch("stored", { json: [compare] })],
    ...merges.map(
      (merge): Mistake => [`merge ${keysOf(merge)}`, (kept) => kept.patch("stored", { merge: content(merge) })],
    ),
    ...applied.map((more): Mistake => [`apply ${keysOf(more)}`, (kept) => kept.apply(secret("stored", more), manager)]),
    ...created.map((more): Mistake => [`create ${keysOf(more)}`, (kept) => kept.create(secret("other", more), strict)]),
  ];
}

function vaultOf(name: string, spec: JsonObject, metadata: object = {}): JsonObject {
  return content({ apiVersion: "stable.example.com/v1", kind: "Vault", metadata: { name, ...metadata }, spec });
}

/** What can be wrong with a custom resource, by every rule that a definition can have. */
function vaultMistakes(canary: string): readonly Mistake[] {
  const rules: JsonObject = {
    rule: canary,
    expression: canary,
    object: { a: canary, b: [canary] },
    maximum: 987654321,
    factor: 98765.4321,
    short: canary,
    long: canary,
    pattern: canary,
    time: canary,
    email: canary,
    bytes: `${canary}!`,
    enumerated: canary,
    numbered: 987654321,
    set: [canary, canary],
    keyed: [{ name: canary }, { name: canary }],
    few: [canary, canary],
    one: { a: canary, b: canary },
    not: canary,
    either: { a: canary },
    pin: canary,
    tokens: { [canary]: canary },
    embedded: { apiVersion: canary, kind: "", metadata: { name: canary } },
  };
  const types: readonly JsonObject[] = [
    { maximum: canary },
    { short: { a: canary } },
    { short: 987654321 },
    { set: { a: canary } },
    { keyed: [canary] },
  ];
  const create = (spec: JsonObject): Mistake => [
    `create ${keysOf(spec)}`,
    (locked) => locked.create(vaultOf("wrong", spec)),
  ];
  const apply = (spec: JsonObject): Mistake => [
    `apply ${keysOf(spec)}`,
    (locked) => locked.apply(vaultOf("wrong", spec), manager),
  ];
  const merge = (patch: JsonObject): Mistake => [
    `merge ${keysOf(patch)}`,
    (locked) => locked.patch("stored", { merge: patch }, strict),
  ];
  const only = (field: string): JsonObject => ({ [field]: rules[field] as JsonValue });
  return [
    ...Object.keys(rules).map((field) => create(only(field))),
    create(rules),
    ...types.flatMap((spec) => [create(spec), apply(spec)]),
    apply(only("set")),
    apply(only("keyed")),
    merge({ spec: { immutable: `${canary}2` } }),
    merge({ spec: { locked: true } }),
    merge({ spec: { unknown: canary } }),
    merge({ metadata: { labels: { a: { b: canary } } } }),
  ];
}

/** The keys of an object and of those in it, for the name of a test. */
function keysOf(object: object): string {
  const parts = Object.entries(object).map(([key, value]: [string, unknown]) =>
    typeof value === "object" && value !== null && !Array.isArray(value) ? `${key}.${keysOf(value)}` : key,
  );
  return parts.join(",");
}

/** Whether errors keep to themselves what the server quotes in its answers. */
export function leaks(session: () => Session): void {
  describe.each([canary, 'ca"n\\ary-7f3a: {x} "};: must be'])("nothing of %s is in an error:", (canary) => {
    const base64 = Buffer.from("canary-7f3a").toString("base64");
    let kept: UnstructuredVerbs;
    let locked: UnstructuredVerbs;
    beforeAll(async () => {
      const { client } = session();
      const namespace = await session().namespace("leaks-");
      kept = client.resource(secrets).namespace(namespace);
      locked = client.resource(vaults).namespace(namespace);
      const metadata = { annotations: { note: canary } };
      await kept.create(secret("stored", { metadata, data: { token: base64 } }));
      await locked.create(vaultOf("stored", { immutable: canary }, metadata));
    });

    /** That the error holds nothing of it is what the client of the session makes sure of. */
    async function expectHidden(call: Promise<unknown>): Promise<void> {
      expect((await problemOf(call)).code).toBeGreaterThanOrEqual(400);
    }

    test.each(secretMistakes(canary))("a Secret: %s", (_, make) => expectHidden(make(kept)));
    test.each(vaultMistakes(canary))("a custom resource: %s", (_, make) => expectHidden(make(locked)));

    test("though it is in the answer, which can be asked for", async () => {
      const error = await problemOf(kept.patch("stored", { merge: { unknown: canary } }, strict));
      expect(JSON.stringify(error.status)).toContain(base64);
      expect(error.message).toContain('patch: Invalid value: …: strict decoding error: unknown field "unknown"');
    });
  });
}
