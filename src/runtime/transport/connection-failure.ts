import type { ProxyAddress } from "../config/proxy-address.ts";
import { ConnectionError } from "../errors/connection-error.ts";
import { TimeoutError } from "../errors/timeout-error.ts";
import {
  broken,
  brokenInPlainText,
  checkNetwork,
  connecting,
  noConnection,
  noHttp,
  type Reason,
  reasonFor,
  refusals,
  wrongHost,
} from "./failure-reasons.ts";
import { ProxyFailure, reasonOfProxy } from "./proxy-failure.ts";

/** Where a request went to, and how long it might take. */
export interface RequestPlace {
  /** The address without a path, as `https://10.0.0.1:6443`. */
  readonly origin: string;
  /** What to call the cluster, as `context "staging"`. */
  readonly name: string;
  /** What the requests go through; undefined where connections are made to the server itself. */
  readonly proxy?: ProxyAddress | undefined;
  /** Milliseconds, for the way to the proxy, for the way through it, and for the way to the server each. */
  readonly connectTimeoutMs: number;
  /** Milliseconds. */
  readonly headersTimeoutMs: number;
}

/** How far a request has come: to no connection, so that nothing of it was sent; to a connection; to the beginning of the answer. */
export type RequestPhase = "connect" | "headers" | "body";

/** What an error of the system, of TLS, of undici and of zlib begins with; wrong arguments are a defect of ours. */
const ofTheNetwork = /^(?:E[A-Z\d]+$|ERR_SSL_|ERR_STREAM_|UND_ERR_(?!INVALID_ARG)|Z_)/;

/**
 * Says why there was no answer, or not the whole of it. An error that is not of the network is given as it is.
 *
 * The result holds nothing of request and answer. Its `cause` is the original, but not where that has more than codes and
 * addresses: the HTTP parser's errors have the bytes that they failed at, and those of a wrong host the whole certificate.
 */
export function connectionFailure(error: unknown, phase: RequestPhase, place: RequestPlace): unknown {
  if (!(error instanceof Error)) return error;
  if (error instanceof ProxyFailure) return failureOfProxy(error, place);
  const code = "code" in error && typeof error.code === "string" ? error.code : undefined;
  if (code === "UND_ERR_CONNECT_TIMEOUT") return timeout("connect", place.connectTimeoutMs, place);
  if (code === "UND_ERR_HEADERS_TIMEOUT") return timeout("headers", place.headersTimeoutMs, place);
  const subject = describePlace(place);
  if (error.name === "HTTPParserError") {
    const reason = phase === "headers" ? noHttp : broken;
    return new ConnectionError(reason.code, `${subject}: ${reason.what}; ${reason.remedy}`);
  }
  const reason = reasonOf(code, phase, place);
  if (reason === undefined) return error;
  const shown = code === undefined ? "" : ` (${code})`;
  if (reason === wrongHost) {
    return new ConnectionError(reason.code, `${subject}: ${reason.what}${namesOf(error)}${shown}; ${reason.remedy}`);
  }
  return new ConnectionError(reason.code, `${subject}: ${reason.what}${shown}; ${reason.remedy}`, { cause: error });
}

/** Names the server and, without credentials, its proxy: the beginning of every message about them. */
export function describePlace({ origin, name, proxy }: RequestPlace): string {
  return `${origin} (${name})${proxy === undefined ? "" : ` through the proxy ${proxy.origin}`}`;
}

function failureOfProxy(failure: ProxyFailure, place: RequestPlace): ConnectionError | TimeoutError {
  if (failure.timedOut) return timeout("connect", place.connectTimeoutMs, place);
  const { code, what, remedy } = reasonOfProxy(failure);
  return new ConnectionError(code, `${describePlace(place)}: ${what}; ${remedy}`);
}

function reasonOf(code: string | undefined, phase: RequestPhase, { origin }: RequestPlace): Reason | undefined {
  if (phase === "connect") return reasonFor(code, connecting) ?? noConnection;
  if (code === undefined || !ofTheNetwork.test(code)) return undefined;
  const known = reasonFor(code, [refusals]);
  return known ?? (phase === "headers" && origin.startsWith("http:") ? brokenInPlainText : broken);
}

function timeout(phase: "connect" | "headers", timeoutMs: number, place: RequestPlace): TimeoutError {
  const wanted = phase === "connect" ? "a connection" : "the beginning of an answer";
  const remedy = phase === "connect" ? checkNetwork : "check that the server is well, and what stands before it";
  return new TimeoutError(`${describePlace(place)}: wanted ${wanted} in ${timeoutMs / 1000} s, got none; ${remedy}`, {
    phase,
    timeoutMs,
  });
}

/** The names that the server's certificate is for; they are public, and one of them is mostly what to use. */
function namesOf(error: Error): string {
  const names: unknown = "cert" in error ? Object(error.cert).subjectaltname : undefined;
  if (typeof names !== "string") return "";
  return `: ${names.length > 200 ? `${names.slice(0, 200)}…` : names}`;
}
