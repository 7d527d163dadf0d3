// npm run dependencies: writes the table of runtime dependencies in docs/decisions/README.md from what is installed.
// npm run dependencies -- --check: writes nothing; fails if that would change something.
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { withSection } from "./marked-section.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const page = join(root, "docs", "decisions", "README.md");

const { values } = parseArgs({ options: { check: { type: "boolean", default: false } } });
const before = readFileSync(page, "utf8");
const after = withSection(before, "dependencies", table());
if (!values.check) {
  writeFileSync(page, after);
} else if (before !== after) {
  console.error("dependencies: docs/decisions/README.md is not up to date; run npm run dependencies and commit it");
  process.exitCode = 1;
}

function table() {
  const { name: runtime } = manifestOf(join(root, "src", "runtime"));
  // Our own package is a folder of the repository; what it brings counts as ours.
  const names = [root, join(root, "src", "runtime")]
    .flatMap((folder) => Object.keys(manifestOf(folder).dependencies ?? {}))
    .filter((name) => name !== runtime)
    .sort();
  const all = new Map();
  const rows = names.map((name) => {
    const tree = treeOf(name);
    for (const [folder, size] of tree) all.set(folder, size);
    const [[folder, own]] = tree;
    const { version, license } = manifestOf(folder);
    return `| ${name} ${version} | ${license} | ${kib(own)} | ${tree.size - 1} | ${kib(sum(tree))} |`;
  });
  return [
    "| dependency | license | itself | packages it brings | with them |",
    "|---|---|---:|---:|---:|",
    ...rows,
    `| all together, each package once | | | ${all.size - names.length} | ${kib(sum(all))} |`,
  ].join("\n");
}

/** The folders of a package and of all that it brings, the package first, each with its size in bytes. */
function treeOf(name, from = root, tree = new Map()) {
  const folder = resolveFrom(from, name);
  if (folder === undefined || tree.has(folder)) return tree;
  tree.set(folder, sizeOf(folder));
  for (const dependency of Object.keys(manifestOf(folder).dependencies ?? {})) treeOf(dependency, folder, tree);
  return tree;
}

/** Where Node finds a package from a folder: in the nearest node_modules upwards that has it. */
function resolveFrom(from, name) {
  for (let folder = from; !relative(root, folder).startsWith(".."); folder = dirname(folder)) {
    const candidate = join(folder, "node_modules", name);
    if (existsSync(join(candidate, "package.json"))) return candidate;
  }
  return undefined;
}

function sizeOf(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => name !== "node_modules")
    .reduce((bytes, entry) => {
      const path = join(folder, entry.name);
      return bytes + (entry.isDirectory() ? sizeOf(path) : statSync(path).size);
    }, 0);
}

function manifestOf(folder) {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
}

function sum(tree) {
  return [...tree.values()].reduce((total, size) => total + size, 0);
}

function kib(bytes) {
  return `${Math.round(bytes / 1024).toLocaleString("en")} KiB`;
}
