import { execFileSync } from "node:child_process";
import { symlinkSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { describe, expect, it } from "vitest";
import { type FoundFiles, findDefinitions, type SearchBounds } from "../../../src/cli/init/find-definitions.ts";
import { temporaryFolder } from "../../temporary-folder.ts";
import { definitionText } from "./definition-text.ts";

const crd = definitionText("apps");
const apps = ["apps.example.com v1"];

function found(files: Readonly<Record<string, string>>, bounds?: SearchBounds): FoundFiles {
  return findDefinitions(temporaryFolder(files), bounds);
}

describe("a file", () => {
  it.each<readonly [string, string, readonly string[]]>([
    ["a.yaml", crd, apps],
    ["a.YML", crd, apps],
    ["a.json", crd, apps],
    ["two.yaml", `---\nkind: Deployment\n---\n${definitionText("apps", "v1", "v2")}`, [...apps, "apps.example.com v2"]],
    [
      "list.json",
      `{"apiVersion": "v1", "kind": "List", "items": [${crd}, ${definitionText("jobs")}]}`,
      [...apps, "jobs.example.com v1"],
    ],
    [
      "old.yaml",
      "kind: CustomResourceDefinition\nspec: { group: example.com, version: v1beta1, names: { plural: apps } }\n",
      ["apps.example.com v1beta1"],
    ],
  ])("%s defines", (name, text, definitions) => {
    expect(found({ [name]: text }).files).toEqual([{ kind: "definitions", path: name, definitions }]);
  });

  it.each([
    ["a manifest", "kind: Deployment\n"],
    ["a role for definitions", "rules: [{ resources: [customresourcedefinitions] }]\n"],
    ["a text about definitions", "kind: ConfigMap\ndata: { a: CustomResourceDefinition }\n"],
    ["another broken file", "{{ not read }}\n"],
    ["nothing", ""],
  ])("is another one with %s", (_, text) => {
    expect(found({ "a.yaml": text }).files).toEqual([{ kind: "other", path: "a.yaml", broken: false }]);
  });

  it.each([
    [
      "a patch",
      "kind: CustomResourceDefinition\nspec: { conversion: { strategy: Webhook } }\n",
      "a part of a definition, such as a patch",
    ],
    [
      "names without versions",
      "kind: CustomResourceDefinition\nspec: { group: a, names: { plural: b } }\n",
      "a part of a definition, such as a patch",
    ],
    [
      "a template",
      "{{- if .Values.crds }}\nkind: CustomResourceDefinition\n{{- end }}\n",
      "a Helm template; read what helm template prints",
    ],
    ["broken YAML", "kind: CustomResourceDefinition\n  a: b: c\n", expect.stringContaining("not valid YAML: ")],
  ])("is unfit with %s", (_, text, reason) => {
    expect(found({ "a.yaml": text }).files).toEqual([{ kind: "unfit", path: "a.yaml", reason }]);
  });

  it("beside or below definitions is said to be broken", () => {
    const files = {
      "crds/a.yaml": crd,
      "crds/broken.yaml": "a: b: c\n",
      "crds/more/broken.yaml": "a: b: c\n",
      "crds/whole.yaml": "a: b\n",
      "crds.yaml": "a: b: c\n",
    };
    const broken = found(files).files.flatMap((file) => (file.kind === "other" && file.broken ? [file.path] : []));
    expect(broken).toEqual(["crds/broken.yaml", "crds/more/broken.yaml"]);
  });

  it("that is no text is said to be broken", () => {
    const folder = temporaryFolder();
    writeFileSync(path.join(folder, "a.json"), Buffer.from([0x22, 0xc3, 0x28, 0x22]));
    expect(findDefinitions(folder).files).toEqual([{ kind: "other", path: "a.json", broken: true }]);
  });
});

describe("a search", () => {
  it("passes over hidden folders and node_modules, which no source reads either", () => {
    const files = { "node_modules/a/a.yaml": crd, ".cache/a.yaml": crd, ".a.yaml": crd, "a.txt": crd };
    expect(found(files)).toEqual({ files: [], leftOut: [], complete: true });
  });

  it("leaves out build outputs, other people's code and links to folders", () => {
    const names = ["build", "coverage", "dist", "out", "target", "vendor"];
    const folder = temporaryFolder(Object.fromEntries(names.map((name) => [`pkg/${name}/a.yaml`, crd])));
    symlinkSync(folder, path.join(folder, "link.yaml"));
    symlinkSync(path.join(folder, "gone"), path.join(folder, "gone.yaml"));
    expect(findDefinitions(folder)).toEqual({
      files: [],
      leftOut: ["gone.yaml", "link.yaml", ...names.map((name) => `pkg/${name}`)],
      complete: true,
    });
  });

  it("leaves out what git ignores", () => {
    const folder = temporaryFolder({
      ".gitignore": "cache/\n*.tmp.yaml\n",
      "crds/a.yaml": crd,
      "crds/b.tmp.yaml": crd,
      "crds/.gitignore": "local\n",
      "crds/local/a.yaml": crd,
      "cache/a.yaml": crd,
    });
    execFileSync("git", ["init", "--quiet"], { cwd: folder });
    expect(findDefinitions(folder)).toEqual({
      files: [{ kind: "definitions", path: "crds/a.yaml", definitions: apps }],
      leftOut: ["cache", "crds/b.tmp.yaml", "crds/local"],
      complete: true,
    });
    // Below the root of the repository the names are those below the folder.
    expect(findDefinitions(path.join(folder, "crds")).leftOut).toEqual(["b.tmp.yaml", "local"]);
  });

  it("looks near before it looks far", () => {
    const paths = found({ "a/b/c.yaml": crd, "b/c.yaml": crd, "c.yaml": crd }).files.map((file) => file.path);
    expect(paths).toEqual(["c.yaml", "b/c.yaml", "a/b/c.yaml"]);
  });
});

describe("the bounds of a search are", () => {
  const bounds: SearchBounds = { entries: 100, fileBytes: 10_000, bytes: 100_000 };
  const files = { "a.yaml": crd, "b/c.yaml": crd, "d/e.yaml": crd };

  it("files and folders", () => {
    expect(found(files, { ...bounds, entries: 4 })).toMatchObject({
      files: [{ path: "a.yaml" }, { path: "b/c.yaml" }],
      leftOut: ["d"],
      complete: false,
    });
  });

  it("the size of a file", () => {
    const big = { ...files, "big.yaml": `# ${"x".repeat(10_000)}\n${crd}` };
    const { leftOut, complete } = found(big, bounds);
    expect({ leftOut, complete }).toEqual({ leftOut: ["big.yaml"], complete: true });
  });

  it("the size of all", () => {
    expect(found(files, { ...bounds, bytes: 2 * crd.length })).toMatchObject({
      files: [{ path: "a.yaml" }, { path: "b/c.yaml" }],
      leftOut: ["d/e.yaml"],
      complete: false,
    });
  });
});
