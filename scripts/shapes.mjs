// npm run shapes: writes src/declare/compiled-shapes.ts, the usual shapes of types as json-schema-to-typescript prints
// them, with the built generator.
// npm run shapes -- --check: writes nothing; fails if that would change something.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { compileShapes } from "../dist/declare/type-shapes.js";

const path = fileURLToPath(new URL("../src/declare/compiled-shapes.ts", import.meta.url));
const { values } = parseArgs({ options: { check: { type: "boolean", default: false } } });
/** Enums of more values occur, but seldom. */
const mostLiterals = 40;

const shapes = [
  ...["string", "number", "boolean", "unknown", "never", "boolean|string", "number|string", "boolean|number"],
  ...["boolean|number|string", "name", "array", "nullable", "map", "empty", "atomic", "keyed-list"],
  ...Array.from({ length: mostLiterals }, (_, index) => `literals ${index + 1}`),
];
const compiled = await compileShapes(shapes);
const entries = [...compiled].map(([shape, text]) => `  ${JSON.stringify(shape)}: ${JSON.stringify(text)},\n`);
const content = `// Written by scripts/shapes.mjs. Do not edit.

/** The usual shapes of types with their holes, as json-schema-to-typescript prints them. */
export const compiledShapes: Readonly<Record<string, string>> = {
${entries.join("")}};
`;

if (readFileSync(path, "utf8") !== content) {
  if (values.check) {
    console.error(
      "shapes: src/declare/compiled-shapes.ts is not up to date; run npm run build && npm run shapes, and commit it",
    );
    process.exitCode = 1;
  } else {
    writeFileSync(path, content);
    console.log("shapes: wrote src/declare/compiled-shapes.ts");
  }
}
