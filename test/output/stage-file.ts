import { mkdirSync } from "node:fs";
import * as path from "node:path";
import type { GeneratedFile } from "../../src/generated.ts";
import type { FileSystem } from "../../src/output/file-system.ts";
import { OutputFolder } from "../../src/output/output-folder.ts";
import type { OwnedFiles } from "../../src/output/owned-files.ts";
import { type StagedFile, Stager } from "../../src/output/stage.ts";

/** What is ours where there is no lock yet: what bears the mark. */
export const ownedByMark: OwnedFiles = { digests: undefined, force: false, restore: true };

/** The output folder `out` of a working folder, and where files wait in it. */
export interface Waiting {
  readonly folder: OutputFolder;
  readonly waiting: string;
}

/** Makes the folder where files wait, as a claim does. */
export function waitingIn(cwd: string, fileSystem?: FileSystem): Waiting {
  const waiting = path.join(cwd, "out", ".crd-gen");
  mkdirSync(waiting, { recursive: true });
  return { folder: new OutputFolder("out", cwd, fileSystem), waiting };
}

/** A stager whose files wait there. */
export function stagerFor({ folder, waiting }: Waiting, owned: OwnedFiles = ownedByMark): Stager {
  return new Stager(folder, { waiting, owned });
}

/** Plans a file and writes it where it waits. */
export function stage(file: GeneratedFile, stager: Stager): StagedFile {
  const planned = stager.plan(file);
  stager.write(planned);
  return planned.staged;
}
