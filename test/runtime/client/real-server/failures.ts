import { inspect } from "node:util";
import { beforeAll, describe, expect, test } from "vitest";
import type { UnstructuredVerbs } from "../../../../src/runtime/client/unstructured-client.ts";
import * as predicates from "../../../../src/runtime/errors/predicates.ts";
import { problemOf, queue, type Session, workqueues } from "./session.ts";

const secrets = { group: "", version: "v1", plural: "secrets" };

/** What the server refuses, and what is said of it. */
export function failures(session: () => Session): void {
  let namespace: string;
  beforeAll(async () => {
    namespace = await session().namespace("failures-");
  });

  describe.each(["typed", "untyped"] as const)("%s: an error says", (way) => {
    let queues: UnstructuredVerbs;
    beforeAll(async () => {
      queues = session().queues(namespace)[way];
    });

    test("that there is no such object", async () => {
      const error = await problemOf(queues.get("none"));
      expect(predicates.isNotFound(error)).toBe(true);
      expect(error.message).toBe(
        `get workqueues.stable.example.com ${namespace}/none: 404 NotFound, workqueues.stable.example.com "none" not found`,
      );
      expect(error.status).toMatchObject({ kind: "Status", details: { name: "none", kind: "workqueues" } });
    });

    test("that there is one already", async () => {
      await queues.create(queue(way));
      const error = await problemOf(queues.create(queue(way)));
      expect([predicates.isAlreadyExists(error), predicates.isConflict(error)]).toEqual([true, false]);
      expect(error.message).toBe(
        `create workqueues.stable.example.com ${namespace}/${way}: 409 AlreadyExists, workqueues.stable.example.com "${way}" already exists`,
      );
    });

    test("what is invalid, field by field", async () => {
      const error = await problemOf(queues.create(queue("invalid", { spec: { priority: "Urgent", workers: -98765 } })));
      expect(predicates.isInvalid(error)).toBe(true);
      const { causes } = error;
      expect(causes.map(({ field }) => field)).toEqual(expect.arrayContaining(["spec.priority", "spec.workers"]));
      expect(error.message).toContain('spec.priority: Unsupported value: …: supported values: "Low", "Normal", "High"');
      expect(error.message).toContain(
        "spec.workers: Invalid value: …: spec.workers in body should be greater than or equal to 0",
      );
    });

    test("that a rule of CEL does not hold", async () => {
      await queues.create(queue(`${way}-rule`));
      const error = await problemOf(queues.patch(`${way}-rule`, { merge: { spec: { queueName: "other" } } }));
      expect(error.message).toBe(
        `patch workqueues.stable.example.com ${namespace}/${way}-rule: 422 Invalid, spec.queueName: Invalid value: …: queueName may not be changed`,
      );
    });
  });

  test("a resource that nothing serves is not found, in plain text", async () => {
    const { client } = session();
    for (const resource of [
      { ...workqueues, group: "none.example.com" },
      { ...workqueues, version: "v9" },
      { ...workqueues, plural: "none" },
    ]) {
      const error = await problemOf(client.resource(resource).list());
      expect(predicates.isNotFound(error)).toBe(true);
      expect({ reason: error.reason, status: error.status }).toEqual({ reason: undefined, status: undefined });
      expect(error.message).toBe(`list ${resource.plural}.${resource.group}: 404, 404 page not found`);
    }
    const error = await problemOf(client.resource(secrets).namespace(namespace).status.get("none"));
    expect(predicates.isNotFound(error)).toBe(true);
  });

  test("who has no rights is refused, and who is not known too", async () => {
    const { server } = session();
    const jane = session().tokenClient(server.adminToken, { "impersonate-user": "jane" });
    const forbidden = await problemOf(jane.resource(workqueues).namespace(namespace).get("a"));
    expect(predicates.isForbidden(forbidden)).toBe(true);
    expect(forbidden.message).toBe(
      `get workqueues.stable.example.com ${namespace}/a: 403 Forbidden, workqueues.stable.example.com "a" is forbidden: User "jane" cannot get resource "workqueues" in API group "stable.example.com" in the namespace "${namespace}"`,
    );
    const watch = jane.resource(workqueues).watch()[Symbol.asyncIterator]();
    expect(predicates.isForbidden(await problemOf(watch.next()))).toBe(true);
    const unknown = await problemOf(session().tokenClient("canary-token").resource(workqueues).list());
    expect(predicates.isUnauthorized(unknown)).toBe(true);
    expect(inspect(unknown, { showHidden: true, depth: 9 })).not.toContain("canary");
  });

  test("a token of a page that is none is a bad request", async () => {
    const error = await problemOf(session().client.resource(workqueues).list({ limit: 1, continue: "canary" }));
    expect(predicates.isBadRequest(error)).toBe(true);
  });
}
