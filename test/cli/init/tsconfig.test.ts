import * as path from "node:path";
import { describe, expect, it } from "vitest";
import { readCompilerScope } from "../../../src/cli/init/tsconfig.ts";
import { temporaryFolder } from "../../temporary-folder.ts";

describe("a tsconfig.json", () => {
  it("need not be there", () => {
    expect(readCompilerScope(temporaryFolder())).toBeUndefined();
  });

  it("names the folders of its sources, rootDir first", () => {
    const folder = temporaryFolder({
      "tsconfig.json": JSON.stringify({
        compilerOptions: { rootDir: "lib" },
        include: ["lib/**/*.ts", "app", "src/index.ts", "*.ts", "gone/*.ts"],
      }),
      "lib/": "",
      "app/": "",
      "src/index.ts": "",
    });
    const scope = readCompilerScope(folder);
    expect(scope?.name).toBe("tsconfig.json");
    expect(scope?.folders.map((each) => path.relative(folder, each))).toEqual(["lib", "lib", "app", ""]);
  });

  it("allows what is in rootDir, and includes what its lists say", () => {
    const text = JSON.stringify({
      compilerOptions: { rootDir: "src" },
      include: ["src", "test"],
      exclude: ["src/generated"],
    });
    const folder = temporaryFolder({ "tsconfig.json": text });
    const scope = readCompilerScope(folder);
    const judge = (file: string): readonly unknown[] => {
      const place = path.join(folder, file);
      return [scope?.allows(place), scope?.includes(place)];
    };
    expect(judge("src/a.ts")).toEqual([true, true]);
    expect(judge("src/generated/a.ts")).toEqual([true, false]);
    expect(judge("test/a.ts")).toEqual([false, true]);
    expect(judge("src-more/a.ts")).toEqual([false, false]);
  });

  it("without rootDir allows everything", () => {
    const folder = temporaryFolder({ "tsconfig.json": "{}" });
    expect(readCompilerScope(folder)?.allows(path.join(folder, "../a.ts"))).toBe(true);
  });

  it("of a folder above counts", () => {
    const folder = temporaryFolder({ "tsconfig.json": '{ "include": ["packages/*/src"] }', "packages/a/src/": "" });
    const scope = readCompilerScope(path.join(folder, "packages/a"));
    expect(scope?.name).toBe("../../tsconfig.json");
    expect(scope?.includes(path.join(folder, "packages/a/src/b.ts"))).toBe(true);
  });

  it("that only points to others is what they are", () => {
    const folder = temporaryFolder({
      "tsconfig.json": '{ "files": [], "references": [{ "path": "./tsconfig.app.json" }, { "path": "./server" }] }',
      "tsconfig.app.json": '{ "include": ["src"] }',
      "server/tsconfig.json": '{ "include": ["."] }',
      "src/": "",
    });
    const scope = readCompilerScope(folder);
    expect(scope?.folders).toEqual([path.join(folder, "src"), path.join(folder, "server")]);
    expect(scope?.includes(path.join(folder, "server/a.ts"))).toBe(true);
    expect(scope?.includes(path.join(folder, "a.ts"))).toBe(false);
  });

  it.each([['{\n  // a comment\n  "include": ["src"],\n}\n'], ['\uFEFF{ "compilerOptions": {} }'], [""]])(
    "may be %j",
    (text) => {
      expect(readCompilerScope(temporaryFolder({ "tsconfig.json": text }))).toBeDefined();
    },
  );

  it.each([
    [
      '{\n  "compilerOptions": {\n',
      "tsconfig.json:3:1: not valid JSON with comments: close brace expected; mend it and run crd-gen init again",
    ],
    ["[]", "tsconfig.json: expected an object, got a list; mend it and run crd-gen init again"],
    ['{ "include": "src" }', 'tsconfig.json: include: expected a list, got "src"; mend it and run crd-gen init again'],
    [
      '{ "extends": "./gone.json" }',
      "tsconfig.json: cannot be read: File './gone.json' not found; mend it, or install what it extends, and run crd-gen init again",
    ],
  ])("is refused as %j", (text, message) => {
    const folder = temporaryFolder({ "tsconfig.json": text });
    expect(() => readCompilerScope(folder)).toThrow(message);
  });
});
