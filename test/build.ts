import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import * as path from "node:path";

const root = path.resolve(import.meta.dirname, "..");
const built = path.join(root, "dist/cli/main.js");

/** Builds the packages once before all tests, unless what is built is newer than its sources. */
export function setup(): void {
  if (existsSync(built) && statSync(built).mtimeMs > newest(path.join(root, "src"))) return;
  const build = spawnSync("npm", ["run", "--silent", "build"], { cwd: root, encoding: "utf8" });
  // The compiler emits in spite of type errors, and the type check reports them; without a program there is nothing to test.
  if (existsSync(built) && build.status !== null) return;
  throw new Error(`the build failed: ${build.error?.message ?? ""}\n${build.stdout}${build.stderr}`);
}

function newest(folder: string): number {
  let latest = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.name === "dist" || entry.name === "node_modules") continue;
    const place = path.join(folder, entry.name);
    latest = Math.max(latest, entry.isDirectory() ? newest(place) : statSync(place).mtimeMs);
  }
  return latest;
}
