// The module hook that scripts/typescript.mjs registers. The sources have only syntax that can be erased (see
// erasableSyntaxOnly in tsconfig.json), so what is left of a file needs no look at another.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import ts from "typescript-5.9";

export async function load(url, context, nextLoad) {
  if (!url.endsWith(".ts")) return nextLoad(url, context);
  const { outputText: source } = ts.transpileModule(readFileSync(fileURLToPath(url), "utf8"), {
    compilerOptions: { target: "es2022", module: "esnext", verbatimModuleSyntax: true },
  });
  return { format: "module", source, shortCircuit: true };
}
