import { expect } from "vitest";
import type { Case, CasePlace } from "./case.ts";
import { problemOf } from "./session.ts";

async function expectMessage(call: Promise<unknown>, subject: string, message: string): Promise<void> {
  expect((await problemOf(call)).message).toBe(`${subject}: ${message}`);
}

/** How the server names one of the objects in its own words. */
function quoted(at: CasePlace, short: string): string {
  return `${at.resource} "${at.name(short)}"`;
}

/** What an error says of what the server has said: what is wrong, and no value of an object. */
export const messages: Readonly<Record<string, Case>> = {
  "there is no such object": (at) =>
    expectMessage(at.queues.get(at.name("a")), at.subject("get", "a"), `404 NotFound, ${quoted(at, "a")} not found`),

  "there is one already": async (at) => {
    await at.created(at.queue("a"));
    const call = at.queues.create(at.queue("a"));
    await expectMessage(call, at.subject("create", "a"), `409 AlreadyExists, ${quoted(at, "a")} already exists`);
  },

  "it has changed": async (at) => {
    const old = await at.created(at.queue("a"));
    await at.queues.patch(at.name("a"), { merge: { spec: { workers: 2 } } });
    const remedy = "the object has been modified; please apply your changes to the latest version and try again";
    const message = `409 Conflict, Operation cannot be fulfilled on ${quoted(at, "a")}: ${remedy}`;
    await expectMessage(at.queues.replace(old), at.subject("replace", "a"), message);
  },

  "what is invalid, field by field": async (at) => {
    const error = await problemOf(
      at.queues.create(at.queue("a", { spec: { priority: "Urgent", workers: -987654321 } })),
    );
    const fields = error.causes.map(({ field }) => field);
    expect(fields).toEqual(expect.arrayContaining(["spec.priority", "spec.workers"]));
    for (const part of [
      'spec.priority: Unsupported value: …: supported values: "Low", "Normal", "High"',
      "spec.workers: Invalid value: …: spec.workers in body should be greater than or equal to 0",
    ]) {
      expect(error.message).toContain(part);
    }
  },

  "a rule of CEL does not hold": async (at) => {
    await at.created(at.queue("a"));
    const call = at.queues.patch(at.name("a"), { merge: { spec: { queueName: "another" } } });
    const message = "422 Invalid, spec.queueName: Invalid value: …: queueName may not be changed";
    await expectMessage(call, at.subject("patch", "a"), message);
  },

  "who may not": async (at) => {
    const { adminToken } = at.session.server;
    const jane = at.queuesOf(at.session.tokenClient(adminToken, { "impersonate-user": "jane" }));
    const { plural, group, scope } = at.descriptor;
    const { message } = await problemOf(jane.get(at.name("a")));
    const where = scope === "Cluster" ? "at the cluster scope" : "in the namespace ";
    const what = `User "jane" cannot get resource "${plural}" in API group "${group}" ${where}`;
    expect(message).toContain(`${at.subject("get", "a")}: 403 Forbidden, ${quoted(at, "a")} is forbidden: ${what}`);
  },

  "nothing serves the resource, in plain text": async (at) => {
    const { descriptor } = at;
    const others = [{ group: "none.example.com" }, { version: "v9" }, { plural: "none" }];
    for (const resource of others.map((other) => ({ ...descriptor, ...other }))) {
      const { group, plural } = resource;
      const error = await problemOf(at.other(resource).list());
      expect({ reason: error.reason, status: error.status }).toEqual({ reason: undefined, status: undefined });
      // The typed client says what is served, too.
      const what = `^list ${plural}\\.${group}: 404, 404 page not found(?:; wanted version v\\d, the server .*)?$`;
      expect(error.message).toMatch(new RegExp(what));
    }
  },
};
