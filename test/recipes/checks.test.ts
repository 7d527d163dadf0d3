import { existsSync, readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { definitionNamed, myCoolApp } from "../cli/command-process.ts";
import { block } from "./page.ts";
import { put, Workplace } from "./workplace.ts";

const timeout = 120_000;
const definition = readFileSync(myCoolApp, "utf8");
const changed = definition.replace("Docker image", "Container image");

/** A step of a job of GitHub Actions; actions are not run. */
interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, string>>;
}

let workplace: Workplace;
/** A project whose output is committed and up to date. */
let project: string;
beforeAll(async () => {
  workplace = await Workplace.make();
  const definitions = { "crds/mycoolapp.yaml": definition, "crds/other.yaml": definitionNamed("others") };
  project = await workplace.repository(definitions);
  await workplace.expect("node_modules/.bin/crd-gen && git add . && git commit --quiet --message=generated", project);
  return () => workplace.remove();
}, timeout);

function commandsOf(steps: readonly Step[]): string[] {
  return steps.flatMap(({ run }) => run ?? []);
}

const jobs: readonly (readonly [string, readonly string[]])[] = [
  ["GitHub", commandsOf(parse(block(".github/workflows/generated-client.yml")).jobs["up-to-date"].steps)],
  ["GitLab", parse(block(".gitlab-ci.yml"))["generated-client"].script],
];

describe("the check in CI", () => {
  test.each(jobs)("the job of %s passes, and fails once a definition has changed", { timeout }, async (_, commands) => {
    const clone = await workplace.clone(project);
    const passed = await workplace.shell(commands.join("\n"), clone);
    expect(passed).toMatchObject({ code: 0, stdout: expect.stringMatching(/^src\/generated is up to date$/m) });

    put(clone, { "crds/mycoolapp.yaml": changed });
    const failed = await workplace.shell(commands.join("\n"), clone);
    expect(failed).toMatchObject({ code: 1, stdout: expect.stringContaining(block("output")) });
    const touched = await workplace.expect("git status --porcelain --untracked-files=no", clone);
    expect(touched).toBe(" M crds/mycoolapp.yaml\n");
  });

  test("prints a patch with --diff, which brings the output up to date", { timeout }, async () => {
    const clone = await workplace.installedClone(project);
    put(clone, { "crds/mycoolapp.yaml": changed });
    const { code, stdout } = await workplace.shell("npx crd-gen --check --diff", clone);
    expect(code).toBe(1);
    put(clone, { "changes.patch": stdout });
    await workplace.expect("git apply changes.patch", clone);
    const left = await workplace.shell("npx crd-gen --check", clone);
    expect(left.stdout).toBe(block("output").replace(/.*would change\n/, ""));
  });

  const file = "src/generated/stable.example.com/v1/mycoolapps.ts";
  test.each([
    ["an output file was edited", `echo >> ${file}`, `  ${file} has been edited\n`],
    ["an output file was removed", `rm ${file}`, `  ${file} is missing\n`],
    ["a definition was removed", "rm crds/mycoolapp.yaml", `  ${file} would be removed\n`],
    ["the lock was removed", "rm src/generated/crd-gen.lock", "  there is no crd-gen.lock in src/generated\n"],
  ])("fails where %s", { timeout }, async (_, deed, line) => {
    const clone = await workplace.installedClone(project);
    const [check] = jobs.map(([, commands]) => commands.at(-1));
    const failed = await workplace.shell(`${deed}\n${check}`, clone);
    expect(failed).toMatchObject({ code: 1, stdout: expect.stringContaining(line) });
  });
});

describe("the check before a commit", () => {
  test("the hook refuses what is staged and out of date, whatever lies in the folder", { timeout }, async () => {
    const clone = await workplace.installedClone(project);
    put(clone, { ".githooks/pre-commit": block(".githooks/pre-commit"), "crds/mycoolapp.yaml": changed });
    const commit = "git commit --quiet --message=changed";
    const stale = await workplace.shell(`${block("hooks")}\n git add . && ${commit}`, clone);
    // What a hook prints is git's to say, on stderr.
    expect(stale).toMatchObject({ code: 1, stderr: block("output") });

    await workplace.expect("node_modules/.bin/crd-gen", clone);
    expect(await workplace.shell(commit, clone)).toMatchObject({ code: 1, stderr: block("output") });

    await workplace.expect("git add .", clone);
    put(clone, { "crds/mycoolapp.yaml": "not staged, and no definition" });
    expect(await workplace.shell(commit, clone)).toEqual({
      code: 0,
      stdout: "",
      stderr: "src/generated is up to date\n",
    });
    expect(await workplace.expect("ls $TMPDIR", clone)).toBe("");
  });

  test("the entry for pre-commit is a command that checks", { timeout }, async () => {
    const [repository] = parse(block(".pre-commit-config.yaml")).repos;
    const [hook] = repository.hooks;
    expect(repository.repo).toBe("local");
    expect(hook).toMatchObject({ language: "system", always_run: true, pass_filenames: false });
    const clone = await workplace.installedClone(project);
    await workplace.expect(hook.entry, clone);
    put(clone, { "crds/mycoolapp.yaml": changed });
    expect(await workplace.shell(hook.entry, clone)).toMatchObject({ code: 1, stdout: block("output") });
  });
});

describe("the cache", () => {
  const names = (folder: string): string[] => (existsSync(folder) ? readdirSync(folder) : []);

  test("is where the step says, and has to be put there behind npm ci", { timeout }, async () => {
    const steps: readonly Step[] = parse(block("cached-steps"));
    const at = steps.findIndex(({ uses }) => uses?.startsWith("actions/cache@"));
    const before = commandsOf(steps.slice(0, at)).join("\n");
    const after = commandsOf(steps.slice(at)).join("\n");
    const cache = steps[at]?.with?.path ?? "";
    const clone = await workplace.clone(project);
    await workplace.expect(before, clone);
    put(clone, { "crds/mycoolapp.yaml": changed });
    await workplace.expect(after, clone);
    const kept = names(path.join(clone, cache));
    expect(kept).toHaveLength(1);
    await workplace.expect(`cp -r ${cache} ../kept\n${before}`, clone);
    expect(names(path.join(clone, cache))).toEqual([]);

    put(clone, { "crds/more.yaml": definitionNamed("mores") });
    await workplace.expect(`mkdir -p ${path.dirname(cache)} && cp -r ../kept ${cache}\n${after}\n`, clone);
    expect(names(path.join(clone, cache))).toEqual(kept);
    expect(await workplace.expect("node_modules/.bin/crd-gen --force", clone)).toContain(
      ": 7 files, 0 new, 0 changed, 7 unchanged\n",
    );
  });

  test("is in the user's cache folder where there is no node_modules", { timeout }, async () => {
    const clone = await workplace.clone(project);
    put(clone, { "crds/mycoolapp.yaml": changed });
    await workplace.expect(`PATH="${project}/node_modules/.bin:$PATH"\n${block("cache")}`, clone);
    expect(names(path.join(clone, ".cache/crd-gen"))).not.toEqual([]);
    expect(existsSync(path.join(clone, "node_modules"))).toBe(false);
  });
});
