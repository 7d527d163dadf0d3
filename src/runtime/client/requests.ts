import { InvalidArgumentError } from "../errors/invalid-argument.ts";
import { checkName, type GroupVersionResource, resourceName } from "./names.ts";
import { type AnyOptions, checkOptions, type Verb } from "./options.ts";

/** A resource, with what is known of its kind. */
export interface Resource extends GroupVersionResource {
  /** Undefined where the objects have to say it themselves. */
  readonly kind?: string | undefined;
  /** Undefined where it is not known; then the server has the last word. */
  readonly scope?: "Namespaced" | "Cluster" | undefined;
}

/** Where the objects are that a client is for. */
export interface Place {
  readonly resource: Resource;
  readonly namespace?: string | undefined;
  /** The part of the objects that is read and written. */
  readonly subresource?: Subresource | undefined;
  /** The parts that the kind has; undefined where it is not known. */
  readonly subresources?: readonly string[] | undefined;
}

/** A part of the objects that has a path of its own. */
export type Subresource = "status" | "scale";

/** A request in the terms of the API, complete but for the credentials. */
export interface ApiRequest {
  readonly verb: Verb;
  readonly resource: string;
  readonly namespace?: string | undefined;
  readonly name?: string | undefined;
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Path and query, escaped. */
  readonly path: string;
  readonly contentType?: string;
  readonly body?: string;
  /** By lower-case name, beside those that every request has or instead of them. */
  readonly headers?: Readonly<Record<string, string>>;
}

const methods: Readonly<Record<Verb, ApiRequest["method"]>> = {
  get: "GET",
  list: "GET",
  watch: "GET",
  create: "POST",
  replace: "PUT",
  patch: "PATCH",
  apply: "PATCH",
  delete: "DELETE",
  deleteCollection: "DELETE",
};

/** The verbs that a subresource has. By the path of a collection, which has no subresource, the others would reach its objects. */
const subresourceVerbs: Readonly<Record<Subresource, readonly Verb[]>> = {
  status: ["get", "replace", "patch", "apply"],
  scale: ["get", "replace", "patch"],
};

/** Reads one object. */
export function getRequest(place: Place, name: string, options: AnyOptions): ApiRequest {
  checkRequest("get", place, options);
  const { resourceVersion } = options;
  return objectRequest("get", place, name, { resourceVersion });
}

/** Reads the collection, or a page of it. */
export function listRequest(place: Place, options: AnyOptions): ApiRequest {
  checkRequest("list", place, options);
  const { resourceVersion, resourceVersionMatch, limit, continue: token } = options;
  // An empty token is the one of the last page; sent, it would mean the first one.
  const next = token === "" ? undefined : token;
  const query = { ...selectors(options), resourceVersion, resourceVersionMatch, limit, continue: next };
  return collectionRequest("list", place, query);
}

/** How a watch goes on, besides what its caller asked for. */
export interface WatchStep {
  /** Where to begin: the state behind which changes are wanted. */
  readonly resourceVersion: string | undefined;
  /** Seconds after which the server ends the answer. */
  readonly timeoutSeconds: number;
  readonly sendInitialEvents: boolean | undefined;
}

/** Follows the changes of the collection, until the server ends the answer. */
export function watchRequest(place: Place, options: AnyOptions, step: WatchStep): ApiRequest {
  checkRequest("watch", place, options);
  const { sendInitialEvents } = step;
  const query = {
    ...selectors(options),
    ...step,
    watch: true,
    allowWatchBookmarks: true,
    resourceVersionMatch: sendInitialEvents === undefined ? undefined : "NotOlderThan",
  };
  return collectionRequest("watch", place, query);
}

/**
 * Makes sure that a request can be right: its options, and that its verb is one of what it is for.
 *
 * @throws InvalidArgumentError
 */
export function checkRequest(verb: Verb, { resource, subresource, subresources }: Place, options: AnyOptions): void {
  checkOptions(verb, options);
  if (subresource === undefined) return;
  const verbs = subresourceVerbs[subresource];
  if (!verbs.includes(verb)) {
    throw new InvalidArgumentError("subresource", `${subresource} has no ${verb}; it has ${verbs.join(", ")}`);
  }
  if (subresources?.includes(subresource) !== false) return;
  const rule = `by its descriptor ${resourceName(resource)} has no ${subresource}; where it has now, generate again`;
  throw new InvalidArgumentError("subresource", rule);
}

/** The parameters of a request; those that are undefined are left out. */
export type Query = Readonly<Record<string, string | number | boolean | undefined>>;

/** A request for the objects of a place. */
export function collectionRequest(verb: Verb, place: Place, query: Query, wants?: "one namespace"): ApiRequest {
  if (wants !== undefined) requireNamespace(verb, place);
  const { namespace } = place;
  const path = collectionPath(place) + queryText(query);
  return { verb, method: methods[verb], resource: nameOf(place), namespace, path };
}

/** A request for one object, or its subresource. */
export function objectRequest(verb: Verb, place: Place, name: string, query: Query): ApiRequest {
  requireNamespace(verb, place);
  const { namespace, subresource } = place;
  const object = `${collectionPath(place)}/${encodeURIComponent(checkName(name))}`;
  const path = (subresource === undefined ? object : `${object}/${subresource}`) + queryText(query);
  return { verb, method: methods[verb], resource: nameOf(place), namespace, name, path };
}

function nameOf({ resource, subresource }: Place): string {
  const name = resourceName(resource);
  return subresource === undefined ? name : `${name}/${subresource}`;
}

function requireNamespace(verb: Verb, { resource, namespace }: Place): void {
  if (resource.scope !== "Namespaced" || namespace !== undefined) return;
  const rule = `wanted one for ${verb}, as ${resourceName(resource)} is namespaced; call namespace() first`;
  throw new InvalidArgumentError("namespace", rule);
}

function collectionPath({ resource, namespace }: Place): string {
  const { group, version, plural } = resource;
  const api = group === "" ? `/api/${version}` : `/apis/${group}/${version}`;
  return namespace === undefined ? `${api}/${plural}` : `${api}/namespaces/${namespace}/${plural}`;
}

/** Which of the objects are meant. */
export function selectors({ labelSelector, fieldSelector = {} }: AnyOptions): Query {
  const fields = Object.entries(fieldSelector).flatMap(([field, value = { not: [] }]) => {
    const [sign, values] = typeof value === "string" ? ["=", [value]] : ["!=", [value.not].flat()];
    return values.map((each) => field + sign + each.replaceAll(/[\\,=]/g, "\\$&"));
  });
  return { labelSelector, fieldSelector: fields.length === 0 ? undefined : fields.join(",") };
}

/** The query in the order of the names, so that equal requests are equal texts. */
function queryText(query: Query): string {
  const parts: string[] = [];
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) parts.push(`${name}=${encodeURIComponent(value)}`);
  }
  return parts.length === 0 ? "" : `?${parts.sort().join("&")}`;
}
