import { chmodSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { KubeConfig } from "@kubernetes/client-node";
import { expect, test } from "vitest";
import type { Credentials } from "../../../src/runtime/config/cluster-config.ts";
import { configFromKubeConfig, loadKubeconfig } from "../../../src/runtime/config/kubeconfig.ts";
import { ConfigError } from "../../../src/runtime/errors/config-error.ts";
import { temporaryFolder } from "../../temporary-folder.ts";
import { expectGone, hangingPlugin } from "./hanging-plugin.ts";
import { certificate, key, kubeconfigText } from "./kubeconfig-text.ts";

/** An exec plugin in the folder of its kubeconfig, which writes a line to `runs` whenever it runs. */
function execPlugin(body: string): { readonly file: string; readonly command: string; readonly runs: () => number } {
  const folder = temporaryFolder({
    kubeconfig: kubeconfigText({
      user: "{ exec: { apiVersion: client.authentication.k8s.io/v1, interactiveMode: Never, command: ./plugin } }",
    }),
    plugin: `#!${process.execPath}
require("node:fs").appendFileSync(__dirname + "/runs", "run\\n");
${body}`,
    runs: "",
  });
  const command = path.join(folder, "plugin");
  chmodSync(command, 0o755);
  const runs = (): number => readFileSync(path.join(folder, "runs"), "utf8").split("\n").length - 1;
  return { file: path.join(folder, "kubeconfig"), command, runs };
}

/** JavaScript that prints an ExecCredential with a status, which is given in JavaScript too. */
function printing(status: string): string {
  const version = "client.authentication.k8s.io/v1";
  return `console.log(JSON.stringify({ kind: "ExecCredential", apiVersion: "${version}", status: ${status} }));`;
}

function credentialPlugin(status: object): ReturnType<typeof execPlugin> {
  return execPlugin(printing(JSON.stringify(status)));
}

test("an exec plugin runs once for calls at the same time, and again when its credentials have expired", async () => {
  const { file, runs } = credentialPlugin({
    expirationTimestamp: "2020-01-01T00:00:00Z",
    token: "a-token",
    clientCertificateData: certificate,
    clientKeyData: key,
  });
  const config = await loadKubeconfig({ path: file });
  const all = await Promise.all(Array.from({ length: 10 }, () => config.credentials()));
  for (const credentials of all) {
    expect(credentials).toStrictEqual({
      headers: { authorization: "Bearer a-token" },
      tls: { cert: certificate, key },
    });
  }
  expect(runs()).toBe(1);
  await config.credentials();
  expect(runs()).toBe(2);
});

test("an exec plugin does not run again while its credentials are valid", async () => {
  const { file, runs } = credentialPlugin({ expirationTimestamp: "2999-01-01T00:00:00Z", token: "a-token" });
  const config = await loadKubeconfig({ path: file });
  await config.credentials();
  await config.credentials();
  expect(runs()).toBe(1);
});

test("an exec plugin runs again where the server has refused what it gave", async () => {
  const { file, runs } = credentialPlugin({ token: "a-token" });
  const config = await loadKubeconfig({ path: file });
  const given = await config.credentials();
  await config.credentials();
  expect(runs()).toBe(1);
  await Promise.all([config.credentials(given), config.credentials()]);
  expect(runs()).toBe(2);
});

test("what was asked for before a refusal is not the answer to it, but to all that were refused with the same", async () => {
  const tokens = ["old", "new", "later"];
  let asked = 0;
  let answerFirst = (): void => undefined;
  const first = new Promise<void>((resolve) => {
    answerFirst = resolve;
  });
  const kubeConfig = new KubeConfig();
  kubeConfig.addAuthenticator({
    isAuthProvider: () => true,
    applyAuthentication: async (_, options) => {
      const authorization = tokens[asked++] ?? "too often";
      if (authorization === "old") await first;
      options.headers = { authorization };
    },
  });
  kubeConfig.loadFromString(kubeconfigText({ user: "{}" }));
  const config = configFromKubeConfig(kubeConfig);
  const tokensOf = async (given: Promise<Credentials>[]): Promise<unknown[]> =>
    (await Promise.all(given)).map(({ headers }) => headers.authorization);
  const before = [config.credentials(), config.credentials()];
  const refused = { headers: { authorization: "old" }, tls: {} };
  const after = [config.credentials(refused), config.credentials({ ...refused }), config.credentials()];
  // Without an end to the first, who waits for it would wait for ever.
  setImmediate(answerFirst);
  expect(await tokensOf(after)).toEqual(["new", "new", "new"]);
  expect(await tokensOf(before)).toEqual(["old", "old"]);
  expect(await tokensOf([config.credentials()])).toEqual(["later"]);
});

test("an exec plugin is killed when nobody waits for it any longer, and not before", async () => {
  const { exec, pid } = hangingPlugin();
  const config = await loadKubeconfig({ text: kubeconfigText({ user: JSON.stringify({ exec }) }) });
  const [one, two] = [new AbortController(), new AbortController()];
  const failures = [one, two].map(({ signal }) =>
    config.credentials(undefined, signal).catch((error: unknown) => error),
  );
  const process = await pid();
  one.abort();
  expect(existsSync(`/proc/${process}`)).toBe(true);
  two.abort();
  // It is not waited for who has asked before.
  expect(await config.credentials()).toMatchObject({ headers: { authorization: "Bearer a-token" } });
  expect(await Promise.all(failures)).toEqual([expect.any(ConfigError), expect.any(ConfigError)]);
  await expectGone(process);
});

test("an exec plugin is found and run in the environment that its caller gives", async () => {
  const { file, command } = execPlugin(printing("{ token: process.env.WORD }"));
  const text = readFileSync(file, "utf8").replace("./plugin", "plugin");
  const environment = { PATH: path.dirname(command), WORD: "a-word" };
  const config = await loadKubeconfig({ text, environment });
  expect(await config.credentials()).toMatchObject({ headers: { authorization: "Bearer a-word" } });
});

test("an exec plugin has the time that its caller gives it", async () => {
  const { exec } = hangingPlugin();
  const text = kubeconfigText({ user: JSON.stringify({ exec }) });
  await expect((await loadKubeconfig({ text, execTimeoutMs: 1 })).credentials()).rejects.toThrow(
    'exec plugin "/bin/sh" gave no answer in 0.001 s and was killed',
  );
  for (const execTimeoutMs of [-1, 0.5, Number.NaN, 2 ** 31]) {
    await expect(loadKubeconfig({ text, execTimeoutMs })).rejects.toThrow(
      "execTimeoutMs: wanted whole milliseconds up to 2147483647, or 0 for no limit",
    );
  }
});

test("an exec plugin of a user of two clusters runs for each of them", async () => {
  const { file, command, runs } = execPlugin(
    `const { server } = JSON.parse(process.env.KUBERNETES_EXEC_INFO).spec.cluster;
${printing('{ token: "for " + server }')}`,
  );
  const text = readFileSync(file, "utf8")
    .replace("./plugin", `${command}, provideClusterInfo: true`)
    .replace("clusters:\n", "clusters:\n- { name: mars, cluster: { server: 'https://10.0.0.2' } }\n")
    .replace("contexts:\n", "contexts:\n- { name: production, context: { cluster: mars, user: ada } }\n");
  writeFileSync(file, text);
  const kubeConfig = new KubeConfig();
  kubeConfig.loadFromFile(file);
  const tokens: unknown[] = [];
  for (const context of ["staging", "production"]) {
    const { headers } = await configFromKubeConfig(kubeConfig, { context }).credentials();
    tokens.push(headers.authorization);
  }
  expect(tokens).toEqual(["Bearer for https://10.0.0.1:6443", "Bearer for https://10.0.0.2"]);
  expect(runs()).toBe(2);
});

test("a call after one that failed asks again", async () => {
  const { file, command, runs } = execPlugin("process.exit(1);");
  const config = await loadKubeconfig({ path: file });
  await expect(config.credentials()).rejects.toThrow("failed");
  writeFileSync(command, readFileSync(command, "utf8").replace("process.exit(1);", printing('{ token: "t" }')));
  expect(await config.credentials()).toMatchObject({ headers: { authorization: "Bearer t" } });
  expect(runs()).toBe(2);
});

test.each([
  {
    does: "exits with 3",
    body: "console.error('a word'); process.exit(3);",
    problem: "failed with exit code 3; run it by hand to see why",
  },
  {
    does: "answers without credentials",
    body: printing("{}"),
    problem: "gave neither a token nor a certificate with its key; run it by hand to see why",
  },
])("a plugin that $does", async ({ body, problem }) => {
  const { file, command } = execPlugin(body);
  const config = await loadKubeconfig({ path: file });
  await expect(config.credentials()).rejects.toMatchObject({
    code: "plugin",
    message: `kubeconfig ${file}: context "staging": user "ada": exec plugin "${command}" ${problem}`,
  });
});

test.each([
  {
    user: "{ exec: { apiVersion: client.authentication.k8s.io/v1beta1, command: crd-gen-no-such-plugin, args: [a-word] } }",
    problem: 'exec plugin "crd-gen-no-such-plugin" was not found; install it, or mend its path',
  },
  {
    user: "{ auth-provider: { name: gcp, config: { access-token: a-word, expiry: '2020-01-01T00:00:00Z' } } }",
    problem: 'auth-provider "gcp" failed; sign in again with the tool that wrote this user',
  },
  {
    user: "{ auth-provider: { name: oidc, config: { refresh-token: a-word } } }",
    problem: 'auth-provider "oidc" gave no credentials; sign in again with the tool that wrote this user',
  },
  {
    user: "{ auth-provider: { name: zzz, config: { id-token: a-word } }, as: grace }",
    problem:
      'auth-provider "zzz" gave no credentials; it is unknown here, and kubectl has dropped such providers: use an exec plugin',
  },
  {
    user: "{ auth-provider: {} }",
    problem:
      'auth-provider "" gave no credentials; it is unknown here, and kubectl has dropped such providers: use an exec plugin',
  },
])("a user whose $problem", async ({ user, problem }) => {
  const config = await loadKubeconfig({ text: kubeconfigText({ user }) });
  await expect(config.credentials()).rejects.toMatchObject({
    code: "plugin",
    message: `kubeconfig: context "staging": user "ada": ${problem}`,
  });
});

const server = "server: 'https://10.0.0.1:6443'";
test.each([
  { parts: { cluster: `{ ${server}, certificate-authority: none }` }, entry: 'cluster "lab": certificate-authority' },
  { parts: { user: "{ client-certificate: none, client-key: none }" }, entry: 'user "ada": client-certificate' },
  { parts: { user: "{ client-key: none }" }, entry: 'user "ada": client-key' },
  { parts: { user: "{ tokenFile: none }" }, entry: 'user "ada": tokenFile' },
])("a file that is not there is named with its entry: $entry", async ({ parts, entry }) => {
  const folder = temporaryFolder({ kubeconfig: kubeconfigText(parts) });
  const file = path.join(folder, "kubeconfig");
  const config = await loadKubeconfig({ path: file });
  await expect(config.credentials()).rejects.toMatchObject({
    code: "unreadable",
    message: `kubeconfig ${file}: context "staging": ${entry}: wanted the file ${folder}/none, found none; mend the path, or put it there`,
  });
});

test("auth-providers that client-node knows, or that a program has added, are asked", async () => {
  const tokenFile = path.join(temporaryFolder({ token: "from-a-file" }), "token");
  const kubeConfig = new KubeConfig();
  kubeConfig.addAuthenticator({
    isAuthProvider: ({ authProvider }) => authProvider?.name === "ours",
    applyAuthentication: async (_, options) => void Object.assign(options, { cert: "a certificate", key: "a key" }),
  });
  const expires = "2999-01-01T00:00:00Z";
  const notYet = Buffer.from(JSON.stringify({ exp: Date.parse(expires) / 1000 })).toString("base64url");
  const idToken = `e30.${notYet}.c2ln`;
  for (const [provider, want] of [
    [`{ name: gcp, config: { access-token: of-gcp, expiry: '${expires}' } }`, { authorization: "Bearer of-gcp" }],
    [`{ name: azure, config: { access-token: of-azure, expiry: '${expires}' } }`, { authorization: "Bearer of-azure" }],
    [`{ name: oidc, config: { id-token: ${idToken} } }`, { authorization: `Bearer ${idToken}` }],
    [`{ name: any, config: { tokenFile: ${tokenFile} } }`, { authorization: "Bearer from-a-file" }],
    ["{ name: ours }", {}],
  ] as const) {
    kubeConfig.loadFromString(kubeconfigText({ user: `{ auth-provider: ${provider} }` }));
    const { headers, tls } = await configFromKubeConfig(kubeConfig).credentials();
    expect(headers).toEqual(want);
    expect(tls).toEqual(provider.includes("ours") ? { cert: "a certificate", key: "a key" } : {});
  }
});

test("an authenticator that a program has added to its KubeConfig is asked", async () => {
  const kubeConfig = new KubeConfig();
  let fails = false;
  kubeConfig.addAuthenticator({
    isAuthProvider: (user) => user.name === "ada",
    applyAuthentication: async (_, options) => {
      if (fails) throw new RangeError("a word");
      options.headers = { Authorization: "Bearer added\n", "X-Numbers": 5, "X-List": ["a", "b"], "X-None": undefined };
      Object.assign(options, { pfx: "a bundle", passphrase: "a word" });
    },
  });
  kubeConfig.loadFromString(kubeconfigText({ user: "{}" }));
  const config = configFromKubeConfig(kubeConfig, { source: "our KubeConfig" });
  expect(await config.credentials()).toStrictEqual({
    headers: { authorization: "Bearer added", "x-numbers": "5", "x-list": "a, b" },
    tls: { pfx: "a bundle", passphrase: "a word" },
  });
  fails = true;
  await expect(config.credentials()).rejects.toThrow(
    'our KubeConfig: context "staging": user "ada": authentication failed (RangeError); mend the user, or what was added to the KubeConfig to authenticate',
  );
});
