import * as path from "node:path";
import { inspect } from "node:util";
import { KubeConfig } from "@kubernetes/client-node";
import { expect, test } from "vitest";
import type { ClusterConfig } from "../../../src/runtime/config/cluster-config.ts";
import { inClusterConfig } from "../../../src/runtime/config/in-cluster.ts";
import { configFromKubeConfig, loadKubeconfig } from "../../../src/runtime/config/kubeconfig.ts";
import { ConfigError, type ConfigErrorCode } from "../../../src/runtime/errors/config-error.ts";
import { temporaryFolder } from "../../temporary-folder.ts";
import { base64, certificate, key, kubeconfigText } from "./kubeconfig-text.ts";

const secret = "canary-5up3r5ecret";

/** The fields of a user, of which each may be a secret or lead to one. */
const fields = `token: ${secret}, username: ${secret}, password: ${secret}, client-certificate-data: ${base64(secret)}, client-key-data: ${base64(secret)}, as: ${secret}`;
/** What nobody can read, with a secret in it. */
const broken = base64(`-----BEGIN CERTIFICATE-----\n${base64(secret)}\n-----END CERTIFICATE-----\n`);
const server = "server: 'https://10.0.0.1:6443'";

/** A user with an exec plugin, whose command and arguments are given. */
function exec(plugin: string): string {
  return `{ as: ${secret}, exec: { env: [{ name: SECRET, value: "${secret}" }], apiVersion: client.authentication.k8s.io/v1, ${plugin} } }`;
}

/** JavaScript that prints an ExecCredential with a status in JavaScript. */
function printing(status: string): string {
  const version = "'client.authentication.k8s.io/v1'";
  return `console.log(JSON.stringify({ kind: 'ExecCredential', apiVersion: ${version}, status: ${status} }))`;
}

/** A user with an exec plugin in JavaScript, which has the secret as its argument. */
function program(body: string): string {
  return exec(`interactiveMode: Never, command: '${process.execPath}', args: ["--eval", "${body}", ${secret}]`);
}

const given: { of: string; code: ConfigErrorCode; text: string }[] = [
  { of: "broken YAML", code: "invalid", text: `users:\n- name: ada\n  token: ${secret}: ${secret}\n` },
  { of: "an unknown tag", code: "invalid", text: `users: !${secret} []` },
  { of: "another kind", code: "invalid", text: `apiVersion: v1\nkind: ${secret}\n` },
  { of: "a bare text", code: "invalid", text: secret },
  { of: "a wrong type", code: "invalid", text: kubeconfigText({ user: `{ token: [${secret}] }` }) },
  {
    of: "a password in the server",
    code: "invalid",
    text: kubeconfigText({ cluster: `{ server: 'https://me:${secret}@10.0.0.1' }`, user: `{ ${fields} }` }),
  },
  {
    of: "a proxy for SOCKS",
    code: "invalid",
    text: kubeconfigText({ cluster: `{ ${server}, proxy-url: 'socks5://me:${secret}@10.0.0.2' }` }),
  },
  {
    of: "a password for the proxy that is not encoded",
    code: "invalid",
    text: kubeconfigText({ cluster: `{ ${server}, proxy-url: 'http://me:${secret}%@10.0.0.2' }` }),
  },
  {
    of: "groups without a user",
    code: "invalid",
    text: kubeconfigText({ user: `{ as-groups: [${secret}], as-user-extra: { ${secret}: [${secret}] } }` }),
  },
  {
    of: "an extra that is no list",
    code: "invalid",
    text: kubeconfigText({ user: `{ as: ada, as-user-extra: { scopes: ${secret} } }` }),
  },
  {
    of: "an authority that is none",
    code: "invalid",
    text: kubeconfigText({
      cluster: `{ ${server}, certificate-authority-data: ${broken} }`,
      user: `{ token: ${secret} }`,
    }),
  },
  {
    of: "a certificate that is none",
    code: "invalid",
    text: kubeconfigText({
      user: `{ client-certificate-data: ${broken}, client-key-data: ${base64(key)}, as: ${secret} }`,
    }),
  },
  {
    of: "a key that is none",
    code: "invalid",
    text: kubeconfigText({
      user: `{ client-certificate-data: ${base64(certificate)}, client-key-data: ${broken}, as: ${secret} }`,
    }),
  },
  {
    of: "a key that is not in base64",
    code: "invalid",
    text: kubeconfigText({ user: `{ client-certificate-data: ${base64(certificate)}, client-key-data: "${secret}" }` }),
  },
  {
    of: "a token of two lines",
    code: "invalid",
    text: kubeconfigText({ user: `{ token: "${secret}\\n${secret}" }` }),
  },
  {
    of: "a user to impersonate of two lines",
    code: "invalid",
    text: kubeconfigText({ user: `{ as: "${secret}\\n${secret}" }` }),
  },
  {
    of: "a plugin that gives half of what it should",
    code: "plugin",
    text: kubeconfigText({
      user: program(printing("{ clientKeyData: process.argv[1] }")),
    }),
  },
  {
    of: "a plugin that gives a time which is none",
    code: "plugin",
    text: kubeconfigText({
      user: program(printing("{ token: process.argv[1], expirationTimestamp: process.argv[1] }")),
    }),
  },
  {
    of: "a plugin that gives a certificate which is none",
    code: "plugin",
    text: kubeconfigText({
      user: program(printing("{ clientCertificateData: process.argv[1], clientKeyData: process.argv[1] }")),
    }),
  },
  {
    of: "a plugin that gives another kind",
    code: "plugin",
    text: kubeconfigText({ user: program("console.log(JSON.stringify({ kind: process.argv[1] }))") }),
  },
  {
    of: "a plugin that wants a terminal",
    code: "plugin",
    text: kubeconfigText({ user: exec(`command: none, interactiveMode: Always, args: [${secret}]`) }),
  },
  {
    of: "no current context",
    code: "no-context",
    text: kubeconfigText({ user: `{ ${fields} }` }).replace("current-context: staging", ""),
  },
  {
    of: "an unknown context",
    code: "unknown-context",
    text: kubeconfigText({ user: `{ ${fields} }` }).replace("current-context: staging", "current-context: mars"),
  },
  {
    of: "an unknown cluster",
    code: "unknown-cluster",
    text: kubeconfigText({ user: `{ ${fields} }`, context: `{ cluster: mars, user: ada, namespace: ${secret} }` }),
  },
  {
    of: "two ways to prove who asks",
    code: "invalid",
    text: kubeconfigText({ user: `{ ${fields} }` }),
  },
  {
    of: "an unknown user",
    code: "unknown-user",
    text: kubeconfigText({ user: `{ ${fields} }`, context: `{ cluster: lab, user: grace, namespace: ${secret} }` }),
  },
  {
    of: "a missing file",
    code: "unreadable",
    text: kubeconfigText({
      cluster: `{ ${server}, certificate-authority: /nowhere/ca.crt }`,
      user: `{ token: ${secret}, as: ${secret} }`,
    }),
  },
  {
    of: "a missing plugin",
    code: "plugin",
    text: kubeconfigText({ user: exec(`interactiveMode: Never, command: crd-gen-no-such-plugin, args: [${secret}]`) }),
  },
  {
    of: "a plugin that cannot be started",
    code: "plugin",
    text: kubeconfigText({ user: exec(`interactiveMode: Never, command: "a\\0b", args: [${secret}]`) }),
  },
  {
    of: "a plugin with broken variables",
    code: "invalid",
    text: kubeconfigText({
      user: exec(`interactiveMode: Never, command: none, args: [${secret}], env: ${secret}`).replace(
        /env: \[.*?\], /,
        "",
      ),
    }),
  },
  {
    of: "a plugin of another version",
    code: "invalid",
    text: kubeconfigText({ user: `{ exec: { command: none, apiVersion: ${secret}, interactiveMode: ${secret} } }` }),
  },
  { of: "a plugin without a command", code: "invalid", text: kubeconfigText({ user: exec(`args: [${secret}]`) }) },
  {
    of: "a plugin that fails",
    code: "plugin",
    text: kubeconfigText({ user: program("console.error(process.argv[1]); process.exit(1)") }),
  },
  {
    of: "a plugin that talks",
    code: "plugin",
    text: kubeconfigText({ user: program("console.log(process.argv[1])") }),
  },
  {
    of: "an expired auth-provider",
    code: "plugin",
    text: kubeconfigText({
      user: `{ auth-provider: { name: azure, config: { access-token: ${secret}, expiry: "2020-01-01T00:00:00Z" } } }`,
    }),
  },
  {
    of: "a token of OpenID Connect that is none",
    code: "plugin",
    text: kubeconfigText({
      user: `{ auth-provider: { name: oidc, config: { id-token: "${secret}.${secret}.${secret}", client-secret: ${secret} } } }`,
    }),
  },
];

function expectSilence(error: unknown): void {
  const { message, stack } = error as Error;
  const shown = [message, stack, inspect(error, { depth: Infinity, showHidden: true }), JSON.stringify(error)].join(
    "\n",
  );
  for (const hidden of [secret, base64(secret)]) expect(shown).not.toContain(hidden);
}

test.each(given)("the error of $of has no secret", async ({ text, code }) => {
  expect(text).toContain(secret);
  const file = path.join(temporaryFolder({ kubeconfig: text }), "kubeconfig");
  const error = await loadKubeconfig({ path: file })
    .then((config) => config.credentials())
    .catch((error: unknown) => error);
  expect(error).toBeInstanceOf(ConfigError);
  expect(error).toMatchObject({ code });
  expectSilence(error);
});

test("the error of an authenticator that quotes its token has no secret", async () => {
  const kubeConfig = new KubeConfig();
  kubeConfig.addAuthenticator({
    isAuthProvider: () => true,
    applyAuthentication: () => Promise.reject(new Error(`${secret} has expired`)),
  });
  kubeConfig.loadFromString(kubeconfigText({ user: "{}" }));
  const error = await configFromKubeConfig(kubeConfig)
    .credentials()
    .catch((error: unknown) => error);
  expect(error).toMatchObject({ code: "plugin" });
  expectSilence(error);
});

test("the error of a proxy in the environment has no secret", async () => {
  const environment = { HTTPS_PROXY: `socks5://${secret}:${secret}@10.0.0.2` };
  const error = await loadKubeconfig({ text: kubeconfigText(), environment }).catch((error: unknown) => error);
  expect(error).toMatchObject({ code: "invalid" });
  expectSilence(error);
});

const proxy = `http://me:${secret}@10.0.0.2`;

/** Every way to a cluster through a proxy that has a password. */
const configs: Readonly<Record<string, () => Promise<ClusterConfig | undefined>>> = {
  "of a kubeconfig": () =>
    loadKubeconfig({ text: kubeconfigText({ cluster: `{ ${server}, proxy-url: '${proxy}' }` }) }),
  "of a kubeconfig and the environment": () =>
    loadKubeconfig({ text: kubeconfigText({ cluster: `{ ${server} }` }), environment: { HTTPS_PROXY: proxy } }),
  "of a pod": () => {
    const pod = { KUBERNETES_SERVICE_HOST: "10.0.0.1", KUBERNETES_SERVICE_PORT: "443", HTTPS_PROXY: proxy };
    return inClusterConfig({ environment: pod, folder: temporaryFolder({ token: secret }) });
  },
};

test.each(Object.keys(configs))("a ClusterConfig %s has its proxy and shows no secret", async (of) => {
  const config = await configs[of]?.();
  expect(config?.proxy).toBe(proxy);
  await config?.credentials();
  for (const shown of [config, { ...config }, [config], Object.assign({}, config)]) {
    expect(inspect(shown, { depth: Infinity })).toContain("https://10.0.0.1");
    expect(inspect(shown, { depth: Infinity, showHidden: true })).not.toContain(secret);
    expect(JSON.stringify(shown)).not.toContain(secret);
  }
  expect(JSON.stringify(Object.entries(config ?? {}))).not.toContain(secret);
});
