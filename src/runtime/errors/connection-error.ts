/**
 * Why there was no answer.
 * `unreachable`: no connection came about, so the server has not heard of the request. `unknown-host`: the name has no address.
 * `untrusted`: the server's certificate is from no authority that is trusted. `wrong-host`: it is for another host. `expired`:
 * it is not valid now. `refused-identity`: the server does not take the client's certificate. `broken`: the connection ended
 * before the answer did. `proxy`: what is configured as the proxy lets nothing through to the server, or is none. `not-json`: the answer is none of a Kubernetes API. `too-large`: it is more than can be read at once.
 * `closed`: the client was closed before anything of the request was sent.
 */
export type ConnectionErrorCode =
  | "unreachable"
  | "unknown-host"
  | "untrusted"
  | "wrong-host"
  | "expired"
  | "refused-identity"
  | "broken"
  | "proxy"
  | "not-json"
  | "too-large"
  | "closed";

/** A request without a usable answer. Whether the server acted on it is known for reads only: they change nothing. */
export class ConnectionError extends Error {
  override readonly name = "ConnectionError";
  readonly code: ConnectionErrorCode;

  constructor(code: ConnectionErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** Tells a ConnectionError from other errors. */
export function isConnectionError(error: unknown): error is ConnectionError {
  return error instanceof ConnectionError;
}
