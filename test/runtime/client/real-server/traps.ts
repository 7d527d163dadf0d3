import { beforeAll, describe, expect, test } from "vitest";
import { ApiConnection } from "../../../../src/runtime/client/api-connection.ts";
import { listRequest } from "../../../../src/runtime/client/requests.ts";
import type { UnstructuredClient, UnstructuredVerbs } from "../../../../src/runtime/client/unstructured-client.ts";
import { isInvalidArgument } from "../../../../src/runtime/errors/invalid-argument.ts";
import {
  isInternalError,
  isInvalid,
  isNotFound,
  isResourceVersionTooLarge,
  isTimeout,
} from "../../../../src/runtime/errors/predicates.ts";
import { isUnsafeInteger } from "../../../../src/runtime/errors/unsafe-integer-error.ts";
import type { KindTypes, ResourceDescriptor } from "../../../../src/runtime/gen/v1.ts";
import { readText } from "../../../../src/runtime/transport/read-body.ts";
import { isJsonObject, type JsonObject } from "../../../../src/runtime/unstructured/json.ts";
import { canary, guarded } from "../../guarded.ts";
import { future } from "./case.ts";
import { content, problemOf, resourceOf, type Session, type Way, ways } from "./session.ts";

/** A kind with an open part, and without subresources. */
const mycoolapps: ResourceDescriptor<KindTypes> = {
  group: "stable.example.com",
  version: "v1",
  kind: "MyCoolApp",
  plural: "mycoolapps",
  scope: "Namespaced",
  subresources: [],
};

function app(name: string, config: object): JsonObject {
  const spec = { image: "a:b", replicas: 1, config: config as JsonObject };
  return { apiVersion: "stable.example.com/v1", kind: "MyCoolApp", metadata: { name }, spec };
}

function configOf(object: unknown): JsonObject {
  return (content(object).spec as JsonObject).config as JsonObject;
}

/** The text of a value with the keys of each object in one order: those of the answer are in the server's. */
function sortedText(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    isJsonObject(part) ? Object.fromEntries(Object.entries(part).sort()) : part,
  );
}

/** What would lead to the collection, to another object, or to another resource. */
const noNames = ["", ".", "..", "%2e", "%2E%2e", "a/b", "/", "a/../b", "a%2Fb"];

/** Every verb that has a name in its path. */
function named(apps: UnstructuredVerbs, name: string): readonly (() => Promise<unknown>)[] {
  const written = { ...app(name, {}), metadata: { name, resourceVersion: "1" } };
  const scale = { metadata: { name }, spec: { replicas: 1 } };
  return [
    () => apps.get(name),
    () => apps.replace(written),
    () => apps.patch(name, { merge: {} }),
    () => apps.apply(app(name, {}), { fieldManager: "m" }),
    () => apps.delete(name),
    () => apps.status.get(name),
    () => apps.status.replace(written),
    () => apps.status.patch(name, { merge: {} }),
    () => apps.status.apply(app(name, {}), { fieldManager: "m" }),
    () => apps.scale.get(name),
    () => apps.scale.replace(scale),
    () => apps.scale.patch(name, { merge: {} }),
  ];
}

/** What a client can fall into at a real server, without noticing it. */
export function traps(session: () => Session): void {
  let namespace: string;
  const client = (way: Way): UnstructuredClient => resourceOf(session().client, mycoolapps, way);
  const apps = (way: Way): UnstructuredVerbs => client(way).namespace(namespace);
  beforeAll(async () => {
    namespace = await session().namespace("traps-");
  });

  describe.each(ways)("%s:", (way) => {
    test.each(noNames)("the name %j reaches nothing", async (name) => {
      const kept = `kept-${noNames.indexOf(name)}-${way}`;
      await apps(way).create(app(kept, {}));
      const { requests } = session().admin.transport;
      const before = requests.length;
      for (const call of named(apps(way), name)) expect(await call().catch(isInvalidArgument)).toBe(true);
      expect(requests.slice(before)).toEqual([]);
      expect((await apps(way).list({ fieldSelector: { "metadata.name": kept } })).items).toHaveLength(1);
    });

    test.each(["", ".", "..", "Default", "a_b", "a/b", "%2e", "a.b", "-a", "a".repeat(64)])(
      "the namespace %j lists nothing",
      (name) => {
        expect(() => client(way).namespace(name)).toThrow(expect.toSatisfy(isInvalidArgument));
      },
    );

    test("a key that is __proto__, and texts that other formats take for something else, survive every write", async () => {
      const config = JSON.parse('{"__proto__":{"a":1},"constructor":{"__proto__":"b"},"list":[{"__proto__":[]}]}');
      const text = "a\u2028b\u2029c\u0085d\u007f\u0080\ufffe\uffff<&>\ufeff\u{1f600}#: - 'e\"";
      Object.assign(config, { text, [text]: "a key", environment: "development" });
      const check = (object: unknown): void => expect(sortedText(configOf(object))).toBe(sortedText(config));
      const name = `texts-${way}`;
      check(await apps(way).create(app(name, config)));
      const read = content(await apps(way).get(name));
      check(read);
      check(await apps(way).replace(read));
      check(await apps(way).patch(name, { merge: { spec: { config } } }));
      check(await apps(way).patch(name, { json: [{ op: "replace", path: "/spec/config", value: config }] }));
      check(await apps(way).apply(app(`${name}-applied`, config), { fieldManager: "m" }));
    });

    test("a list is the text that the server sends", async () => {
      const name = `listed-${way}`;
      await apps(way).create(app(name, JSON.parse('{"__proto__":{"a":1}}')));
      const only = { fieldSelector: { "metadata.name": name } };
      const { metadata } = await apps(way).list(only);
      // One state of the collection, as others write meanwhile.
      const state = { resourceVersion: metadata.resourceVersion, resourceVersionMatch: "Exact" } as const;
      const query = new URLSearchParams({ ...state, fieldSelector: `metadata.name=${name}` });
      const path = `/apis/stable.example.com/v1/namespaces/${namespace}/mycoolapps?${query}`;
      const { text } = await session().client.getRaw(path);
      const list = await apps(way).list({ ...only, ...state });
      expect(list.items).toHaveLength(1);
      expect(JSON.stringify(list)).toBe(JSON.stringify(JSON.parse(text)));
    });

    test("an integer that would be rounded is refused, with its path", async () => {
      const name = `large-${way}`;
      const path = `/apis/stable.example.com/v1/namespaces/${namespace}/mycoolapps`;
      const body = JSON.stringify(app(name, { limits: ["(here)"] })).replace('"(here)"', "9007199254740993");
      await session().admin.transport.post(path, body);
      const only = { fieldSelector: { "metadata.name": name } };
      const patch = { merge: { metadata: { labels: { a: "b" } } } };
      const place = ".spec.config.limits[0]";
      for (const [call, wanted] of [
        [() => apps(way).get(name), place],
        [() => apps(way).patch(name, patch), place],
        [() => apps(way).list(only), `.items[0]${place}`],
        [() => apps(way).watch(only)[Symbol.asyncIterator]().next(), `.object${place}`],
      ] as const) {
        const error = await call().catch((error: unknown) => error);
        expect(isUnsafeInteger(error)).toBe(true);
        expect(error).toMatchObject({ path: wanted });
      }
      // The server holds what is beyond 64 bits as the double that it is.
      const limits = [2 ** 53 - 1, 2 ** 53, -(2 ** 53), 1_700_000_000_000_000_000, 2 ** 63, 1e300];
      const held = await apps(way).create(app(`${name}-held`, { limits }));
      expect(configOf(held)).toMatchObject({ limits });
      // What can be read can be written back.
      expect(configOf(await apps(way).replace(content(held)))).toMatchObject({ limits });
    });

    test("a resourceVersion that says nothing, and managed fields that are null, are taken for none", async () => {
      const name = `none-${way}`;
      for (const resourceVersion of ["0", "", null]) {
        const { metadata, ...rest } = app(name, {});
        const object = { ...rest, metadata: { ...(metadata as JsonObject), resourceVersion } };
        expect(content(await apps(way).create(object, { dryRun: true }))).toMatchObject({ metadata: { name } });
      }
      const applied = { ...app(name, {}), metadata: { name, managedFields: null } };
      const { metadata } = content(await apps(way).apply(applied, { fieldManager: "m" }));
      expect(metadata).toMatchObject({ name, managedFields: [{ manager: "m" }] });
    });

    test("an internal error is not tried again", async () => {
      const { requests } = session().admin.transport;
      const before = requests.length;
      const wrong = { ...app(`wrong-${way}`, {}), spec: { replicas: canary } };
      expect(isInternalError(await problemOf(apps(way).apply(wrong, { fieldManager: "m" })))).toBe(true);
      expect(requests.length - before).toBe(1);
    });

    test("a version that is deprecated is told of", async () => {
      const { client, warnings } = session().admin;
      const before = warnings.length;
      const deprecated = { ...mycoolapps, kind: "WorkQueue", plural: "workqueues", version: "v1beta1" };
      await resourceOf(client, deprecated, way).list({ limit: 1 });
      const message = "stable.example.com/v1beta1 WorkQueue is deprecated; use v1";
      expect(warnings.slice(before)).toEqual([{ message, verb: "list", resource: "workqueues.stable.example.com" }]);
    });

    test("a subresource that the kind has not is not found", async () => {
      await apps(way).create(app(`plain-${way}`, {}));
      const { status, scale } = apps(way);
      for (const below of [status, scale]) {
        const error: unknown = await below.get(`plain-${way}`).catch((error: unknown) => error);
        // Where there is a descriptor it says so before.
        expect(way === "typed" ? isInvalidArgument(error) : isNotFound(error)).toBe(true);
      }
    });
  });

  test("where the kind is not known it is the server that says that a write needs a namespace", async () => {
    const everywhere = client("untyped");
    expect(await problemOf(everywhere.delete("a"))).toMatchObject({ code: 404, reason: undefined });
    expect(await problemOf(everywhere.deleteCollection())).toMatchObject({ code: 404, reason: undefined });
  });

  test("where the kind is not known it is the server that says what needs a name or a resourceVersion", async () => {
    const { spec, apiVersion, kind } = app("unversioned", {});
    await apps("untyped").create(app("unversioned", {}));
    expect(isInvalid(await problemOf(apps("untyped").replace(app("unversioned", {}))))).toBe(true);
    const nameless = await problemOf(apps("untyped").create({ apiVersion, kind, spec } as JsonObject));
    expect(isInvalid(nameless)).toBe(true);
  });

  test("a limit beside the version 0 is one that the server does not heed, and so it is refused", async () => {
    const path = `/apis/stable.example.com/v1/namespaces/${namespace}/mycoolapps?resourceVersion=0&limit=1`;
    const { items } = JSON.parse((await session().client.getRaw(path)).text);
    // Of before, and so all that the other tests have left.
    expect(items.length).toBeGreaterThan(1);
    const refused = apps("untyped").list({ resourceVersion: "0", limit: 1 });
    await expect(refused).rejects.toMatchObject({ argument: "limit" });
  });

  test("an operation of a JSON patch without a value is one with null, and so it is refused", async () => {
    await apps("untyped").create(app("valueless", {}));
    const path = `/apis/stable.example.com/v1/namespaces/${namespace}/mycoolapps/valueless`;
    const headers = { accept: "application/json", "content-type": "application/json-patch+json" };
    const body = JSON.stringify([{ op: "add", path: "/spec/config/added" }]);
    const { transport } = session().admin;
    const response = await transport.request({ method: "PATCH", path, headers, body });
    expect(configOf(JSON.parse(await readText(response)))).toEqual({ added: null, environment: "development" });
    const patch = { json: JSON.parse(body) };
    await expect(apps("untyped").patch("valueless", patch)).rejects.toMatchObject({ argument: "patch.json[0]" });
  });

  test("a version of the future is waited for, and then a timeout", async () => {
    const { admin, secrets } = session();
    const usual = { timeoutMs: 0, userAgent: "a test", onWarning: () => undefined, unsafeIntegers: "refuse" } as const;
    const connection = guarded(new ApiConnection(admin.transport, usual), secrets);
    const request = listRequest(
      { resource: mycoolapps },
      { resourceVersion: future, resourceVersionMatch: "NotOlderThan" },
    );
    // Sent once only: a call would be repeated, as the server asks for that.
    const error = await problemOf(connection.open(request, new AbortController().signal));
    expect([isTimeout(error), isResourceVersionTooLarge(error), error.retryAfterSeconds]).toEqual([true, true, 1]);
  });
}
