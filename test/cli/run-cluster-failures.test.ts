import { expect, test, vi } from "vitest";
import { type Authority, type Certificate, createAuthority } from "../cluster/certificate.ts";
import {
  type Answer,
  collection,
  cutOff,
  html,
  json,
  type OwnCluster,
  pageOf,
  pages,
  refusal,
  startOwnCluster,
} from "../read/own-cluster.ts";
import { failureMessage, kubeconfigOf, listedDefinition } from "./cluster-command.ts";

const authority = createAuthority("an authority");
const certificate = authority.server({ commonName: "own" });
const anyone = pages(pageOf([]));
const definitions = [listedDefinition("ones"), listedDefinition("twos")];

function caData({ certificate: ca }: Pick<Authority, "certificate">): {
  readonly "certificate-authority-data": string;
} {
  return { "certificate-authority-data": Buffer.from(ca).toString("base64") };
}

/** The message about a server, with `<server>` for its address and `<place>` for that and the context. */
async function messageOf(cluster: Pick<OwnCluster, "baseUrl">, fields: object = {}): Promise<string> {
  const message = await failureMessage({ config: kubeconfigOf({ server: cluster.baseUrl, ...fields }) });
  return (
    message
      .replaceAll(cluster.baseUrl, "<server>")
      .replace('<server> (context "staging")', "<place>")
      // Which of them it is depends on the moment, or on the release of OpenSSL.
      .replace(/\((?:UND_ERR_SOCKET|ECONNRESET|ERR_SSL_\w+)\)/, "(<code>)")
  );
}

/** A certificate that was issued two months ago, for one. */
function expired(): Certificate {
  vi.useFakeTimers({ now: Date.now() - 60 * 24 * 3_600_000, toFake: ["Date"] });
  try {
    return authority.server({ commonName: "own" });
  } finally {
    vi.useRealTimers();
  }
}

test("a server that is not there", async () => {
  // Port 1 is reserved and nothing listens on it.
  expect(await messageOf({ baseUrl: "https://127.0.0.1:1" })).toBe(
    "<place>: wanted a connection, but nothing listens there (ECONNREFUSED); check that the server runs and that the address is right",
  );
});

test.each<readonly [string, Certificate, object, string]>([
  [
    "of an authority that is not trusted",
    certificate,
    caData(createAuthority("another")),
    "<place>: wanted a certificate from an authority that is trusted, got another (UNABLE_TO_VERIFY_LEAF_SIGNATURE); check the certificate-authority of the cluster, and that nobody else answers for the server",
  ],
  [
    "of an authority where none is named",
    certificate,
    {},
    "<place>: wanted a certificate from an authority that is trusted, got another (UNABLE_TO_VERIFY_LEAF_SIGNATURE); check the certificate-authority of the cluster, and that nobody else answers for the server",
  ],
  [
    "for another host",
    certificate,
    { ...caData(authority), "tls-server-name": "other.example.com" },
    "<place>: wanted a certificate for this host, got one for another: DNS:localhost, IP Address:127.0.0.1 (ERR_TLS_CERT_ALTNAME_INVALID); use a name that it is for as the address, or as tls-server-name",
  ],
  [
    "that has expired",
    expired(),
    caData(authority),
    "<place>: wanted a certificate that is valid now, got one that is not (CERT_HAS_EXPIRED); check the clock of this machine, and have the server's certificate renewed",
  ],
])("a certificate %s", async (_, serverCertificate, fields, message) => {
  const cluster = await startOwnCluster(anyone, serverCertificate);
  expect(await messageOf(cluster, fields)).toBe(message);
  expect(cluster.requests).toEqual([]);
});

test("a server without TLS where TLS is wanted, and one with TLS where none is", async () => {
  const plain = await startOwnCluster(anyone);
  expect(await messageOf({ baseUrl: plain.baseUrl.replace("http:", "https:") })).toBe(
    "<place>: wanted a TLS connection, but what answers does not speak TLS (<code>); check the port, and whether the address has to begin with http:",
  );
  const secure = await startOwnCluster(anyone, certificate);
  expect(await messageOf({ baseUrl: secure.baseUrl.replace("https:", "http:") })).toMatch(
    /^<place>: wanted (?:the whole answer, but the connection ended before it did|an answer in HTTP, got something else)/,
  );
});

const resource = "customresourcedefinitions.apiextensions.k8s.io";
const cannot = `User "ada" cannot list resource "customresourcedefinitions" in API group "apiextensions.k8s.io"`;
const checkAddress = "check that the address is that of a Kubernetes API server and that no proxy answers for it";
const checkServer = "try again; if it stays so, look at the server and at what stands before it";

test.each<readonly [string, Answer, string]>([
  [
    "401",
    refusal(401, "Unauthorized", "Unauthorized"),
    "<place>: wanted the definitions, but the server does not know who asks (401 Unauthorized); the context's credentials are missing, wrong or expired: log in again, or choose another context",
  ],
  [
    "403",
    refusal(403, "Forbidden", `${resource} is forbidden: ${cannot} at the cluster scope`),
    `<place>: the user ada may not list ${resource} (403 Forbidden); ask an administrator for a cluster role with the rule {apiGroups: ["apiextensions.k8s.io"], resources: ["customresourcedefinitions"], verbs: ["get", "list"]}, as \`kubectl create clusterrole crd-reader --verb=get,list --resource=${resource}\` makes it, and a binding to it`,
  ],
  [
    "410",
    refusal(410, "Expired", "The provided continue parameter is too old"),
    "<place>: the list of definitions became too old while it was read (410 Gone); run again",
  ],
  [
    "500",
    refusal(500, "InternalError", "etcd does not answer"),
    `<place>: wanted the definitions, but got list ${resource}: 500 InternalError, etcd does not answer; ${checkServer}`,
  ],
  ["a page of HTML", html(200), `<place>: wanted JSON from the API server, got a page of HTML or XML; ${checkAddress}`],
  [
    "a page of HTML that says 404",
    html(404),
    `<place>: wanted the definitions, but got list ${resource}: 404; ${checkAddress}`,
  ],
  [
    "a page of HTML that says 502",
    html(502),
    `<place>: wanted the definitions, but got list ${resource}: 502; ${checkServer}`,
  ],
  [
    "another object",
    json({ healthy: true }),
    `<place>: list ${resource}: wanted an object with apiVersion and kind from the API server, got one without; check that the address is that of a Kubernetes API server`,
  ],
  ["nothing", (response) => response.end(), `<place>: wanted JSON from the API server, got nothing; ${checkAddress}`],
  [
    "a half",
    cutOff,
    `<place>: wanted the whole answer, but the connection ended before it did (<code>); ${checkServer}`,
  ],
  [
    "a connection that ends",
    (response) => response.destroy(),
    `<place>: wanted the whole answer, but the connection ended before it did (<code>); ${checkServer}`,
  ],
])("an answer of %s, on the first page and on the second", async (_, answer, message) => {
  const first = await startOwnCluster(pages(answer), certificate);
  expect(await messageOf(first, caData(authority))).toBe(message);
  const second = await startOwnCluster(pages(pageOf(definitions, { continue: "1" }), answer), certificate);
  expect(await messageOf(second, caData(authority))).toBe(message);
  expect(second.requests.slice(0, 2)).toEqual([`GET ${collection}?limit=50`, `GET ${collection}?continue=1&limit=250`]);
});

test("a definition that the user may not get", async () => {
  const answer = refusal(403, "Forbidden", `${resource} "as.g" is forbidden: User "ada" cannot get resource`);
  const { baseUrl } = await startOwnCluster((_, response) => answer(response));
  const message = await failureMessage({ config: kubeconfigOf({ server: baseUrl }), crds: ["as.g", "bs.g"] });
  expect(message).toMatch(
    new RegExp(`^${baseUrl} \\(context "staging"\\): the user ada may not get ${resource} \\(403 Forbidden\\); ask `),
  );
});
