import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { findAssets } from "../cluster/assets.ts";
import { startServer } from "../cluster/server.ts";
import { temporaryFolder } from "../temporary-folder.ts";

/*
 * The newer line of client-node, which does not load on the oldest Node. CRD_GEN_NEWER_NODE is the program of a newer one,
 * from the npm package `node`, with client-node beside that package.
 */
const newerNode = process.env.CRD_GEN_NEWER_NODE ?? "";
const newerPackages = path.resolve(path.dirname(newerNode), "../..");
const clientNode = path.join(newerPackages, "@kubernetes");
const available = newerNode !== "" && existsSync(clientNode);
if (!available) {
  console.warn("SKIPPED: client-node 2.x needs a newer Node; name one with it beside by CRD_GEN_NEWER_NODE to test it");
}
const root = path.resolve(import.meta.dirname, "../..");
const assets = available ? await findAssets() : undefined;

const program = `
  import { KubeConfig } from "@kubernetes/client-node";
  import manifest from "@kubernetes/client-node/package.json" with { type: "json" };
  import { DynamicClient, NamespaceResource } from "@crd-gen/runtime";

  const kubeConfig = new KubeConfig();
  kubeConfig.loadFromFile(process.env.KUBECONFIG);
  const clients = [await DynamicClient.fromDefault(), DynamicClient.fromKubeConfig(kubeConfig)];
  const names = [];
  for (const client of clients) {
    const { metadata } = await client.resource(NamespaceResource).get("default");
    names.push(metadata.name);
    await client.close();
  }
  console.log(JSON.stringify({ clientNode: manifest.version.split(".")[0], node: process.versions.node.split(".")[0], names }));
`;

test.skipIf(assets === undefined)("kubeconfigs are read by client-node 2.x under a newer Node", async () => {
  if (assets === undefined) return;
  const server = await startServer(assets);
  try {
    const folder = temporaryFolder({ "program.mjs": program, "node_modules/@crd-gen/": "" });
    // A copy, so that it finds the packages beside it and not those of the repository.
    const runtime = path.join(folder, "node_modules/@crd-gen/runtime");
    mkdirSync(runtime);
    cpSync(path.join(root, "src/runtime/dist"), path.join(runtime, "dist"), { recursive: true });
    cpSync(path.join(root, "src/runtime/package.json"), path.join(runtime, "package.json"));
    symlinkSync(path.join(root, "node_modules/undici"), path.join(folder, "node_modules/undici"));
    symlinkSync(clientNode, path.join(folder, "node_modules/@kubernetes"));
    for (const kubeconfig of Object.values(server.kubeconfigs)) {
      writeFileSync(path.join(folder, "kubeconfig"), kubeconfig);
      const env = { ...process.env, KUBECONFIG: path.join(folder, "kubeconfig") };
      const said = execFileSync(newerNode, ["program.mjs"], { cwd: folder, env, encoding: "utf8" });
      const { clientNode: line, node, names } = JSON.parse(said);
      expect({ line, names }).toEqual({ line: "2", names: ["default", "default"] });
      expect(Number(node)).toBeGreaterThan(20);
    }
  } finally {
    await server.stop();
  }
});
