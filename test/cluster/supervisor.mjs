// node supervisor.mjs PREFIX: owns a temporary folder and the processes that work in it, so that nothing is left of them
// whatever becomes of the program that wanted them: the end of the standard input, by whatever cause, ends everything.
// Plain JavaScript, as it is started by the oldest supported Node. It reads one command a line and writes one message a line.
import { spawn } from "node:child_process";
import { createWriteStream, mkdtempSync, rmSync } from "node:fs";
import { createInterface } from "node:readline";

/** Characters of each process' log that are kept. */
const keptLog = 16_384;

/** By name: the process until it has ended, its log, and a promise of its end. */
const processes = new Map();
let folder;
let ending = false;

// The reader may be gone; then only the cleaning up is left to do.
process.stdout.on("error", () => {});
process.stdin.on("error", () => void end());
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => void end());

const lines = createInterface({ input: process.stdin });
lines.on("close", () => void end());

try {
  folder = mkdtempSync(process.argv[2]);
  say({ folder });
  lines.on("line", (line) => {
    if (!ending) run(JSON.parse(line));
  });
} catch (error) {
  say({ refused: error.message });
  lines.close();
}

function say(message) {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}

/** Starts a process in the folder, in a group of its own so that what it starts ends with it. */
function run({ name, file, args, environment, stdout }) {
  const entry = { child: undefined, log: "", ended: undefined };
  processes.set(name, entry);
  entry.ended = new Promise((resolve) => {
    const failed = (error) => resolve({ code: null, signal: null, error: error.code ?? error.message });
    try {
      entry.child = spawn(file, args, {
        cwd: folder,
        env: environment,
        detached: true,
        stdio: ["ignore", "pipe", "pipe"],
      });
    } catch (error) {
      // Some reasons are thrown, others are events.
      failed(error);
      return;
    }
    // Only when its output has been read to the end is the log whole; a program that was not found has no output.
    entry.child.once("error", failed).once("close", (code, signal) => resolve({ code, signal }));
    keepLog(entry, stdout);
  }).then((exit) => {
    entry.child = undefined;
    say({ exited: { name, ...exit } });
  });
  say({ started: { name, processId: entry.child?.pid } });
}

/** Keeps the end of what a process writes; what a file takes is not part of it. */
function keepLog(entry, stdout) {
  const keep = (text) => {
    entry.log = `${entry.log}${text}`.slice(-keptLog);
  };
  const { child } = entry;
  // There are no pipes where there were no file descriptors for them.
  child.stderr?.setEncoding("utf8").on("data", keep);
  if (stdout === undefined) child.stdout?.setEncoding("utf8").on("data", keep);
  else child.stdout?.pipe(createWriteStream(stdout)).on("error", (error) => keep(error.message));
}

async function end() {
  if (ending) return;
  ending = true;
  // What they have written goes with the folder, so there is nothing to wait for in their own way of stopping.
  for (const { child } of processes.values()) {
    if (child?.pid !== undefined) kill(child.pid);
  }
  await Promise.all([...processes.values()].map(({ ended }) => ended));
  const logs = Object.fromEntries([...processes].map(([name, { log }]) => [name, log]));
  let left;
  try {
    // What a killed process had started may write for another moment.
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  } catch (error) {
    left = error.message;
  }
  say({ ended: { logs, left } });
  process.stdin.destroy();
}

/** Kills a process' whole group: what it has started may hold its output when it has itself ended. */
function kill(processId) {
  try {
    process.kill(-processId, "SIGKILL");
  } catch {
    // All of it has ended in this moment.
  }
}
