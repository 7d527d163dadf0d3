import { loadYaml } from "@kubernetes/client-node";
import { expect, test } from "vitest";
import { parseKubeconfig } from "../../../src/runtime/config/kubeconfig-entries.ts";

const source = "kubeconfig /home/ada/config";

function parse(text: string): ReturnType<typeof parseKubeconfig> {
  return parseKubeconfig({ source, text, folder: "/home/ada" }, loadYaml);
}

test.each([
  "",
  "# a comment\n\n  # and another",
  "# a comment\n---\n",
  "--- # begins\r\n... # ends\r\n",
  "{}",
  "kind: Config",
])("%j is a kubeconfig without entries", (text) => {
  expect(parse(text)).toEqual({ contexts: [], clusters: [], users: [], currentContext: undefined });
});

test.each([
  { command: "aws", want: "aws" },
  { command: "./bin/login", want: "/home/ada/bin/login" },
  { command: "../bin/login", want: "/home/bin/login" },
  { command: "/usr/bin/login", want: "/usr/bin/login" },
])("the exec plugin $command is $want", ({ command, want }) => {
  const { users } = parse(`users: [{ name: ada, user: { exec: { command: ${command}, args: [token] } } }]`);
  expect(users[0]?.exec).toEqual({ command: want, args: ["token"] });
});

test("of a cluster's extensions, the one for exec plugins is taken", () => {
  const extensions = `[{ name: other, extension: 5 }, { name: client.authentication.k8s.io/exec, extension: { a: [1] } }]`;
  const { clusters } = parse(`clusters: [{ name: lab, cluster: { extensions: ${extensions} } }]`);
  expect(clusters[0]).toMatchObject({ execConfig: { a: [1] } });
});

test.each([
  { text: "clusters:\n- name: a\n  b: c: d", message: `${source}: cannot be read as YAML (line 3, column 7); mend it` },
  {
    text: "kind: Config\n---\nkind: Config",
    message: `${source}: wanted one YAML document, got none or several; mend it`,
  },
  { text: "some words", message: `${source}: wanted a mapping, got type string; mend it` },
  { text: "- kind: Config", message: `${source}: wanted a mapping, got type list; mend it` },
  { text: "apiVersion: v1\nkind: Pod", message: `${source}: wanted kind Config, got another kind; give a kubeconfig` },
  { text: "users: { ada: {} }", message: `${source}: users: wanted a list, got type object; mend it` },
  { text: "users: [ada]", message: `${source}: users[0]: wanted a mapping, got type string; mend it` },
  { text: "users: [{ user: {} }]", message: `${source}: users[0]: wanted a name, found none; add it` },
  {
    text: "users: [{ name: ada, user: x }]",
    message: `${source}: user "ada": wanted a mapping, got type string; mend it`,
  },
  {
    text: "users: [{ name: ada, user: { password: 0123 } }]",
    message: `${source}: user "ada": password: wanted text in quotes, got type number; mend it`,
  },
  {
    text: "users: [{ name: ada, user: { exec: aws } }]",
    message: `${source}: user "ada": exec: wanted a mapping, got type string; mend it`,
  },
  {
    text: "users: [{ name: ada, user: { auth-provider: gcp } }]",
    message: `${source}: user "ada": auth-provider: wanted a mapping, got type string; mend it`,
  },
  {
    text: "clusters: [{ name: lab, cluster: { insecure-skip-tls-verify: 'yes' } }]",
    message: `${source}: cluster "lab": insecure-skip-tls-verify: wanted true or false, got type string; mend it`,
  },
  {
    text: "clusters: [{ name: lab, cluster: { server: [a] } }]",
    message: `${source}: cluster "lab": server: wanted text in quotes, got type list; mend it`,
  },
  {
    text: "clusters: [{ name: lab, cluster: { extensions: {} } }]",
    message: `${source}: cluster "lab": extensions: wanted a list, got type object; mend it`,
  },
  {
    text: "users: [{ name: ada, user: { as-groups: admins } }]",
    message: `${source}: user "ada": as-groups: wanted a list, got type string; mend it`,
  },
  {
    text: "users: [{ name: ada, user: { as-groups: [5] } }]",
    message: `${source}: user "ada": as-groups: wanted a list of texts in quotes, got type number; mend it`,
  },
  {
    text: "users: [{ name: ada, user: { as-user-extra: [a] } }]",
    message: `${source}: user "ada": as-user-extra: wanted a mapping, got type list; mend it`,
  },
  {
    text: "users: [{ name: ada, user: { as-user-extra: { scopes: view } } }]",
    message: `${source}: user "ada": as-user-extra: "scopes": wanted a list, got type string; mend it`,
  },
  {
    text: "current-context: 5",
    message: `${source}: current-context: wanted text in quotes, got type number; mend it`,
  },
])("$text is refused", ({ text, message }) => {
  expect(() => parse(text)).toThrow(expect.objectContaining({ name: "ConfigError", code: "invalid", message }));
});
