import { readFileSync } from "node:fs";
import * as path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import {
  type WorkQueueTypes,
  workQueueClient,
} from "../../../generated-examples/mycoolapp/stable.example.com/v1/workqueues.ts";
import { DynamicClient } from "../../../src/runtime/client/dynamic-client.ts";
import { checkLabelSelector } from "../../../src/runtime/client/label-selector.ts";
import { retryOnConflict } from "../../../src/runtime/client/retry-on-conflict.ts";
import type { ClusterConfig } from "../../../src/runtime/config/cluster-config.ts";
import { createOrUpdate } from "../../../src/runtime/conveniences/create-or-update.ts";
import { getOrUndefined } from "../../../src/runtime/conveniences/get-or-undefined.ts";
import { modify } from "../../../src/runtime/conveniences/modify.ts";
import type { ObjectClient } from "../../../src/runtime/gen/v1.ts";
import { ensureCrd } from "../../../src/runtime/kinds/ensure-crd.ts";
import { NamespaceResource } from "../../../src/runtime/kinds/namespace.ts";
import { UndiciTransport } from "../../../src/runtime/transport/undici-transport.ts";
import { setNestedField } from "../../../src/runtime/unstructured/set-nested.ts";
import { Unstructured } from "../../../src/runtime/unstructured/unstructured.ts";
import { findAssets, kubernetesVersions } from "../../cluster/assets.ts";
import { type ApiServer, startServer } from "../../cluster/server.ts";
import { refusedSelectors, rightSelectors } from "../client/label-selectors.ts";

const releases = await Promise.all(
  Object.values(kubernetesVersions).map(async (version) => ({ version, assets: await findAssets({ version }) })),
);

const fixture = path.join(import.meta.dirname, "../../../fixtures/mycoolapp/workqueue.yaml");
const workqueues = { group: "stable.example.com", version: "v1", plural: "workqueues" };

/** Generous: a machine that is busy with other things takes several times as long as one that is not. */
const timeout = 180_000;

describe.each(releases)("against kube-apiserver $version", { timeout }, ({ assets }) => {
  const testHere = test.skipIf(assets === undefined);
  let server: ApiServer | undefined;
  let transport: UndiciTransport;
  let client: DynamicClient;
  let namespace: string;
  let queues: ObjectClient<WorkQueueTypes>;
  beforeAll(async () => {
    if (assets === undefined) return;
    server = await startServer(assets);
    transport = new UndiciTransport(configOf(server));
    client = new DynamicClient({ transport });
    await ensureCrd(client, parse(readFileSync(fixture, "utf8")), { fieldManager: "a-test" });
    const { metadata } = await client
      .resource(NamespaceResource)
      .create({ metadata: { generateName: "conveniences-" } });
    namespace = metadata.name;
    queues = workQueueClient(client).namespace(namespace);
  }, timeout);
  afterAll(async () => {
    await client?.close();
    await server?.stop();
  }, timeout);

  testHere("an object that is not there is undefined, a resource that is not there an error", async () => {
    expect(await getOrUndefined(queues, "nobody")).toBeUndefined();
    const unknown = client.resource({ ...workqueues, plural: "nosuchthings" }).namespace(namespace);
    await expect(getOrUndefined(unknown, "nobody")).rejects.toMatchObject({ code: 404, reason: undefined });
  });

  testHere("ten that change one object at once all get through", async () => {
    const initial = { metadata: { name: "crowded" }, spec: { queueName: "crowded", workers: 1 } };
    const run = (index: number): Promise<{ operation: string }> =>
      retryOnConflict(() =>
        createOrUpdate(queues, initial, ({ metadata }) => {
          metadata.labels = { ...metadata.labels, [`by-${index}`]: "yes" };
        }),
      );
    const results = await Promise.all(Array.from({ length: 10 }, (_, index) => run(index)));
    const operations = results.map(({ operation }) => operation).sort();
    expect(operations).toEqual(["created", ...Array.from({ length: 9 }, () => "updated")]);
    expect(Object.keys((await queues.get("crowded")).metadata.labels ?? {})).toHaveLength(10);
    expect((await run(0)).operation).toBe("unchanged");
  });

  testHere(
    "an object, its status and its scale are changed, and nothing is written where nothing changes",
    async () => {
      await queues.create({ metadata: { name: "changed" }, spec: { queueName: "changed" } });
      const first = await modify(queues, "changed", ({ spec }) => {
        spec.workers = 2;
      });
      const same = await modify(queues, "changed", ({ spec }) => {
        spec.workers = 2;
      });
      expect([first.spec.workers, same.metadata.resourceVersion]).toEqual([2, first.metadata.resourceVersion]);
      // What is empty in the metadata is absent for the server too, so not to send it loses nothing.
      const empty = { labels: {}, annotations: {}, finalizers: [], ownerReferences: [], generateName: "" };
      const sent = await queues.replace({ ...same, metadata: { ...same.metadata, ...empty } });
      expect(sent.metadata).toEqual(same.metadata);
      const { status } = await modify(queues.status, "changed", (object) => {
        object.status = { workers: 1 };
      });
      expect(status).toEqual({ workers: 1 });
      await modify(queues.scale, "changed", ({ spec }) => {
        spec.replicas = 3;
      });
      expect((await queues.get("changed")).spec.workers).toBe(3);
    },
  );

  testHere("untyped, a plain object is created, changed and left alone", async () => {
    const untyped = client.resource(workqueues).namespace(namespace);
    const run = async (workers: number): Promise<unknown[]> => {
      const initial = {
        apiVersion: "stable.example.com/v1",
        kind: "WorkQueue",
        metadata: { name: "plain" },
        spec: { queueName: "plain" },
      };
      const { operation, object } = await createOrUpdate(untyped, initial, (queue) =>
        setNestedField(queue, workers, "spec", "workers"),
      );
      return [operation, object.nestedInt64("spec", "workers")];
    };
    expect([await run(1), await run(1), await run(2)]).toEqual([
      ["created", 1],
      ["unchanged", 1],
      ["updated", 2],
    ]);
  });

  testHere("untyped, an object is created, changed and left alone", async () => {
    const untyped = client.resource(workqueues).namespace(namespace);
    const run = async (workers: number): Promise<unknown[]> => {
      const initial = new Unstructured({
        apiVersion: "stable.example.com/v1",
        kind: "WorkQueue",
        metadata: { name: "untyped" },
        spec: { queueName: "untyped" },
      });
      const { operation, object } = await createOrUpdate(untyped, initial, (u) =>
        u.setNestedField(workers, "spec", "workers"),
      );
      return [operation, object.nestedInt64("spec", "workers")];
    };
    expect([await run(1), await run(1), await run(2)]).toEqual([
      ["created", 1],
      ["unchanged", 1],
      ["updated", 2],
    ]);
  });

  describe.skipIf(assets === undefined)(
    "a label selector is refused here if, and only if, the server refuses it:",
    () => {
      /** Whether the server takes a selector: asked without the client, which would not let a wrong one out. */
      const isTaken = async (selector: string): Promise<boolean> => {
        const collection = `/apis/stable.example.com/v1/namespaces/${namespace}/workqueues`;
        const query = `labelSelector=${encodeURIComponent(selector)}&limit=1`;
        const { status, body } = await transport.request({
          method: "GET",
          path: `${collection}?${query}`,
          headers: {},
        });
        await body[Symbol.asyncIterator]().return?.();
        expect([200, 400]).toContain(status);
        return status === 200;
      };
      const isRight = (selector: string): boolean => {
        try {
          checkLabelSelector(selector);
          return true;
        } catch {
          return false;
        }
      };

      test.each([...rightSelectors, ...refusedSelectors.map(([selector]) => selector)])("%j", async (selector) => {
        expect(isRight(selector)).toBe(await isTaken(selector));
      });
    },
  );
});

function configOf({ baseUrl, ca, clientCertificate }: ApiServer): ClusterConfig {
  const { certificate: cert, key } = clientCertificate;
  const credentials = async () => ({ headers: {}, tls: { ca, cert, key } });
  return { server: baseUrl, name: "the server under test", namespace: undefined, credentials };
}
