import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { onTestFinished } from "vitest";
import { builtCommand, environmentOf } from "./command-process.ts";

/** What gives a command a terminal; that of other systems takes other arguments. */
export const hasScript: boolean = /util-linux/.test(
  spawnSync("script", ["--version"], { encoding: "utf8" }).stdout ?? "",
);

/** A terminal to run a command on. */
export interface TerminalOptions {
  readonly cwd: string;
  readonly columns: number;
  /** Variables on top of those of this process; undefined takes one away. */
  readonly environment?: NodeJS.ProcessEnv;
}

/** Starts the built command on a terminal of its own, which is its standard output and error; it is killed when the test ends before it. */
export function startOnTerminal(argv: readonly string[], { cwd, columns, environment }: TerminalOptions): ChildProcess {
  const words = [process.execPath, builtCommand, ...argv];
  const command = `stty cols ${columns}; exec ${words.map((word) => `'${word}'`).join(" ")}`;
  const env = { ...environmentOf(environment), SHELL: "/bin/sh" };
  const child = spawn("script", ["-qec", command, "/dev/null"], { cwd, env, stdio: "pipe" });
  onTestFinished(() => void child.kill("SIGKILL"));
  return child;
}

const eraseRest = "\u001b[K";

/** What stands on a terminal after this was written to it: its lines, of any width. `\r` and `ESC [K` are all that it knows (ECMA-48). */
export function screenOf(text: string): readonly string[] {
  return text.split(/\r*\n/).map((line) =>
    line.split("\r").reduce((shown, part) => {
      const [before = "", ...erased] = part.split(eraseRest);
      const over = before + (erased.length === 0 ? shown.slice(before.length) : "");
      return over + erased.join("");
    }, ""),
  );
}
