import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * What installing the packages puts on a disk: each is packed as it would be published, and installed into an empty project.
 *
 * @param {string} root the repository
 * @param {string} work an empty folder
 * @returns {{ what: string, mebibytes: number, packages: number }[]}
 */
export function sizeRows(root, work) {
  const pack = (folder) => join(work, npm(["pack", "--silent", "--pack-destination", work], folder).trim());
  const runtime = pack(join(root, "src", "runtime"));
  const command = pack(root);
  return [
    row("@crd-gen/runtime, in a pod", [runtime]),
    row("@crd-gen/runtime, with client-node for kubeconfigs", [runtime, "@kubernetes/client-node@^1.4.0"]),
    row("crd-gen", [command, runtime]),
  ];

  function row(what, specifiers) {
    const project = join(work, what.replace(/\W+/g, "-"));
    mkdirSync(project);
    writeFileSync(join(project, "package.json"), '{ "private": true }\n');
    npm(["install", "--no-audit", "--no-fund", "--loglevel=error", ...specifiers], project);
    const files = readdirSync(join(project, "node_modules"), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
    const bytes = files.reduce((sum, file) => sum + statSync(file).size, 0);
    const packages = npm(["ls", "--all", "--parseable"], project).trim().split("\n").length - 1;
    return { what, mebibytes: bytes / 2 ** 20, packages };
  }
}

/**
 * What a bundler makes of a program that gets an object of one kind.
 *
 * @returns {Promise<{ what: string, kilobytes: number, gzip: number }[]>}
 */
export async function bundleRows() {
  await import("../scripts/typescript.mjs");
  const { bundled, oneKind } = await import("../test/runtime/bundled.ts");
  const row = (what, { minified, gzip }) => ({ what, kilobytes: minified / 1000, gzip: gzip / 1000 });
  const { start, whole } = await bundled(oneKind);
  const peer = await bundled(
    `
    import { CustomObjectsApi, KubeConfig } from "@kubernetes/client-node";
    const config = new KubeConfig();
    config.loadFromDefault();
    const objects = config.makeApiClient(CustomObjectsApi);
    const kind = { group: "stable.example.com", version: "v1", plural: "mycoolapps" };
    console.log(await objects.getNamespacedCustomObject({ ...kind, namespace: "default", name: "backend-service" }));
  `,
    [],
  );
  return [
    row("@crd-gen/runtime without undici, what the program starts with", start),
    row("with what it loads when it is wanted", whole),
    row("client-node with its dependencies", peer.whole),
  ];
}

function npm(args, cwd) {
  const { status, stdout, stderr } = spawnSync("npm", args, {
    cwd,
    encoding: "utf8",
    shell: process.platform === "win32",
  });
  if (status !== 0) throw new Error(`npm ${args[0]} ended with exit code ${status}: ${stderr.trim()}`);
  return stdout;
}
