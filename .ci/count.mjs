// Prints "N passed, N failed[, N skipped]" from the runner's JSON report; ends with 1 if anything failed or nothing passed.
import { existsSync, readFileSync } from "node:fs";

const report = process.argv[2];
// Without a report the runner itself has failed.
const files = existsSync(report)
  ? JSON.parse(readFileSync(report, "utf8")).testResults
  : [{ status: "failed", assertionResults: [] }];
const statuses = files.flatMap(({ status, assertionResults }) => {
  const own = assertionResults.map((test) => test.status);
  // A file that fails before or outside its tests (a broken import, a hook) is a failure of its own.
  return status === "failed" && !own.includes("failed") ? [...own, "failed"] : own;
});

const passed = statuses.filter((status) => status === "passed").length;
const failed = statuses.filter((status) => status === "failed").length;
const skipped = statuses.length - passed - failed;

console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`);
if (failed > 0 || passed === 0) process.exitCode = 1;
