// What is expected of a generator that runs again and again. Elsewhere: that broken, empty and wrong input ends with 2 and leaves
// everything as it was (bad-input.test.ts, invalid-fixtures.test.ts); runs that are interrupted or killed (bad-input.test.ts); that a
// field more removes no exported name from any fixture or real definition (test/properties/stability.test.ts); what each version of
// crd-gen makes of each fixture: the golden output is generated-examples/, which `npm run examples -- --check` compares with a fresh run.
import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { load } from "js-yaml";
import { expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { isJsonObject } from "../../src/json.ts";
import { corpusFolder } from "../corpus.ts";
import { referenceSet } from "../corpus-files.ts";
import { contentsOf, temporaryFolder } from "../temporary-folder.ts";
import { definitionNamed, myCoolApp } from "./command-process.ts";
import { forget, generate, regenerate } from "./regeneration.ts";

const definition = readFileSync(myCoolApp, "utf8");
const { version } = JSON.parse(readFileSync(path.join(import.meta.dirname, "../../package.json"), "utf8"));
const lock = "crd-gen.lock";
const indexes = ["clientset.ts", "kinds.ts", "stable.example.com/index.ts", "stable.example.com/v1/index.ts"];

/** A folder with these definitions, whose output is up to date. */
async function generated(files: Readonly<Record<string, string>>): Promise<string> {
  const cwd = temporaryFolder(Object.fromEntries(Object.entries(files).map(([name, text]) => [`crds/${name}`, text])));
  expect(await generate(cwd)).toMatchObject({ code: 0, stderr: "" });
  return cwd;
}

function put(cwd: string, name: string, text: string): void {
  writeFileSync(path.join(cwd, name), text);
}

function outputOf(cwd: string): Record<string, string | null> {
  return contentsOf(path.join(cwd, "generated"));
}

function inGroup(group: string, text = definition): string {
  return text.replaceAll("stable.example.com", group);
}

function exportsOf(text: string | null | undefined): string[] {
  return [...(text ?? "").matchAll(/^export (?:interface|type|const) (\w+)/gm)].map(([, name = ""]) => name);
}

test("a run that is repeated touches nothing, whatever its options, order and memory", async () => {
  const cwd = await generated({ "one.yaml": definitionNamed("ones"), "two.yaml": definitionNamed("twos") });
  const before = outputOf(cwd);
  for (const options of [[], ["--force"], ["--jobs", "2", "--force"], ["crds/two.yaml", "crds/one.yaml"]]) {
    const { written, removed } = await regenerate(cwd, ...options);
    expect({ options, written, removed }).toEqual({ options, written: [], removed: [] });
  }
  put(cwd, "crds/one.yaml", `${definitionNamed("ones")}# nothing of this reaches the output\n`);
  forget(cwd);
  expect(await regenerate(cwd)).toMatchObject({ written: [lock], removed: [] });
  expect(outputOf(cwd)).toEqual({ ...before, [lock]: expect.any(String) });
});

test("however the same definitions are packed, no file is touched", async () => {
  const cwd = await generated({ "one.yaml": definitionNamed("ones"), "two.yaml": definitionNamed("twos") });
  const items = ["ones", "twos"].map((plural) => parse(definitionNamed(plural)));
  const service = "apiVersion: v1\nkind: Service\nmetadata: { name: web }\n";
  const packed = {
    "list.yaml": stringify({ apiVersion: "v1", kind: "List", items }),
    "list.json": JSON.stringify({ apiVersion: "v1", kind: "List", items }),
    "stream.yaml": `---\n---\n${definitionNamed("twos")}---\n${service}---\n# nothing\n---\n${definitionNamed("ones")}---\n`,
  };
  rmSync(path.join(cwd, "crds/one.yaml"));
  rmSync(path.join(cwd, "crds/two.yaml"));
  for (const [name, text] of Object.entries(packed)) {
    put(cwd, `crds/${name}`, text);
    const { written, removed } = await regenerate(cwd);
    expect({ name, written, removed }).toEqual({ name, written: [lock], removed: [] });
    rmSync(path.join(cwd, `crds/${name}`));
  }
});

test("nothing is removed before the input is known to be right", async () => {
  const cwd = await generated({ "one.yaml": definitionNamed("ones"), "two.yaml": definitionNamed("twos") });
  const before = outputOf(cwd);
  rmSync(path.join(cwd, "crds/one.yaml"));
  put(cwd, "crds/two.yaml", `${definitionNamed("twos")}---\na: [\n`);
  const { code, stderr } = await generate(cwd, "--force", "--yes");
  expect(code).toBe(2);
  expect(stderr).toMatch(/^crds\/two\.yaml:\d+:\d+ .*\n1 error; nothing was written\n$/s);
  expect(await generate(cwd, "--check")).toEqual({ code, stdout: "", stderr });
  expect(outputOf(cwd)).toEqual(before);
});

test("what a definition that is gone has left is removed, and what is not ours stays", async () => {
  const cwd = await generated({
    "app.yaml": definition,
    "other.yaml": inGroup("other.example.com"),
    "third.yaml": inGroup("third.example.com"),
  });
  put(cwd, "generated/mine.ts", "mine");
  put(cwd, "generated/third.example.com/v1/mine.ts", "mine");
  rmSync(path.join(cwd, "crds/other.yaml"));
  const files = ["index.ts", "v1/index.ts", "v1/mycoolapps.ts"];
  expect(await regenerate(cwd)).toMatchObject({
    written: ["clientset.ts", lock, "kinds.ts"],
    removed: files.map((file) => `other.example.com/${file}`),
  });
  expect(outputOf(cwd)).not.toHaveProperty(["other.example.com"]);
  rmSync(path.join(cwd, "crds/third.yaml"));
  expect(await regenerate(cwd)).toMatchObject({ removed: files.map((file) => `third.example.com/${file}`) });
  expect(outputOf(cwd)).toMatchObject({ "mine.ts": "mine", "third.example.com/v1/mine.ts": "mine" });
  expect(outputOf(cwd)["clientset.ts"]).not.toMatch(/other|third/);
});

test("a kind of the same name in another group takes nothing from the first", async () => {
  const cwd = await generated({ "app.yaml": definition });
  put(cwd, "crds/another.yaml", inGroup("another.example.com"));
  const { written, removed } = await regenerate(cwd);
  expect(written.filter((file) => !file.startsWith("another.example.com/"))).toEqual([
    "clientset.ts",
    lock,
    "kinds.ts",
  ]);
  expect(removed).toEqual([]);
  const output = outputOf(cwd);
  for (const group of ["stable.example.com", "another.example.com"]) {
    expect(exportsOf(output[`${group}/v1/mycoolapps.ts`])).toContain("MyCoolApp");
    expect(output["clientset.ts"]).toContain(JSON.stringify(group));
  }
});

test("a version more stands beside the first, whose file stays as it is", async () => {
  const cwd = await generated({ "app.yaml": definition });
  const { spec, ...rest } = parse(definition);
  const versions = [...spec.versions, { ...spec.versions[0], name: "v2", storage: false }];
  put(cwd, "crds/app.yaml", stringify({ ...rest, spec: { ...spec, versions } }));
  const group = "stable.example.com";
  expect(await regenerate(cwd)).toMatchObject({
    written: [
      "clientset.ts",
      lock,
      "kinds.ts",
      `${group}/index.ts`,
      `${group}/v2/index.ts`,
      `${group}/v2/mycoolapps.ts`,
    ],
    removed: [],
  });
  expect(outputOf(cwd)[`${group}/index.ts`]).toContain('from "./v2/mycoolapps.js"');
});

test("several files of one group change and go one by one, and share the indexes", async () => {
  const names = ["ones", "twos", "threes", "fours"];
  const cwd = await generated(Object.fromEntries(names.map((name) => [`${name}.yaml`, definitionNamed(name)])));
  put(cwd, "crds/ones.yaml", definitionNamed("ones").replace("maximum: 10", "maximum: 11"));
  expect(await regenerate(cwd)).toMatchObject({ written: [lock, "stable.example.com/v1/ones.ts"], removed: [] });
  rmSync(path.join(cwd, "crds/twos.yaml"));
  expect(await regenerate(cwd)).toMatchObject({
    written: [...indexes, lock].sort(),
    removed: ["stable.example.com/v1/twos.ts"],
  });
  const index = outputOf(cwd)["stable.example.com/v1/index.ts"];
  expect([...(index ?? "").matchAll(/from "\.\/(\w+)\.js"/g)].map(([, name]) => name)).toEqual([
    "fours",
    "ones",
    "threes",
  ]);
});

/** A definition with one more optional object in the spec of its first version, as JSON. */
function withObjectMore(text: string): string {
  const definition = load(text);
  const change = (tree: unknown, [key, ...keys]: readonly (string | number)[]): unknown => {
    if (key === undefined)
      return { ...Object(tree), addedLater: { type: "object", properties: { small: { type: "string" } } } };
    if (Array.isArray(tree)) return tree.map((item, index) => (index === key ? change(item, keys) : item));
    if (!isJsonObject(tree)) throw new Error(`wanted an object with ${key}`);
    return { ...tree, [key]: change(tree[key], keys) };
  };
  const place = ["spec", "versions", 0, "schema", "openAPIV3Schema", "properties", "spec", "properties"];
  return JSON.stringify(change(definition, place));
}

/** How many lines each file of a patch adds and removes. */
function changesIn(patch: string): Record<string, { readonly added: number; readonly removed: number }> {
  const files = patch.split(/^--- /m).slice(1);
  const countOf = (lines: readonly string[], sign: string): number =>
    lines.filter((line) => line.startsWith(sign)).length;
  return Object.fromEntries(
    files.map((file) => {
      const [, head = "", ...lines] = file.split("\n");
      return [head.replace("+++ b/generated/", ""), { added: countOf(lines, "+"), removed: countOf(lines, "-") }];
    }),
  );
}

// What is added: an interface of three lines with an empty one behind it, and the property in one or both views of its parent.
test("an optional object more adds lines, and changes none", async () => {
  const cwd = await generated({ "app.yaml": definition });
  put(cwd, "crds/app.yaml", withObjectMore(definition));
  const { stdout } = await generate(cwd, "--diff");
  expect(changesIn(stdout)).toEqual({ "stable.example.com/v1/mycoolapps.ts": { added: 6, removed: 0 } });
});

const corpus = corpusFolder();

test.skipIf(corpus === undefined)(
  "an optional object more in real definitions adds lines, and changes none",
  async () => {
    const files = referenceSet(corpus ?? "");
    const cwd = await generated(
      Object.fromEntries(files.map((file) => [path.basename(file), readFileSync(file, "utf8")])),
    );
    for (const file of files) put(cwd, `crds/${path.basename(file)}`, withObjectMore(readFileSync(file, "utf8")));
    const { stdout } = await generate(cwd, "--diff");
    const changes = Object.entries(changesIn(stdout));
    expect(changes.filter(([, { added, removed }]) => added < 5 || added > 6 || removed > 0)).toEqual([]);
    expect(changes).toHaveLength(files.length);
  },
);

test("another version of crd-gen looks at everything again, and changes what it writes otherwise", async () => {
  const cwd = await generated({ "app.yaml": definition });
  const wanted = outputOf(cwd);
  put(cwd, `generated/${lock}`, (wanted[lock] ?? "").replace(`generator ${version}\n`, "generator 0.0.9\n"));
  const check = await generate(cwd, "--check");
  expect(check).toEqual({
    code: 1,
    stderr: "",
    stdout: `generated is out of date:
  the output is of crd-gen 0.0.9, this is ${version}
run the same without --check to bring it up to date
`,
  });
  expect(await regenerate(cwd)).toMatchObject({ written: [lock], removed: [] });
  expect(outputOf(cwd)).toEqual(wanted);
  expect(await generate(cwd, "--check")).toMatchObject({ code: 0 });
});

test("a kind that is renamed leaves nothing of its old name", async () => {
  const cwd = await generated({ "app.yaml": definition, "other.yaml": definitionNamed("others") });
  put(cwd, "crds/app.yaml", definition.replaceAll("MyCoolApp", "Application"));
  const file = "stable.example.com/v1/mycoolapps.ts";
  const { written, removed } = await regenerate(cwd);
  expect({ written, removed }).toEqual({ written: ["clientset.ts", lock, "kinds.ts", file], removed: [] });
  for (const content of Object.values(outputOf(cwd))) expect(content ?? "").not.toMatch(/[Mm]yCoolApp/);

  put(cwd, "crds/app.yaml", definition.replaceAll("MyCoolApp", "Application").replaceAll("mycoolapp", "application"));
  expect((await regenerate(cwd)).removed).toEqual([file]);
  for (const content of Object.values(outputOf(cwd))) expect(content ?? "").not.toMatch(/mycoolapps/i);
});

test("sources that move with the output folder change nothing", async () => {
  const cwd = await generated({ "app.yaml": definition });
  const moved = temporaryFolder();
  for (const name of ["crds", "generated"]) renameSync(path.join(cwd, name), path.join(moved, name));
  expect(await regenerate(moved)).toMatchObject({ written: [], removed: [] });
});

test("definitions are files like all others: written once, changed alone, checked and removed", async () => {
  const cwd = await generated({ "app.yaml": definition, "other.yaml": definitionNamed("others") });
  const before = outputOf(cwd);
  const files = ["stable.example.com/mycoolapps.crd.ts", "stable.example.com/others.crd.ts"];
  const [file = ""] = files;
  const check = await generate(cwd, "--definitions", "--check");
  expect(check).toMatchObject({ code: 1, stderr: "" });
  for (const wanted of files) expect(check.stdout).toContain(`  generated/${wanted} would be written\n`);
  expect(await regenerate(cwd, "--definitions")).toMatchObject({ written: [lock, ...files], removed: [] });
  expect(await regenerate(cwd, "--definitions")).toMatchObject({ written: [], removed: [] });
  const threads = await regenerate(cwd, "--definitions", "--force", "--jobs", "3");
  expect(threads).toMatchObject({ written: [], removed: [] });

  put(cwd, "crds/app.yaml", definition.replace("metadata:\n", "metadata:\n  labels: { team: smiths }\n"));
  expect(await regenerate(cwd, "--definitions")).toMatchObject({ written: [lock, file], removed: [] });
  expect(outputOf(cwd)[file]).toContain('"team": "smiths"');

  put(cwd, `generated/${file}`, `${outputOf(cwd)[file]}// edited\n`);
  const refused = await generate(cwd, "--definitions");
  expect(refused).toMatchObject({ code: 2, stdout: "" });
  expect(refused.stderr).toContain(`generated/${file}: `);
  expect((await regenerate(cwd, "--definitions", "--force")).written).toContain(file);

  put(cwd, "crds/app.yaml", definition);
  expect(await regenerate(cwd)).toMatchObject({ written: [lock], removed: files });
  expect({ ...outputOf(cwd), [lock]: "" }).toEqual({ ...before, [lock]: "" });
});

test("a definition that two sources hold is exported once, and a warning says where they differ", async () => {
  const labelled = definition.replace("metadata:\n", "metadata:\n  labels: { team: smiths }\n");
  const cwd = temporaryFolder({ "crds/a.yaml": labelled, "crds/b.yaml": definition });
  const { code, stderr } = await generate(cwd, "--definitions");
  expect(code).toBe(0);
  expect(stderr).toMatch(
    /^warning: crds\/b\.yaml:.* metadata\.labels: differs from .* crds\/a\.yaml:.* which is exported; /,
  );
  expect(outputOf(cwd)["stable.example.com/mycoolapps.crd.ts"]).toContain('"team": "smiths"');
});
