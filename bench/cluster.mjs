import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CustomResourceDefinitionResource, DynamicClient, isApiError } from "@crd-gen/runtime";
import { readDocuments } from "../dist/read/documents.js";
import "../scripts/typescript.mjs";

/** Definitions that are installed at once: more do not make the server quicker. */
const atOnce = 8;

/**
 * A real kube-apiserver for the bench, with kubeconfigs in files. The programs are looked for as the environment says.
 *
 * @param {NodeJS.ProcessEnv} environment
 * @returns {Promise<{ server: import("../test/cluster/server.ts").ApiServer, version: string, kubeconfig: string, stop: () => Promise<void> }>}
 */
export async function startCluster(environment) {
  const { findAssets } = await import("../test/cluster/assets.ts");
  const { startServer } = await import("../test/cluster/server.ts");
  const assets = await findAssets({ environment: { ...environment, CRD_GEN_REQUIRE_APISERVER: "1" } });
  const server = await startServer(assets);
  const folder = mkdtempSync(join(tmpdir(), "crd-gen-bench-cluster-"));
  const kubeconfig = join(folder, "kubeconfig");
  writeFileSync(kubeconfig, server.kubeconfigs.clientCertificate, { mode: 0o600 });
  const stop = async () => {
    rmSync(folder, { recursive: true, force: true });
    await server.stop();
  };
  return { server, version: assets.version, kubeconfig, stop };
}

/**
 * Installs every definition of files that the server takes, as it stands in its file but for conversion webhooks, which are
 * not there.
 *
 * @returns {Promise<{ installed: number, refused: { name: string, message: string }[] }>}
 */
export async function installDefinitions(kubeconfig, files) {
  const client = await DynamicClient.fromDefault({ kubeconfig, onWarning: () => {} });
  const definitions = client.resource(CustomResourceDefinitionResource);
  const waiting = files.flatMap((file) => definitionsOf(readFileSync(file, "utf8"), file));
  const all = waiting.length;
  const refused = [];
  const install = async () => {
    for (let tree = waiting.shift(); tree !== undefined; tree = waiting.shift()) {
      if (waiting.length % 250 === 0) process.stderr.write(`  ${all - waiting.length} of ${all} installed\n`);
      try {
        await definitions.create(tree);
      } catch (error) {
        if (!isApiError(error)) throw error;
        refused.push({ name: tree.metadata?.name, message: error.message });
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, install));
  await client.close();
  return { installed: all - refused.length, refused };
}

function definitionsOf(text, file) {
  return readDocuments(text, file)
    .documents.map(({ tree }) => tree)
    .filter((tree) => tree?.kind === "CustomResourceDefinition" && tree.apiVersion === "apiextensions.k8s.io/v1")
    .map((tree) => ({ ...tree, spec: { ...tree.spec, conversion: { strategy: "None" } } }));
}
