import type { CustomResource, CustomResourceVersion } from "../parse/custom-resource.ts";

/** Names that Windows gives to devices, whatever ending follows. */
const deviceName = /^(?:aux|con|nul|prn|com[0-9]|lpt[0-9])(?=\.|$)/;

/** The files beside the folders of groups, any of which a group may be called like. */
const filesOfRun = new Set(["clientset.ts", "core.ts", "kinds.ts"]);

/**
 * A name of the API as the name of a folder: DNS names are safe ones, but for those of devices and of files that stand
 * beside it, which take a `_`.
 */
export function folderName(name: string): string {
  return filesOfRun.has(name) ? `${name}_` : name.replace(deviceName, "$&_");
}

/** How the name of a file that exports a definition ends, and that of no other. */
export const definitionEnding = ".crd.ts";

/**
 * The file that exports a definition itself, relative to the output folder: beside the folders of its versions, none of which
 * has a dot in its name.
 */
export function definitionFilePath({ group, plural }: CustomResource): string {
  return `${folderName(group)}/${folderName(plural)}${definitionEnding}`;
}

/** The file of one version of one kind, relative to the output folder: a plural is unique in its group. */
export function kindFilePath(resource: CustomResource, version: CustomResourceVersion): string {
  const { plural } = resource;
  const file = plural === "index" ? "index_" : folderName(plural);
  return `${folderName(resource.group)}/${folderName(version.name)}/${file}.ts`;
}
