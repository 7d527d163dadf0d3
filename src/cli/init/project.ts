import { existsSync } from "node:fs";
import * as path from "node:path";
import { isJsonObject, type JsonObject } from "../../json.ts";
import { type Manifest, nearestManifest } from "../package-manifest.ts";
import { type PackageJson, readPackageJson } from "./package-json.ts";
import { type PackageManagerCommands, packageManagerCommands } from "./package-manager.ts";

/** The folder that is to get a config file, and what belongs to it. */
export interface Project {
  /** Absolute. */
  readonly folder: string;
  /** The package.json of the folder itself, which is where a script can stand. */
  readonly packageJson: PackageJson | undefined;
  /** The nearest package.json, of the folder or of one above it. */
  readonly manifest: Manifest | undefined;
  /** Whether other packages live below the folder. */
  readonly workspaceRoot: boolean;
  readonly commands: PackageManagerCommands;
}

/**
 * Looks at the package around a folder.
 *
 * @throws UsageError where its package.json is of no use.
 */
export async function readProject(folder: string, environment: NodeJS.ProcessEnv): Promise<Project> {
  const packageJson = readPackageJson(folder);
  const workspaceRoot =
    packageJson?.content.workspaces !== undefined || existsSync(path.join(folder, "pnpm-workspace.yaml"));
  const commands = await packageManagerCommands({ folder, environment, workspaceRoot });
  // Not read a second time: a byte order mark is no obstacle here.
  const manifest = packageJson === undefined ? nearestManifest(folder) : { folder, content: packageJson.content };
  return { folder, packageJson, manifest, workspaceRoot, commands };
}

/** What of the packages around generated code a run makes use of. */
export interface Needs {
  /** Whether generated code imports the runtime. */
  readonly runtime: boolean;
  /** Whether a kubeconfig is the way to a cluster. */
  readonly kubeconfig: boolean;
}

const command = "crd-gen";
const runtime = "@crd-gen/runtime";
const kubeconfigReader = "@kubernetes/client-node";
const dependencyFields = ["dependencies", "devDependencies", "peerDependencies", "optionalDependencies"];

/** The commands that add what no package.json lists, in the order in which to type them; none where all is there. */
export function installCommands(project: Project, needs: Needs): readonly string[] {
  const { manifest, commands } = project;
  const missing = [...(needs.runtime ? [runtime] : []), ...(needs.kubeconfig ? [kubeconfigReader] : [])].filter(
    (name) => manifest === undefined || !lists(manifest.content, name),
  );
  return [
    ...(manifest === undefined ? ["npm init --yes"] : []),
    ...(listedAbove(project.folder, command) ? [] : [commands.addForDevelopment([command])]),
    ...(missing.length === 0 ? [] : [commands.add(missing.map(forThisNode))]),
  ];
}

/** Node 20 does not load client-node 2, which would be installed. */
function forThisNode(name: string): string {
  const [major = ""] = process.versions.node.split(".");
  return name === kubeconfigReader && Number(major) < 22 ? `${name}@1` : name;
}

/** Commands of a workspace's root are there in all of its packages; what a program imports has to be its own. */
function listedAbove(folder: string, name: string): boolean {
  for (let manifest = nearestManifest(folder); manifest !== undefined; ) {
    if (lists(manifest.content, name)) return true;
    const above = path.dirname(manifest.folder);
    if (above === manifest.folder) return false;
    manifest = nearestManifest(above);
  }
  return false;
}

function lists(content: JsonObject, name: string): boolean {
  return dependencyFields.some((field) => isJsonObject(content[field]) && Object.hasOwn(content[field], name));
}
