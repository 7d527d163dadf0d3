import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/** Texts by their file names, relative to the folder of a project. */
export type SourceFiles = Readonly<Record<string, string>>;

const here = import.meta.dirname;
const contract = /"[./]+\/src\/runtime\/gen\/v1\.ts"/g;

/** In this repository the sources name the contract by its path, in a consumer's project by its package. */
const asConsumer = (text: string): string => text.replaceAll(contract, '"@crd-gen/runtime/gen/v1"');

/** The hand-written kinds. */
export async function samples(): Promise<SourceFiles> {
  const names = await readdir(join(here, "samples"));
  const texts = names.map(async (name) => [
    `samples/${name}`,
    asConsumer(await readFile(join(here, "samples", name), "utf8")),
  ]);
  return Object.fromEntries(await Promise.all(texts));
}

/** The uses of the contract that must compile. */
export async function acceptedUses(): Promise<SourceFiles> {
  return { "accepted-uses.ts": asConsumer(await readFile(join(here, "accepted-uses.ts"), "utf8")) };
}

/** The files of the contract: as built below `root` (declarations, or the code beside them), or as they are written. */
export async function contractOf(
  root: string,
  part: "declarations" | "code" | "source" = "declarations",
): Promise<SourceFiles> {
  const ending = { declarations: /\.d\.c?ts$/, code: /\.js$/, source: /\.ts$/ }[part];
  const folder =
    part === "source" ? join(here, "../../../src/runtime/gen") : join(root, "node_modules/@crd-gen/runtime/dist/gen");
  const names = (await readdir(folder)).filter((name) => ending.test(name));
  const texts = names.map(async (name) => [name, await readFile(join(folder, name), "utf8")]);
  return Object.fromEntries(await Promise.all(texts));
}
