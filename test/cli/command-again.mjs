// node command-again.mjs COMMAND: runs the built command in this process once for each line of the standard input, which has its
// arguments and a trap, and answers with a line of what came of it. A run costs a tenth of one in a process of its own.
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";
import { arm } from "./disk-trap.mjs";

const { command } = await import(pathToFileURL(process.argv[2]).href);
const answer = process.stdout.write.bind(process.stdout);
let said = { stdout: "", stderr: "" };
for (const name of ["stdout", "stderr"]) {
  process[name].setMaxListeners(0);
  process[name].write = (text) => {
    said[name] += text;
    return true;
  };
}

for await (const line of createInterface({ input: process.stdin })) {
  const { argv, trap } = JSON.parse(line);
  said = { stdout: "", stderr: "" };
  const counts = arm(trap);
  let crash;
  try {
    await command(argv);
  } catch (error) {
    crash = String(error?.stack);
  }
  arm({ calls: [] });
  const { exitCode: code } = process;
  process.exitCode = 0;
  answer(`${JSON.stringify({ code, ...said, counts, crash })}\n`);
}
