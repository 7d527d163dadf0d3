import { ApiError } from "../errors/api-error.ts";
import { describeSubject } from "../errors/request-subject.ts";
import type { AbortSignalLike } from "../gen/v1.ts";
import { throwIfAborted } from "../transport/abort.ts";
import { parseJson, type UnsafeIntegers } from "../transport/parse-json.ts";
import { readText } from "../transport/read-body.ts";
import type { Transport, TransportResponse } from "../transport/transport.ts";
import { isJsonObject, type JsonObject } from "../unstructured/json.ts";
import { type AttemptListener, type AttemptOutcome, beginAttempt, codeOf } from "./attempts.ts";
import { pause, startDeadline } from "./deadline.ts";
import { isKubernetesObject, noAnswer } from "./no-answer.ts";
import type { RateLimiter } from "./rate-limiter.ts";
import type { RawAnswer } from "./raw.ts";
import { refusalOf } from "./refusal.ts";
import type { ApiRequest } from "./requests.ts";
import { type Attempt, pauseBeforeRetry } from "./retry.ts";
import { warningsOf } from "./warning-header.ts";
import type { ApiWarning } from "./warnings.ts";

/** How requests of a client are sent. */
export interface ConnectionOptions {
  /** Milliseconds that a call may take, its repetitions included, where it does not say itself; 0 for no limit. */
  readonly timeoutMs: number;
  readonly userAgent: string;
  readonly onWarning: (warning: ApiWarning) => void;
  /** What becomes of integers that would be rounded. */
  readonly unsafeIntegers: UnsafeIntegers;
  /** Finds out why nothing serves a path, for the error's message. It throws nothing. Default: nobody does. */
  readonly explainNotServed?: Explain;
  /** What each attempt waits for; undefined for no limit. */
  readonly rateLimiter?: RateLimiter | undefined;
  readonly onAttempt?: AttemptListener | undefined;
  /** Aborted when the client is closed, which ends watches. Default: it never is. */
  readonly closing?: AbortSignalLike;
}

/** Says why nothing serves the path of a request; undefined where that cannot be found out. */
export type Explain = (request: ApiRequest, signal: AbortSignalLike) => Promise<string | undefined>;

/** What ends one call. */
export interface CallLimits {
  readonly signal?: AbortSignalLike | undefined;
  readonly timeoutMs?: number | undefined;
}

/** An attempt that failed, and who has to be told of it. */
interface FailedAttempt extends Attempt {
  readonly ended: (outcome: AttemptOutcome) => void;
  /** Whether the next one goes with other credentials, and at once. */
  readonly renewed: boolean;
}

/** One API server, as the verbs see it. */
export class ApiConnection {
  readonly #transport: Transport;
  readonly #options: ConnectionOptions;
  readonly #renewing = new WeakSet<object>();

  constructor(transport: Transport, options: ConnectionOptions) {
    this.#transport = transport;
    this.#options = options;
  }

  /**
   * Sends a request, again where that helps, and gives the object that is the answer: one that says what it is.
   *
   * @throws ApiError where the server refuses; ConnectionError, TimeoutError and ConfigError where there is no answer; the
   * signal's reason.
   */
  send(request: ApiRequest, limits: CallLimits): Promise<JsonObject> {
    return this.#send(request, limits, (text) => {
      const answer = this.parse(text);
      if (isKubernetesObject(answer)) return answer;
      throw noAnswer("an object with apiVersion and kind", "one without", request);
    });
  }

  /**
   * Does the same, and gives the answer as it is. Where the request has an `if-none-match`, 304 is an answer too.
   *
   * @throws What `send` throws.
   */
  sendRaw(request: ApiRequest, limits: CallLimits): Promise<RawAnswer> {
    return this.#send(request, limits, (text, { status, headers }) => ({ status, headers, text }));
  }

  /** The same server for a client whose errors say why a path is not served. */
  explaining(explainNotServed: Explain): ApiConnection {
    return new ApiConnection(this.#transport, { ...this.#options, explainNotServed });
  }

  async #send<T>(
    request: ApiRequest,
    { signal, timeoutMs }: CallLimits,
    read: (text: string, response: TransportResponse) => T,
  ): Promise<T> {
    const limit = timeoutMs ?? (this.#options.timeoutMs === 0 ? undefined : this.#options.timeoutMs);
    const deadline = startDeadline({ timeoutMs: limit, signal, subject: () => describeSubject(request) });
    try {
      for (let attempt = 1, sent = 1, renewed = false; ; attempt++) {
        const ended = await this.begin(request, attempt, deadline.signal);
        try {
          const response = await this.open(request, deadline.signal);
          const answer = read(await readText(response), response);
          ended({ code: response.status, willRetry: false });
          return answer;
        } catch (error) {
          renewed = !renewed && this.renewsCredentials(error);
          await this.#beforeRetry({ verb: request.verb, error, sent, ended, renewed }, deadline.signal);
          if (!renewed) sent++;
        }
      }
    } finally {
      deadline.end();
    }
  }

  /** Aborted when the client is closed. */
  get closing(): AbortSignalLike | undefined {
    return this.#options.closing;
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
   * @throws ApiError where the server refuses; ConnectionError `not-json` for a redirection, which is never followed: it would
   * take the credentials to another server.
   */
  async open(request: ApiRequest, signal: AbortSignalLike): Promise<TransportResponse> {
    const { method, path, body } = request;
    const headers = headersOf(request, this.#options.userAgent);
    const sent = { method, path, headers, signal };
    const response = await this.#transport.request(body === undefined ? sent : { ...sent, body });
    if (response.headers.warning !== undefined) await this.#tellWarnings(request, response);
    if (isSuccess(request, response)) return response;
    const error = await refusalOf(request, response, () => this.#options.explainNotServed?.(request, signal));
    if (response.renewsCredentials === true) this.#renewing.add(error);
    throw error;
  }

  /** Whether an error is a 401 after which the request goes with other credentials. A second one in a row is the answer. */
  renewsCredentials(error: unknown): boolean {
    return error instanceof ApiError && this.#renewing.has(error);
  }

  /**
   * Parses a JSON text of an answer that is an object, as all answers are.
   *
   * @throws ConnectionError `not-json`; UnsafeIntegerError unless these are to be rounded.
   */
  parse(text: string): JsonObject {
    const value = parseJson(text, this.#options.unsafeIntegers);
    if (isJsonObject(value)) return value;
    throw noAnswer("an object", "another JSON value");
  }

  async #tellWarnings(request: ApiRequest, { headers, body }: TransportResponse): Promise<void> {
    const { verb, resource } = request;
    try {
      for (const message of warningsOf(headers.warning, request)) {
        this.#options.onWarning({ message, verb, resource });
      }
    } catch (error) {
      // The call fails with the listener's own error; the connection must not wait for a reader.
      await body[Symbol.asyncIterator]().return?.();
      throw error;
    }
  }

  /** Tells how an attempt came out, and waits until the request may be sent again; throws where it may not. */
  async #beforeRetry({ ended, renewed, ...attempt }: FailedAttempt, signal: AbortSignalLike): Promise<void> {
    const { aborted, reason } = signal;
    // What the server has answered counts, though the time may be over by now.
    const error = aborted && !(attempt.error instanceof ApiError) ? reason : attempt.error;
    const wanted = renewed ? 0 : pauseBeforeRetry(attempt, Math.random());
    const again = aborted ? undefined : wanted;
    ended({ code: codeOf(error, signal), willRetry: again !== undefined });
    if (again === undefined) throw error;
    await pause(again, signal);
  }
}

function isSuccess({ headers }: ApiRequest, { status }: TransportResponse): boolean {
  return (status >= 200 && status <= 299) || (status === 304 && headers?.["if-none-match"] !== undefined);
}

function headersOf(request: ApiRequest, userAgent: string): Record<string, string> {
  const { verb, contentType } = request;
  const headers: Record<string, string> = { accept: "application/json", "user-agent": userAgent };
  if (contentType !== undefined) headers["content-type"] = contentType;
  if (verb === "watch") headers["accept-encoding"] = "identity";
  return request.headers === undefined ? headers : Object.assign(headers, request.headers);
}
