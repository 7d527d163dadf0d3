import type { Status, StatusCause } from "../gen/v1.ts";
import { sentValues } from "./sent-values.ts";
import { withoutValues } from "./server-message.ts";

/** What a request was about: the words of an error message. */
export interface RequestSubject {
  /** What was asked for, in the words of the client's calls: `get`, `list`, `replace`. */
  readonly verb: string;
  /** The resource as Kubernetes writes it: `<plural>.<group>`, for the core group the plural alone; with `/status` or `/scale` behind it. */
  readonly resource: string;
  readonly namespace?: string | undefined;
  /** The object's name, where the request names one. */
  readonly name?: string | undefined;
  /** What was sent, as JSON text. Its values are kept out of the message. */
  readonly body?: string | undefined;
}

/** The answer behind an error. */
export interface FailedAnswer {
  /** The HTTP status code. */
  readonly code: number;
  /** The server's Status; undefined where the answer was none, as the plain text for a path that nothing serves. */
  readonly status: Status | undefined;
  /** One short line of plain text, where the answer was that: of a path that nothing serves, of TLS that was wanted. */
  readonly plainText?: string | undefined;
  /** Seconds, of the header `Retry-After`. */
  readonly retryAfterSeconds: number | undefined;
  /** What was found out about the reason since, as which versions the server has. */
  readonly explanation?: string;
}

/**
 * The API server has refused a request, or failed at it. What is printed of it, message and own properties, holds no value
 * of an object: the server quotes these in its messages, and they may be secrets. {@link ApiError.status} has all that it said.
 */
export class ApiError extends Error {
  override readonly name = "ApiError";
  /** The HTTP status code. */
  readonly code: number;
  /** The server's word for programs, such as `NotFound` (metav1.StatusReason); undefined where it gave none. */
  readonly reason: string | undefined;
  readonly verb: string;
  /** `<plural>.<group>`, for the core group the plural alone. */
  readonly resource: string;
  /** Seconds after which the server wants to be asked again, if it said so. */
  readonly retryAfterSeconds: number | undefined;
  readonly #status: Status | undefined;

  constructor(subject: RequestSubject, answer: FailedAnswer, options?: ErrorOptions) {
    const { code, status, explanation } = answer;
    const message = messageOf(answer, sentValues(subject.body)) + (explanation === undefined ? "" : `; ${explanation}`);
    super(`${describeSubject(subject)}: ${code}${reasonOf(status)}${message}`, options);
    this.code = code;
    this.reason = status?.reason === "" ? undefined : status?.reason;
    this.verb = subject.verb;
    this.resource = subject.resource;
    this.retryAfterSeconds = status?.details?.retryAfterSeconds ?? answer.retryAfterSeconds;
    this.#status = status;
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

/** Tells an ApiError from other errors. */
export function isApiError(error: unknown): error is ApiError {
  return error instanceof ApiError;
}

/** Prints what a request was about, as `get mycoolapps.stable.example.com default/backend-service`. */
export function describeSubject({ verb, resource, namespace, name }: RequestSubject): string {
  if (name === undefined) return `${verb} ${resource}${namespace === undefined ? "" : ` in ${namespace}`}`;
  return `${verb} ${resource} ${namespace === undefined ? "" : `${namespace}/`}${name}`;
}

function reasonOf(status: Status | undefined): string {
  return status?.reason === undefined || status.reason === "" ? "" : ` ${status.reason}`;
}

/** The causes where there are any: the message itself says the same with more values in it. */
function messageOf({ status, plainText }: FailedAnswer, values: readonly string[]): string {
  const { message = plainText, details } = status ?? {};
  const causes = details?.causes ?? [];
  if (causes.length > 0) return `, ${causes.map((cause) => describeCause(cause, values)).join("; ")}`;
  return message === undefined || message === "" ? "" : `, ${withoutValues(message, values)}`;
}

function describeCause({ field, message, reason }: StatusCause, values: readonly string[]): string {
  const what = message === undefined || message === "" ? (reason ?? "refused") : withoutValues(message, values);
  // Server-side apply names items of lists by the values of their keys.
  return field === undefined || field === "" ? what : `${withoutValues(field)}: ${what}`;
}
