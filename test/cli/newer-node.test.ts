import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import * as path from "node:path";
import { expect, test } from "vitest";
import { contentsOf, temporaryFolder } from "../temporary-folder.ts";
import { builtCommand, myCoolApp, runCommand } from "./command-process.ts";

const stripsTypes = "typescript" in process.features && Boolean(process.features.typescript);
const newerNode = process.env.CRD_GEN_NEWER_NODE ?? (stripsTypes ? process.execPath : undefined);
if (newerNode === undefined) {
  console.warn("SKIPPED: a TypeScript config needs Node 22.18; name one by CRD_GEN_NEWER_NODE to test it");
}

test.skipIf(newerNode === undefined)("under a Node that strips types, crd-gen.config.ts is read", async () => {
  const cwd = temporaryFolder({
    "crds/app.yaml": readFileSync(myCoolApp, "utf8"),
    "crd-gen.config.ts": `
      import type { Config } from "${path.dirname(builtCommand)}/../index.js";
      const config: Config = { sources: ["crds"], out: "typed", typesOnly: true };
      export default config;
    `,
  });
  execFileSync(newerNode ?? "", [builtCommand, "--quiet"], { cwd });
  expect(Object.keys(contentsOf(cwd))).toContain("typed/stable.example.com/v1/mycoolapps.ts");
});

test.skipIf(newerNode === undefined)("another line of Node writes the same bytes", async () => {
  const cwd = temporaryFolder();
  const sources = path.resolve(path.dirname(myCoolApp), "../features");
  execFileSync(newerNode ?? "", [builtCommand, sources, "--out", "output", "--quiet"], { cwd, stdio: "ignore" });
  const newer = contentsOf(cwd);
  const here = temporaryFolder();
  expect(await runCommand([sources, "--out", "output", "--quiet"], { cwd: here })).toMatchObject({ code: 0 });
  expect(contentsOf(here)).toEqual(newer);
  expect(Object.keys(newer).length).toBeGreaterThan(300);
});
