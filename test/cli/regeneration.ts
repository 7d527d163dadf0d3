import { rmSync, statSync, utimesSync } from "node:fs";
import * as path from "node:path";
import { expect } from "vitest";
import { contentsOf } from "../temporary-folder.ts";
import { type CommandResult, runCommand } from "./command-process.ts";

/** What a run did to an output folder. */
export interface Regeneration extends CommandResult {
  /** Files that were written, new ones too, whether or not their contents changed. */
  readonly written: readonly string[];
  readonly removed: readonly string[];
}

/** A time of modification that no run can give. */
const longAgo = new Date("2001-01-01T00:00:00Z");

/** Generates from the folder `crds` into `generated`; both are below the working directory. */
export function generate(cwd: string, ...options: readonly string[]): Promise<CommandResult> {
  // What is kept for the next run is kept here.
  const environment = { XDG_CACHE_HOME: path.join(cwd, "cache") };
  return runCommand(["crds", ...options], { cwd, environment });
}

/** Generates once more, which has to succeed, and says which files that touched. */
export async function regenerate(cwd: string, ...options: readonly string[]): Promise<Regeneration> {
  const folder = path.join(cwd, "generated");
  const before = filesIn(folder);
  for (const file of before) utimesSync(path.join(folder, file), longAgo, longAgo);
  const result = await generate(cwd, ...options);
  expect(result).toMatchObject({ code: 0, stderr: "" });
  const after = filesIn(folder);
  return {
    ...result,
    written: after.filter((file) => statSync(path.join(folder, file)).mtimeMs !== longAgo.getTime()),
    removed: before.filter((file) => !after.includes(file)),
  };
}

/** Takes away what earlier runs have kept, but for the output. */
export function forget(cwd: string): void {
  rmSync(path.join(cwd, "cache"), { recursive: true, force: true });
}

function filesIn(folder: string): string[] {
  return Object.entries(contentsOf(folder)).flatMap(([name, content]) => (content === null ? [] : [name]));
}
