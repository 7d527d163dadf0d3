import { readFileSync } from "node:fs";
import * as path from "node:path";
import type { OutputFolder } from "../output/output-folder.ts";
import type { OutputPlan } from "./output-plan.ts";

/** Lines around a change. */
const context = 3;
/** Edits beyond which two texts count as different altogether: finding the fewest would take longer than reading them. */
const mostEdits = 5_000;

/**
 * The difference between an output folder and what a run would leave there, as one text in the unified format that `patch` and
 * `git apply` take; empty where there is none.
 */
export async function differenceOf(folder: OutputFolder, { files, obsolete }: OutputPlan): Promise<string> {
  const { createTwoFilesPatch, FILE_HEADERS_ONLY } = await import("diff");
  const print = (file: string, before: string | undefined, after: string | undefined): string => {
    const name = folder.display(file).split(path.sep).join("/");
    const from = before === undefined ? "/dev/null" : `a/${name}`;
    const to = after === undefined ? "/dev/null" : `b/${name}`;
    const [old = "", now = ""] = [before, after];
    const options = { context, headerOptions: FILE_HEADERS_ONLY, maxEditLength: mostEdits };
    return createTwoFilesPatch(from, to, old, now, undefined, undefined, options) ?? wholePatch({ from, to, old, now });
  };
  const changed = files
    .filter(({ temporary }) => temporary !== undefined)
    .map(({ path: file, temporary = "" }) => print(file, contentOf(folder, file), readFileSync(temporary, "utf8")));
  return [...changed, ...obsolete.map(({ path: file }) => print(file, contentOf(folder, file), undefined))].join("");
}

/** Every line of the one removed, every line of the other added. */
function wholePatch({ from, to, old, now }: Readonly<Record<"from" | "to" | "old" | "now", string>>): string {
  const before = linesOf(old);
  const after = linesOf(now);
  const hunk = `@@ -1,${before.length} +1,${after.length} @@`;
  const lines = [
    `--- ${from}`,
    `+++ ${to}`,
    hunk,
    ...before.map((line) => `-${line}`),
    ...after.map((line) => `+${line}`),
  ];
  return `${lines.join("\n")}\n`;
}

function linesOf(text: string): string[] {
  return text.replace(/\n$/, "").split("\n");
}

/** Undefined where there is no file. */
function contentOf(folder: OutputFolder, file: string): string | undefined {
  const { absolute } = folder.placeOf(file);
  const isFile = folder.fileSystem.lstatSync(absolute, { throwIfNoEntry: false })?.isFile() === true;
  return isFile ? folder.fileSystem.readFileSync(absolute, "utf8").replaceAll("\r\n", "\n") : undefined;
}
