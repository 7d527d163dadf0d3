import type { Status, StatusCause } from "../gen/v1.ts";
import { ApiError, type Refusal, shownReason } from "./api-error.ts";
import { describeSubject, type RequestSubject } from "./request-subject.ts";
import { hidden, namesIn } from "./shown-path.ts";
import { type ShownText, shownTextOf } from "./shown-text.ts";

/** How many causes are shown, and how many characters of a field: a webhook may send more than anybody reads. */
const mostCauses = 20;
const longestField = 256;

/** The answer behind an error. */
export interface FailedAnswer extends Pick<Refusal, "code" | "status" | "retryAfterSeconds"> {
  /** One short line of plain text, where the answer was that: of a path that nothing serves, of TLS that was wanted. */
  readonly plainText?: string | undefined;
  /** What was found out about the reason since, as which versions the server has. */
  readonly explanation?: string;
}

/** Makes the error of a refusal, whose message says what was asked for and what the server says, without values of an object. */
export function apiErrorOf(subject: RequestSubject, answer: FailedAnswer, options?: ErrorOptions): ApiError {
  const { verb, resource } = subject;
  const { code, status, retryAfterSeconds, explanation } = answer;
  const shown = shownTextOf(subject);
  const message = messageOf(answer, shown) + (explanation === undefined ? "" : `; ${explanation}`);
  const refusal = { verb, resource, code, status, retryAfterSeconds };
  return new ApiError(`${describeSubject(subject)}: ${code}${reasonOf(status)}${message}`, refusal, options);
}

function reasonOf(status: Status | undefined): string {
  const reason = shownReason(status?.reason);
  return reason === undefined ? "" : ` ${reason}`;
}

/** The causes where there are any: the message itself says the same with more values in it. */
function messageOf({ status, plainText }: FailedAnswer, shown: ShownText): string {
  const { message = plainText, details, reason } = status ?? {};
  const causes = details?.causes ?? [];
  if (causes.length > 0) {
    const described = causes.slice(0, mostCauses).map((cause) => describeCause(cause, shown));
    if (causes.length > described.length) described.push(`and ${causes.length - described.length} more`);
    return `, ${described.join("; ")}`;
  }
  return message === undefined || message === "" || message === reason ? "" : `, ${shown.sentence(message)}`;
}

function describeCause(cause: StatusCause, shown: ShownText): string {
  const { message = "", reason } = cause;
  const field = beginningOf(cause.field ?? "");
  const what = message === "" ? (shownReason(reason) ?? "refused") : shown.sentence(message, namesIn(field));
  // Server-side apply names items of lists by the values of their keys.
  return field === "" ? what : `${shown.path(field)}: ${what}`;
}

/** With `…` at its end, which makes a name that is cut no name. */
function beginningOf(field: string): string {
  return field.length <= longestField ? field : `${field.slice(0, longestField)}${hidden}`;
}
