import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * The other generators of TypeScript that the npm registry has, at the versions that were compared. Each takes one manifest
 * with all definitions, which is how `kubectl get crds -o yaml` and kustomize hand them out; `args` are those that its own
 * documentation gives.
 */
const peers = [
  {
    name: "kubernetes-fluent-client",
    version: "3.11.6",
    script: "dist/cli.js",
    args: (manifest, out) => ["crd", manifest, out],
  },
  {
    name: "@kubernetes-models/crd-generate",
    version: "5.1.0",
    script: "bin/crd-generate.js",
    args: (manifest, out) => ["--input", manifest, "--output", out],
  },
  {
    name: "cdk8s-cli",
    version: "2.207.60",
    script: "bin/cdk8s",
    args: (manifest, out) => [
      "import",
      manifest,
      "--language",
      "typescript",
      "--output",
      out,
      "--no-save",
      "--no-check-upgrade",
    ],
  },
];

/**
 * Installs the peers, each into its own folder under `cache`, and gives the commands that run them.
 *
 * @param {string} cache a folder outside the repository
 * @returns {{ what: string, command: (manifest: string, out: string) => string[], failure: string | undefined }[]} `failure`
 *   says why a peer could not be installed
 */
export function installPeers(cache) {
  return peers.map(({ name, version, script, args }) => {
    const folder = join(cache, `${name.replace(/\W+/g, "-")}-${version}`);
    const installed = join(folder, "node_modules", name);
    return {
      what: `${name} ${version}`,
      command: (manifest, out) => [join(installed, script), ...args(manifest, out)],
      failure: existsSync(join(installed, script)) ? undefined : install(folder, `${name}@${version}`),
    };
  });
}

function install(folder, specifier) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), '{ "private": true }\n');
  process.stderr.write(`  installing ${specifier}\n`);
  const npm = spawnSync("npm", ["install", "--no-audit", "--no-fund", "--loglevel=error", specifier], {
    cwd: folder,
    encoding: "utf8",
    shell: process.platform === "win32",
  });
  if (npm.status === 0) return undefined;
  const line = npm.stderr.split("\n").find((text) => text.startsWith("npm error") && text.includes(" ", 10));
  return `npm install: ${line?.replace("npm error ", "") ?? npm.error?.message ?? `exit code ${npm.status}`}`;
}

/** One multi-document manifest out of many files. */
export function joinManifests(files, path) {
  const documents = files.map((file) => readFileSync(file, "utf8").replace(/^---\r?\n/, ""));
  writeFileSync(path, documents.map((text) => (text.endsWith("\n") ? text : `${text}\n`)).join("---\n"));
}
