import type { ConnectionErrorCode } from "../errors/connection-error.ts";

/** Why there was no answer: the code of its error, what was wanted and what came instead, and what to do. */
export interface Reason {
  readonly code: ConnectionErrorCode;
  readonly what: string;
  readonly remedy: string;
}

/** What to do where the network may be at fault. */
export const checkNetwork = "check the address, and that the network leads to it";
/** Where nothing more is known. */
export const noConnection: Reason = {
  code: "unreachable",
  what: "wanted a connection, got none",
  remedy: checkNetwork,
};
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
/** Its message names those that the certificate is for. */
export const wrongHost: Reason = {
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
  remedy: "check the port, which versions of TLS the server has, and whether it wants a client's certificate",
};
/** What answers is another protocol. */
export const noHttp: Reason = {
  code: "not-json",
  what: "wanted an answer in HTTP, got something else",
  remedy: "check the port, and whether the address has to begin with https:",
};
/** The connection was there. */
export const broken: Reason = {
  code: "broken",
  what: "wanted the whole answer, but the connection ended before it did",
  remedy: "try again; if it stays so, look at the server and at what stands before it",
};
/** A server of TLS that is spoken to in plain text mostly hangs up. */
export const brokenInPlainText: Reason = {
  ...broken,
  remedy: `check whether the address has to begin with https:, or ${broken.remedy}`,
};

/** What a code of Node means: the first rule that matches it counts. */
export type Rule = readonly [codes: RegExp, reason: Reason];

/** Of a client's certificate the server may say so at the handshake or, with TLS 1.3, after it. */
export const refusals: Rule = [
  /^ERR_SSL_.*ALERT_(?:NO_CERTIFICATE|BAD_CERTIFICATE|UNSUPPORTED_CERTIFICATE|CERTIFICATE_\w+|UNKNOWN_CA|ACCESS_DENIED)$/,
  refusedIdentity,
];

/** While connecting. Codes of Node are those of `man errno`, of `openssl verify` and of OpenSSL's reasons. */
export const connecting: readonly Rule[] = [
  [/^ECONNREFUSED$/, refused],
  [/^(?:ENOTFOUND|EAI_\w+)$/, unknownHost],
  [/^(?:CERT_HAS_EXPIRED|CERT_NOT_YET_VALID)$/, expired],
  [/^(?:ERR_TLS_CERT_ALTNAME_INVALID|HOSTNAME_MISMATCH)$/, wrongHost],
  [/^(?:UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|CERT_|CRL_|INVALID_CA$|INVALID_PURPOSE$|PATH_LENGTH_EXCEEDED$)/, untrusted],
  refusals,
  [/^(?:EPROTO|ERR_SSL_(?:WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST|UNKNOWN_PROTOCOL))$/, noTls],
  [/^ERR_SSL_/, noCommonTls],
];

/** What a code means by these rules. */
export function reasonFor(code: string | undefined, rules: readonly Rule[]): Reason | undefined {
  return code === undefined ? undefined : rules.find(([codes]) => codes.test(code))?.[1];
}
