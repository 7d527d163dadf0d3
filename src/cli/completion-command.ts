import { closestName } from "../closest-name.ts";
import type { Line } from "./commands.ts";
import { type ExitCode, exitCode } from "./exit-code.ts";
import type { PrintValues } from "./options.ts";
import { UsageError } from "./usage-error.ts";

/** A script for each shell; loaded one at a time. */
const scripts: ReadonlyMap<string, () => Promise<string>> = new Map([
  ["bash", async () => (await import("./completion/bash.ts")).bashCompletion()],
  ["zsh", async () => (await import("./completion/zsh.ts")).zshCompletion()],
  ["fish", async () => (await import("./completion/fish.ts")).fishCompletion()],
]);

/**
 * `crd-gen completion SHELL`: prints a script that completes commands and options. The scripts call back with `contexts`
 * and perhaps a kubeconfig, for the names that may stand behind `--context`.
 *
 * @throws UsageError for a shell that there is no script for.
 */
export async function completionCommand({ words, values }: Line<PrintValues>): Promise<ExitCode> {
  const [shell, ...more] = words;
  if (shell === "contexts") {
    const { contextNames } = await import("./contexts.ts");
    process.stdout.write(
      contextNames(more[0])
        .map((name) => `${name}\n`)
        .join(""),
    );
    return exitCode.done;
  }
  const load = shell === undefined || more.length > 0 ? undefined : scripts.get(shell);
  if (load === undefined) throw new UsageError(`completion: expected bash, zsh or fish, got ${gotOf(words)}`);
  const script = await load();
  if (values.json === true) {
    process.stdout.write(`${JSON.stringify({ exitCode: exitCode.done, shell, script }, undefined, 2)}\n`);
  } else if (values.quiet !== true) process.stdout.write(script);
  return exitCode.done;
}

function gotOf([first, ...more]: readonly string[]): string {
  if (first === undefined) return "nothing; crd-gen completion --help says where the script goes";
  if (more.length > 0) return `${more.length + 1} words; name one`;
  const closest = closestName(first, [...scripts.keys()]);
  return (
    JSON.stringify(first) +
    (closest === undefined ? "; there is no script for other shells" : `; did you mean ${closest}?`)
  );
}
