import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import * as path from "node:path";
import process from "node:process";

/**
 * Gives all tests, and the commands that they start, a cache folder of their own, which goes when the last has ended. What takes minutes to
 * make stays in the user's: the API servers, and what Go has compiled.
 */
export function setup(): () => void {
  const { XDG_CACHE_HOME: given = "" } = process.env;
  const users = path.isAbsolute(given) ? given : path.join(homedir(), ".cache");
  const go = spawnSync("go", ["env", "GOCACHE"], { encoding: "utf8" });
  if (go.status === 0) process.env.GOCACHE = go.stdout.trim();
  const own = mkdtempSync(path.join(tmpdir(), "crd-gen-test-cache-"));
  const servers = path.join(users, "crd-gen", "apiserver");
  mkdirSync(servers, { recursive: true });
  mkdirSync(path.join(own, "crd-gen"));
  symlinkSync(servers, path.join(own, "crd-gen", "apiserver"));
  process.env.XDG_CACHE_HOME = own;
  return () => rmSync(own, { recursive: true, force: true });
}
