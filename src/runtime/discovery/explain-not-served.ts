import { startDeadline } from "../client/deadline.ts";
import type { GroupVersionResource } from "../client/names.ts";
import type { ApiRequest } from "../client/requests.ts";
import { isApiError } from "../errors/api-error.ts";
import type { AbortSignalLike, KindTypes, ResourceDescriptor } from "../gen/v1.ts";
import { orAborted } from "../transport/abort.ts";
import type { ApiGroup } from "./api-groups.ts";
import { differencesOf } from "./differences.ts";
import type { RawClient } from "./read-groups.ts";
import { type ApiVersions, groupsOfUnaggregated, type ListedGroup } from "./unaggregated.ts";
import { untypedDifference } from "./untyped-difference.ts";

/** Milliseconds that the reason of an error may take to be found. */
const timeoutMs = 5_000;
/** Milliseconds in which the server is not asked again: a program may repeat a call that fails. */
const patience = 10_000;

interface Asked {
  readonly begun: number;
  readonly groups: Promise<readonly ApiGroup[]>;
}

/**
 * Finds out why nothing serves what a client asked for. It asks for the one group, in a few small requests, and it is part
 * of every client, so that it stands on less than {@link Discovery} does.
 */
export class NotServedExplainer {
  readonly #client: RawClient;
  readonly #asked = new Map<string, Asked>();

  constructor(client: RawClient) {
    this.#client = client;
  }

  /**
   * Says in what the server differs from the descriptor; undefined where it does not, or where that cannot be found out
   * in five seconds: the server's own answer is what counts then.
   */
  explain(descriptor: ResourceDescriptor<KindTypes>, signal: AbortSignalLike): Promise<string | undefined> {
    return this.#explain(descriptor.group, signal, (groups) => differencesOf(descriptor, groups).join(", "));
  }

  /** Says so of an untyped resource, and what in the request does not fit it. */
  explainUntyped(
    resource: GroupVersionResource,
    request: ApiRequest,
    signal: AbortSignalLike,
  ): Promise<string | undefined> {
    return this.#explain(resource.group, signal, (groups) => untypedDifference(resource, request, groups));
  }

  async #explain(
    group: string,
    signal: AbortSignalLike,
    difference: (groups: readonly ApiGroup[]) => string | undefined,
  ): Promise<string | undefined> {
    const deadline = startDeadline({ timeoutMs, signal, subject: () => "discovery" });
    try {
      return difference(await orAborted(this.#group(group), deadline.signal)) || undefined;
    } catch {
      return undefined;
    } finally {
      deadline.end();
    }
  }

  #group(name: string): Promise<readonly ApiGroup[]> {
    const begun = performance.now();
    const known = this.#asked.get(name);
    if (known !== undefined && begun - known.begun < patience) return known.groups;
    const groups = this.#read(name);
    this.#asked.set(name, { begun, groups });
    return groups;
  }

  /** The group, or nothing where there is none. */
  async #read(name: string): Promise<readonly ApiGroup[]> {
    const get = async <T>(path: string): Promise<T> => {
      return JSON.parse((await this.#client.getRaw(path, { timeoutMs })).text);
    };
    try {
      if (name === "") return await groupsOfUnaggregated(await get<ApiVersions>("/api"), get);
      return await groupsOfUnaggregated({ groups: [await get<ListedGroup>(`/apis/${name}`)] }, get);
    } catch (error) {
      if (isApiError(error) && error.code === 404) return [];
      throw error;
    }
  }
}
