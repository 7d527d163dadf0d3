import { expect, test } from "vitest";
import { Random } from "../../truth/random.ts";
import { type Change, ColdOutputs, changes, prepare } from "./change.ts";
import { chooseTrial, describeTrial, type Observation, observe, type Phase } from "./trial.ts";

/** Runs that are killed; `npm run kills` makes more of them. */
const number = Number(process.env.CRD_GEN_KILLS ?? 18);
/** The same seed gives the same trials; when a moment is one of time, what it hits is chance. */
const seed = process.env.CRD_GEN_KILLS_SEED ?? "1";
const trials = Math.ceil(number / changes.length);

const phases: readonly Phase[] = ["before anything", "staging", "putting in place", "after", "not killed"];
const outputs: readonly Observation["output"][] = ["old", "new", "both"];

function counted<Word extends string>(words: readonly Word[], seen: readonly Word[]): string {
  return words.map((word) => `${seen.filter((one) => one === word).length} ${word}`).join(", ");
}

test("a run that is killed leaves whole files, and the next one everything as it is to be", {
  timeout: 120_000 + number * 6_000,
}, async () => {
  const cold = new ColdOutputs();
  const observations: Observation[] = [];
  const broken: string[] = [];
  const tryAll = async (own: readonly Change[]): Promise<void> => {
    for (const change of own) {
      const prepared = await prepare(change, cold);
      const random = new Random(`${seed} ${change.name}`);
      for (let count = 0; count < trials; count += 1) {
        const trial = chooseTrial(prepared, random);
        const observation = await observe(trial);
        observations.push(observation);
        const [first, ...others] = observation.broken;
        if (first !== undefined) broken.push(`${describeTrial(trial)}: ${first}, and ${others.length} more`);
      }
    }
  };
  // Two at a time; each of the changes has a working folder of its own.
  await Promise.all([0, 1].map((side) => tryAll(changes.filter((_, index) => index % 2 === side))));
  const phase = counted(
    phases,
    observations.map((observation) => observation.phase),
  );
  const output = counted(
    outputs,
    observations.map((observation) => observation.output),
  );
  console.info(`${observations.length} kills, seed ${seed}: ${phase}; the output then: ${output}`);
  expect(broken).toEqual([]);
});
