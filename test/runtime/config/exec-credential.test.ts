import { expect, test } from "vitest";
import { readExecCredential } from "../../../src/runtime/config/exec-credential.ts";
import { createAuthority } from "../../cluster/certificate.ts";
import { certificate, key } from "./kubeconfig-text.ts";

const apiVersion = "client.authentication.k8s.io/v1";

/** Reads an ExecCredential that has this status. */
function read(status: unknown, credential: object = {}): ReturnType<typeof readExecCredential> {
  return readText(JSON.stringify({ kind: "ExecCredential", apiVersion, status, ...credential }));
}

function readText(output: string): ReturnType<typeof readExecCredential> {
  return readExecCredential(output, { apiVersion, failure: (problem) => new RangeError(problem) });
}

const always = Number.POSITIVE_INFINITY;
const pair = { clientCertificateData: certificate, clientKeyData: key };
const tls = { cert: certificate, key };

test.each([
  [{ token: "a-token" }, { credentials: { token: "a-token", tls: {} }, expires: always }],
  [
    { token: "a-token", clientKeyData: "" },
    { credentials: { token: "a-token", tls: {} }, expires: always },
  ],
  [
    { ...pair, token: null },
    { credentials: { token: undefined, tls }, expires: always },
  ],
  [
    { ...pair, token: "a", expirationTimestamp: null },
    { credentials: { token: "a", tls }, expires: always },
  ],
  [
    { token: "a", expirationTimestamp: "1970-01-01T00:00:05Z" },
    { credentials: { token: "a", tls: {} }, expires: 5_000 },
  ],
  [
    { token: "a", expirationTimestamp: "1970-01-01T01:00:05.25+01:00" },
    { credentials: { token: "a", tls: {} }, expires: 5_250 },
  ],
])("%j is taken", (status, want) => {
  expect(read(status)).toEqual(want);
});

const neither = "gave neither a token nor a certificate with its key; run it by hand to see why";
const noTime = "gave an expirationTimestamp that is no time of RFC 3339; mend the plugin";
const otherKey = createAuthority("another").client({ commonName: "ada" }).key;

test.each<[unknown, string]>([
  [undefined, neither],
  ["canary", neither],
  [{ token: "" }, neither],
  [{ token: 5 }, "gave a token that is no text; mend the plugin"],
  [
    { token: "canary\ncanary" },
    "gave a token with a line break or another character that no header has; mend the plugin",
  ],
  [
    { token: "canary", clientCertificateData: certificate },
    "gave a certificate without its key; run it by hand to see why",
  ],
  [{ token: "canary", clientKeyData: key }, "gave a key without its certificate; run it by hand to see why"],
  [{ ...pair, clientKeyData: {} }, "gave a clientKeyData that is no text; mend the plugin"],
  [
    { ...pair, clientCertificateData: "canary" },
    "gave a clientCertificateData that is not a certificate in PEM; mend the plugin",
  ],
  [{ ...pair, clientKeyData: "canary" }, "gave a clientKeyData that is not a private key in PEM; mend the plugin"],
  [
    { ...pair, clientKeyData: otherKey },
    "gave a clientKeyData that is not the private key of client-certificate; mend the plugin",
  ],
  ...["soon", "", "2999-01-01", "2999-13-01T00:00:00Z", 5].map((expirationTimestamp): [unknown, string] => [
    { token: "canary", expirationTimestamp },
    noTime,
  ]),
])("the status %j is refused", (status, problem) => {
  expect(() => read(status)).toThrow(new RangeError(problem));
});

const noCredential = "gave no ExecCredential; run it by hand to see what it says";

test.each<[string, string]>([
  ["", "gave what is not JSON; run it by hand to see what it says"],
  ["canary", "gave what is not JSON; run it by hand to see what it says"],
  ["null", noCredential],
  ["{}", noCredential],
  ['{"kind":"Status"}', noCredential],
  [
    '{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1beta1","status":{"token":"canary"}}',
    "gave an ExecCredential of another version than client.authentication.k8s.io/v1; mend the apiVersion of exec",
  ],
])("the output %j is refused", (output, problem) => {
  expect(() => readText(output)).toThrow(new RangeError(problem));
});
