import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, renameSync } from "node:fs";
import * as path from "node:path";
import process from "node:process";

/** The number of a process that has ended. */
export function deadProcess(): number {
  const { pid } = spawnSync(process.execPath, ["--version"]);
  return pid;
}

/** Makes what a run of this process has left in an output folder look as if its process had been killed. */
export function bury(out: string, pid: number): void {
  if (!existsSync(out)) return;
  for (const name of readdirSync(out).filter((entry) => /^\.crd-gen(?:-|$)/.test(entry))) {
    const remains = path.join(out, name);
    for (const owner of readdirSync(remains).filter((entry) => entry.startsWith("owner")))
      renameSync(path.join(remains, owner), path.join(remains, owner.replace(String(process.pid), String(pid))));
    renameSync(remains, path.join(out, name.replace(String(process.pid), String(pid))));
  }
}
