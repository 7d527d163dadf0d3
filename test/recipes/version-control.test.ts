import { readFileSync } from "node:fs";
import * as path from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { definitionNamed } from "../cli/command-process.ts";
import { block } from "./page.ts";
import { put, Workplace } from "./workplace.ts";

const timeout = 120_000;
/** Where a recipe says npx, npx is run; elsewhere what it would run. */
const crdGen = "node_modules/.bin/crd-gen";
const lock = "src/generated/crd-gen.lock";
const indexes = [
  "src/generated/clientset.ts",
  "src/generated/kinds.ts",
  "src/generated/stable.example.com/index.ts",
  "src/generated/stable.example.com/v1/index.ts",
];

let workplace: Workplace;
/** A project with three definitions, whose output is committed and up to date. */
let project: string;
beforeAll(async () => {
  workplace = await Workplace.make();
  const names = ["ones", "twos", "threes"];
  const definitions = names.map((name) => [`crds/${name}.yaml`, definitionNamed(name)] as const);
  project = await workplace.repository(Object.fromEntries(definitions));
  await workplace.expect(`${crdGen} && git add . && git commit --quiet --message=generated`, project);
  return () => workplace.remove();
}, timeout);

/** Commits, on a branch of that name, a definition and what is generated from it. */
async function branch(clone: string, plural: string, definition = definitionNamed(plural)): Promise<void> {
  await workplace.expect(`git switch --quiet --create=${plural} main`, clone);
  put(clone, { [`crds/${plural}.yaml`]: definition });
  await workplace.expect(`${crdGen} && git add . && git commit --quiet --message=${plural}`, clone);
}

/** A clone in the midst of a merge of two branches, each with a definition more. */
async function conflict(one: string, other: string): Promise<string> {
  const clone = await workplace.installedClone(project);
  await branch(clone, one);
  await branch(clone, other);
  expect(await workplace.shell(`git merge ${one}`, clone)).toMatchObject({ code: 1 });
  return clone;
}

async function conflictsIn(clone: string): Promise<string[]> {
  const paths = await workplace.expect("git diff --name-only --diff-filter=U", clone);
  return paths.split("\n").filter((name) => name !== "");
}

describe("after a merge", () => {
  test("of changes of different definitions, the output is up to date as it is", { timeout }, async () => {
    const clone = await workplace.installedClone(project);
    // In the lock the lines of threes are between theirs.
    await branch(clone, "ones", definitionNamed("ones").replace("Docker image", "Container image"));
    await branch(clone, "twos", definitionNamed("twos").replace("maximum: 10", "maximum: 11"));
    await workplace.expect("git merge --quiet --no-edit ones", clone);
    expect(await workplace.expect(`${crdGen} --check`, clone)).toBe("src/generated is up to date\n");
    expect(await workplace.expect("git show --stat --format= --first-parent", clone)).toContain("/v1/ones.ts");
  });

  test.each([
    ["the lock alone", ["alphas", "zetas"], "HEAD", [lock]],
    ["the lock and the indexes", ["alphas", "betas"], "HEAD", [lock, ...indexes]],
    ["the lock and the indexes", ["alphas", "betas"], "MERGE_HEAD", [lock, ...indexes]],
  ] as const)(
    "with a conflict in %s, of %j: the side of %s is taken, and generated",
    {
      timeout,
    },
    async (_, [one, other], side, conflicts) => {
      const clone = await conflict(one, other);
      expect(await conflictsIn(clone)).toEqual([...conflicts].sort());
      const refused = await workplace.shell(crdGen, clone);
      expect(refused).toMatchObject({
        code: 2,
        stderr: expect.stringContaining("got a merge conflict; take either side"),
      });

      await workplace.expect(block("merge").replace("HEAD", side), clone);
      expect(await workplace.expect("git status --porcelain", clone)).not.toMatch(/^(?:.[^ ]|U)/m);
      await workplace.expect("git commit --quiet --no-edit", clone);
      expect(await workplace.expect(`${crdGen} --check`, clone)).toBe("src/generated is up to date\n");
      const fresh = `${crdGen} --out fresh --quiet && diff -r -x crd-gen.lock fresh src/generated`;
      expect(await workplace.expect(fresh, clone)).toBe("");
    },
  );

  test.each(["ours", "theirs"])(
    "with %s of the lock alone, --force writes what was merged",
    { timeout },
    async (side) => {
      const clone = await conflict("alphas", "betas");
      await workplace.expect(`git checkout --${side} -- ${lock}`, clone);
      expect(await workplace.shell(crdGen, clone)).toMatchObject({
        code: 2,
        stderr: expect.stringContaining("run again with --force"),
      });
      await workplace.expect(`${crdGen} --force && git add . && git commit --quiet --no-edit`, clone);
      expect(await workplace.expect(`${crdGen} --check`, clone)).toBe("src/generated is up to date\n");
    },
  );
});

describe("line ends", () => {
  const windows = "-c core.autocrlf=true";
  const change = "sed -i.bak s/Docker/Container/ crds/ones.yaml && rm crds/ones.yaml.bak";
  const changedFiles =
    " M crds/ones.yaml\n M src/generated/crd-gen.lock\n M src/generated/stable.example.com/v1/ones.ts\n";
  const textOf = (clone: string, file: string): string => readFileSync(path.join(clone, file), "utf8");

  test("of Windows are no change, and a run changes what has changed", { timeout }, async () => {
    const clone = await workplace.installedClone(project, windows);
    for (const file of ["crds/ones.yaml", lock, indexes[0] ?? ""]) expect(textOf(clone, file)).toMatch(/\r\n$/);
    expect(await workplace.expect(`${crdGen} --check`, clone)).toBe("src/generated is up to date\n");
    await workplace.expect(`${change} && ${crdGen}`, clone);
    expect(await workplace.expect("git status --porcelain", clone)).toBe(changedFiles);
    expect(await workplace.expect(`${crdGen} --check`, clone)).toBe("src/generated is up to date\n");
  });

  test("are the same everywhere with the attributes", { timeout }, async () => {
    const source = await workplace.clone(project);
    put(source, { ".gitattributes": block(".gitattributes") });
    await workplace.expect("npm ci && git add . && git commit --quiet --message=attributes", source);
    const clone = await workplace.installedClone(source, windows);
    expect(textOf(clone, "crds/ones.yaml")).toMatch(/\r\n$/);
    for (const file of [lock, ...indexes]) expect(textOf(clone, file)).not.toContain("\r");
    expect(await workplace.expect(`${crdGen} --check`, clone)).toBe("src/generated is up to date\n");
    await workplace.expect(`${change} && ${crdGen}`, clone);
    expect(await workplace.expect("git status --porcelain", clone)).toBe(changedFiles);
    // Git has nothing to say about line ends that it would change.
    expect(await workplace.shell("git add src", clone)).toEqual({ code: 0, stdout: "", stderr: "" });
  });
});
