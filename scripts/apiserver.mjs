// npm run apiserver [-- OPTIONS]: starts a real kube-apiserver to play with, until Ctrl-C.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";

const usage = `npm run apiserver [-- OPTIONS]

Starts a real kube-apiserver and its etcd to play with, until Ctrl-C. It takes the programs in the folder
KUBEBUILDER_ASSETS, or else a build in the cache, or else builds them into the cache with Go.

  --version VERSION  a release of Kubernetes, as 1.34.4, or "oldest" or "newest" for the ends of what
                     everything is tested against; default: oldest
  --port N           the port of kube-apiserver; default: a free one
  --build            only see to it that there is one to start
  --help             print this`;

try {
  await main();
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}

async function main() {
  const { version, port, build, help } = parseArgs({
    options: {
      version: { type: "string", default: "oldest" },
      port: { type: "string" },
      build: { type: "boolean" },
      help: { type: "boolean" },
    },
  }).values;
  if (help) {
    console.log(usage);
    return;
  }
  if (port !== undefined && !(/^\d+$/.test(port) && Number(port) >= 1 && Number(port) <= 65_535)) {
    throw new Error(`--port: wanted a whole number from 1 to 65535, got "${port}"`);
  }
  if (!/^(oldest|newest|\d+\.\d+\.\d+)$/.test(version)) {
    throw new Error(`--version: wanted oldest, newest or a release as 1.34.4, got "${version}"`);
  }
  // Only now, as it takes a moment.
  await import("./typescript.mjs");
  const { findAssets, kubernetesVersions } = await import("../test/cluster/assets.ts");
  // Whoever asks for a server is not content with a line that says there is none.
  const environment = { ...process.env, CRD_GEN_REQUIRE_APISERVER: "1" };
  const assets = await findAssets({ environment, version: kubernetesVersions[version] ?? version });
  if (!build) await serve(assets, port === undefined ? {} : { port: Number(port) });
}

async function serve(assets, options) {
  const { startServer } = await import("../test/cluster/server.ts");
  const begin = performance.now();
  const server = await startServer(assets, options);
  const interrupted = new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.once(signal, () => resolve());
  });
  const file = join(server.folder, "kubeconfig");
  writeFileSync(file, server.kubeconfigs.token, { mode: 0o600 });
  console.log(`ready at ${server.baseUrl} after ${((performance.now() - begin) / 1000).toFixed(1)} s
kubeconfig: ${file}
for example: kubectl --kubeconfig ${file} get namespaces
Ctrl-C stops it and removes everything`);
  const problem = await Promise.race([interrupted, server.crashed]);
  await server.stop();
  if (problem !== undefined) throw new Error(problem);
  console.log("stopped; nothing is left");
}
