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

function npm(args, cwd) {
  const { status, stdout, stderr } = spawnSync("npm", args, {
    cwd,
    encoding: "utf8",
    shell: process.platform === "win32",
  });
  if (status !== 0) throw new Error(`npm ${args[0]} ended with exit code ${status}: ${stderr.trim()}`);
  return stdout;
}
