import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { featuresOf } from "./corpus-features.ts";

/** Every file of a corpus, sorted by its place below the folder. */
export function corpusFiles(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.(?:ya?ml|json)$/.test(name))
    .sort()
    .map((name) => path.join(folder, name));
}

/** The reference set: these folders of the corpus, and in them the files whose names begin so. */
const referenceFolders: readonly (readonly [folder: string, prefix: string])[] = [
  ["cert-manager+cert-manager", ""],
  ["prometheus-operator+prometheus-operator", ""],
  ["kubernetes-sigs+gateway-api", ""],
  ["argoproj+argo-cd", "app"],
];

/**
 * The 32 files that times and older compilers are tried on.
 *
 * @throws Error where the corpus does not have them.
 */
export function referenceSet(folder: string): readonly string[] {
  const files = referenceFolders.flatMap(([name, prefix]) =>
    readdirSync(path.join(folder, name))
      .filter((file) => file.startsWith(prefix))
      .sort()
      .map((file) => path.join(folder, name, file)),
  );
  if (files.length !== 32) throw new Error(`corpus: wanted the 32 files of the reference set, got ${files.length}`);
  return files;
}

/** What was chosen of a corpus. */
export interface Sample {
  readonly files: readonly string[];
  /** How often each feature occurs in the corpus and in the files that were chosen. */
  readonly features: ReadonlyMap<string, { readonly corpus: number; readonly sample: number }>;
}

const sampleSize = 300;

function nameHash(folder: string, file: string): string {
  return createHash("sha256").update(path.relative(folder, file).replaceAll(path.sep, "/")).digest("hex");
}

/** Chooses 300 files: half by a hash of their names, half so that every feature of TYPES.md occurs, rare ones more often. */
export function sample(folder: string): Sample {
  const files = corpusFiles(folder);
  const byHash = [...files].sort((one, other) => (nameHash(folder, one) < nameHash(folder, other) ? -1 : 1));
  const chosen = new Set(byHash.slice(0, sampleSize / 2));
  const features = new Map(files.map((file) => [file, featuresOf(readFileSync(file, "utf8"))] as const));
  const inCorpus = countFeatures(features, files);
  // Those of the first half do not count: the second half alone holds everything.
  const seen = new Map<string, number>();
  while (chosen.size < Math.min(sampleSize, files.length)) {
    const rest = files.filter((file) => !chosen.has(file));
    const best = mostWanted(rest, features, seen);
    chosen.add(best);
    for (const feature of features.get(best) ?? []) seen.set(feature, (seen.get(feature) ?? 0) + 1);
  }
  const inSample = countFeatures(features, [...chosen]);
  return {
    files: [...chosen].sort(),
    features: new Map(
      [...inCorpus].map(([feature, corpus]) => [feature, { corpus, sample: inSample.get(feature) ?? 0 }] as const),
    ),
  };
}

type FeaturesByFile = ReadonlyMap<string, ReadonlySet<string>>;

function countFeatures(features: FeaturesByFile, files: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const file of files) {
    for (const feature of features.get(file) ?? []) counts.set(feature, (counts.get(feature) ?? 0) + 1);
  }
  return counts;
}

/** Bytes. */
const fairSize = 50_000;

/** The file whose features have been seen least for its size. */
function mostWanted(files: readonly string[], features: FeaturesByFile, seen: ReadonlyMap<string, number>): string {
  let best: { file: string; worth: number } | undefined;
  for (const file of files) {
    let wanted = 0;
    for (const feature of features.get(file) ?? []) wanted += 4 ** -(seen.get(feature) ?? 0);
    // Small files first, so that the tests take seconds; below a size it does not matter.
    const worth = wanted / (fairSize + statSync(file).size);
    if (best === undefined || worth > best.worth) best = { file, worth };
  }
  if (best === undefined) throw new Error("corpus: wanted files to choose from, got none");
  return best.file;
}
