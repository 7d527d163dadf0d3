import { InvalidArgumentError } from "../errors/invalid-argument.ts";
import type { JsonPatchOperation } from "../gen/v1.ts";
import { bodyText } from "./body.ts";
import { checkName, type GroupVersionResource, resourceName } from "./names.ts";
import { applied, created, replaced } from "./object-body.ts";
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
  readonly subresource?: "status" | "scale" | undefined;
}

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

const json = "application/json";

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

/** Reads one object. */
export function getRequest(place: Place, name: string, options: AnyOptions): ApiRequest {
  checkOptions("get", options);
  const { resourceVersion } = options;
  return objectRequest("get", place, name, { resourceVersion });
}

/** Reads the collection, or a page of it. */
export function listRequest(place: Place, options: AnyOptions): ApiRequest {
  checkOptions("list", options);
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
  checkOptions("watch", options);
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

/** Creates an object. */
export function createRequest(place: Place, object: object, options: AnyOptions): ApiRequest {
  checkOptions("create", options);
  const { body, name } = created(place, object);
  const request = collectionRequest("create", place, writeQuery(options), "one namespace");
  return { ...request, name, contentType: json, body: bodyText("object", body) };
}

/** Replaces an object, or the subresource of one, as a whole. */
export function replaceRequest(place: Place, object: object, options: AnyOptions): ApiRequest {
  checkOptions("replace", options);
  const { body, name } = replaced(place, object);
  const request = objectRequest("replace", place, name, writeQuery(options));
  return { ...request, contentType: json, body: bodyText("object", body) };
}

/** A patch in one of the forms that every resource knows. */
export interface AnyPatch {
  readonly merge?: unknown;
  readonly json?: readonly JsonPatchOperation[] | undefined;
}

/** Changes parts of an object by a merge patch (RFC 7386) or a JSON patch (RFC 6902). */
export function patchRequest(
  place: Place,
  { name, patch }: { readonly name: string; readonly patch: AnyPatch },
  options: AnyOptions,
): ApiRequest {
  checkOptions("patch", options);
  const request = objectRequest("patch", place, name, writeQuery(options));
  const { merge, json: operations } = patch;
  if ((merge === undefined) === (operations === undefined)) {
    throw new InvalidArgumentError("patch", "wanted either merge or json");
  }
  return merge === undefined
    ? patched(request, "application/json-patch+json", operations)
    : patched(request, "application/merge-patch+json", merge);
}

function patched(request: ApiRequest, contentType: string, patch: unknown): ApiRequest {
  return { ...request, contentType, body: bodyText("patch", patch) };
}

/** Makes an object have fields (server-side apply). */
export function applyRequest(place: Place, object: object, options: AnyOptions): ApiRequest {
  checkOptions("apply", options);
  const { body, name } = applied(place, object);
  const request = objectRequest("apply", place, name, { ...writeQuery(options), force: options.force });
  return { ...request, contentType: "application/apply-patch+yaml", body: bodyText("object", body) };
}

/** Deletes an object. */
export function deleteRequest(place: Place, name: string, options: AnyOptions): ApiRequest {
  checkOptions("delete", options);
  return { ...objectRequest("delete", place, name, {}), ...deleteBody(options) };
}

/** Deletes the objects of the collection that are selected. */
export function deleteCollectionRequest(place: Place, options: AnyOptions): ApiRequest {
  checkOptions("deleteCollection", options);
  const request = collectionRequest("deleteCollection", place, selectors(options), "one namespace");
  return { ...request, ...deleteBody(options) };
}

/** What of a deletion is said in the body (metav1.DeleteOptions). */
function deleteBody(options: AnyOptions): Pick<ApiRequest, "contentType" | "body"> {
  const { dryRun, gracePeriodSeconds, propagationPolicy, preconditions } = options;
  const given = { gracePeriodSeconds, propagationPolicy, preconditions, ...(dryRun === true && { dryRun: ["All"] }) };
  const content = { apiVersion: "v1", kind: "DeleteOptions", ...given };
  return { contentType: json, body: bodyText("options", content) };
}

type Query = Readonly<Record<string, string | number | boolean | undefined>>;

function collectionRequest(verb: Verb, place: Place, query: Query, wants?: "one namespace"): ApiRequest {
  if (wants !== undefined) requireNamespace(verb, place);
  const { namespace } = place;
  const path = collectionPath(place) + queryText(query);
  return { verb, method: methods[verb], resource: nameOf(place), namespace, path };
}

function objectRequest(verb: Verb, place: Place, name: string, query: Query): ApiRequest {
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

function selectors({ labelSelector, fieldSelector = {} }: AnyOptions): Query {
  const fields = Object.entries(fieldSelector).flatMap(([field, value = { not: [] }]) => {
    const [sign, values] = typeof value === "string" ? ["=", [value]] : ["!=", [value.not].flat()];
    return values.map((each) => field + sign + each.replaceAll(/[\\,=]/g, "\\$&"));
  });
  return { labelSelector, fieldSelector: fields.length === 0 ? undefined : fields.join(",") };
}

function writeQuery({ dryRun, fieldManager, fieldValidation }: AnyOptions): Query {
  return { dryRun: dryRun === true ? "All" : undefined, fieldManager, fieldValidation };
}

/** The query in the order of the names, so that equal requests are equal texts. */
function queryText(query: Query): string {
  const parts: string[] = [];
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) parts.push(`${name}=${encodeURIComponent(value)}`);
  }
  return parts.length === 0 ? "" : `?${parts.sort().join("&")}`;
}
