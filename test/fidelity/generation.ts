import { spawnSync } from "node:child_process";
import path from "node:path";

const command = path.resolve(import.meta.dirname, "../../dist/cli/main.js");

/** Output of the built command, and its report. */
export interface Generation {
  readonly outputDirectory: string;
  readonly reportFile: string;
  /** What the command said on the terminal. */
  readonly said: string;
}

/**
 * Generates from files or folders into `<folder>/out`, with `<folder>/report.json` beside it, as a user would.
 *
 * @throws Error where the command does not end with 0.
 */
export function generateInto(folder: string, sources: readonly string[], flags: readonly string[] = []): Generation {
  const outputDirectory = path.join(folder, "out");
  const reportFile = path.join(folder, "report.json");
  const words = [...sources, "--out", outputDirectory, "--report", reportFile, "--verbose", ...flags];
  const run = spawnSync(process.execPath, [command, ...words], { cwd: folder, encoding: "utf8", maxBuffer: 2 ** 28 });
  const said = `${run.stdout}${run.stderr}`;
  if (run.status !== 0)
    throw new Error(`the command ended with ${run.status}: ${run.error?.message ?? said.slice(0, 4000)}`);
  return { outputDirectory, reportFile, said };
}
