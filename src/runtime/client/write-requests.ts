import { InvalidArgumentError } from "../errors/invalid-argument.ts";
import type { JsonPatchOperation } from "../gen/v1.ts";
import { bodyText } from "./body.ts";
import { checkJsonPatch } from "./json-patch.ts";
import { applied, created, replaced } from "./object-body.ts";
import { type AnyOptions, isObject } from "./options.ts";
import {
  type ApiRequest,
  checkRequest,
  collectionRequest,
  objectRequest,
  type Place,
  type Query,
  selectors,
} from "./requests.ts";

const json = "application/json";

/** Creates an object. */
export function createRequest(place: Place, object: object, options: AnyOptions): ApiRequest {
  checkRequest("create", place, options);
  const { body, name } = created(place, object);
  const request = collectionRequest("create", place, writeQuery(options), "one namespace");
  return { ...request, name, contentType: json, body: bodyText("object", body) };
}

/** Replaces an object, or the subresource of one, as a whole. */
export function replaceRequest(place: Place, object: object, options: AnyOptions): ApiRequest {
  checkRequest("replace", place, options);
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
  checkRequest("patch", place, options);
  const request = objectRequest("patch", place, name, writeQuery(options));
  const { merge, json: operations }: AnyPatch = Object(patch);
  if (isObject(merge) && operations === undefined) return patched(request, "application/merge-patch+json", merge);
  if (Array.isArray(operations) && merge === undefined) {
    checkJsonPatch(operations);
    return patched(request, "application/json-patch+json", operations);
  }
  throw new InvalidArgumentError("patch", "wanted either merge, an object, or json, a list of operations");
}

function patched(request: ApiRequest, contentType: string, patch: unknown): ApiRequest {
  return { ...request, contentType, body: bodyText("patch", patch) };
}

/** Makes an object have fields (server-side apply). */
export function applyRequest(place: Place, object: object, options: AnyOptions = {}): ApiRequest {
  checkRequest("apply", place, options);
  const { body, name } = applied(place, object);
  const request = objectRequest("apply", place, name, { ...writeQuery(options), force: options.force });
  return { ...request, contentType: "application/apply-patch+yaml", body: bodyText("object", body) };
}

/** Deletes an object. */
export function deleteRequest(place: Place, name: string, options: AnyOptions): ApiRequest {
  checkRequest("delete", place, options);
  return { ...objectRequest("delete", place, name, {}), ...deleteBody(options) };
}

/** Deletes the objects of the collection that are selected. */
export function deleteCollectionRequest(place: Place, options: AnyOptions): ApiRequest {
  checkRequest("deleteCollection", place, options);
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

function writeQuery({ dryRun, fieldManager, fieldValidation }: AnyOptions): Query {
  return { dryRun: dryRun === true ? "All" : undefined, fieldManager, fieldValidation };
}
