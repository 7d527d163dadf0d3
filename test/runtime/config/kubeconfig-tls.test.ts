import { writeFileSync } from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import * as path from "node:path";
import tls from "node:tls";
import { KubeConfig } from "@kubernetes/client-node";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { configFromKubeConfig, loadKubeconfig } from "../../../src/runtime/config/kubeconfig.ts";
import { createAuthority } from "../../cluster/certificate.ts";
import { temporaryFolder } from "../../temporary-folder.ts";
import { authority, base64, certificate, type KubeconfigParts, key, kubeconfigText } from "./kubeconfig-text.ts";

const plain = "server: 'https://10.0.0.1:6443'";
const text = base64("a text");
const otherKey = createAuthority("another").client({ commonName: "ada" }).key;

const early: (KubeconfigParts & { of: string; problem: string })[] = [
  {
    of: "an authority that is not in base64",
    cluster: `{ ${plain}, certificate-authority-data: '-----BEGIN CERTIFICATE-----' }`,
    problem: 'cluster "lab": certificate-authority-data: wanted base64, got something else; mend it',
  },
  {
    of: "a certificate whose base64 was cut off",
    user: `{ client-certificate-data: ${text.slice(0, -1)}, client-key-data: ${text} }`,
    problem: 'user "ada": client-certificate-data: wanted base64, got something else; mend it',
  },
  {
    of: "a key whose base64 is not the usual one",
    user: `{ client-certificate-data: ${text}, client-key-data: a-_= }`,
    problem: 'user "ada": client-key-data: wanted base64, got something else; mend it',
  },
  {
    of: "a certificate without its key",
    user: `{ client-certificate-data: ${base64(certificate)} }`,
    problem: 'user "ada": wanted client-key or client-key-data beside client-certificate, found none; add it',
  },
  {
    of: "an authority that is none",
    cluster: `{ ${plain}, certificate-authority-data: ${text} }`,
    problem: 'cluster "lab": certificate-authority-data: wanted a certificate in PEM, got something else; mend it',
  },
  {
    of: "a certificate that is none",
    user: `{ client-certificate-data: ${text}, client-key-data: ${base64(key)} }`,
    problem: 'user "ada": client-certificate-data: wanted a certificate in PEM, got something else; mend it',
  },
  {
    of: "a key that is none",
    user: `{ client-certificate-data: ${base64(certificate)}, client-key-data: ${text} }`,
    problem:
      'user "ada": client-key-data: wanted a private key in PEM, got something else or one with another passphrase; mend it',
  },
  {
    of: "the key of another certificate",
    user: `{ client-certificate-data: ${base64(certificate)}, client-key-data: ${base64(otherKey)} }`,
    problem: 'user "ada": client-key-data: wanted the private key of client-certificate, got another; mend it',
  },
  {
    of: "an authority that is not to be asked",
    cluster: `{ ${plain}, certificate-authority-data: ${base64(authority)}, insecure-skip-tls-verify: true }`,
    problem: 'cluster "lab": wanted certificate-authority or insecure-skip-tls-verify, found both; remove one of them',
  },
  {
    of: "a token with a line break",
    user: '{ token: "one\\ntwo" }',
    problem:
      'user "ada": token: wanted credentials that fit into the header "authorization", got a line break or another character that no header has; mend them',
  },
];

describe.each(early)("$of", ({ problem, of: _, ...parts }) => {
  test("is refused when a kubeconfig is loaded", async () => {
    const file = path.join(temporaryFolder({ kubeconfig: kubeconfigText(parts) }), "kubeconfig");
    await expect(loadKubeconfig({ path: file })).rejects.toMatchObject({
      name: "ConfigError",
      code: "invalid",
      message: `kubeconfig ${file}: context "staging": ${problem}`,
    });
  });

  test("is refused in a KubeConfig of client-node", () => {
    const kubeConfig = new KubeConfig();
    kubeConfig.loadFromString(kubeconfigText(parts));
    const message = `kubeconfig: context "staging": ${problem}`;
    expect(() => configFromKubeConfig(kubeConfig)).toThrow(expect.objectContaining({ code: "invalid", message }));
  });
});

test("over plain http nothing of it is read but the base64", async () => {
  const cluster = `{ server: 'http://127.0.0.1:8001', insecure-skip-tls-verify: true, certificate-authority-data: ${text} }`;
  const user = `{ client-certificate-data: ${text}, client-key-data: ${text} }`;
  const config = await loadKubeconfig({ text: kubeconfigText({ cluster, user }) });
  expect(await config.credentials()).toEqual({ headers: {}, tls: {} });
  await expect(loadKubeconfig({ text: kubeconfigText({ cluster: cluster.replace(text, "a") }) })).rejects.toThrow(
    'cluster "lab": certificate-authority-data: wanted base64',
  );
});

test("over plain http through a proxy of https only the authority is read, for the proxy", async () => {
  const cluster = `{ server: 'http://10.0.0.1:8001', proxy-url: 'https://10.0.0.2', certificate-authority: ca.crt }`;
  const user = "{ client-certificate: none, client-key: none, as: grace }";
  const folder = temporaryFolder({ kubeconfig: kubeconfigText({ cluster, user }), "ca.crt": authority });
  const file = path.join(folder, "kubeconfig");
  const headers = { "impersonate-user": "grace" };
  expect(await (await loadKubeconfig({ path: file })).credentials()).toEqual({
    headers,
    tls: { ca: Buffer.from(authority) },
  });
  const through = async (parts: string): Promise<unknown> => {
    const text = kubeconfigText({ cluster: `{ server: 'http://10.0.0.1:8001', ${parts} }`, user });
    const environment = { HTTP_PROXY: "HTTPS://10.0.0.3" };
    return (await (await loadKubeconfig({ text, environment })).credentials()).tls;
  };
  const data = `certificate-authority-data: ${base64(authority)}`;
  expect(await through(data)).toEqual({ ca: Buffer.from(authority) });
  expect(await through("insecure-skip-tls-verify: true")).toEqual({ rejectUnauthorized: false });
  expect(await through(`proxy-url: 'http://10.0.0.2', ${data}`)).toEqual({});
  await expect(through(`certificate-authority-data: ${text}`)).rejects.toThrow("wanted a certificate in PEM");
});

test("what files hold is checked again only when it has changed", async () => {
  const files = { "ca.crt": authority, "ada.crt": certificate, "ada.key": key };
  const user = "{ client-certificate: ada.crt, client-key: ada.key }";
  const cluster = `{ ${plain}, certificate-authority: ca.crt }`;
  const folder = temporaryFolder({ kubeconfig: kubeconfigText({ cluster, user }), ...files });
  const config = await loadKubeconfig({ path: path.join(folder, "kubeconfig") });
  const first = await config.credentials();
  const checks = vi.spyOn(tls, "createSecureContext");
  syncBuiltinESMExports();
  onTestFinished(() => {
    checks.mockRestore();
    syncBuiltinESMExports();
  });
  expect(await config.credentials()).toEqual(first);
  expect(checks).not.toHaveBeenCalled();
  writeFileSync(path.join(folder, "ada.key"), `${key}\n`);
  expect((await config.credentials()).tls.key).toEqual(Buffer.from(`${key}\n`));
  expect(checks).toHaveBeenCalled();
  writeFileSync(path.join(folder, "ada.key"), otherKey);
  for (let asked = 0; asked < 2; asked += 1) {
    await expect(config.credentials()).rejects.toThrow("wanted the private key of client-certificate");
  }
});

test("base64 may be in lines", async () => {
  const lines = base64(authority).replaceAll(/.{64}/g, "$&\\n");
  const cluster = `{ ${plain}, certificate-authority-data: "${lines}" }`;
  const config = await loadKubeconfig({ text: kubeconfigText({ cluster }) });
  expect((await config.credentials()).tls).toEqual({ ca: Buffer.from(authority) });
});

const otherOne = "got something else or one with another passphrase; mend it";
test.each<[KubeconfigParts, string]>([
  [
    { cluster: `{ ${plain}, certificate-authority: text }` },
    'cluster "lab": certificate-authority: wanted a certificate in PEM in <folder>/text, got something else; mend it',
  ],
  [
    { user: "{ client-certificate: text, client-key: ada.key }" },
    'user "ada": client-certificate: wanted a certificate in PEM in <folder>/text, got something else; mend it',
  ],
  [
    { user: "{ client-certificate: ada.crt, client-key: text }" },
    `user "ada": client-key: wanted a private key in PEM in <folder>/text, ${otherOne}`,
  ],
  [
    { user: `{ client-certificate-data: ${base64(certificate)}, client-key: other.key }` },
    'user "ada": client-key: wanted the private key of client-certificate in <folder>/other.key, got another; mend it',
  ],
  [
    { user: "{ tokenFile: text }" },
    'user "ada": tokenFile: <folder>/text: wanted credentials that fit into the header "authorization", got a line break or another character that no header has; mend them',
  ],
  [
    { user: '{ as: "one\\ntwo" }' },
    'user "ada": wanted credentials that fit into the header "impersonate-user", got a line break or another character that no header has; mend them',
  ],
])("what files hold is said when they are read: %j", async (parts, problem) => {
  const folder = temporaryFolder({
    kubeconfig: kubeconfigText(parts),
    text: "a\ntext",
    "ada.crt": certificate,
    "ada.key": key,
    "other.key": otherKey,
  });
  const config = await loadKubeconfig({ path: path.join(folder, "kubeconfig") });
  await expect(config.credentials()).rejects.toMatchObject({
    code: "invalid",
    message: `kubeconfig ${folder}/kubeconfig: context "staging": ${problem.replace("<folder>", folder)}`,
  });
});
