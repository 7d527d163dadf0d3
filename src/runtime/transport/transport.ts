import type { AbortSignalLike } from "../gen/v1.ts";

/** A request on its way to an API server. */
export interface TransportRequest {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Path and query, escaped: it goes onto the wire as it stands. */
  readonly path: string;
  /** By lower-case name; credentials are not among them. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /**
   * Ends the request, and the reading of its answer. It is mostly no AbortSignal itself: to make one takes a good part of the
   * time of a small request.
   */
  readonly signal?: AbortSignalLike;
}

/** The beginning of an answer, whatever its status. */
export interface TransportResponse {
  readonly status: number;
  /** By lower-case name, as they were sent. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /**
   * The content, unpacked where it was sent compressed. It has to be read to its end or left with `return`, or its connection
   * is never given back.
   *
   * @throws ConnectionError where it ends too soon; the signal's reason where that was aborted.
   */
  readonly body: AsyncIterable<Uint8Array>;
  /**
   * True of a 401 where the credentials of the request are used no longer, so that it is worthwhile to send it once more: it goes
   * with new ones then.
   */
  readonly renewsCredentials?: boolean;
}

/** What carries requests to one cluster. */
export interface Transport {
  /**
   * Sends a request and resolves with the beginning of the answer. Redirections are answers like others.
   *
   * @throws ConnectionError where there is none; TimeoutError where it takes too long; ConfigError where there are no
   * credentials; the signal's reason where it was aborted.
   */
  request(request: TransportRequest): Promise<TransportResponse>;
  /**
   * Waits for the requests under way, their content included, and ends the connections. Requests after it are refused, and so
   * are those whose credentials do not come for as long as a connection may take.
   */
  close(): Promise<void>;
}
