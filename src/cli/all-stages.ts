import { completeRun, duplicatedDefinitions, generatePart } from "../generate.ts";
import { readCluster, readFileDocuments, readSourceDocuments } from "./read-source.ts";
import type { Stages } from "./stages.ts";

/** The stages of the command. Whoever has nothing to generate need not load this module, and with it all that generates. */
export const stages: Stages = {
  readFileDocuments,
  readSourceDocuments,
  readCluster,
  generatePart,
  duplicatedDefinitions,
  completeRun,
};
