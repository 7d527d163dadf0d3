import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { onTestFinished } from "vitest";

/** Makes a folder with these files that goes when the test ends; the paths have `/`, and one that ends in it is an empty folder. */
export function temporaryFolder(files: Readonly<Record<string, string>> = {}): string {
  const folder = mkdtempSync(path.join(tmpdir(), "crd-gen-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    const place = path.join(folder, name);
    mkdirSync(name.endsWith("/") ? place : path.dirname(place), { recursive: true });
    if (!name.endsWith("/")) writeFileSync(place, content);
  }
  return folder;
}

/** Everything below a folder: the content of files by path, and `null` for folders. Links are followed. */
export function contentsOf(folder: string, below = ""): Record<string, string | null> {
  const contents: Record<string, string | null> = {};
  for (const name of readdirSync(path.join(folder, below)).sort()) {
    const relative = below === "" ? name : `${below}/${name}`;
    const place = path.join(folder, relative);
    if (statSync(place).isDirectory()) Object.assign(contents, { [relative]: null }, contentsOf(folder, relative));
    else contents[relative] = readFileSync(place, "utf8");
  }
  return contents;
}
