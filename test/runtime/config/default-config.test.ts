import { execFile } from "node:child_process";
import { existsSync, symlinkSync } from "node:fs";
import * as path from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { type DefaultConfigOptions, defaultConfig } from "../../../src/runtime/config/default-config.ts";
import { temporaryFolder } from "../../temporary-folder.ts";
import { kubeconfigText } from "./kubeconfig-text.ts";

/** A folder that is both a home and that of a service account. */
function home(): { readonly folder: string; readonly options: DefaultConfigOptions } {
  const folder = temporaryFolder({
    ".kube/config": kubeconfigText(),
    other: kubeconfigText({ cluster: "{ server: 'https://10.0.0.2:6443' }" }),
    token: "a-token",
  });
  const pod = { KUBERNETES_SERVICE_HOST: "10.96.0.1", KUBERNETES_SERVICE_PORT: "443" };
  return { folder, options: { environment: { HOME: folder, ...pod }, serviceAccountFolder: folder } };
}

test("the pod goes before the kubeconfig, unless a context or a kubeconfig is given", async () => {
  const { folder, options } = home();
  expect(await defaultConfig(options)).toMatchObject({ server: "https://10.96.0.1:443" });
  expect(await defaultConfig({ ...options, context: "staging" })).toMatchObject({ server: "https://10.0.0.1:6443" });
  const kubeconfig = path.join(folder, "other");
  expect(await defaultConfig({ ...options, kubeconfig })).toMatchObject({ server: "https://10.0.0.2:6443" });
});

test("outside of a pod it is the kubeconfig", async () => {
  const { folder, options } = home();
  const environment = { HOME: folder };
  expect(await defaultConfig({ ...options, environment })).toMatchObject({ server: "https://10.0.0.1:6443" });
});

/** What defaultConfig gives for these options in a Node of its own that looks for @kubernetes/client-node in a folder. */
async function resultsOf(calls: readonly DefaultConfigOptions[], packages: string): Promise<unknown> {
  const root = new URL("../../../", import.meta.url);
  const hooks = `export function resolve(specifier, context, nextResolve) {
    const parentURL = ${JSON.stringify(pathToFileURL(path.join(packages, "importer.mjs")).href)};
    return nextResolve(specifier, specifier === "@kubernetes/client-node" ? { ...context, parentURL } : context);
  }`;
  const program = `
    import { register } from "node:module";
    register(${JSON.stringify(`data:text/javascript,${encodeURIComponent(hooks)}`)});
    await import(${JSON.stringify(new URL("scripts/typescript.mjs", root).href)});
    const { defaultConfig } = await import(${JSON.stringify(new URL("src/runtime/config/default-config.ts", root).href)});
    const results = ${JSON.stringify(calls)}.map(async (options) => {
      const { server, code, message, credentials } = await defaultConfig(options).catch((error) => error);
      return { server, code, message, credentials: await credentials?.() };
    });
    console.log(JSON.stringify(await Promise.all(results)));`;
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "--eval", program]);
  return JSON.parse(stdout);
}

const isOldNode = Number.parseInt(process.versions.node, 10) < 22;
const remedy = `run: npm install @kubernetes/client-node${isOldNode ? "@1" : ""}`;

test("only a kubeconfig that is there loads client-node, and says how to get it", async () => {
  const inPod = home().options;
  const calls = [inPod, { ...inPod, context: "staging" }, { environment: { HOME: temporaryFolder() } }];
  expect(await resultsOf(calls, temporaryFolder())).toEqual([
    { server: "https://10.96.0.1:443", credentials: { headers: { authorization: "Bearer a-token" }, tls: {} } },
    {
      code: "client-node",
      message: `@kubernetes/client-node: wanted to read a kubeconfig, but it is not installed; ${remedy}`,
    },
    { code: "missing", message: expect.stringContaining("kubeconfig: wanted a file") },
  ]);
});

test("a client-node that does not run on this Node is not called missing", async () => {
  const packages = temporaryFolder({
    "node_modules/@kubernetes/client-node/package.json": "{}",
    "node_modules/@kubernetes/client-node/index.js": "throw new TypeError('too new');",
  });
  expect(await resultsOf([{ ...home().options, context: "staging" }], packages)).toEqual([
    {
      code: "client-node",
      message: `@kubernetes/client-node: cannot be loaded by Node ${process.versions.node}; ${remedy}`,
    },
  ]);
});

/** Packages with one that is as client-node 2.x: to load it ends the process of an old Node, whatever is caught. */
function tooNew(): string {
  return temporaryFolder({
    "node_modules/@kubernetes/client-node/package.json":
      '{ "name": "@kubernetes/client-node", "version": "2.0.1", "exports": { "import": "./dist/esm/index.js" } }',
    "node_modules/@kubernetes/client-node/dist/esm/package.json": '{ "type": "module" }',
    "node_modules/@kubernetes/client-node/dist/esm/index.js": "void Promise.reject(new TypeError('too new'));",
  });
}

/** Packages with client-node 2.x itself; see `newer-node.test.ts`. */
const newerPackages = path.resolve(path.dirname(process.env.CRD_GEN_NEWER_NODE ?? ""), "../..");

function realTooNew(): string {
  const folder = temporaryFolder();
  symlinkSync(newerPackages, path.join(folder, "node_modules"));
  return folder;
}

const isRealThere = existsSync(path.join(newerPackages, "@kubernetes/client-node/package.json"));

test.skipIf(!isOldNode).each([tooNew, ...(isRealThere ? [realTooNew] : [])])(
  "a client-node 2.x is not loaded by a Node that cannot: %o",
  async (packages) => {
    const [failure] = (await resultsOf([{ ...home().options, context: "staging" }], packages())) as [object];
    expect(failure).toMatchObject({ code: "client-node" });
    expect(failure).toMatchObject({
      message: expect.stringMatching(
        /^@kubernetes\/client-node: wanted a version for Node [\d.]+, found 2[\d.]+, which needs Node 22; run: npm install @kubernetes\/client-node@1$/,
      ),
    });
  },
);
