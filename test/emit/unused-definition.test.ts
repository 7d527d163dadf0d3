import * as path from "node:path";
import { rolldown } from "rolldown";
import { expect, test } from "vitest";
import { emitDefinitionFile } from "../../src/emit/definition-file.ts";
import { customResource, definition } from "../definition.ts";
import { temporaryFolder } from "../temporary-folder.ts";

/** The bundle of a program that uses one name of an index by hand, which names an exported definition beside something else. */
async function bundleUsing(name: string): Promise<string> {
  const folder = temporaryFolder({
    "anvils.crd.ts": emitDefinitionFile(customResource(), definition()).content,
    "index.ts": 'export * from "./anvils.crd.ts"; export const other = 1;',
    "program.ts": `import { ${name} } from "./index.ts"; console.log(${name});`,
  });
  const bundle = await rolldown({ input: path.join(folder, "program.ts") });
  const { output } = await bundle.generate({ format: "esm" });
  await bundle.close();
  return output.map((part) => (part.type === "chunk" ? part.code : "")).join("");
}

test("a bundle has an exported definition where the program uses it, and not where an index names it", async () => {
  expect(await bundleUsing("AnvilDefinition")).toContain("forge.example.com");
  expect(await bundleUsing("other")).not.toContain("forge.example.com");
});
