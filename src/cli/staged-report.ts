import { randomUUID } from "node:crypto";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import process from "node:process";
import { nodeFileSystem } from "../output/file-system.ts";
import { diskError, OutputError } from "../output/output-error.ts";
import { clearRemains, discard, nameOfRun } from "../output/remains.ts";
import type { Report } from "./report.ts";

/** A report that waits beside its place. */
export interface StagedReport {
  readonly commit: () => void;
  readonly discard: () => void;
}

/**
 * Writes a report beside its place. What runs that were killed have left there is cleared away.
 *
 * @throws OutputError `out-is-file` where something that is not a report stands in its place, `disk` where it cannot be written.
 */
export function stageReport(report: Report, name: string, cwd: string): StagedReport {
  const place = path.resolve(cwd, name);
  const root = path.dirname(place);
  const temporary = path.join(root, `${nameOfRun(`${process.pid}-${randomUUID()}`)}-report.tmp`);
  try {
    clearRemains({ fileSystem: nodeFileSystem, root });
    if (existsSync(place) && !isReport(readFileSync(place, "utf8"))) {
      throw new OutputError(
        "out-is-file",
        `${name}: not overwritten, wanted an earlier report, got something else; choose another file with --report`,
      );
    }
    writeFileSync(temporary, `${JSON.stringify(report, undefined, 2)}\n`, { flag: "wx" });
  } catch (error) {
    discard({ fileSystem: nodeFileSystem }, temporary);
    throw diskError(`write the report ${name}`, error);
  }
  return {
    commit: () => {
      try {
        renameSync(temporary, place);
      } catch (error) {
        throw diskError(`write the report ${name}`, error);
      }
    },
    discard: () => discard({ fileSystem: nodeFileSystem }, temporary),
  };
}

function isReport(text: string): boolean {
  return text.trim() === "" || /^\s*\{\s*"generator":\s*"crd-gen"/.test(text);
}
