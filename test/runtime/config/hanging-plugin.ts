import { existsSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { expect } from "vitest";
import type { KubeConfigExec } from "../../../src/runtime/config/kubeconfig-like.ts";
import { temporaryFolder } from "../../temporary-folder.ts";

/** A plugin that does not end. */
export interface HangingPlugin {
  readonly exec: KubeConfigExec;
  /** Waits until it runs, and gives the number of its process. */
  readonly pid: () => Promise<number>;
}

/** Makes a plugin that hangs the first time that it is run, and then gives the token `a-token`. */
export function hangingPlugin(): HangingPlugin {
  const file = path.join(temporaryFolder(), "pid");
  const apiVersion = "client.authentication.k8s.io/v1";
  const answer = JSON.stringify({ kind: "ExecCredential", apiVersion, status: { token: "a-token" } });
  const body = `test -e "$0" && echo "$1" && exit; echo $$ > "$0.new"; mv "$0.new" "$0"; exec sleep 600`;
  return {
    exec: { apiVersion, interactiveMode: "Never", command: "/bin/sh", args: ["-c", body, file, answer] },
    pid: async () => {
      await expect.poll(() => existsSync(file), { timeout: 10_000 }).toBe(true);
      return Number(readFileSync(file, "utf8"));
    },
  };
}

/** Waits until a process is no more, or is only waited for: who has lost its parent may be so for ever in a container. */
export async function expectGone(pid: number): Promise<void> {
  await expect.poll(() => stateOf(pid), { timeout: 10_000 }).toMatch(/^[ZX]$/);
}

/** The letter of the process's state, as of proc(5); X where it is no more. */
function stateOf(pid: number): string {
  try {
    return /\) (\w)/.exec(readFileSync(`/proc/${pid}/stat`, "utf8"))?.[1] ?? "X";
  } catch {
    return "X";
  }
}
