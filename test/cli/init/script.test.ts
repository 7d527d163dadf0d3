import { expect, test } from "vitest";
import { type Script, scriptOf } from "../../../src/cli/init/script.ts";

const otherCommands = new Set(["list"]);

test.each<readonly [Readonly<Record<string, unknown>> | undefined, Script]>([
  [undefined, { kind: "new", name: "generate" }],
  [{ build: "tsc" }, { kind: "new", name: "generate" }],
  [{ generate: "prisma generate" }, { kind: "new", name: "generate:crds" }],
  [
    { generate: "a", "generate:crds": "b" },
    { kind: "taken", names: ["generate", "generate:crds"] },
  ],
  [{ generate: "crd-gen" }, { kind: "there", name: "generate" }],
  [{ types: "npx crd-gen --quiet && biome format --write src" }, { kind: "there", name: "types" }],
  [
    { generate: "a", "generate:crds": "crd-gen" },
    { kind: "there", name: "generate:crds" },
  ],
  [{ pretest: "crd-gen --check" }, { kind: "new", name: "generate" }],
  [{ crds: "crd-gen list" }, { kind: "new", name: "generate" }],
  [{ crds: "crd-gen-fork" }, { kind: "new", name: "generate" }],
  [{ odd: 3 }, { kind: "new", name: "generate" }],
])("scripts %j", (scripts, wanted) => {
  const content = scripts === undefined ? {} : { scripts };
  expect(scriptOf({ file: "/package.json", text: JSON.stringify(content), content }, otherCommands)).toEqual(wanted);
});

test("without a package.json there is no script", () => {
  expect(scriptOf(undefined, otherCommands)).toEqual({ kind: "no-package" });
});
