import { ApiError, describeSubject } from "../errors/api-error.ts";
import { ConnectionError } from "../errors/connection-error.ts";
import type { AbortSignalLike, Status } from "../gen/v1.ts";
import { throwIfAborted } from "../transport/abort.ts";
import { parseJson, type UnsafeIntegers } from "../transport/parse-json.ts";
import { readText } from "../transport/read-body.ts";
import type { Transport, TransportResponse } from "../transport/transport.ts";
import { isJsonObject, type JsonObject } from "../unstructured/json.ts";
import { type AttemptListener, type AttemptOutcome, beginAttempt, codeOf } from "./attempts.ts";
import { pause, startDeadline } from "./deadline.ts";
import type { RateLimiter } from "./rate-limiter.ts";
import type { ApiRequest } from "./requests.ts";
import { type Attempt, pauseBeforeRetry } from "./retry.ts";
import { type ApiWarning, warningsOf } from "./warnings.ts";

/** How requests of a client are sent. */
export interface ConnectionOptions {
  /** Milliseconds that a call may take, its repetitions included, where it does not say itself; 0 for no limit. */
  readonly timeoutMs: number;
  readonly userAgent: string;
  readonly onWarning: (warning: ApiWarning) => void;
  /** What becomes of integers that would be rounded. */
  readonly unsafeIntegers: UnsafeIntegers;
  /** What each attempt waits for; undefined for no limit. */
  readonly rateLimiter?: RateLimiter | undefined;
  readonly onAttempt?: AttemptListener | undefined;
}

/** What ends one call. */
export interface CallLimits {
  readonly signal?: AbortSignalLike | undefined;
  readonly timeoutMs?: number | undefined;
}

/** An attempt that failed, and who has to be told of it. */
interface FailedAttempt extends Attempt {
  readonly ended: (outcome: AttemptOutcome) => void;
}

/** One API server, as the verbs see it. */
export class ApiConnection {
  readonly #transport: Transport;
  readonly #options: ConnectionOptions;

  constructor(transport: Transport, options: ConnectionOptions) {
    this.#transport = transport;
    this.#options = options;
  }

  /**
   * Sends a request, again where that helps, and gives the object that is the answer.
   *
   * @throws ApiError where the server refuses; ConnectionError, TimeoutError and ConfigError where there is no answer; the
   * signal's reason.
   */
  async send(request: ApiRequest, { signal, timeoutMs }: CallLimits): Promise<JsonObject> {
    const limit = timeoutMs ?? (this.#options.timeoutMs === 0 ? undefined : this.#options.timeoutMs);
    const deadline = startDeadline({ timeoutMs: limit, signal, subject: () => describeSubject(request) });
    try {
      for (let sent = 1; ; sent++) {
        const ended = await this.begin(request, sent, deadline.signal);
        try {
          const response = await this.open(request, deadline.signal);
          const object = this.parse(await readText(response));
          ended({ code: response.status, willRetry: false });
          return object;
        } catch (error) {
          await this.#beforeRetry({ verb: request.verb, error, sent, ended }, deadline.signal);
        }
      }
    } finally {
      deadline.end();
    }
  }

  /**
   * Waits until a request may be sent, and begins an attempt; the function that is given has to be told how it came out.
   *
   * @throws The signal's reason, where it is aborted before.
   */
  async begin(
    request: ApiRequest,
    attempt: number,
    signal: AbortSignalLike,
  ): Promise<(outcome: AttemptOutcome) => void> {
    const { rateLimiter, onAttempt } = this.#options;
    throwIfAborted(signal);
    if (rateLimiter !== undefined) await rateLimiter.take(signal);
    return onAttempt === undefined ? () => undefined : beginAttempt(onAttempt, request, attempt);
  }

  /**
   * Sends a request once, behind {@link ApiConnection.begin}, and gives the answer when it has begun: for what is read piece by
   * piece.
   *
   * @throws ApiError where the server refuses.
   */
  async open(request: ApiRequest, signal: AbortSignalLike): Promise<TransportResponse> {
    const { method, path, body } = request;
    const headers = headersOf(request, this.#options.userAgent);
    const sent = { method, path, headers, signal };
    const response = await this.#transport.request(body === undefined ? sent : { ...sent, body });
    if (response.headers.warning !== undefined) await this.#tellWarnings(request, response);
    if (response.status < 200 || response.status > 299) throw await failure(request, response);
    return response;
  }

  /**
   * Parses a JSON text of an answer that is an object, as all answers are.
   *
   * @throws ConnectionError `not-json`; UnsafeIntegerError unless these are to be rounded.
   */
  parse(text: string): JsonObject {
    const value = parseJson(text, this.#options.unsafeIntegers);
    if (isJsonObject(value)) return value;
    const remedy = "check that the address is that of a Kubernetes API server";
    throw new ConnectionError("not-json", `wanted an object from the API server, got another JSON value; ${remedy}`);
  }

  async #tellWarnings({ verb, resource }: ApiRequest, { headers, body }: TransportResponse): Promise<void> {
    try {
      for (const message of warningsOf(headers.warning)) this.#options.onWarning({ message, verb, resource });
    } catch (error) {
      // The call fails with the listener's own error; the connection must not wait for a reader.
      await body[Symbol.asyncIterator]().return?.();
      throw error;
    }
  }

  /** Tells how an attempt came out, and waits until the request may be sent again; throws where it may not. */
  async #beforeRetry({ ended, ...attempt }: FailedAttempt, signal: AbortSignalLike): Promise<void> {
    const { aborted, reason } = signal;
    // What the server has answered counts, though the time may be over by now.
    const error = aborted && !(attempt.error instanceof ApiError) ? reason : attempt.error;
    const again = aborted ? undefined : pauseBeforeRetry(attempt, Math.random());
    ended({ code: codeOf(error, signal), willRetry: again !== undefined });
    if (again === undefined) throw error;
    await pause(again, signal);
  }
}

function headersOf({ verb, contentType }: ApiRequest, userAgent: string): Record<string, string> {
  const headers: Record<string, string> = { accept: "application/json", "user-agent": userAgent };
  if (contentType !== undefined) headers["content-type"] = contentType;
  if (verb === "watch") headers["accept-encoding"] = "identity";
  return headers;
}

/** Makes the error of an answer that is none of success. */
async function failure(request: ApiRequest, response: TransportResponse): Promise<ApiError> {
  const text = await readText(response);
  const status = statusOf(text);
  const retryAfterSeconds = secondsOf(response.headers["retry-after"]);
  const plainText = isPlainText(response) && /^[ -~]{1,100}$/.test(text.trim()) ? text.trim() : undefined;
  return new ApiError(request, { code: response.status, status, plainText, retryAfterSeconds });
}

/** A path that nothing serves is answered in plain text, and what stands before a server answers in HTML. */
function statusOf(text: string): Status | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) && value.kind === "Status" ? (value as unknown as Status) : undefined;
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
