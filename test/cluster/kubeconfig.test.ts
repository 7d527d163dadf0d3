import { expect, test } from "vitest";
import { parse } from "yaml";
import { kubeconfig } from "./kubeconfig.ts";

const cluster = { baseUrl: "https://127.0.0.1:6443", ca: "an authority\n" };
const base64 = (text: string): string => Buffer.from(text).toString("base64");

test.each([
  { user: { token: "a token" }, written: { token: "a token" } },
  {
    user: { certificate: "a certificate\n", key: "a key\n" },
    written: { "client-certificate-data": base64("a certificate\n"), "client-key-data": base64("a key\n") },
  },
])("a kubeconfig has everything of $user inside of it", ({ user, written }) => {
  expect(parse(kubeconfig(cluster, user))).toEqual({
    apiVersion: "v1",
    kind: "Config",
    clusters: [
      { name: "crd-gen", cluster: { server: cluster.baseUrl, "certificate-authority-data": base64(cluster.ca) } },
    ],
    users: [{ name: "crd-gen", user: written }],
    contexts: [{ name: "crd-gen", context: { cluster: "crd-gen", user: "crd-gen" } }],
    "current-context": "crd-gen",
  });
});
