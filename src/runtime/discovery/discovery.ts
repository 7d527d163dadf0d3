import { startDeadline } from "../client/deadline.ts";
import { checkOptions } from "../client/options.ts";
import { NotServedError } from "../errors/not-served-error.ts";
import type { CallOptions } from "../gen/v1.ts";
import { orAborted, throwIfAborted } from "../transport/abort.ts";
import type { ApiGroup, ApiResource } from "./api-groups.ts";
import { findResource, missOf, type ResourceQuery } from "./find-resource.ts";
import { type GroupsRead, type RawClient, readGroups } from "./read-groups.ts";

/** Options of `groups`. */
export interface GroupsOptions extends CallOptions {
  /** Milliseconds that the answer may be old: 0 asks the server. Default: any age, so that it is asked once. */
  readonly maxAgeMs?: number | undefined;
}

/** Something read, and the time at which reading began. */
interface Dated<T> {
  readonly begun: number;
  readonly value: T;
}

/** Milliseconds in which the server is not asked again for something that it did not have. */
const patience = 10_000;
/** More different things than these are asked for again. */
const mostMissed = 1_000;

/**
 * What a server serves: its API groups, their versions and resources, as client-go's discovery client and RESTMapper tell.
 * It is read with the first question, in two requests, and kept; parallel questions wait for the same requests. Something that is
 * not there is looked for once more, as its definition may have been installed since, and then not again for ten seconds:
 * who has installed it meanwhile asks by `groups({ maxAgeMs: 0 })`. The server sends nothing a second time that has not
 * changed.
 */
export class Discovery {
  readonly #client: RawClient;
  #known: Dated<GroupsRead> | undefined;
  #reading: Dated<Promise<GroupsRead>> | undefined;
  /** When something was last looked for in vain. */
  readonly #missed = new Map<string, number>();

  /** Makes no request. */
  constructor(client: RawClient) {
    this.#client = client;
  }

  /**
   * Returns every API group. They are shared with other callers: change nothing in them.
   *
   * @throws What calls of the client throw, as an ApiError where discovery is not allowed.
   */
  async groups({ maxAgeMs = Number.POSITIVE_INFINITY, ...limits }: GroupsOptions = {}): Promise<readonly ApiGroup[]> {
    const { groups } = await within(limits, () => this.#since(performance.now() - maxAgeMs));
    return groups;
  }

  /**
   * Returns the resource of a kind: in the version that is named or else in the first that the server prefers and that has it.
   *
   * @throws NotServedError `no-match`; what calls of the client throw.
   */
  resourceFor(
    kind: { readonly group: string; readonly kind: string; readonly version?: string | undefined },
    limits: CallOptions = {},
  ): Promise<ApiResource> {
    return within(limits, () => this.#find({ ...kind, by: "kind", name: kind.kind }));
  }

  /**
   * Returns the kind of a resource, with all that is known of it, likewise.
   *
   * @throws NotServedError `no-match`; what calls of the client throw.
   */
  kindFor(
    resource: { readonly group: string; readonly plural: string; readonly version?: string | undefined },
    limits: CallOptions = {},
  ): Promise<ApiResource> {
    return within(limits, () => this.#find({ ...resource, by: "plural", name: resource.plural }));
  }

  async #find(query: ResourceQuery): Promise<ApiResource> {
    const asked = performance.now();
    const known = findResource((await this.#since(Number.NEGATIVE_INFINITY)).groups, query);
    if (known !== undefined) return known;
    const key = JSON.stringify([query.group, query.version, query.by, query.name]);
    const missed = this.#missed.get(key);
    const isRecent = missed !== undefined && asked - missed < patience;
    const { groups } = await this.#since(isRecent ? missed : asked);
    const found = findResource(groups, query);
    if (found !== undefined) return found;
    if (!isRecent) this.#remember(key, asked);
    throw new NotServedError("no-match", missOf(groups, query));
  }

  #remember(key: string, asked: number): void {
    if (this.#missed.size === mostMissed) this.#missed.clear();
    this.#missed.set(key, asked);
  }

  /** What the server serves, as it was at a time or later. */
  async #since(time: number): Promise<GroupsRead> {
    if (this.#known !== undefined && this.#known.begun >= time) return this.#known.value;
    if (this.#reading === undefined || this.#reading.begun < time) {
      const begun = performance.now();
      this.#reading = { begun, value: this.#read(begun) };
    }
    return this.#reading.value;
  }

  async #read(begun: number): Promise<GroupsRead> {
    try {
      const value = await readGroups(this.#client, { before: this.#known?.value });
      if (this.#known === undefined || this.#known.begun <= begun) this.#known = { begun, value };
      return value;
    } finally {
      if (this.#reading !== undefined && this.#reading.begun <= begun) this.#reading = undefined;
    }
  }
}

/** Waits for what others may wait for too, which goes on when one of them leaves. */
async function within<T>(limits: CallOptions, ask: () => Promise<T>): Promise<T> {
  checkOptions("get", limits);
  const { signal, timeoutMs } = limits;
  throwIfAborted(signal);
  const deadline = startDeadline({ timeoutMs, signal, subject: () => "discovery" });
  try {
    return await orAborted(ask(), deadline.signal);
  } finally {
    deadline.end();
  }
}
