import { execFile, spawn } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import process from "node:process";
import { promisify } from "node:util";
import { resultOf } from "../cli/command-process.ts";

const run = promisify(execFile);
const root = path.resolve(import.meta.dirname, "../..");

/** The folders of the packages that are published, by their names. */
const published: Readonly<Record<Published, string>> = {
  "crd-gen": root,
  "@crd-gen/runtime": path.join(root, "src/runtime"),
};
export type Published = "crd-gen" | "@crd-gen/runtime";

/** Packs a package as npm would publish it; gives the path of the file. */
export async function pack(name: Published, folder: string): Promise<string> {
  const { stdout } = await run("npm", ["pack", "--silent", "--pack-destination", folder], { cwd: published[name] });
  return path.join(folder, stdout.trim());
}

/** What a package says of itself in its package.json. */
function manifestOf(name: Published): { readonly dependencies: Readonly<Record<string, string>> } {
  return JSON.parse(readFileSync(path.join(published[name], "package.json"), "utf8"));
}

/** What a project installs. */
export interface ProjectOptions {
  /** Files of packages, by name; what these depend on are links to what this repository has. */
  readonly packed: Readonly<Partial<Record<Published, string>>>;
  /** Folders of other packages, by name. */
  readonly linked: Readonly<Record<string, string>>;
}

/**
 * Makes an empty project and has npm install packed packages in it, without a network: there is neither a registry nor a cache.
 * Scripts are not run: of a link they would be those that its author builds it by.
 */
export async function installPacked(folder: string, { packed, linked }: ProjectOptions): Promise<void> {
  const names = Object.keys(packed) as Published[];
  const needed = names.flatMap((name) => Object.keys(manifestOf(name).dependencies));
  const links = Object.fromEntries(needed.map((name) => [name, ownPackage(name)]));
  const places = Object.entries({ ...links, ...linked, ...packed });
  const dependencies = Object.fromEntries(places.map(([name, place]) => [name, `file:${place}`]));
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, "package.json"), JSON.stringify({ private: true, type: "module", dependencies }));
  const flags = ["--offline", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"];
  await run("npm", ["install", ...flags, "--cache", path.join(folder, ".npm")], { cwd: folder });
}

/** The folder of a package that this repository has installed. */
export function ownPackage(name: string): string {
  return path.join(root, "node_modules", name);
}

/** Where and by what a program is run. */
export interface RunOptions {
  readonly cwd: string;
  /** Default: the Node that runs the tests. */
  readonly node?: string;
  readonly kubeconfig?: string;
}

/** Runs a program of Node, which has to succeed; gives what it printed. */
export async function runNode(args: readonly string[], options: RunOptions): Promise<string> {
  const { cwd, node = process.execPath, kubeconfig = "" } = options;
  const child = spawn(node, args, {
    cwd,
    env: { ...process.env, KUBECONFIG: kubeconfig },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const { code, stdout, stderr } = await resultOf(child);
  if (code !== 0) throw new Error(`${args.join(" ")}: wanted exit code 0, got ${code}\n${stdout}${stderr}`);
  return stdout;
}

/** The block of code of a page of this repository that holds a text. */
export function codeBlock(page: string, holding: string): string {
  const text = readFileSync(path.join(root, page), "utf8");
  const blocks = [...text.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(([, content = ""]) => content);
  const [block, another] = blocks.filter((content) => content.includes(holding));
  if (block === undefined || another !== undefined) throw new Error(`${page}: wanted one block that holds ${holding}`);
  return block;
}
