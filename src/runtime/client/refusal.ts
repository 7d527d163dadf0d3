import type { ApiError } from "../errors/api-error.ts";
import { ConnectionError } from "../errors/connection-error.ts";
import { apiErrorOf, type FailedAnswer } from "../errors/failed-answer.ts";
import { describeSubject } from "../errors/request-subject.ts";
import type { Status } from "../gen/v1.ts";
import { readText } from "../transport/read-body.ts";
import type { TransportResponse } from "../transport/transport.ts";
import { isJsonObject } from "../unstructured/json.ts";
import type { ApiRequest } from "./requests.ts";
import { wellFormedStatus } from "./well-formed-status.ts";

const unknownUser =
  "the server does not know who asks: the credentials are missing, wrong or expired; log in again, or mend them";

/**
 * Reads an answer that is none of success to its end, and makes the error of it.
 *
 * @param explainNotServed Finds out why nothing serves the path, where that is what the answer says. It throws nothing.
 * @returns An ApiError or, for a redirection, which is never followed, a ConnectionError `not-json`.
 */
export async function refusalOf(
  request: ApiRequest,
  response: TransportResponse,
  explainNotServed: () => Promise<string | undefined> | undefined,
): Promise<ApiError | ConnectionError> {
  if (isRedirection(response)) return redirection(request, response);
  const answer = await failedAnswer(response);
  if (answer.code === 401) return apiErrorOf(request, { ...answer, explanation: unknownUser });
  const error = apiErrorOf(request, answer);
  if (error.code !== 404 || !isOfPath(answer)) return error;
  const explanation = await explainNotServed();
  return explanation === undefined ? error : apiErrorOf(request, { ...answer, explanation }, { cause: error });
}

/** Whether a 404 is of a path that nothing serves: it is plain text or, in a group that is built in, a Status that names no object. */
function isOfPath({ plainText, status }: FailedAnswer): boolean {
  if (plainText !== undefined) return true;
  return status?.message === "the server could not find the requested resource" && status.details?.name === undefined;
}

async function failedAnswer(response: TransportResponse): Promise<FailedAnswer> {
  const text = await readText(response);
  const status = statusOf(text);
  const retryAfterSeconds = secondsOf(response.headers["retry-after"]);
  const plainText = isPlainText(response) && /^[ -~]{1,100}$/.test(text.trim()) ? text.trim() : undefined;
  return { code: response.status, status, plainText, retryAfterSeconds };
}

/** 304 says that what the client has is still so, which it has not asked about. */
function isRedirection({ status }: TransportResponse): boolean {
  return status >= 300 && status < 400 && status !== 304;
}

/** An API server answers its paths itself, so that it is what stands before it which sends somewhere else, as to sign in. */
async function redirection(
  request: ApiRequest,
  { status, headers, body }: TransportResponse,
): Promise<ConnectionError> {
  await body[Symbol.asyncIterator]().return?.();
  const location = String(headers.location);
  // What is behind the host may be a secret, as the state of a sign-in is.
  const to = /^https?:/.test(location) && URL.canParse(location) ? ` to ${new URL(location).origin}` : "";
  const problem = `wanted an answer of the API server, got a redirection${to} (${status}), which is not followed`;
  const remedy = "check the address of the server, and whether what stands before it wants a sign-in";
  return new ConnectionError("not-json", `${describeSubject(request)}: ${problem}; ${remedy}`);
}

/** A path that nothing serves is answered in plain text, and what stands before a server answers in HTML. */
function statusOf(text: string): Status | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) && value.kind === "Status" ? wellFormedStatus(value) : undefined;
  } catch {
    return undefined;
  }
}

function isPlainText({ headers }: TransportResponse): boolean {
  return String(headers["content-type"]).startsWith("text/plain");
}

/** The header's other form, a date, is not used by Kubernetes. */
function secondsOf(header: string | readonly string[] | undefined): number | undefined {
  const text = typeof header === "string" ? header : header?.[0];
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
}
