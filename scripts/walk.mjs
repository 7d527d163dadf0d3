// npm run walk: the road from a cluster to a running program, from nothing. It starts a real kube-apiserver, installs the
// reference example, generates its client from the cluster, compiles two programs against it, and runs them.
import { spawn } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import {
  CustomResourceDefinitionResource,
  DynamicClient,
  isNotFound,
  NamespaceResource,
  Unstructured,
} from "@crd-gen/runtime";
import { parse } from "yaml";
import "./typescript.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const fixture = join(root, "fixtures", "mycoolapp");
const definitionName = "mycoolapps.stable.example.com";
const namespace = "my-namespace";
const apps = { group: "stable.example.com", version: "v1", plural: "mycoolapps" };

const interruption = new AbortController();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.once(signal, () => interruption.abort());

try {
  await main();
} catch (error) {
  console.error(interruption.signal.aborted ? "walk: interrupted; nothing is left" : `walk: ${error.message}`);
  process.exitCode = 1;
}

async function main() {
  const { findAssets } = await import("../test/cluster/assets.ts");
  const { startServer } = await import("../test/cluster/server.ts");
  // Whoever wants to walk is not content with a line that says there is no server.
  const assets = await findAssets({ environment: { ...process.env, CRD_GEN_REQUIRE_APISERVER: "1" } });
  const server = await startServer(assets);
  // The server's folder goes with it, whatever ends this program.
  const work = join(server.folder, "walk");
  mkdirSync(work);
  try {
    await walk(server, work);
  } finally {
    await server.stop();
  }
}

async function walk(server, work) {
  const kubeconfig = join(work, "kubeconfig");
  writeFileSync(kubeconfig, server.kubeconfigs.clientCertificate, { mode: 0o600 });
  const run = (...command) => start(command, { cwd: work, env: { ...process.env, KUBECONFIG: kubeconfig } });
  const client = await DynamicClient.fromDefault({ kubeconfig });
  try {
    await install(client);
    prepareProgram(work);
    await run(process.execPath, join(root, "dist", "cli", "main.js"), "--from-cluster", "--out", "mycoolapp");
    await run(process.execPath, join(root, "node_modules", "typescript", "bin", "tsc"), "-p", ".");
    for (const program of ["dynamic", "typed"]) {
      await createInstances(client);
      await run(process.execPath, join("built", "walk", `${program}.js`));
    }
  } finally {
    await client.close();
  }
}

/** Lets a command run to its end, with its output beside ours. */
async function start(command, options) {
  const [file, ...args] = command;
  const shown = args.map((arg) => (arg.startsWith(root) ? relative(root, arg) : arg)).join(" ");
  console.log(`\n$ node ${shown}`);
  const child = spawn(file, args, { ...options, stdio: ["ignore", "inherit", "inherit"], signal: interruption.signal });
  const [code, signal] = await new Promise((resolve, reject) => {
    child.once("error", reject).once("close", (...ending) => resolve(ending));
  });
  if (code !== 0) throw new Error(`node ${shown} ended with ${signal ?? `exit code ${code}`}; see its message above`);
}

/** A project with the programs beside the generated client, as they stand beside each other in the repository. */
function prepareProgram(work) {
  cpSync(join(root, "generated-examples", "walk"), join(work, "walk"), { recursive: true });
  symlinkSync(join(root, "node_modules"), join(work, "node_modules"), "junction");
  writeFileSync(
    join(work, "package.json"),
    JSON.stringify({ type: "module", dependencies: { "@crd-gen/runtime": "*" } }),
  );
  const compilerOptions = {
    ...{ module: "nodenext", target: "es2022", lib: ["es2023"], types: ["node"] },
    ...{ strict: true, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true },
    ...{ rootDir: ".", outDir: "built" },
  };
  writeFileSync(join(work, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["walk", "mycoolapp"] }));
}

/** Installs the definition, and waits until the server has made a resource of it. */
async function install(client) {
  const { signal } = interruption;
  console.log(`installing ${definitionName} and its two instances`);
  const definitions = client.resource(CustomResourceDefinitionResource);
  await definitions.create(manifest("mycoolapp.yaml"), { signal });
  for await (const { object } of definitions.watch({ fieldSelector: { "metadata.name": definitionName }, signal })) {
    if (object.status?.conditions?.some(({ type, status }) => type === "Established" && status === "True")) break;
  }
  await client.resource(NamespaceResource).create({ metadata: { name: namespace } }, { signal });
}

/** Makes the instances as their manifests say them, whatever has become of them. */
async function createInstances(client) {
  const { signal } = interruption;
  const instances = readdirSync(fixture)
    .map(manifest)
    .filter(({ kind }) => kind === "MyCoolApp")
    .map((instance) => new Unstructured(instance));
  for (const instance of instances) {
    const place = client.resource(apps).namespace(instance.getNamespace());
    await untilServed(async () => {
      try {
        await place.delete(instance.getName(), { signal });
      } catch (error) {
        if (!isNotFound(error) || error.reason === undefined) throw error;
      }
      await place.create(instance, { signal });
    });
  }
}

/** An established definition is served a moment later; until then its path is one that the server does not know. */
async function untilServed(action) {
  for (;;) {
    try {
      return await action();
    } catch (error) {
      if (!isNotFound(error) || error.reason !== undefined) throw error;
      await pause(50, undefined, { signal: interruption.signal });
    }
  }
}

function manifest(name) {
  return parse(readFileSync(join(fixture, name), "utf8"));
}
