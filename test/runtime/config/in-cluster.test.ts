import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { expect, test } from "vitest";
import { inClusterConfig } from "../../../src/runtime/config/in-cluster.ts";
import { temporaryFolder } from "../../temporary-folder.ts";

const environment = { KUBERNETES_SERVICE_HOST: "10.96.0.1", KUBERNETES_SERVICE_PORT: "443" };
const files = { token: "a-token\n", "ca.crt": "an authority", namespace: "tests\n" };

test("in a pod it is the service account", async () => {
  const config = await inClusterConfig({ environment, folder: temporaryFolder(files) });
  expect(config).toMatchObject({
    server: "https://10.96.0.1:443",
    name: "the pod's service account",
    namespace: "tests",
  });
  expect(await config?.credentials()).toStrictEqual({
    headers: { authorization: "Bearer a-token" },
    tls: { ca: Buffer.from("an authority") },
  });
});

test.each([
  { host: "fd00:10:96::1", port: "443", server: "https://[fd00:10:96::1]:443" },
  { host: "kubernetes.default", port: "8080", server: "https://kubernetes.default:8080" },
])("the host $host makes $server", async ({ host, port, server }) => {
  const address = { KUBERNETES_SERVICE_HOST: host, KUBERNETES_SERVICE_PORT: port };
  expect(await inClusterConfig({ environment: address, folder: temporaryFolder(files) })).toMatchObject({ server });
});

test("the proxy is that of the environment", async () => {
  const folder = temporaryFolder(files);
  const proxied = { ...environment, HTTPS_PROXY: "http://10.0.0.2:3128" };
  expect((await inClusterConfig({ environment: proxied, folder }))?.proxy).toBe("http://10.0.0.2:3128");
  const direct = { ...proxied, NO_PROXY: "10.96.0.0/12" };
  expect((await inClusterConfig({ environment: direct, folder }))?.proxy).toBeUndefined();
});

test.each([
  { without: "the host", environment: { ...environment, KUBERNETES_SERVICE_HOST: "" }, files },
  { without: "the port", environment: { KUBERNETES_SERVICE_HOST: "10.96.0.1" }, files },
  { without: "a token", environment, files: { "ca.crt": "an authority" } },
  { without: "a token that is a file", environment, files: { "token/": "" } },
])("without $without there is no pod", async ({ environment, files }) => {
  expect(await inClusterConfig({ environment, folder: temporaryFolder(files) })).toBeUndefined();
});

test("the token is read again for each call, and neither an authority nor a namespace is needed", async () => {
  const folder = temporaryFolder({ token: "a-token" });
  const config = await inClusterConfig({ environment, folder });
  expect(config?.namespace).toBeUndefined();
  expect(await config?.credentials()).toStrictEqual({ headers: { authorization: "Bearer a-token" }, tls: {} });
  writeFileSync(path.join(folder, "token"), "another-token");
  expect(await config?.credentials()).toMatchObject({ headers: { authorization: "Bearer another-token" } });
});

test("what cannot be read any more is an error of that call", async () => {
  const folder = temporaryFolder(files);
  const config = await inClusterConfig({ environment, folder });
  const token = path.join(folder, "token");
  writeFileSync(token, "\n");
  await expect(config?.credentials()).rejects.toMatchObject({
    code: "unreadable",
    message: `the pod's service account: wanted a token in ${token}, found it empty; have it written anew`,
  });
  rmSync(token);
  await expect(config?.credentials()).rejects.toMatchObject({
    code: "unreadable",
    message: `the pod's service account: wanted the file ${token}, found none; mend the path, or put it there`,
  });
  mkdirSync(token);
  await expect(config?.credentials()).rejects.toMatchObject({
    code: "unreadable",
    message: `the pod's service account: ${token} cannot be read (EISDIR); make it a file that this program may read`,
  });
});
