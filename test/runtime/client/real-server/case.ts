import { getEventListeners } from "node:events";
import { expect } from "vitest";
import type { UnstructuredClient, UnstructuredVerbs } from "../../../../src/runtime/client/unstructured-client.ts";
import { isDeadlineExceeded } from "../../../../src/runtime/errors/timeout-error.ts";
import type { KindTypes, ResourceDescriptor } from "../../../../src/runtime/gen/v1.ts";
import type { JsonObject } from "../../../../src/runtime/unstructured/json.ts";
import { canary } from "../../guarded.ts";
import { content, resourceOf, type Session, type TestClient, type Way } from "./session.ts";

/** What of a work queue is not the usual. */
export interface QueueParts {
  readonly metadata?: Readonly<Record<string, unknown>> & { readonly labels?: object };
  readonly spec?: object;
  readonly status?: object;
}

/** Where a case is run: on one kind, in one way, with objects that no other case has. */
export interface CaseOptions {
  readonly session: Session;
  readonly descriptor: ResourceDescriptor<KindTypes>;
  readonly way: Way;
  /** Undefined for a cluster-scoped kind. */
  readonly namespace: string | undefined;
  /** What the names of the objects begin with; no other place has it. */
  readonly id: string;
}

/**
 * What a case does, with expectations of its own; what it gives has to be the same in both ways. It may leave objects behind.
 */
export type Case = (at: CasePlace) => Promise<unknown>;

/** The place of one run of a case: the client, names for its objects, and the objects themselves. */
export class CasePlace {
  readonly session: Session;
  readonly descriptor: ResourceDescriptor<KindTypes>;
  readonly queues: UnstructuredVerbs;
  /** Selects the objects of this case. */
  readonly mine: { readonly labelSelector: string };
  readonly #options: CaseOptions;

  constructor(options: CaseOptions) {
    this.#options = options;
    this.session = options.session;
    this.descriptor = options.descriptor;
    this.queues = this.queuesOf(options.session.admin);
    this.mine = { labelSelector: `case=${options.id}` };
  }

  /** The queues as another user sees them. */
  queuesOf({ client }: TestClient): UnstructuredVerbs {
    const { way, namespace } = this.#options;
    const resource = resourceOf(client, this.descriptor, way);
    return namespace === undefined ? resource : resource.namespace(namespace);
  }

  /** The client of a resource in all namespaces, in the same way. */
  other(descriptor: ResourceDescriptor<KindTypes>): UnstructuredClient {
    return resourceOf(this.session.client, descriptor, this.#options.way);
  }

  /** The name of an object of this case. */
  name(short: string): string {
    return `${this.#options.id}-${short}`;
  }

  /** How a message calls a request about an object of this case. */
  subject(verb: string, short: string): string {
    const { namespace } = this.#options;
    return `${verb} ${this.resource} ${namespace === undefined ? "" : `${namespace}/`}${this.name(short)}`;
  }

  /** As `workqueues.stable.example.com`. */
  get resource(): string {
    return `${this.descriptor.plural}.${this.descriptor.group}`;
  }

  /** A queue to write, with a secret in it. */
  queue(short: string, { metadata: { labels, ...metadata } = {}, spec, status }: QueueParts = {}): JsonObject {
    return content({
      apiVersion: `${this.descriptor.group}/${this.descriptor.version}`,
      kind: this.descriptor.kind,
      metadata: {
        name: this.name(short),
        labels: { case: this.#options.id, ...labels },
        annotations: { note: canary },
        ...metadata,
      },
      spec: { queueName: canary, ...spec },
      status,
    });
  }

  /** Creates queues, one after the other, and gives the last one. */
  async created(...queues: readonly JsonObject[]): Promise<JsonObject> {
    let last: unknown;
    for (const queue of queues) last = await this.queues.create(queue);
    return content(last);
  }

  /** The short names of objects, in alphabetical order. */
  names(items: readonly unknown[]): readonly string[] {
    const names = items.map((item) => String((content(item).metadata as JsonObject).name));
    return names.map((name) => name.replace(`${this.#options.id}-`, "")).sort();
  }

  /** What a call gives, and the warnings that it brings. */
  async warned(call: () => Promise<unknown>): Promise<{ readonly answer: JsonObject; readonly warnings: unknown }> {
    const { warnings } = this.session.admin;
    const before = warnings.length;
    const answer = content(await call());
    return { answer, warnings: warnings.slice(before) };
  }

  /** An answer without what is never the same twice. */
  comparable(answer: unknown): unknown {
    const { id, namespace } = this.#options;
    const text = JSON.stringify(answer ?? null, (key, value) => (changing.has(key) && value ? "(something)" : value));
    const named = namespace === undefined ? text : text.replaceAll(namespace, "(the namespace)");
    return JSON.parse(named.replaceAll(id, "(the case)").replaceAll(uid, "(a uid)"));
  }
}

const uid = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/g;
const changing = new Set(["uid", "resourceVersion", "creationTimestamp", "deletionTimestamp", "time", "continue"]);

/** A call that takes a signal: aborted before it, during it, and not at all; nothing listens to the signal afterwards. */
export async function heedsSignal(call: (options: { signal: AbortSignal }) => Promise<unknown>): Promise<void> {
  await expect(call({ signal: AbortSignal.abort("before") })).rejects.toBe("before");
  const { signal, abort } = abortable();
  const underWay = call({ signal });
  abort("during");
  await expect(underWay).rejects.toBe("during");
  const never = abortable().signal;
  await call({ signal: never });
  for (const each of [signal, never]) expect(getEventListeners(each, "abort")).toEqual([]);
}

/** A signal, and what aborts it. */
export function abortable(): { readonly signal: AbortSignal; readonly abort: (reason: string) => void } {
  const controller = new AbortController();
  return { signal: controller.signal, abort: (reason) => controller.abort(reason) };
}

/** A version that no server of a test reaches: it waits three seconds for it. */
export const future = "9007199254740993";

/** A call that takes longer than it may. */
export async function heedsTimeLimit(call: (options: { timeoutMs: number }) => Promise<unknown>): Promise<void> {
  const error = await call({ timeoutMs: 20 }).catch((error: unknown) => error);
  expect(isDeadlineExceeded(error)).toBe(true);
  expect(error).toMatchObject({ phase: "call", timeoutMs: 20 });
}
