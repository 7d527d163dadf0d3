import { describe, expect, it } from "vitest";
import { chooseOutputPlace, type OutputPlace, outputState } from "../../../src/cli/init/output-place.ts";
import { readCompilerScope } from "../../../src/cli/init/tsconfig.ts";
import { generatedMark } from "../../../src/output/mark.ts";
import { temporaryFolder } from "../../temporary-folder.ts";

const ours = `${generatedMark} from a test.\n`;

function placeIn(files: Readonly<Record<string, string>>, named?: string): OutputPlace {
  const folder = temporaryFolder(files);
  return chooseOutputPlace({ folder, scope: readCompilerScope(folder), named });
}

const tsconfig = (content: object): Readonly<Record<string, string>> => ({ "tsconfig.json": JSON.stringify(content) });

describe("the output goes into", () => {
  it.each<readonly [string, Readonly<Record<string, string>>, string]>([
    ["nothing else there", {}, "generated"],
    ["a folder src", { "src/": "" }, "src/generated"],
    ["a file src", { src: "" }, "generated"],
    ["everything included", { ...tsconfig({}), "src/": "" }, "src/generated"],
    ["everything included and no src", tsconfig({ include: ["**/*.ts", ".next/types/**/*.ts"] }), "generated"],
    ["rootDir", tsconfig({ compilerOptions: { rootDir: "lib" } }), "lib/generated"],
    ["rootDir and another src", { ...tsconfig({ compilerOptions: { rootDir: "lib" } }), "src/": "" }, "lib/generated"],
    ["rootDir that is all", { ...tsconfig({ compilerOptions: { rootDir: "." } }), "src/": "" }, "src/generated"],
    ["another included folder", { ...tsconfig({ include: ["app/**/*"] }), "app/": "", "src/": "" }, "app/generated"],
    ["an excluded folder", { ...tsconfig({ exclude: ["src"] }), "src/": "" }, "generated"],
    ["a list of files", { ...tsconfig({ files: ["src/index.ts"] }), "src/": "" }, "src/generated"],
    [
      "only hidden folders",
      { ...tsconfig({ include: [".types", "node_modules/a"] }), ".types/": "", "node_modules/a/": "" },
      "generated",
    ],
    [
      "NodeNext",
      { ...tsconfig({ compilerOptions: { module: "nodenext", outDir: "dist" } }), "src/": "" },
      "src/generated",
    ],
    [
      "a bundler",
      { ...tsconfig({ compilerOptions: { moduleResolution: "bundler" }, include: ["src"] }), "src/": "" },
      "src/generated",
    ],
  ])("with %s", (_, files, out) => {
    expect(placeIn(files)).toEqual({ out, state: { kind: "absent" }, notes: [] });
  });

  it("the folder that has an earlier output", () => {
    const files = { "src/generated/a/b.ts": ours, "src/generated/mine.ts": "mine" };
    expect(placeIn(files)).toEqual({ out: "src/generated", state: { kind: "there" }, notes: [] });
  });

  it("another one where others have the first", () => {
    expect(placeIn({ "generated/a/mine.ts": "mine", "generated/b.ts": "" })).toEqual({
      out: "generated-crds",
      state: { kind: "absent" },
      notes: ["generated holds files that crd-gen did not generate, b.ts, a/mine.ts; they are left as they are"],
    });
    expect(placeIn({ generated: "a file" })).toMatchObject({ out: "generated-crds" });
  });

  it("none where others have them all", () => {
    const files = { "generated/a.ts": "", "generated-crds/b.ts": "" };
    expect(() => placeIn(files)).toThrow(
      /a\.ts; they.*\n.*b\.ts; they.*\nno folder is left for the output; name one with --out$/,
    );
  });

  it("the folder that was named, with a word on what is odd about it", () => {
    const files = { ...tsconfig({ compilerOptions: { rootDir: "src" } }), "lib/a.ts": "" };
    expect(placeIn(files, "src/k8s")).toEqual({ out: "src/k8s", state: { kind: "absent" }, notes: [] });
    expect(placeIn(files, "lib")).toEqual({
      out: "lib",
      state: { kind: "foreign", files: ["a.ts"] },
      notes: [
        "lib holds files that crd-gen did not generate, a.ts; they are left as they are",
        "lib is outside of the rootDir of tsconfig.json, and the compiler refuses what is; choose a folder in it with --out",
      ],
    });
  });
});

it("a folder with hidden files and empty folders holds nothing", () => {
  expect(outputState(temporaryFolder({ ".gitkeep": "", "a/b/": "" }))).toEqual({ kind: "absent" });
});

it("only the mark in the first line of a TypeScript file tells an output", () => {
  const folder = temporaryFolder({ "a.ts": `\n${ours}`, "b.md": ours });
  expect(outputState(folder)).toEqual({ kind: "foreign", files: ["a.ts", "b.md"] });
});
