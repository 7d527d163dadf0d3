import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** The reference set: these folders of the corpus, and in them the files whose names begin so. */
const referenceSet = [
  { folder: "cert-manager+cert-manager", prefix: "" },
  { folder: "prometheus-operator+prometheus-operator", prefix: "" },
  { folder: "kubernetes-sigs+gateway-api", prefix: "" },
  { folder: "argoproj+argo-cd", prefix: "app" },
];

/** The folder for what is installed or unpacked outside the repository and kept between runs. */
export function cacheFolder() {
  const folder = join(tmpdir(), `crd-gen-bench-${process.getuid?.() ?? "user"}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return folder;
}

/**
 * The folder with the corpus, one folder per project: `CRD_GEN_CORPUS`, or else the archive `CRD_GEN_CORPUS_ARCHIVE`
 * (default: `../shared/corpus/crds.tar.xz` beside the repository) unpacked once into the cache folder. Other projects'
 * files never get into the repository.
 *
 * @throws {Error} if there is neither, or if tar cannot unpack the archive
 */
export function corpusFolder() {
  const given = process.env.CRD_GEN_CORPUS;
  if (given !== undefined && given !== "") {
    if (!existsSync(given)) throw new Error(`CRD_GEN_CORPUS: wanted a folder of CRD files, but there is no ${given}`);
    return resolve(given);
  }
  const archive = resolve(root, process.env.CRD_GEN_CORPUS_ARCHIVE ?? "../shared/corpus/crds.tar.xz");
  if (!existsSync(archive)) {
    throw new Error(
      `corpus: wanted CRD_GEN_CORPUS=<folder> or an archive at ${archive}, found neither; set one of CRD_GEN_CORPUS and CRD_GEN_CORPUS_ARCHIVE`,
    );
  }
  const hash = createHash("sha256").update(readFileSync(archive)).digest("hex").slice(0, 16);
  const folder = join(cacheFolder(), `corpus-${hash}`);
  if (!existsSync(folder)) unpack(archive, folder);
  return folder;
}

/** Unpacks beside the final place and renames, so that a run that was cut short leaves no half of a corpus. */
function unpack(archive, folder) {
  const staging = mkdtempSync(`${folder}.`);
  const tar = spawnSync("tar", ["-xJf", archive, "-C", staging], {
    stdio: ["ignore", "ignore", "pipe"],
    encoding: "utf8",
  });
  if (tar.status !== 0) {
    rmSync(staging, { recursive: true, force: true });
    throw new Error(
      `corpus: tar could not unpack ${archive} (it needs xz): ${tar.error?.message ?? tar.stderr.trim()}`,
    );
  }
  const entries = readdirSync(staging, { withFileTypes: true });
  const inner = entries.length === 1 && entries[0].isDirectory() ? join(staging, entries[0].name) : staging;
  renameSync(inner, folder);
  rmSync(staging, { recursive: true, force: true });
}

/** The files of the reference set, in order. */
export function referenceFiles(corpus) {
  return referenceSet.flatMap(({ folder, prefix }) =>
    readdirSync(join(corpus, folder))
      .filter((name) => name.startsWith(prefix))
      .sort()
      .map((name) => join(corpus, folder, name)),
  );
}

/** Every CRD file of the corpus, in order. */
export function corpusFiles(corpus) {
  return readdirSync(corpus, { recursive: true, encoding: "utf8" })
    .filter((path) => /\.ya?ml$/.test(basename(path)))
    .sort()
    .map((path) => join(corpus, path));
}

// `node bench/corpus.mjs` prints the folder, for scripts.
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    console.log(corpusFolder());
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
