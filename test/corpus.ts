import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll } from "vitest";

const root = path.resolve(import.meta.dirname, "..");

let unpacked: string | undefined;

/**
 * The folder with the corpus, one folder per project: `CRD_GEN_CORPUS`, or else the archive
 * `CRD_GEN_CORPUS_ARCHIVE` (default: `../shared/corpus/crds.tar.xz` beside the repository), unpacked once per test file
 * into a temporary folder that goes when the file's tests have ended. Call it while tests are collected: outside of
 * tests and hooks. Undefined where there is neither, after one line on the terminal that says so.
 *
 * @throws Error where there is neither and `CRD_GEN_REQUIRE_CORPUS` is 1, and where tar cannot unpack the archive.
 */
export function corpusFolder(): string | undefined {
  const given = process.env.CRD_GEN_CORPUS;
  if (given !== undefined && given !== "") return existing(path.resolve(given));
  if (unpacked !== undefined) return unpacked;
  const archive = path.resolve(root, process.env.CRD_GEN_CORPUS_ARCHIVE ?? "../shared/corpus/crds.tar.xz");
  if (existing(archive) === undefined) return undefined;
  const folder = mkdtempSync(path.join(tmpdir(), "crd-gen-corpus-"));
  // A worker thread is ended without its exit event, so a hook it must be.
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const tar = spawnSync("tar", ["-xJf", archive, "-C", folder], { encoding: "utf8" });
  if (tar.status !== 0) {
    throw new Error(
      `corpus: tar could not unpack ${archive} (it needs xz): ${tar.error?.message ?? tar.stderr.trim()}`,
    );
  }
  unpacked = folder;
  return folder;
}

function existing(place: string): string | undefined {
  if (existsSync(place)) return place;
  const message = `corpus: wanted a folder or an archive at ${place}, found none; set CRD_GEN_CORPUS or CRD_GEN_CORPUS_ARCHIVE`;
  if (process.env.CRD_GEN_REQUIRE_CORPUS === "1") throw new Error(message);
  console.warn(`${message}; tests over the corpus are skipped`);
  return undefined;
}
