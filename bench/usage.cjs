// Loaded with --require into a measured process: at its end it writes what the operating system counted to file descriptor 3.
const { writeSync } = require("node:fs");
const { isMainThread } = require("node:worker_threads");

if (isMainThread) {
  process.on("exit", () => {
    const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
    writeSync(3, JSON.stringify({ maxRSS, userCPUTime, systemCPUTime }));
  });
}
