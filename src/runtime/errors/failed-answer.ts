import type { Status, StatusCause } from "../gen/v1.ts";
import { ApiError, type Refusal, shownReason } from "./api-error.ts";
import { describeSubject, type RequestSubject } from "./request-subject.ts";
import { sentNames } from "./sent-names.ts";
import { withoutValues } from "./server-message.ts";
import { hidden, namesIn, shownPath } from "./shown-path.ts";

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
  const message = messageOf(answer, sentNames(subject.body)) + (explanation === undefined ? "" : `; ${explanation}`);
  const refusal = { verb, resource, code, status, retryAfterSeconds };
  return new ApiError(`${describeSubject(subject)}: ${code}${reasonOf(status)}${message}`, refusal, options);
}

function reasonOf(status: Status | undefined): string {
  const reason = shownReason(status?.reason);
  return reason === undefined ? "" : ` ${reason}`;
}

/** The causes where there are any: the message itself says the same with more values in it. */
function messageOf({ status, plainText }: FailedAnswer, names: ReadonlySet<string>): string {
  const { message = plainText, details } = status ?? {};
  const causes = details?.causes ?? [];
  if (causes.length > 0) {
    const shown = causes.slice(0, mostCauses).map((cause) => describeCause(cause, names));
    if (causes.length > shown.length) shown.push(`and ${causes.length - shown.length} more`);
    return `, ${shown.join("; ")}`;
  }
  return message === undefined || message === "" ? "" : `, ${withoutValues(message, names)}`;
}

function describeCause(cause: StatusCause, names: ReadonlySet<string>): string {
  const { message = "", reason } = cause;
  const field = beginningOf(cause.field ?? "");
  const known = new Set([...names, ...namesIn(field)]);
  const what = message === "" ? (shownReason(reason) ?? "refused") : withoutValues(message, known);
  // Server-side apply names items of lists by the values of their keys.
  return field === "" ? what : `${shownPath(field)}: ${what}`;
}

/** With `…` at its end, which makes a name that is cut no name. */
function beginningOf(field: string): string {
  return field.length <= longestField ? field : `${field.slice(0, longestField)}${hidden}`;
}
