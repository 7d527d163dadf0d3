import { readFileSync } from "node:fs";
import * as path from "node:path";

const page = readFileSync(path.resolve(import.meta.dirname, "../../docs/recipes.md"), "utf8");

/**
 * The code blocks of docs/recipes.md by their names: the word that follows the language of a block, as in the fence
 * `sh merge`. For a block that is a file, it is the path of that file.
 */
export const blocks: ReadonlyMap<string, string> = new Map(
  [...page.matchAll(/^```(.*)\n([\s\S]*?)^```$/gm)].map(([, fence = "", content = ""]) => {
    const [, name] = fence.split(" ");
    if (name === undefined) throw new Error(`docs/recipes.md: wanted a block with a language and a name, got ${fence}`);
    return [name, content];
  }),
);

/** A block by its name. */
export function block(name: string): string {
  const content = blocks.get(name);
  if (content === undefined) throw new Error(`docs/recipes.md: wanted a block called ${name}, found none`);
  return content;
}
