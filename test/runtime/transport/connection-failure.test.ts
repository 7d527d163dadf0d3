import { describe, expect, it } from "vitest";
import { connectionFailure, type RequestPhase } from "../../../src/runtime/transport/connection-failure.ts";

const place = { origin: "https://10.0.0.1:6443", name: "a test", connectTimeoutMs: 10_000, headersTimeoutMs: 1_500 };

const coded = (code: string, more: object = {}): Error => Object.assign(new Error("the original"), { code, ...more });

const noConnection = "wanted a connection, got none";
const checkNetwork = "check the address, and that the network leads to it";
const noTls = "wanted a TLS connection, but what answers does not speak TLS";
const checkHttp = "check the port, and whether the address has to begin with http:";
const otherTls = "wanted a TLS connection, but client and server agree on none";
const checkTls = "check the port, which versions of TLS the server has, and whether it wants a client's certificate";
const noName = "wanted the address of the host, but its name is not known";
const checkName = "check the name, and that the network is there";
const untrusted = "wanted a certificate from an authority that is trusted, got another";
const checkAuthority = "check the certificate-authority of the cluster, and that nobody else answers for the server";
const expired = "wanted a certificate that is valid now, got one that is not";
const checkClock = "check the clock of this machine, and have the server's certificate renewed";
const refused = "wanted the client's certificate taken, but the server refuses it";
const checkClient = "check that it is for this cluster and has not expired, or sign in again";
const broken = "wanted the whole answer, but the connection ended before it did";
const tryAgain = "try again; if it stays so, look at the server and at what stands before it";

describe("a failure of the network", () => {
  it.each<[RequestPhase, string, string, string, string]>([
    [
      "connect",
      "ECONNREFUSED",
      "unreachable",
      "wanted a connection, but nothing listens there",
      "check that the server runs and that the address is right",
    ],
    ["connect", "EHOSTUNREACH", "unreachable", noConnection, checkNetwork],
    ["connect", "ENETUNREACH", "unreachable", noConnection, checkNetwork],
    ["connect", "ETIMEDOUT", "unreachable", noConnection, checkNetwork],
    ["connect", "ECONNRESET", "unreachable", noConnection, checkNetwork],
    ["connect", "EMFILE", "unreachable", noConnection, checkNetwork],
    ["connect", "ENOTFOUND", "unknown-host", noName, checkName],
    ["connect", "EAI_AGAIN", "unknown-host", noName, checkName],
    ["connect", "UNABLE_TO_VERIFY_LEAF_SIGNATURE", "untrusted", untrusted, checkAuthority],
    ["connect", "UNABLE_TO_GET_ISSUER_CERT", "untrusted", untrusted, checkAuthority],
    ["connect", "UNABLE_TO_GET_ISSUER_CERT_LOCALLY", "untrusted", untrusted, checkAuthority],
    ["connect", "SELF_SIGNED_CERT_IN_CHAIN", "untrusted", untrusted, checkAuthority],
    ["connect", "DEPTH_ZERO_SELF_SIGNED_CERT", "untrusted", untrusted, checkAuthority],
    ["connect", "CERT_SIGNATURE_FAILURE", "untrusted", untrusted, checkAuthority],
    ["connect", "CERT_REVOKED", "untrusted", untrusted, checkAuthority],
    ["connect", "CERT_UNTRUSTED", "untrusted", untrusted, checkAuthority],
    ["connect", "INVALID_CA", "untrusted", untrusted, checkAuthority],
    ["connect", "INVALID_PURPOSE", "untrusted", untrusted, checkAuthority],
    ["connect", "CERT_HAS_EXPIRED", "expired", expired, checkClock],
    ["connect", "CERT_NOT_YET_VALID", "expired", expired, checkClock],
    ["connect", "ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE", "refused-identity", refused, checkClient],
    ["connect", "ERR_SSL_SSL/TLS_ALERT_BAD_CERTIFICATE", "refused-identity", refused, checkClient],
    ["connect", "ERR_SSL_TLSV1_ALERT_UNKNOWN_CA", "refused-identity", refused, checkClient],
    ["headers", "ERR_SSL_TLSV1_ALERT_UNKNOWN_CA", "refused-identity", refused, checkClient],
    ["headers", "ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED", "refused-identity", refused, checkClient],
    ["headers", "ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED", "refused-identity", refused, checkClient],
    ["headers", "ERR_SSL_SSLV3_ALERT_CERTIFICATE_UNKNOWN", "refused-identity", refused, checkClient],
    ["connect", "ERR_SSL_WRONG_VERSION_NUMBER", "not-json", noTls, checkHttp],
    ["connect", "ERR_SSL_PACKET_LENGTH_TOO_LONG", "not-json", noTls, checkHttp],
    ["connect", "EPROTO", "not-json", noTls, checkHttp],
    ["connect", "ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION", "unreachable", otherTls, checkTls],
    ["connect", "ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE", "unreachable", otherTls, checkTls],
    // A connection that was there may have carried the request, whatever ended it.
    ["headers", "ECONNRESET", "broken", broken, tryAgain],
    ["headers", "EHOSTUNREACH", "broken", broken, tryAgain],
    ["headers", "ETIMEDOUT", "broken", broken, tryAgain],
    ["headers", "EPIPE", "broken", broken, tryAgain],
    ["headers", "UND_ERR_SOCKET", "broken", broken, tryAgain],
    ["headers", "UND_ERR_HEADERS_OVERFLOW", "broken", broken, tryAgain],
    ["headers", "ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC", "broken", broken, tryAgain],
    ["body", "ECONNRESET", "broken", broken, tryAgain],
    ["body", "UND_ERR_SOCKET", "broken", broken, tryAgain],
    ["body", "UND_ERR_RES_CONTENT_LENGTH_MISMATCH", "broken", broken, tryAgain],
    ["body", "Z_BUF_ERROR", "broken", broken, tryAgain],
    ["body", "Z_DATA_ERROR", "broken", broken, tryAgain],
    ["body", "ERR_STREAM_PREMATURE_CLOSE", "broken", broken, tryAgain],
  ])("while %s, %s, is %s", (phase, code, want, what, remedy) => {
    const original = coded(code);
    const failure = connectionFailure(original, phase, place);
    expect(failure).toMatchObject({
      name: "ConnectionError",
      code: want,
      message: `https://10.0.0.1:6443 (a test): ${what} (${code}); ${remedy}`,
    });
    expect(failure).toHaveProperty("cause", original);
  });

  it("before an answer in plain text may mean that the server speaks TLS", () => {
    expect(
      connectionFailure(coded("UND_ERR_SOCKET"), "headers", { ...place, origin: "http://10.0.0.1" }),
    ).toMatchObject({
      code: "broken",
      message: `http://10.0.0.1 (a test): ${broken} (UND_ERR_SOCKET); check whether the address has to begin with https:, or ${tryAgain}`,
    });
  });

  it("without a code is still one while connecting", () => {
    expect(connectionFailure(new Error("the original"), "connect", place)).toMatchObject({
      code: "unreachable",
      message: `https://10.0.0.1:6443 (a test): ${noConnection}; ${checkNetwork}`,
    });
  });

  it.each([
    ["DNS:a.example.com, IP Address:10.0.0.2", "DNS:a.example.com, IP Address:10.0.0.2"],
    ["x".repeat(201), `${"x".repeat(200)}…`],
  ])("of a certificate for another host names those that it is for", (subjectaltname, names) => {
    const original = coded("ERR_TLS_CERT_ALTNAME_INVALID", { cert: { subjectaltname } });
    expect(connectionFailure(original, "connect", place)).toMatchObject({
      code: "wrong-host",
      message: `https://10.0.0.1:6443 (a test): wanted a certificate for this host, got one for another: ${names} (ERR_TLS_CERT_ALTNAME_INVALID); use a name that it is for as the address, or as tls-server-name`,
    });
  });
});

describe("a timeout", () => {
  it.each<[RequestPhase, string, object]>([
    [
      "connect",
      "UND_ERR_CONNECT_TIMEOUT",
      {
        phase: "connect",
        timeoutMs: 10_000,
        message: `https://10.0.0.1:6443 (a test): wanted a connection in 10 s, got none; ${checkNetwork}`,
      },
    ],
    [
      "headers",
      "UND_ERR_HEADERS_TIMEOUT",
      {
        phase: "headers",
        timeoutMs: 1_500,
        message:
          "https://10.0.0.1:6443 (a test): wanted the beginning of an answer in 1.5 s, got none; check that the server is well, and what stands before it",
      },
    ],
  ])("while %s, %s, has phase and limit", (phase, code, want) => {
    expect(connectionFailure(coded(code), phase, place)).toMatchObject({ name: "TimeoutError", ...want });
  });
});

describe("what is not HTTP", () => {
  const parserError = Object.assign(new Error("Response does not match"), { name: "HTTPParserError", data: "canary" });

  it.each<[RequestPhase, string, string, string]>([
    [
      "headers",
      "not-json",
      "wanted an answer in HTTP, got something else",
      "check the port, and whether the address has to begin with https:",
    ],
    ["body", "broken", broken, tryAgain],
  ])("while %s is %s, and the bytes are not kept", (phase, code, what, remedy) => {
    const failure = connectionFailure(parserError, phase, place);
    expect(failure).toMatchObject({ code, message: `https://10.0.0.1:6443 (a test): ${what}; ${remedy}` });
    expect(failure).not.toHaveProperty("cause");
  });
});

it.each<[RequestPhase, unknown]>([
  ["headers", new TypeError("a defect")],
  ["headers", coded("UND_ERR_INVALID_ARG")],
  ["headers", coded("ERR_INVALID_ARG_TYPE")],
  ["body", coded("ERR_ASSERTION")],
  ["connect", "no error at all"],
])("while %s, what is not of the network is given as it is: %s", (phase, error) => {
  expect(connectionFailure(error, phase, place)).toBe(error);
});
