import { digestOf } from "../../src/digest.ts";
import { printLock } from "../../src/output/lock-text.ts";

/** The text of a lock that lists these files and nothing else; what they hold is of no account. */
export function lockListing(...paths: readonly string[]): string {
  const files = paths.map((file) => ({ path: file, digest: digestOf(file) }));
  const made = { generator: "1.2.3", contract: "v1", options: "{}", warnings: 0 };
  return printLock({ ...made, sources: [], definitions: [], files });
}
