import { expect } from "vitest";
import * as predicates from "../../../../src/runtime/errors/predicates.ts";
import type { KindTypes, ResourceDescriptor } from "../../../../src/runtime/gen/v1.ts";
import { canary } from "../../guarded.ts";
import type { Case, CasePlace } from "./case.ts";
import { oldToken } from "./reads.ts";
import { problemOf } from "./session.ts";

/** Why the server of a test does not answer so, and where that answer is tested. */
interface NotHere {
  readonly notHere: string;
}

/** For every predicate what makes the server answer so. */
type Refusals = Readonly<Record<keyof typeof predicates, Provoke | NotHere>>;

/** Gives calls, for the errors of all of which the predicate has to hold. */
type Provoke = (at: CasePlace) => Promise<readonly Promise<unknown>[]>;

const overloaded: NotHere = { notHere: "a server has to be overloaded for it; see api-connection.test.ts" };

const jsonOnly: NotHere = { notHere: "the client asks for JSON, and sends it, in forms that every server knows" };

/** What can be created and nothing else. */
const reviews: ResourceDescriptor<KindTypes> = {
  group: "authentication.k8s.io",
  version: "v1",
  kind: "SelfSubjectReview",
  plural: "selfsubjectreviews",
  scope: "Cluster",
  subresources: [],
};

const jane = (at: CasePlace) =>
  at.queuesOf(at.session.tokenClient(at.session.server.adminToken, { "impersonate-user": "jane" }));

const refusals: Refusals = {
  isNotFound: async (at) => {
    const created = await at.created(at.queue("a"));
    const { queues } = at;
    const none = at.name("none");
    const metadata = { name: none, resourceVersion: "1" };
    return [
      queues.get(none),
      queues.replace({ ...created, metadata }),
      queues.patch(none, { merge: {} }),
      queues.delete(none),
      queues.status.get(none),
      queues.status.patch(none, { merge: {} }),
      queues.scale.get(none),
      queues.scale.replace({ metadata: { name: none }, spec: { replicas: 1 } }),
    ];
  },
  isAlreadyExists: async (at) => {
    await at.created(at.queue("a"));
    return [at.queues.create(at.queue("a")), at.queues.create(at.queue("a"), { dryRun: true })];
  },
  isConflict: async (at) => {
    const old = await at.created(at.queue("a"));
    await at.queues.patch(at.name("a"), { merge: { spec: { workers: 2 } } });
    const other = at.queue("a", { spec: { workers: 3 } });
    return [
      at.queues.replace(old),
      at.queues.status.replace(old),
      at.queues.apply(other, { fieldManager: "other" }),
      at.queues.delete(at.name("a"), { preconditions: { uid: "other" } }),
    ];
  },
  isInvalid: async (at) => {
    await at.created(at.queue("a"));
    const wrong = { priority: canary, workers: -987654321 };
    return [
      at.queues.create(at.queue("b", { spec: wrong })),
      at.queues.create(at.queue("b", { spec: { workers: canary } })),
      at.queues.create(at.queue("A b")),
      at.queues.create(at.queue("b", { metadata: { labels: { team: `${canary} !` } } })),
      at.queues.patch(at.name("a"), { merge: { spec: wrong } }),
      at.queues.patch(at.name("a"), { merge: { spec: { queueName: `${canary}2` } } }),
      at.queues.patch(at.name("a"), { json: [{ op: "test", path: "/spec/queueName", value: "b" }] }),
      at.queues.apply(at.queue("a", { spec: wrong }), { fieldManager: "m", force: true }),
    ];
  },
  isBadRequest: async (at) => [
    at.queues.list({ continue: canary }),
    at.queues.list({ fieldSelector: { "spec.workers": "1" } }),
    at.queues.create(at.queue("a", { spec: { colour: canary } }), { fieldValidation: "Strict" }),
  ],
  isForbidden: async (at) => {
    const queues = jane(at);
    const name = at.name("a");
    return [
      queues.get(name),
      queues.list(),
      queues.watch()[Symbol.asyncIterator]().next(),
      queues.create(at.queue("a")),
      queues.patch(name, { merge: {} }),
      queues.delete(name),
      queues.deleteCollection(),
      queues.scale.get(name),
    ];
  },
  isUnauthorized: async (at) => {
    const queues = at.queuesOf(at.session.tokenClient(canary));
    return [queues.list(), queues.watch()[Symbol.asyncIterator]().next(), queues.create(at.queue("a"))];
  },
  isGone: async (at) => {
    await at.session.compact();
    return [at.queues.list({ resourceVersion: "1", resourceVersionMatch: "Exact" })];
  },
  isResourceExpired: async (at) => {
    await at.session.compact();
    return [at.queues.list({ limit: 1, continue: oldToken("a\0") })];
  },
  isMethodNotSupported: async (at) => [at.other(reviews).list(), at.other(reviews).deleteCollection()],
  isRequestEntityTooLarge: async (at) => [
    at.queues.create(at.queue("a", { metadata: { annotations: { note: canary.repeat(300_000) } } })),
  ],
  isInternalError: async (at) => [
    at.queues.apply(at.queue("a", { spec: { workers: canary } }), { fieldManager: "m", force: true }),
  ],
  isNotAcceptable: jsonOnly,
  isUnsupportedMediaType: jsonOnly,
  isStoreReadError: { notHere: "what is stored would have to be damaged for it" },
  isTimeout: { notHere: "the server takes three seconds for it; see traps.ts" },
  isResourceVersionTooLarge: { notHere: "the server takes three seconds for it; see traps.ts" },
  isTooManyRequests: overloaded,
  isServerTimeout: overloaded,
  isServiceUnavailable: overloaded,
};

const all: Readonly<Record<keyof Refusals, (error: unknown) => boolean>> = { ...predicates };

/** A case for each predicate that the server can be made to answer for. */
function provoked(name: keyof Refusals, provoke: Provoke): Case {
  return async (at) => {
    const calls = await provoke(at);
    const errors = await Promise.all(calls.map(problemOf));
    const others = errors.filter((error) => !all[name](error));
    expect(others.map(({ message }) => message)).toEqual([]);
    // Of the causes of one answer the order is random.
    return errors.map(({ code, reason, message }) => [code, reason, message.split(/[,;] /).sort()]);
  };
}

/** The refusals as cases, by predicate. */
export const refused: Readonly<Record<string, Case>> = Object.fromEntries(
  Object.entries(refusals).flatMap(([name, provoke]) =>
    typeof provoke === "function" ? [[name, provoked(name as keyof Refusals, provoke)] as const] : [],
  ),
);
