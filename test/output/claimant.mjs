// A process that claims the output folder `out` of a working folder some times over, as runs of the built command do, and notes in a file
// when it has it: `node claimant.mjs CWD ROUNDS`. With `die` for ROUNDS it takes it once, and stays until it is killed.
import { randomBytes } from "node:crypto";
import { appendFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import process from "node:process";
import { setImmediate } from "node:timers/promises";
import { claimOutput } from "../../dist/output/claim.js";
import { OutputFolder } from "../../dist/output/output-folder.js";

const [, , cwd = ".", rounds = "1"] = process.argv;
const { signal } = new AbortController();
const note = (what) => appendFileSync(path.join(cwd, "notes"), `${what} ${process.pid}\n`);

for (let round = 0; round < (rounds === "die" ? 1 : Number(rounds)); round += 1) {
  const run = `${process.pid}-${randomBytes(6).toString("hex")}`;
  const claim = await claimOutput(new OutputFolder("out", cwd), { run, signal });
  note("takes");
  writeFileSync(path.join(claim.waiting, "0-1.tmp"), "x", { flag: "wx" });
  await setImmediate();
  if (rounds === "die") setInterval(() => undefined, 1000);
  else {
    note("gives");
    claim.release();
  }
}
