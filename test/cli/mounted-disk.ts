import { execFileSync, spawnSync } from "node:child_process";
import { onTestFinished, type TestContext } from "vitest";

/** Mounts a file system in memory for the test, with options as in `size=64k`, or skips the test where that is not allowed. */
export function mountDisk(folder: string, options: string, { skip }: TestContext): void {
  if (spawnSync("mount", ["-t", "tmpfs", "-o", options, "none", folder]).status !== 0)
    skip("no file system can be mounted here");
  onTestFinished(() => void execFileSync("umount", [folder]));
}
