import { readFileDocuments, readSourceDocuments } from "../../src/cli/read-source.ts";
import type { FirstStages, Stages } from "../../src/cli/stages.ts";
import { completeRun, duplicatedDefinitions, generatePart } from "../../src/generate.ts";
import { readCluster } from "../../src/read/cluster.ts";
import { digestOfFile, findSources } from "../../src/read/sources.ts";

const stages: Stages = {
  readFileDocuments,
  readSourceDocuments,
  readCluster,
  generatePart,
  duplicatedDefinitions,
  completeRun,
};

/** The stages of the command, of which some may be replaced. */
export function realStages(overrides: Partial<Stages> = {}): FirstStages {
  return { findSources, digestOfFile, load: async () => ({ ...stages, ...overrides }) };
}
