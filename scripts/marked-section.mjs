import { readFileSync, writeFileSync } from "node:fs";

/**
 * Puts text between `<!-- name:start -->` and `<!-- name:end -->` of a page.
 *
 * @throws {Error} if the markers are not there, once and in order
 */
export function withSection(page, name, text) {
  const start = `<!-- ${name}:start -->`;
  const end = `<!-- ${name}:end -->`;
  const parts = page.split(start);
  const rest = parts[1]?.split(end);
  if (parts.length !== 2 || rest?.length !== 2) throw new Error(`wanted ${start} and then ${end}, once each`);
  return `${parts[0]}${start}\n${text}\n${end}${rest[1]}`;
}

/** Writes text between the markers of a file. */
export function writeSection(path, name, text) {
  writeFileSync(path, withSection(readFileSync(path, "utf8"), name, text));
}
