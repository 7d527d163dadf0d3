import type { Parameters } from "fast-check";

/**
 * How often a property is tried and from which seed: always the same one, so that a build that fails fails again, unless
 * `FC_SEED` names another. fast-check prints the seed and the path of a failure; `FC_RUNS` multiplies the runs.
 */
export function runs<T>(numRuns: number): Parameters<T> {
  const seed = Number(process.env.FC_SEED ?? 20_260_101);
  const factor = Number(process.env.FC_RUNS ?? 1);
  return { numRuns: Math.max(1, Math.round(numRuns * factor)), seed, endOnFailure: false, verbose: 0 };
}
