import { ConnectionError, type ConnectionErrorCode } from "../errors/connection-error.ts";
import { TimeoutError } from "../errors/timeout-error.ts";

/** Where a request went to, and how long it might take. */
export interface RequestPlace {
  /** The address without a path, as `https://10.0.0.1:6443`. */
  readonly origin: string;
  /** What to call the cluster, as `context "staging"`. */
  readonly name: string;
  /** Milliseconds. */
  readonly connectTimeoutMs: number;
  /** Milliseconds. */
  readonly headersTimeoutMs: number;
}

/** How far a request has come: to no connection, so that nothing of it was sent; to a connection; to the beginning of the answer. */
export type RequestPhase = "connect" | "headers" | "body";

interface Reason {
  readonly code: ConnectionErrorCode;
  readonly what: string;
  readonly remedy: string;
}

const checkNetwork = "check the address, and that the network leads to it";
const noConnection: Reason = { code: "unreachable", what: "wanted a connection, got none", remedy: checkNetwork };
const refused: Reason = {
  code: "unreachable",
  what: "wanted a connection, but nothing listens there",
  remedy: "check that the server runs and that the address is right",
};
const unknownHost: Reason = {
  code: "unknown-host",
  what: "wanted the address of the host, but its name is not known",
  remedy: "check the name, and that the network is there",
};
const untrusted: Reason = {
  code: "untrusted",
  what: "wanted a certificate from an authority that is trusted, got another",
  remedy: "check the certificate-authority of the cluster, and that nobody else answers for the server",
};
const wrongHost: Reason = {
  code: "wrong-host",
  what: "wanted a certificate for this host, got one for another",
  remedy: "use a name that it is for as the address, or as tls-server-name",
};
const expired: Reason = {
  code: "expired",
  what: "wanted a certificate that is valid now, got one that is not",
  remedy: "check the clock of this machine, and have the server's certificate renewed",
};
const refusedIdentity: Reason = {
  code: "refused-identity",
  what: "wanted the client's certificate taken, but the server refuses it",
  remedy: "check that it is for this cluster and has not expired, or sign in again",
};
const noTls: Reason = {
  code: "not-json",
  what: "wanted a TLS connection, but what answers does not speak TLS",
  remedy: "check the port, and whether the address has to begin with http:",
};
const noCommonTls: Reason = {
  code: "unreachable",
  what: "wanted a TLS connection, but client and server agree on none",
  remedy: "check the port, and which versions of TLS the server has",
};
const noHttp: Reason = {
  code: "not-json",
  what: "wanted an answer in HTTP, got something else",
  remedy: "check the port, and whether the address has to begin with https:",
};
const broken: Reason = {
  code: "broken",
  what: "wanted the whole answer, but the connection ended before it did",
  remedy: "try again; if it stays so, look at the server and at what stands before it",
};
/** A server of TLS that is spoken to in plain text mostly hangs up. */
const brokenInPlainText: Reason = {
  ...broken,
  remedy: `check whether the address has to begin with https:, or ${broken.remedy}`,
};

type Rule = readonly [codes: RegExp, reason: Reason];

/** Of a client's certificate the server may say so at the handshake or, with TLS 1.3, after it. */
const refusals: Rule = [
  /^ERR_SSL_.*ALERT_(?:NO_CERTIFICATE|BAD_CERTIFICATE|UNSUPPORTED_CERTIFICATE|CERTIFICATE_\w+|UNKNOWN_CA|ACCESS_DENIED)$/,
  refusedIdentity,
];

/** Codes of Node, which are those of `man errno`, of `openssl verify` and of OpenSSL's reasons. The first that matches counts. */
const connecting: readonly Rule[] = [
  [/^ECONNREFUSED$/, refused],
  [/^(?:ENOTFOUND|EAI_\w+)$/, unknownHost],
  [/^(?:CERT_HAS_EXPIRED|CERT_NOT_YET_VALID)$/, expired],
  [/^(?:ERR_TLS_CERT_ALTNAME_INVALID|HOSTNAME_MISMATCH)$/, wrongHost],
  [/^(?:UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|CERT_|CRL_|INVALID_CA$|INVALID_PURPOSE$|PATH_LENGTH_EXCEEDED$)/, untrusted],
  refusals,
  [/^(?:EPROTO|ERR_SSL_(?:WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST|UNKNOWN_PROTOCOL))$/, noTls],
  [/^ERR_SSL_/, noCommonTls],
];

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
  const code = "code" in error && typeof error.code === "string" ? error.code : undefined;
  if (code === "UND_ERR_CONNECT_TIMEOUT") return timeout("connect", place.connectTimeoutMs, place);
  if (code === "UND_ERR_HEADERS_TIMEOUT") return timeout("headers", place.headersTimeoutMs, place);
  const subject = `${place.origin} (${place.name})`;
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

function reasonOf(code: string | undefined, phase: RequestPhase, { origin }: RequestPlace): Reason | undefined {
  if (phase === "connect") return ruleFor(code, connecting) ?? noConnection;
  if (code === undefined || !ofTheNetwork.test(code)) return undefined;
  const known = ruleFor(code, [refusals]);
  return known ?? (phase === "headers" && origin.startsWith("http:") ? brokenInPlainText : broken);
}

function ruleFor(code: string | undefined, rules: readonly Rule[]): Reason | undefined {
  return code === undefined ? undefined : rules.find(([codes]) => codes.test(code))?.[1];
}

function timeout(phase: "connect" | "headers", timeoutMs: number, { origin, name }: RequestPlace): TimeoutError {
  const wanted = phase === "connect" ? "a connection" : "the beginning of an answer";
  const remedy = phase === "connect" ? checkNetwork : "check that the server is well, and what stands before it";
  return new TimeoutError(`${origin} (${name}): wanted ${wanted} in ${timeoutMs / 1000} s, got none; ${remedy}`, {
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
