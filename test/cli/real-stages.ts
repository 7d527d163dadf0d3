import { stages } from "../../src/cli/all-stages.ts";
import type { FirstStages, Stages } from "../../src/cli/stages.ts";
import { digestOfFile, findSources } from "../../src/read/sources.ts";

/** The stages of the command, of which some may be replaced. */
export function realStages(overrides: Partial<Stages> = {}): FirstStages {
  return { findSources, digestOfFile, load: async () => ({ ...stages, ...overrides }) };
}
