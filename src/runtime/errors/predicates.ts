import { type ApiError, hasStatusCause, isApiError } from "./api-error.ts";

/**
 * Predicates over what a call may throw, by the reason that the server gave and, where it gave none or one that Kubernetes does
 * not know, by the HTTP status code: the rules of k8s.io/apimachinery/pkg/api/errors. An error that is no {@link ApiError} is none
 * of these, whatever its `cause` is.
 */

declare const told: unique symbol;

/**
 * An ApiError with one of these reasons, or of which the HTTP status code told: its `reason` is another one then, or none. Where a
 * predicate says no, an ApiError stays one for the compiler, by the mark, which no value ever carries.
 */
export type ApiErrorWith<Reason extends string> = ApiError & { readonly [told]?: Reason };

/** The reasons that Kubernetes knows (`knownReasons` of apimachinery). With another one the HTTP status code tells. */
const knownReasons: ReadonlySet<string | undefined> = new Set([
  "Unauthorized",
  "Forbidden",
  "NotFound",
  "AlreadyExists",
  "Conflict",
  "Gone",
  "Invalid",
  "ServerTimeout",
  "StoreReadError",
  "Timeout",
  "TooManyRequests",
  "BadRequest",
  "MethodNotAllowed",
  "NotAcceptable",
  "RequestEntityTooLarge",
  "UnsupportedMediaType",
  "InternalError",
  "Expired",
  "ServiceUnavailable",
]);

function hasReason<Reason extends string>(
  error: unknown,
  reason: Reason,
  code?: number,
): error is ApiErrorWith<Reason> {
  if (!isApiError(error)) return false;
  return error.reason === reason || (error.code === code && !knownReasons.has(error.reason));
}

/** There is no such object, or no such resource. */
export function isNotFound(error: unknown): error is ApiErrorWith<"NotFound"> {
  return hasReason(error, "NotFound", 404);
}

/** An object of that name is there already. */
export function isAlreadyExists(error: unknown): error is ApiErrorWith<"AlreadyExists"> {
  return hasReason(error, "AlreadyExists");
}

/** The resource has no such verb, as one of which objects can be created and not be read. */
export function isMethodNotSupported(error: unknown): error is ApiErrorWith<"MethodNotAllowed"> {
  return hasReason(error, "MethodNotAllowed", 405);
}

/** The server cannot answer in a form that was asked for. */
export function isNotAcceptable(error: unknown): error is ApiErrorWith<"NotAcceptable"> {
  return hasReason(error, "NotAcceptable", 406);
}

/** The server does not take what was sent in that form, as a strategic merge patch of a custom resource. */
export function isUnsupportedMediaType(error: unknown): error is ApiErrorWith<"UnsupportedMediaType"> {
  return hasReason(error, "UnsupportedMediaType", 415);
}

/** The object has changed since it was read, or another field manager owns what was applied. */
export function isConflict(error: unknown): error is ApiErrorWith<"Conflict"> {
  return hasReason(error, "Conflict", 409);
}

/** The object breaks a rule of its kind; {@link ApiError.causes} says which. */
export function isInvalid(error: unknown): error is ApiErrorWith<"Invalid"> {
  return hasReason(error, "Invalid", 422);
}

/** The server does not understand the request. */
export function isBadRequest(error: unknown): error is ApiErrorWith<"BadRequest"> {
  return hasReason(error, "BadRequest", 400);
}

/** The server does not know who asks. */
export function isUnauthorized(error: unknown): error is ApiErrorWith<"Unauthorized"> {
  return hasReason(error, "Unauthorized", 401);
}

/** Who asks may not do that. */
export function isForbidden(error: unknown): error is ApiErrorWith<"Forbidden"> {
  return hasReason(error, "Forbidden", 403);
}

/** What was asked for is no longer there: a page or a state of the collection that is too old. */
export function isGone(error: unknown): error is ApiErrorWith<"Gone" | "Expired"> {
  return hasReason(error, "Gone", 410) || isResourceExpired(error);
}

/** The resourceVersion or the continue token is too old: list again. */
export function isResourceExpired(error: unknown): error is ApiErrorWith<"Expired"> {
  return hasReason(error, "Expired");
}

/** The resourceVersion is of a state that the server has not reached. */
export function isResourceVersionTooLarge(error: unknown): error is ApiErrorWith<"Timeout"> {
  return isTimeout(error) && hasStatusCause(error, "ResourceVersionTooLarge");
}

/** The server has too much to do, or this client asks too much of it; {@link ApiError.retryAfterSeconds} may say when to come back. */
export function isTooManyRequests(error: unknown): error is ApiErrorWith<"TooManyRequests"> {
  return isApiError(error) && (error.reason === "TooManyRequests" || error.code === 429);
}

/** The server could not finish in time, and the same request may succeed later. */
export function isServerTimeout(error: unknown): error is ApiErrorWith<"ServerTimeout"> {
  return hasReason(error, "ServerTimeout");
}

/** The server gave the request up after a time that the client had a part in. */
export function isTimeout(error: unknown): error is ApiErrorWith<"Timeout"> {
  return hasReason(error, "Timeout", 504);
}

/** The server, or what it stands on, cannot answer now. */
export function isServiceUnavailable(error: unknown): error is ApiErrorWith<"ServiceUnavailable"> {
  return hasReason(error, "ServiceUnavailable", 503);
}

/** The server failed. */
export function isInternalError(error: unknown): error is ApiErrorWith<"InternalError"> {
  return hasReason(error, "InternalError", 500);
}

/** The object or the answer is too large for the server. */
export function isRequestEntityTooLarge(error: unknown): error is ApiErrorWith<"RequestEntityTooLarge"> {
  return hasReason(error, "RequestEntityTooLarge", 413);
}

/** The server cannot read what it has stored: the object is damaged, or encrypted with a key that it does not have. */
export function isStoreReadError(error: unknown): error is ApiErrorWith<"StoreReadError"> {
  return hasReason(error, "StoreReadError");
}
