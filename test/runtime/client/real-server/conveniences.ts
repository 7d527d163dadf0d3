import { beforeAll, describe, expect, test } from "vitest";
import { checkLabelSelector } from "../../../../src/runtime/client/label-selector.ts";
import { retryOnConflict } from "../../../../src/runtime/client/retry-on-conflict.ts";
import { createOrUpdate } from "../../../../src/runtime/conveniences/create-or-update.ts";
import { getOrUndefined } from "../../../../src/runtime/conveniences/get-or-undefined.ts";
import { modify } from "../../../../src/runtime/conveniences/modify.ts";
import { isApiError } from "../../../../src/runtime/errors/api-error.ts";
import type { ObjectClient } from "../../../../src/runtime/gen/v1.ts";
import { Unstructured } from "../../../../src/runtime/unstructured/unstructured.ts";
import { refusedSelectors, rightSelectors } from "../label-selectors.ts";
import { content, problemOf, queue, type Session, workqueues } from "./session.ts";
import { WorkQueueResource, type WorkQueueTypes } from "./workqueues.ts";

/** What calls are made of several requests, and selectors that are refused before one. */
export function conveniences(session: () => Session): void {
  let namespace: string;
  let queues: ObjectClient<WorkQueueTypes>;
  beforeAll(async () => {
    namespace = await session().namespace("conveniences-");
    queues = session().client.resource(WorkQueueResource).namespace(namespace);
  });

  test("an object that is not there is undefined, a resource that is not there an error", async () => {
    expect(await getOrUndefined(queues, "nobody")).toBeUndefined();
    const unknown = session()
      .client.resource({ ...workqueues, plural: "nosuchthings" })
      .namespace(namespace);
    expect(await problemOf(getOrUndefined(unknown, "nobody"))).toMatchObject({ code: 404, reason: undefined });
  });

  test("ten that change one object at once all get through", async () => {
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

  test("an object, its status and its scale are changed, and nothing is written where nothing changes", async () => {
    await queues.create({ metadata: { name: "changed" }, spec: { queueName: "changed" } });
    const first = await modify(queues, "changed", ({ spec }) => {
      spec.workers = 2;
    });
    const same = await modify(queues, "changed", ({ spec }) => {
      spec.workers = 2;
    });
    expect([first.spec.workers, same.metadata.resourceVersion]).toEqual([2, first.metadata.resourceVersion]);
    const { status } = await modify(queues.status, "changed", (object) => {
      object.status = { workers: 1 };
    });
    expect(status).toEqual({ workers: 1 });
    await modify(queues.scale, "changed", ({ spec }) => {
      spec.replicas = 3;
    });
    expect((await queues.get("changed")).spec.workers).toBe(3);
  });

  test("untyped, an object is created, changed and left alone", async () => {
    const untyped = session().client.resource(workqueues).namespace(namespace);
    const run = async (workers: number): Promise<unknown[]> => {
      const initial = new Unstructured(content(queue("untyped")));
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

  describe("a label selector is refused here if, and only if, the server refuses it:", () => {
    /** Whether the server takes a selector: asked without the client, which would not let a wrong one out. */
    const isTaken = async (selector: string): Promise<boolean> => {
      const path = `/apis/stable.example.com/v1/namespaces/${namespace}/workqueues`;
      const status = await session().statusOf(`${path}?labelSelector=${encodeURIComponent(selector)}&limit=1`);
      expect([200, 400]).toContain(status);
      return status === 200;
    };
    const isRight = (selector: string): boolean => {
      try {
        checkLabelSelector(selector);
        return true;
      } catch (error) {
        expect(isApiError(error)).toBe(false);
        return false;
      }
    };

    test.each([...rightSelectors, ...refusedSelectors.map(([selector]) => selector)])("%j", async (selector) => {
      expect(isRight(selector)).toBe(await isTaken(selector));
    });
  });
}
