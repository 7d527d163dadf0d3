import type { DynamicClient } from "../client/dynamic-client.ts";
import type { RawAnswer, RawOptions } from "../client/raw.ts";
import { isApiError } from "../errors/api-error.ts";
import { ConnectionError } from "../errors/connection-error.ts";
import type { CallOptions } from "../gen/v1.ts";
import { parseJson } from "../transport/parse-json.ts";
import { isJsonObject, type JsonObject } from "../unstructured/json.ts";
import { groupsOfAggregated } from "./aggregated.ts";
import type { ApiGroup } from "./api-groups.ts";
import { groupsOfUnaggregated } from "./unaggregated.ts";

/** What of a client discovery needs. */
export type RawClient = Pick<DynamicClient, "getRaw">;

/** What one of the two paths of discovery answered. */
export interface GroupsPart {
  readonly groups: readonly ApiGroup[];
  /** Undefined where there is nothing to compare with the next time. */
  readonly etag: string | undefined;
}

/** What a server serves. */
export interface GroupsRead {
  readonly groups: readonly ApiGroup[];
  /** What the groups were read from. */
  readonly parts: { readonly core: GroupsPart; readonly others: GroupsPart };
}

/** The aggregated form where the server knows it, since Kubernetes 1.30, or else the one from before. */
const accept = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json";

/** How the groups are read. The limits of time count for each request. */
export interface ReadGroupsOptions extends CallOptions {
  /** What was read before: what is as it was, the server sends no second time, and where all is, this is the result. */
  readonly before?: GroupsRead | undefined;
}

/** Reads what a server serves. */
export async function readGroups(
  client: RawClient,
  { before, ...limits }: ReadGroupsOptions = {},
): Promise<GroupsRead> {
  const get: Get = (path, options) => client.getRaw(path, { ...limits, ...options });
  const [core, others] = await Promise.all([
    readPart(get, "/api", before?.parts.core).catch(withoutCore),
    readPart(get, "/apis", before?.parts.others),
  ]);
  if (before !== undefined && core === before.parts.core && others === before.parts.others) return before;
  return { groups: [...core.groups, ...others.groups], parts: { core, others } };
}

type Get = (path: string, options: RawOptions) => Promise<RawAnswer>;

async function readPart(get: Get, path: string, before: GroupsPart | undefined): Promise<GroupsPart> {
  const { status, headers, text } = await get(path, { accept, ifNoneMatch: before?.etag });
  if (status === 304 && before !== undefined) return before;
  const content = answerOf(text, path, ["APIGroupDiscoveryList", path === "/api" ? "APIVersions" : "APIGroupList"]);
  const { etag } = headers;
  if (content.kind === "APIGroupDiscoveryList") {
    return { groups: groupsOfAggregated(content), etag: typeof etag === "string" ? etag : undefined };
  }
  const list = async (version: string): Promise<JsonObject> =>
    answerOf((await get(version, {})).text, version, ["APIResourceList"]);
  // An ETag would be of the groups alone, and not of their resources.
  return { groups: await groupsOfUnaggregated(content, list), etag: undefined };
}

/** A server with nothing but an API of its own, as an aggregated one, has no core group. */
function withoutCore(error: unknown): GroupsPart {
  if (isApiError(error) && error.code === 404) return { groups: [], etag: undefined };
  throw error;
}

/** The content of an answer of discovery, which has to be of one of these kinds. */
function answerOf(text: string, path: string, kinds: readonly string[]): JsonObject {
  const value = parseJson(text);
  if (isJsonObject(value) && kinds.some((kind) => value.kind === kind)) return value;
  const wanted = `wanted an answer of the kind ${kinds.join(" or ")}, got other JSON`;
  const remedy = "check that the address is that of a Kubernetes API server";
  throw new ConnectionError("not-json", `get ${path}: ${wanted}; ${remedy}`);
}
