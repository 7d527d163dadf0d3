import type { GeneratedFile } from "../../src/generated.ts";
import type { StagedFile, Stager } from "../../src/output/stage.ts";

/** Plans a file and writes it beside its place. */
export function stage(file: GeneratedFile, stager: Stager): StagedFile {
  const planned = stager.plan(file);
  stager.write(planned, file.content);
  return planned;
}
