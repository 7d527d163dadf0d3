import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import * as path from "node:path";
import { text } from "node:stream/consumers";
import { onTestFinished } from "vitest";

const root = path.resolve(import.meta.dirname, "../..");

/** The built command, as users run it. */
export const builtCommand: string = path.join(root, "dist/cli/main.js");

/** The reference example. */
export const myCoolApp: string = path.join(root, "fixtures/mycoolapp/mycoolapp.yaml");

/** The reference example's definition under another plural; its kind goes along. */
export function definitionNamed(plural: string): string {
  const definition = readFileSync(myCoolApp, "utf8");
  return definition
    .replaceAll("mycoolapps", plural)
    .replaceAll("MyCoolApp", `${plural.charAt(0).toUpperCase()}${plural.slice(1)}Kind`);
}

/** What a finished command left. */
export interface CommandResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** How to start a command. */
export interface CommandOptions {
  readonly cwd: string;
  readonly input?: string;
  /** Run as this user, which takes root. */
  readonly uid?: number;
  /** Shell words before the command, as in `ulimit -f 1;`. */
  readonly shell?: string;
  /** Variables on top of those of this process; undefined takes one away. */
  readonly environment?: NodeJS.ProcessEnv;
}

/** The variables of a command: those of this process but for what somebody likes about colours, and on top of them a test's own. */
export function environmentOf(own: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  return { ...process.env, NO_COLOR: undefined, FORCE_COLOR: undefined, ...own };
}

/** Starts the built command; it is killed when the test ends before it. */
export function startCommand(argv: readonly string[], { cwd, uid, shell, environment }: CommandOptions): ChildProcess {
  const words = [builtCommand, ...argv];
  const env = environmentOf(environment);
  const how = { cwd, env, stdio: "pipe", ...(uid === undefined ? {} : { uid, gid: uid }) } as const;
  const child =
    shell === undefined
      ? spawn(process.execPath, words, how)
      : spawn("/bin/sh", ["-c", `${shell} exec "$0" "$@"`, process.execPath, ...words], how);
  onTestFinished(() => void child.kill("SIGKILL"));
  return child;
}

/** Waits for a command to end. */
export async function resultOf(child: ChildProcess): Promise<CommandResult> {
  const { stdout, stderr } = child;
  if (stdout === null || stderr === null) throw new Error("expected pipes");
  const [out, problems, [code]] = await Promise.all([text(stdout), text(stderr), once(child, "close")]);
  return { code: typeof code === "number" ? code : null, stdout: out, stderr: problems };
}

/** Runs the built command to its end. */
export async function runCommand(argv: readonly string[], options: CommandOptions): Promise<CommandResult> {
  const child = startCommand(argv, options);
  child.stdin?.end(options.input ?? "");
  return resultOf(child);
}
