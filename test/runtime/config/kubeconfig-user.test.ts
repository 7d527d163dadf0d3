import { KubeConfig } from "@kubernetes/client-node";
import { expect, test } from "vitest";
import { configFromKubeConfig, loadKubeconfig } from "../../../src/runtime/config/kubeconfig.ts";
import { base64, certificate, key, kubeconfigText } from "./kubeconfig-text.ts";

const v1 = "apiVersion: client.authentication.k8s.io/v1";
const v1beta1 = `${v1}beta1`;
const never = "interactiveMode: Never";
const command = "command: crd-gen-no-such-plugin";
const whole = `${v1}, ${never}, ${command}`;

const versions =
  "exec: apiVersion: wanted client.authentication.k8s.io/v1 or client.authentication.k8s.io/v1beta1, got";
const speaks = "write the one that the plugin speaks";
const modes = "exec: interactiveMode: wanted Never, IfAvailable or Always, got";
const variables = "exec: env: wanted a list of name and value, both texts in quotes; mend it";
const both = "found both; remove one of them";

test.each<[string, string]>([
  ["{ token: a, username: ada }", `wanted token or username and password, ${both}`],
  ["{ token: a, password: word }", `wanted token or username and password, ${both}`],
  ["{ tokenFile: a, username: ada }", `wanted tokenFile or username and password, ${both}`],
  [`{ exec: { ${whole} }, auth-provider: { name: oidc } }`, `wanted exec or auth-provider, ${both}`],
  [`{ exec: { ${v1}, ${never} } }`, "exec: command: wanted the name or path of a program; add it"],
  [`{ exec: { ${never}, ${command} } }`, `${versions} none; ${speaks}`],
  [`{ exec: { apiVersion: v1, ${never}, ${command} } }`, `${versions} something else; ${speaks}`],
  [`{ exec: { ${v1}alpha1, ${never}, ${command} } }`, `${versions} v1alpha1, which is no more; ${speaks}`],
  [`{ exec: { apiVersion: 1, ${never}, ${command} } }`, `${versions} something else; ${speaks}`],
  [`{ token: a, exec: { ${v1}alpha1, ${never}, ${command} } }`, `${versions} v1alpha1, which is no more; ${speaks}`],
  [`{ exec: { ${v1}, ${command} } }`, `${modes} none; mend it`],
  [`{ exec: { ${v1}, interactiveMode: never, ${command} } }`, `${modes} something else; mend it`],
  [`{ exec: { ${v1beta1}, interactiveMode: never, ${command} } }`, `${modes} something else; mend it`],
  ...["a-word", "[5]", "{}"].map((args): [string, string] => [
    `{ exec: { ${whole}, args: ${args} } }`,
    "exec: args: wanted a list of texts in quotes; mend it",
  ]),
  ...["a-word", "[5]", "[{}]", "[{ name: 5 }]", "[{ name: '' }]", "[{ name: A, value: 5 }]", "{ A: a }", "[null]"].map(
    (env): [string, string] => [`{ exec: { ${whole}, env: ${env} } }`, variables],
  ),
])("%s is refused", async (user, problem) => {
  const text = kubeconfigText({ user });
  const error = {
    name: "ConfigError",
    code: "invalid",
    message: `kubeconfig: context "staging": user "ada": ${problem}`,
  };
  await expect(loadKubeconfig({ text })).rejects.toMatchObject(error);
});

test("an exec plugin of a KubeConfig of client-node is looked at too", () => {
  const kubeConfig = new KubeConfig();
  kubeConfig.loadFromString(kubeconfigText({ user: `{ exec: { ${whole}, env: a-word } }` }));
  expect(() => configFromKubeConfig(kubeConfig)).toThrow(`kubeconfig: context "staging": user "ada": ${variables}`);
});

test.each([
  "{ exec: { command: none, apiVersion: client.authentication.k8s.io/v1beta1 } }",
  `{ exec: { ${whole}, args: null, env: null, installHint: null } }`,
  `{ exec: { ${whole}, args: [], env: [{ name: A }, { name: B, value: null }] } }`,
  `{ exec: { ${v1}, interactiveMode: IfAvailable, ${command} } }`,
])("%s is taken", async (user) => {
  const config = await loadKubeconfig({ text: kubeconfigText({ user }) });
  await expect(config.credentials()).rejects.toThrow("was not found");
});

test.each([
  ["token: a-token", { authorization: "Bearer a-token" }],
  ["username: ada", { authorization: `Basic ${base64("ada:")}` }],
  [`client-certificate-data: ${base64(certificate)}, client-key-data: ${base64(key)}`, {}],
])("a user with %s needs no plugin", async (way, headers) => {
  const config = await loadKubeconfig({ text: kubeconfigText({ user: `{ ${way}, exec: { ${whole} } }` }) });
  expect((await config.credentials()).headers).toEqual(headers);
});
