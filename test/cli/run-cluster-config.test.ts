import { expect, test } from "vitest";
import {
  canariesIn,
  canary,
  certificateUser,
  type FailingCluster,
  failureMessage,
  kubeconfigOf,
} from "./cluster-command.ts";

const lab = { server: "https://127.0.0.1:1" };
const whole = kubeconfigOf(lab);

test("a canary is seen in every disguise", () => {
  for (const before of ["", "a", "ab", "abc"]) {
    expect(canariesIn(Buffer.from(`${before}${canary("token")}`).toString("base64"))).toHaveLength(1);
  }
  expect(canariesIn(`Bearer ${canary("token")}`)).toEqual(["canary-"]);
  expect(canariesIn("nothing")).toEqual([]);
});

/** A kubeconfig whose user's credentials are given by this script, which has a secret argument and a secret variable. */
function pluginConfig(script: string, command: string = process.execPath): string {
  const env = [{ name: "SECRET", value: canary("variable") }];
  const args = ["-e", script, canary("argument")];
  const apiVersion = "client.authentication.k8s.io/v1";
  return kubeconfigOf(lab, { exec: { apiVersion, command, args, env, interactiveMode: "Never" } });
}

const printSecret = "console.log(process.env.SECRET);";

const file = "kubeconfig <cwd>/config";
const staging = `${file}: context "staging"`;

test.each<readonly [string, FailingCluster, string]>([
  [
    "broken YAML",
    { config: `users:\n- name: ada\n  user: { token: "${canary("token")}"\n` },
    `${file}: cannot be read as YAML (line 4, column 1); mend it`,
  ],
  ["a text alone", { config: canary("token") }, `${file}: wanted a mapping, got type string; mend it`],
  [
    "another kind",
    { config: `apiVersion: v1\nkind: Secret\ndata: { token: ${canary("token")} }\n` },
    `${file}: wanted kind Config, got another kind; give a kubeconfig`,
  ],
  ["nothing in it", { config: "" }, `${file}: wanted a context, found none; give a kubeconfig with one`],
  [
    "no current context",
    { config: whole.replace('"current-context":"staging",', "") },
    `${file}: wanted a current context, found none set; choose from "staging", "other"`,
  ],
  [
    "a context that does not exist",
    { config: whole, context: "production" },
    `${file}: wanted context "production", found "staging", "other"; choose one of them`,
  ],
  [
    "a context whose cluster does not exist",
    { config: whole.replaceAll('"cluster":"lab"', '"cluster":"x"') },
    `${staging}: wanted cluster "x", found no entry of that name; add it, or mend the context`,
  ],
  [
    "a context whose user does not exist",
    { config: whole.replaceAll('"user":"ada"', '"user":"x"') },
    `${staging}: wanted user "x", found no entry of that name; add it, or mend the context`,
  ],
  [
    "an address with a password",
    { config: kubeconfigOf({ server: `https://a:${canary("password")}@127.0.0.1` }) },
    `${staging}: cluster "lab": wanted a server as https://10.0.0.1:6443, got one with a user name or password, which belongs to the user; mend it`,
  ],
  [
    "a number for a token",
    { config: kubeconfigOf(lab, { token: 4711 }) },
    `${file}: user "ada": token: wanted text in quotes, got type number; mend it`,
  ],
  [
    "a token's file that is not there",
    { config: kubeconfigOf(lab, { tokenFile: "none" }) },
    `${staging}: user "ada": tokenFile: wanted the file <cwd>/none, found none; mend the path, or put it there`,
  ],
  [
    "an authority's file that is not there",
    { config: kubeconfigOf({ ...lab, "certificate-authority": "none" }) },
    `${staging}: cluster "lab": certificate-authority: wanted the file <cwd>/none, found none; mend the path, or put it there`,
  ],
  [
    "a certificate that is none",
    { config: kubeconfigOf(lab, certificateUser) },
    `${staging}: user "ada": client-certificate-data: wanted a certificate in PEM, got something else; mend it`,
  ],
  [
    "an authority that is none",
    { config: kubeconfigOf({ ...lab, "certificate-authority-data": Buffer.from(canary("ca")).toString("base64") }) },
    `${staging}: cluster "lab": certificate-authority-data: wanted a certificate in PEM, got something else; mend it`,
  ],
  [
    "a plugin that is not there",
    { config: pluginConfig("", "no-such-plugin") },
    `${staging}: user "ada": exec plugin "no-such-plugin" was not found; install it, or mend its path`,
  ],
  [
    "a plugin that fails",
    { config: pluginConfig(`${printSecret} process.exit(3)`) },
    `${staging}: user "ada": exec plugin ${JSON.stringify(process.execPath)} failed with exit code 3; run it by hand to see why`,
  ],
  [
    "a plugin that gives something else",
    { config: pluginConfig(printSecret) },
    `${staging}: user "ada": exec plugin ${JSON.stringify(process.execPath)} gave what is not JSON; run it by hand to see what it says`,
  ],
])("a kubeconfig with %s", async (_, cluster, message) => {
  expect(await failureMessage(cluster)).toBe(`${message}; --kubeconfig and --context name others`);
});
