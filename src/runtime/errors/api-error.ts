import type { Status, StatusCause } from "../gen/v1.ts";
import type { RequestSubject } from "./request-subject.ts";

/** What an API server did not do, and what it said. */
export interface Refusal extends Pick<RequestSubject, "verb" | "resource"> {
  /** The HTTP status code. */
  readonly code: number;
  /** The server's Status; undefined where the answer was none, as the plain text for a path that nothing serves. */
  readonly status: Status | undefined;
  /** Seconds, of the header `Retry-After`. */
  readonly retryAfterSeconds: number | undefined;
}

/** What every ApiError has, whichever copy of the package made it: a library may bring one along. */
const mark = Symbol.for("@crd-gen/runtime/ApiError");

/**
 * The API server has refused a request, or failed at it. What is printed of it, message and own properties, holds no value
 * of an object: the server quotes these in its messages, and they may be secrets. {@link ApiError.status} has all that it said.
 */
export class ApiError extends Error {
  override readonly name = "ApiError";
  /** The HTTP status code. */
  readonly code: number;
  /** The server's word for programs, such as `NotFound` (metav1.StatusReason); undefined where it gave none, or a sentence. */
  readonly reason: string | undefined;
  readonly verb: string;
  /** `<plural>.<group>`, for the core group the plural alone. */
  readonly resource: string;
  /** Seconds after which the server wants to be asked again, if it said so. */
  readonly retryAfterSeconds: number | undefined;
  readonly #status: Status | undefined;

  constructor(message: string, { verb, resource, code, status, retryAfterSeconds }: Refusal, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.reason = shownReason(status?.reason);
    this.verb = verb;
    this.resource = resource;
    this.retryAfterSeconds = status?.details?.retryAfterSeconds ?? retryAfterSeconds;
    this.#status = status;
    // Not enumerable, so that nothing prints it.
    Object.defineProperty(this, mark, { value: true });
  }

  /** The Status as the server sent it. It may quote values of the object: do not log it. */
  get status(): Status | undefined {
    return this.#status;
  }

  /** What is wrong, field by field, as the server sent it. Their messages may quote values of the object: do not log them. */
  get causes(): readonly StatusCause[] {
    return this.#status?.details?.causes ?? [];
  }
}

/** Tells an ApiError from other errors; one of another copy of this package is one too, which `instanceof` does not know. */
export function isApiError(error: unknown): error is ApiError {
  return Object(error)[mark] === true;
}

/**
 * Whether the server named a cause by this word for programs, such as `FieldManagerConflict` (HasStatusCause of apimachinery).
 * {@link ApiError.causes} has the causes themselves.
 */
export function hasStatusCause(error: unknown, reason: string): boolean {
  return isApiError(error) && error.causes.some((cause) => cause.reason === reason);
}

/** A reason that is one word, as those of Kubernetes are; webhooks put sentences in the same place. */
export function shownReason(reason: string | undefined): string | undefined {
  return reason !== undefined && /^[A-Z][A-Za-z]{0,62}$/.test(reason) ? reason : undefined;
}
