import { describe, expect, expectTypeOf, it } from "vitest";
import { clusterPolicyClient } from "../../../generated-examples/mycoolapp/stable.example.com/v1/clusterpolicies.ts";
import {
  type MyCoolApp,
  myCoolAppClient,
} from "../../../generated-examples/mycoolapp/stable.example.com/v1/mycoolapps.ts";
import {
  type WorkQueue,
  workQueueClient,
} from "../../../generated-examples/mycoolapp/stable.example.com/v1/workqueues.ts";
import { DynamicClient } from "../../../src/runtime/client/dynamic-client.ts";
import { retryOnConflict } from "../../../src/runtime/client/retry-on-conflict.ts";
import { createOrUpdate } from "../../../src/runtime/conveniences/create-or-update.ts";
import { getOrUndefined } from "../../../src/runtime/conveniences/get-or-undefined.ts";
import { modify } from "../../../src/runtime/conveniences/modify.ts";
import type { Scale } from "../../../src/runtime/gen/v1.ts";
import type { JsonObject } from "../../../src/runtime/unstructured/json.ts";
import { Unstructured } from "../../../src/runtime/unstructured/unstructured.ts";
import { failed, MemoryTransport } from "../memory-transport.ts";

// What is said here of types is checked by `npm run types`; no call gets further than a refusal.
const client = new DynamicClient({ transport: new MemoryTransport(() => failed(403, "Forbidden")) });
const everywhere = myCoolAppClient(client);
const apps = everywhere.namespace("default");
const queues = workQueueClient(client).namespace("default");
const policies = clusterPolicyClient(client);
const untyped = client.resource({ group: "stable.example.com", version: "v1", plural: "mycoolapps" });

const nothing = (): undefined => undefined;
const early = "namespace: wanted one for get";

/** Makes sure that a call compiles as it is, and is refused by the server or, with words, before. */
async function refused(call: Promise<unknown>, words = "403 Forbidden"): Promise<void> {
  await expect(call).rejects.toThrow(words);
}

describe("with the client of the reference example", () => {
  it("what is read is of its type", async () => {
    expectTypeOf(() => retryOnConflict(() => apps.get("web"))).returns.toEqualTypeOf<Promise<MyCoolApp>>();
    const app = getOrUndefined(apps, "web");
    expectTypeOf(app).toEqualTypeOf<Promise<MyCoolApp | undefined>>();
    await refused(app);
    // @ts-expect-error: namespace() first.
    await refused(getOrUndefined(everywhere, "web"), early);
  });

  it("a change gets what is read, with what the compiler knows of it", async () => {
    const call = modify(apps, "web", (app) => {
      expectTypeOf(app).toEqualTypeOf<MyCoolApp>();
      if (app.spec?.config !== undefined) app.spec.config.logLevel = "DEBUG";
    });
    expectTypeOf(call).toEqualTypeOf<Promise<MyCoolApp>>();
    await refused(call);
    // @ts-expect-error: spec may be absent.
    await refused(modify(apps, "web", (app) => Promise.resolve(void app.spec.replicas)));
    // @ts-expect-error: there is no such field.
    await refused(modify(apps, "web", (app) => void app.spce));
    // @ts-expect-error: a level that is none.
    await refused(modify(apps, "web", (app) => ({ ...app, spec: { ...app.spec, config: { logLevel: "TRACE" } } })));
    // @ts-expect-error: what is returned is no app.
    await refused(modify(apps, "web", () => 5));
    // @ts-expect-error: namespace() first.
    await refused(modify(everywhere, "web", nothing), "namespace: wanted one for get");
    // @ts-expect-error: replace has no such option.
    await refused(modify(apps, "web", nothing, { force: true }), "force: replace");
  });

  it("a change of a status or a scale gets what these are", async () => {
    const status = modify(queues.status, "web", (queue) => {
      expectTypeOf(queue).toEqualTypeOf<WorkQueue>();
    });
    const scale = modify(queues.scale, "web", (object) => {
      expectTypeOf(object).toEqualTypeOf<Scale>();
    });
    expectTypeOf(status).toEqualTypeOf<Promise<WorkQueue>>();
    expectTypeOf(scale).toEqualTypeOf<Promise<Scale>>();
    await Promise.all([refused(status), refused(scale)]);
    // @ts-expect-error: it has no status subresource.
    await refused(modify(apps.status, "web", nothing), "subresource: by its descriptor");
    // @ts-expect-error: it has no scale subresource.
    await refused(modify(policies.scale, "web", nothing), "subresource: by its descriptor");
  });

  it("what is created has to be complete", async () => {
    const spec = { image: "web:v1", replicas: 1 };
    const call = createOrUpdate(apps, { metadata: { name: "web" }, spec }, (app) => {
      expectTypeOf(app.spec?.image).toEqualTypeOf<string | undefined>();
      expectTypeOf(app.spec?.config?.environment).toEqualTypeOf<string | undefined>();
    });
    expectTypeOf((await call.catch(nothing))?.object).toEqualTypeOf<MyCoolApp | undefined>();
    await refused(createOrUpdate(apps, "web", (app) => void Object.assign(app, { spec })));
    await refused(createOrUpdate(policies, { metadata: { name: "a" }, spec: { rules: [] } }, nothing));
    // @ts-expect-error: an image is required.
    await refused(createOrUpdate(apps, { metadata: { name: "web" }, spec: { replicas: 1 } }, nothing));
    const misspelt = { metadata: { name: "web" }, spec: { ...spec, config: { logLevel: "TRACE" } } };
    // @ts-expect-error: a level that is none.
    await refused(createOrUpdate(apps, misspelt, nothing));
    // @ts-expect-error: there is no such field.
    await refused(createOrUpdate(apps, { metadata: { name: "web" }, spce: spec }, nothing));
    // @ts-expect-error: a queue needs more than a name.
    await refused(createOrUpdate(queues, "web", nothing));
    // @ts-expect-error: there is no such field.
    await refused(createOrUpdate(apps, "web", (app) => void app.spec?.replicaz));
    // @ts-expect-error: namespace() first.
    await refused(createOrUpdate(everywhere, "web", nothing), "namespace: wanted one for get");
  });
});

describe("with a client that knows no types", () => {
  it("everything is Unstructured, but for the change of what begins as a plain object", async () => {
    expectTypeOf(() => getOrUndefined(untyped, "web")).returns.resolves.toEqualTypeOf<Unstructured | undefined>();
    expectTypeOf(() => modify(untyped, "web", nothing)).returns.resolves.toEqualTypeOf<Unstructured>();
    const object = new Unstructured({ metadata: { name: "web" } });
    await refused(createOrUpdate(untyped, object, (app) => void expectTypeOf(app).toEqualTypeOf<Unstructured>()));
    const plain = { metadata: { name: "web" } };
    await refused(createOrUpdate(untyped, plain, (app) => void expectTypeOf(app).toEqualTypeOf<JsonObject>()));
    // @ts-expect-error: a change gets what it begins with.
    await refused(createOrUpdate(untyped, plain, (app) => app.setName("web")));
    // @ts-expect-error: a name alone says neither apiVersion nor kind.
    await refused(createOrUpdate(untyped, "web", nothing));
  });
});
