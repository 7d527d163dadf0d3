// node --import disk-trap.mjs: counts the calls of node:fs that a process makes below a folder, and at one of them does a deed. The
// variable CRD_GEN_TEST_DISK says which; disk-trap.ts has its form. Plain JavaScript, as the oldest supported Node preloads it.
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import path from "node:path";
import { isMainThread } from "node:worker_threads";

const original = { ...fs };
/** The extra pipe of a command that is held. */
const rope = 3;
/** The calls that are not as they were. */
let trapped = [];

const { CRD_GEN_TEST_DISK: given } = process.env;
if (given !== undefined) {
  const { tally, ...trap } = JSON.parse(given);
  const counts = arm(trap);
  if (tally !== undefined && isMainThread)
    process.on("exit", () => original.writeFileSync(tally, JSON.stringify(counts)));
}

/** Puts a trap in the place of any earlier one; the result is kept up to date with the number of calls by name. */
export function arm(trap) {
  const counts = {};
  let count = 0;
  // What is done in the middle of a call counts as one with it.
  let isInside = false;
  for (const name of trapped) fs[name] = original[name];
  trapped = trap.calls;
  for (const name of trap.calls) {
    fs[name] = (...args) => {
      const call = original[name];
      if (isInside || !args.slice(0, 2).some((place) => isBelow(place, trap.folder))) return call(...args);
      isInside = true;
      try {
        count += 1;
        counts[name] = (counts[name] ?? 0) + 1;
        if (count === trap.nth || (trap.lasting && count > trap.nth)) spring(trap, name, args);
        return call(...args);
      } finally {
        isInside = false;
      }
    };
  }
  syncBuiltinESMExports();
  return counts;
}

function isBelow(place, folder) {
  return typeof place === "string" && (place === folder || place.startsWith(folder + path.sep));
}

function spring({ deed, folder, errno }, name, args) {
  switch (deed) {
    case "kill":
      begin(name, args);
      process.kill(process.pid, "SIGKILL");
      break;
    case "fail":
      begin(name, args);
      throw Object.assign(new Error(`${errno}: refused, ${name} '${args[0]}'`), { code: errno, syscall: name });
    case "vanish":
      original.rmSync(folder, { recursive: true, force: true });
      break;
    case "replace":
      original.rmSync(folder, { recursive: true, force: true });
      original.writeFileSync(folder, "mine");
      break;
    case "hold":
      original.writeSync(rope, "held");
      original.readSync(rope, Buffer.alloc(1));
      break;
  }
}

/** A call that ends early has done a part of its work, where it has parts. */
function begin(name, [place, content, options]) {
  if (name === "writeFileSync") original.writeFileSync(place, content.slice(0, content.length / 2), options);
  if (name !== "rmSync" || !original.statSync(place, { throwIfNoEntry: false })?.isDirectory()) return;
  const names = original.readdirSync(place).sort();
  for (const inside of names.slice(names.length / 2)) original.rmSync(path.join(place, inside), { recursive: true });
}
