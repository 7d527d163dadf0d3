import { spawn } from "node:child_process";
import { performance } from "node:perf_hooks";
import { fileURLToPath } from "node:url";

const usage = fileURLToPath(new URL("usage.cjs", import.meta.url));
const MiB = 1024;
const timeLimit = 15 * 60_000;

/**
 * Runs `node <args>` to its end and says what it took. The wall time is that of the whole process, its start included. CPU
 * time and peak memory are the operating system's own counts, threads included, read inside the process as it ends: no
 * other program is needed for it, and none need be there (GNU time often is not).
 *
 * @param {readonly string[]} args arguments of Node itself
 * @param {string} cwd working folder
 * @returns {Promise<{ seconds: number, cpuSeconds: number, peakMiB: number, failure: string | undefined }>} seconds and MiB;
 *   `failure` is the last line of the error output, or the exit code, of a process that did not end with 0
 */
function measure(args, cwd) {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    const child = spawn(process.execPath, ["--require", usage, ...args], {
      cwd,
      stdio: ["ignore", "ignore", "pipe", "pipe"],
      timeout: timeLimit,
    });
    let errors = "";
    let counts = "";
    child.stderr.setEncoding("utf8").on("data", (text) => {
      errors = (errors + text).slice(-4000);
    });
    child.stdio[3].setEncoding("utf8").on("data", (text) => {
      counts += text;
    });
    let end = start;
    child.on("exit", () => {
      end = performance.now();
    });
    child.on("error", reject);
    child.on("close", (code, signal) => {
      const { maxRSS, userCPUTime, systemCPUTime } =
        counts === "" ? { maxRSS: 0, userCPUTime: 0, systemCPUTime: 0 } : JSON.parse(counts);
      resolve({
        seconds: (end - start) / 1000,
        cpuSeconds: (userCPUTime + systemCPUTime) / 1e6,
        peakMiB: maxRSS / MiB,
        failure: code === 0 ? undefined : failureOf(errors, signal ?? `exit code ${code}`),
      });
    });
  });
}

/**
 * The line of the error output that says what went wrong: one that begins with the name of an error, else the last one;
 * without the folders of this machine.
 */
function failureOf(errors, ending) {
  const lines = errors.split("\n").filter((line) => line.trim() !== "");
  const line = lines.find((text) => /^\s*(\w*Error|error)\b/.test(text)) ?? lines.at(-1);
  return line === undefined
    ? ending
    : `${ending}: ${line.trim().replace(/(?:file:\/\/)?(?:\/[\w@.+-]+)+\/(?=[\w@.+-])/g, "")}`;
}

/** The middle one of some numbers, or the mean of the two in the middle. */
export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const half = sorted.length / 2;
  return sorted.length % 2 === 1 ? sorted[Math.floor(half)] : (sorted[half - 1] + sorted[half]) / 2;
}

/**
 * Measures several commands in rounds, each once per round, so that a machine that slows down slows down all of them.
 *
 * @param {readonly { what: string, args: readonly string[], cwd: string, before?: () => void, rounds?: number }[]} commands
 *   `before` runs before each start and is not counted; `rounds` is a lower number of rounds for a slow command
 * @param {number} rounds how often each command runs
 * @returns {Promise<{ what: string, runs: number, seconds: number, cpuSeconds: number, peakMiB: number, failure?: string }[]>}
 *   medians of time, and the highest peak
 */
export async function measureInRounds(commands, rounds) {
  const measured = new Map(commands.map(({ what }) => [what, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const command of commands) {
      const results = measured.get(command.what);
      if (round >= (command.rounds ?? rounds) || results.some(({ failure }) => failure !== undefined)) continue;
      command.before?.();
      const result = await measure(command.args, command.cwd);
      process.stderr.write(`  ${command.what}: ${result.failure ?? `${result.seconds.toFixed(2)} s`}\n`);
      results.push(result);
    }
  }
  return commands.map(({ what }) => rowOf(what, measured.get(what)));
}

function rowOf(what, results) {
  const failure = results.find((result) => result.failure !== undefined)?.failure;
  return {
    what,
    runs: results.length,
    seconds: median(results.map(({ seconds }) => seconds)),
    cpuSeconds: median(results.map(({ cpuSeconds }) => cpuSeconds)),
    peakMiB: Math.max(...results.map(({ peakMiB }) => peakMiB)),
    ...(failure === undefined ? {} : { failure }),
  };
}
