// npm run demo: generates the client of the reference example into a temporary folder and shows what came out.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const source = "fixtures/mycoolapp/mycoolapp.yaml";
const kindFile = "stable.example.com/v1/mycoolapps.ts";

const work = mkdtempSync(join(tmpdir(), "crd-gen-demo-"));
try {
  process.exitCode = demonstrate(join(work, "generated"));
} finally {
  rmSync(work, { recursive: true, force: true });
}

/** Runs the built command as a user does, and prints the tree of its output and the file of the kind. */
function demonstrate(out) {
  console.log(`$ crd-gen ${source} --out generated\n`);
  const command = [join(root, "dist", "cli", "main.js"), source, "--out", out];
  const run = spawnSync(process.execPath, command, {
    cwd: root,
    env: { ...process.env, XDG_CACHE_HOME: join(work, "cache") },
    stdio: "inherit",
  });
  if (run.status !== 0) {
    console.error(`demo: crd-gen ended with ${run.signal ?? `exit code ${run.status}`}; see its message above`);
    return 1;
  }
  console.log("\ngenerated/");
  for (const line of treeOf(out)) console.log(line);
  console.log(`\n$ cat generated/${kindFile}\n`);
  console.log(readFileSync(join(out, ...kindFile.split("/")), "utf8"));
  return 0;
}

/** The files and folders below a folder, drawn as a tree. */
function treeOf(folder, indent = "") {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  return entries.flatMap((entry, index) => {
    const last = index === entries.length - 1;
    const line = `${indent}${last ? "└── " : "├── "}${entry.name}${entry.isDirectory() ? "/" : ""}`;
    return entry.isDirectory()
      ? [line, ...treeOf(join(folder, entry.name), `${indent}${last ? "    " : "│   "}`)]
      : [line];
  });
}
