import { writeFileSync } from "node:fs";
import * as path from "node:path";
import { KubeConfig } from "@kubernetes/client-node";
import { describe, expect, test } from "vitest";
import type { Credentials } from "../../../src/runtime/config/cluster-config.ts";
import { configFromKubeConfig, loadKubeconfig } from "../../../src/runtime/config/kubeconfig.ts";
import { ConfigError, type ConfigErrorCode } from "../../../src/runtime/errors/config-error.ts";
import { temporaryFolder } from "../../temporary-folder.ts";
import { authority, base64, certificate, type KubeconfigParts, key, kubeconfigText } from "./kubeconfig-text.ts";

/** A KubeConfig that a program has loaded by itself. */
function kubeConfigOf(text: string): KubeConfig {
  const kubeConfig = new KubeConfig();
  kubeConfig.loadFromString(text);
  return kubeConfig;
}

describe.each([
  { way: "a text", load: (text: string) => loadKubeconfig({ text }) },
  { way: "a KubeConfig of client-node", load: async (text: string) => configFromKubeConfig(kubeConfigOf(text)) },
])("$way", ({ load }) => {
  test("leads to the server, the namespace and a name", async () => {
    const context = "{ cluster: lab, user: ada, namespace: tests }";
    expect(await load(kubeconfigText({ context }))).toMatchObject({
      server: "https://10.0.0.1:6443",
      name: 'context "staging"',
      namespace: "tests",
    });
  });

  test.each([
    { server: "https://10.0.0.1:6443/", want: "https://10.0.0.1:6443" },
    { server: "https://rancher.test/k8s/clusters/c-1/", want: "https://rancher.test/k8s/clusters/c-1" },
    { server: "https://[fd00::1]:6443", want: "https://[fd00::1]:6443" },
    { server: "HTTPS://Lab.test:6443", want: "https://lab.test:6443" },
    // As client-go's rest.DefaultServerURL has it: of https where something of TLS is configured.
    { server: "localhost:8080", want: "http://localhost:8080" },
    { server: "10.0.0.1", want: "http://10.0.0.1" },
    { server: "10.0.0.1:6443/', insecure-skip-tls-verify: true, tls-server-name: 'a", want: "https://10.0.0.1:6443" },
    { server: `lab.test', certificate-authority-data: '${base64(authority)}`, want: "https://lab.test" },
    { server: "[fd00::1]:6443', certificate-authority: 'ca.crt", want: "https://[fd00::1]:6443" },
    { server: "http://127.0.0.1:8001", want: "http://127.0.0.1:8001" },
  ])("the server $server is used as $want", async ({ server, want }) => {
    const config = await load(kubeconfigText({ cluster: `{ server: '${server}' }` }));
    expect(config).toMatchObject({ server: want, namespace: undefined });
  });

  const plain = "server: 'https://10.0.0.1:6443'";
  test.each(["client-certificate", "client-certificate-data"])(
    "%s has a server without a scheme be of https",
    async (name) => {
      const pair = { [name]: base64(certificate), [name.replace("certificate", "key")]: base64(key) };
      const text = kubeconfigText({ cluster: "{ server: '10.0.0.1:6443' }", user: JSON.stringify(pair) });
      expect(await load(text)).toMatchObject({ server: "https://10.0.0.1:6443" });
    },
  );

  const given: (KubeconfigParts & { of: string; want: Credentials })[] = [
    { of: "a token", want: { headers: { authorization: "Bearer a-token" }, tls: {} } },
    {
      of: "a user name and a password",
      user: "{ username: ada, password: 'pass:word' }",
      want: { headers: { authorization: `Basic ${base64("ada:pass:word")}` }, tls: {} },
    },
    {
      of: "a user name without a password",
      user: "{ username: ada }",
      want: { headers: { authorization: `Basic ${base64("ada:")}` }, tls: {} },
    },
    {
      of: "a client certificate",
      user: `{ client-certificate-data: ${base64(certificate)}, client-key-data: ${base64(key)} }`,
      want: { headers: {}, tls: { cert: Buffer.from(certificate), key: Buffer.from(key) } },
    },
    {
      of: "a user to impersonate",
      user: "{ token: a-token, as: grace }",
      want: { headers: { authorization: "Bearer a-token", "impersonate-user": "grace" }, tls: {} },
    },
    { of: "an empty user", user: "{}", want: { headers: {}, tls: {} } },
    {
      of: "an authority",
      cluster: `{ ${plain}, certificate-authority-data: ${base64(authority)} }`,
      want: { headers: { authorization: "Bearer a-token" }, tls: { ca: Buffer.from(authority) } },
    },
    {
      of: "insecure-skip-tls-verify",
      cluster: `{ ${plain}, insecure-skip-tls-verify: true }`,
      want: { headers: { authorization: "Bearer a-token" }, tls: { rejectUnauthorized: false } },
    },
    {
      of: "tls-server-name",
      cluster: `{ ${plain}, tls-server-name: lab.test }`,
      want: { headers: { authorization: "Bearer a-token" }, tls: { servername: "lab.test" } },
    },
    {
      of: "a context without a user",
      cluster: `{ ${plain}, certificate-authority-data: ${base64(authority)}, tls-server-name: lab.test }`,
      context: "{ cluster: lab }",
      want: { headers: {}, tls: { ca: Buffer.from(authority), servername: "lab.test" } },
    },
    {
      of: "plain http, over which no secret is sent",
      cluster: `{ server: 'http://127.0.0.1:8001', certificate-authority-data: ${base64(authority)} }`,
      user: "{ username: ada, password: word, as: grace }",
      want: { headers: { "impersonate-user": "grace" }, tls: {} },
    },
    {
      of: "plain http that skips the verification it does not have",
      cluster: "{ server: 'http://127.0.0.1:8001', insecure-skip-tls-verify: true }",
      want: { headers: {}, tls: {} },
    },
    {
      of: "an auth-provider with a token that does not expire",
      user: "{ auth-provider: { name: gcp, config: { access-token: a-token } } }",
      want: { headers: { authorization: "Bearer a-token" }, tls: {} },
    },
  ];
  test.each(given)("the credentials of $of", async ({ want, of: _, ...parts }) => {
    const config = await load(kubeconfigText(parts));
    expect(await config.credentials()).toStrictEqual(want);
  });

  const noServer = "wanted a server as https://10.0.0.1:6443, got";
  const problems: { text: string; code: ConfigErrorCode; message: string }[] = [
    {
      text: "apiVersion: v1",
      code: "no-context",
      message: "kubeconfig: wanted a context, found none; give a kubeconfig with one",
    },
    {
      text: kubeconfigText().replace("current-context: staging", ""),
      code: "no-context",
      message: 'kubeconfig: wanted a current context, found none set; choose from "staging"',
    },
    {
      text: kubeconfigText().replace("current-context: staging", "current-context: production"),
      code: "unknown-context",
      message: 'kubeconfig: wanted context "production", found "staging"; choose one of them',
    },
    {
      text: kubeconfigText({ context: "{ cluster: mars, user: ada }" }),
      code: "unknown-cluster",
      message:
        'kubeconfig: context "staging": wanted cluster "mars", found no entry of that name; add it, or mend the context',
    },
    {
      text: kubeconfigText({ context: "{ cluster: lab, user: grace }" }),
      code: "unknown-user",
      message:
        'kubeconfig: context "staging": wanted user "grace", found no entry of that name; add it, or mend the context',
    },
    {
      text: kubeconfigText({ context: "{ cluster: lab, user: ada, namespace: Bad/Ns }" }),
      code: "invalid",
      message:
        'kubeconfig: context "staging": namespace: wanted a DNS label: up to 63 lower-case letters, digits and dashes, got "Bad/Ns"; mend the context',
    },
    {
      text: kubeconfigText({ cluster: "{ server: 'https://10.0.0.1', proxy-url: 'socks5://me:word@10.0.0.2' }" }),
      code: "invalid",
      message:
        'kubeconfig: context "staging": cluster "lab": proxy-url: wanted the address of an http or https proxy as http://10.0.0.2:3128, got one for SOCKS, which is not supported; mend it, or remove it',
    },
    {
      text: kubeconfigText({ cluster: "{ server: 'https://10.0.0.1', proxy-url: '10.0.0.2:3128' }" }),
      code: "invalid",
      message:
        'kubeconfig: context "staging": cluster "lab": proxy-url: wanted the address of an http or https proxy as http://10.0.0.2:3128, got something else; mend it, or remove it',
    },
    ...[
      ["https://me:word@10.0.0.1", "one with a user name or password, which belongs to the user"],
      ["me:word@10.0.0.1:6443", "one with a user name or password, which belongs to the user"],
      ["https://10.0.0.1?token=word", "one with a query or fragment"],
      ["https://10.0.0.1#word", "one with a query or fragment"],
      ["ftp://10.0.0.1", "one that is neither of https nor of http"],
      ["10.0.0.1:6443/k8s", "one with a path but without https:// or http://"],
      ["a b", "what is no address"],
      ["https://", "what is no address"],
      ["//10.0.0.1", "what is no address"],
      ["https:10.0.0.1", "what is no address"],
    ].map(([server, got]) => ({
      text: kubeconfigText({ cluster: `{ server: '${server}' }` }),
      code: "invalid" as const,
      message: `kubeconfig: context "staging": cluster "lab": ${noServer} ${got}; mend it`,
    })),
  ];
  test.each(problems)("a problem: $message", async ({ text, code, message }) => {
    const error = await load(text).catch((error: unknown) => error);
    expect(error).toBeInstanceOf(ConfigError);
    expect(error).toMatchObject({ code, message });
  });
});

const twelve = `clusters: [{ name: lab, cluster: { server: "https://10.0.0.1" } }]
contexts:
${Array.from({ length: 12 }, (_, i) => `- { name: c${i}, context: { cluster: lab, namespace: n${i} } }`).join("\n")}
current-context: c0`;

test("a context can be named, and one that is not known gets the first ten that are", async () => {
  expect(await loadKubeconfig({ text: twelve, context: "c11" })).toMatchObject({
    name: 'context "c11"',
    namespace: "n11",
  });
  const known = Array.from({ length: 10 }, (_, i) => `"c${i}"`).join(", ");
  await expect(loadKubeconfig({ text: twelve, context: "c12" })).rejects.toThrow(
    `kubeconfig: wanted context "c12", found ${known} and 2 more; choose one of them`,
  );
});

test("only the context that is used has to be whole", async () => {
  const text = `clusters: [{ name: lab, cluster: { server: "https://10.0.0.1" } }, { name: half }]
contexts:
- { name: whole, context: { cluster: lab } }
- { name: empty, context: { namespace: tests } }
- { name: half, context: { cluster: half } }
users: [{ name: grace, user: { as: ada, as-groups: [admins] } }]
current-context: whole`;
  expect(await loadKubeconfig({ text })).toMatchObject({ server: "https://10.0.0.1" });
  await expect(loadKubeconfig({ text, context: "empty" })).rejects.toThrow(
    'kubeconfig: context "empty": wanted the name of a cluster, found none; add it to the context',
  );
  await expect(loadKubeconfig({ text, context: "half" })).rejects.toThrow(
    'kubeconfig: context "half": cluster "half": wanted a server as https://10.0.0.1:6443, got none; mend it',
  );
});

const impersonated = {
  "impersonate-user": "grace",
  "impersonate-uid": "u-1",
  "impersonate-group": ["admins", "devs"],
  "impersonate-extra-example.com%2Fscopes": ["view", "edit"],
};

test.each([
  ["https://10.0.0.1:6443", { authorization: "Bearer a-token", ...impersonated }],
  ["http://127.0.0.1:8001", impersonated],
])("groups, uid and extras of whom to impersonate are sent to %s", async (server, headers) => {
  const user =
    "{ token: a-token, as: grace, as-uid: u-1, as-groups: [admins, devs], as-user-extra: { example.com/scopes: [view, edit] } }";
  const config = await loadKubeconfig({ text: kubeconfigText({ cluster: `{ server: '${server}' }`, user }) });
  expect(await config.credentials()).toStrictEqual({ headers, tls: {} });
});

test.each(["as-uid: u-1", "as-groups: [admins]", "as-user-extra: { scopes: [view] }"])(
  "%s without a user is refused, as by kubectl",
  async (field) => {
    const name = field.split(":")[0];
    await expect(loadKubeconfig({ text: kubeconfigText({ user: `{ token: a-token, ${field} }` }) })).rejects.toThrow(
      `kubeconfig: context "staging": user "ada": wanted the name of a user as \`as\` beside ${name}, found none; add it, or remove ${name}`,
    );
  },
);

const environment = { HTTPS_PROXY: "http://10.0.0.3:3128", HTTP_PROXY: "http://10.0.0.4", NO_PROXY: "10.0.0.9" };

test.each([
  ["{ server: 'https://10.0.0.1' }", "http://10.0.0.3:3128"],
  ["{ server: 'http://10.0.0.1' }", "http://10.0.0.4"],
  ["{ server: 'https://10.0.0.9' }", undefined],
  ["{ server: 'https://127.0.0.1' }", undefined],
  ["{ server: 'https://10.0.0.1', proxy-url: '' }", "http://10.0.0.3:3128"],
  ["{ server: 'https://10.0.0.1', proxy-url: 'http://me:word@10.0.0.2:3128' }", "http://me:word@10.0.0.2:3128"],
  // What the cluster says is said of this server, so that NO_PROXY has no say in it.
  ["{ server: 'https://127.0.0.1', proxy-url: 'https://10.0.0.2' }", "https://10.0.0.2"],
])("the proxy of %s is %s", async (cluster, want) => {
  const text = kubeconfigText({ cluster });
  expect((await loadKubeconfig({ text, environment })).proxy).toBe(want);
  expect(configFromKubeConfig(kubeConfigOf(text), { environment }).proxy).toBe(want);
});

test("a KubeConfig that is handed in is not changed, and its contexts can be used side by side", async () => {
  const kubeConfig = kubeConfigOf(`
clusters: [{ name: lab, cluster: { server: "https://10.0.0.1" } }, { name: mars, cluster: { server: "https://10.0.0.2" } }]
users: [{ name: ada, user: { token: of-ada } }, { name: grace, user: { token: of-grace } }]
contexts:
- { name: staging, context: { cluster: lab, user: ada } }
- { name: production, context: { cluster: mars, user: grace } }
current-context: staging`);
  const before = kubeConfig.exportConfig();
  const staging = configFromKubeConfig(kubeConfig, { name: "the lab" });
  const production = configFromKubeConfig(kubeConfig, { context: "production" });
  expect(staging).toMatchObject({ name: "the lab", server: "https://10.0.0.1" });
  expect(production).toMatchObject({ name: 'context "production"', server: "https://10.0.0.2" });
  const credentials = await Promise.all([staging.credentials(), production.credentials()]);
  expect(credentials.map(({ headers }) => headers.authorization)).toEqual(["Bearer of-ada", "Bearer of-grace"]);
  expect(kubeConfig.exportConfig()).toBe(before);
});

test("relative paths start from the folder of their file, and all is read anew for each call", async () => {
  const folder = temporaryFolder({
    "config/kubeconfig": kubeconfigText({
      cluster: "{ server: 'https://10.0.0.1:6443', certificate-authority: ../keys/ca.crt }",
      user: "{ client-certificate: ../keys/ada.crt, client-key: ../keys/ada.key, tokenFile: token, token: unused }",
    }),
    "config/token": "a-token\n",
    "keys/ca.crt": authority,
    "keys/ada.crt": certificate,
    "keys/ada.key": key,
  });
  const config = await loadKubeconfig({ path: path.join(folder, "config/kubeconfig") });
  const tls = { ca: Buffer.from(authority), cert: Buffer.from(certificate), key: Buffer.from(key) };
  expect(await config.credentials()).toStrictEqual({ headers: { authorization: "Bearer a-token" }, tls });
  writeFileSync(path.join(folder, "config/token"), "another-token");
  writeFileSync(path.join(folder, "keys/ada.crt"), certificate + authority);
  expect(await config.credentials()).toStrictEqual({
    headers: { authorization: "Bearer another-token" },
    tls: { ...tls, cert: Buffer.from(certificate + authority) },
  });
});
