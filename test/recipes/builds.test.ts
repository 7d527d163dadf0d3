import { readFileSync } from "node:fs";
import { beforeAll, expect, test } from "vitest";
import { definitionNamed, myCoolApp } from "../cli/command-process.ts";
import { block } from "./page.ts";
import { type Files, put, Workplace } from "./workplace.ts";

const timeout = 120_000;
const definition = readFileSync(myCoolApp, "utf8");

/** A program that imports what is generated. */
const program: Files = {
  "crds/mycoolapp.yaml": definition,
  "src/main.ts": `import { MyCoolAppResource } from "./generated/stable.example.com/v1/mycoolapps.js";
console.log(MyCoolAppResource.kind);
`,
  "tsconfig.json": JSON.stringify({
    compilerOptions: {
      strict: true,
      module: "nodenext",
      types: [],
      lib: ["es2022", "dom"],
      rootDir: "src",
      outDir: "dist",
    },
    include: ["src"],
  }),
  "package.json": block("package.json"),
};

let workplace: Workplace;
beforeAll(async () => {
  workplace = await Workplace.make();
  return () => workplace.remove();
}, timeout);

test("scripts: a build generates first, and a check says whether that is needed", { timeout }, async () => {
  const project = await workplace.repository(program);
  expect(await workplace.shell("npm run check", project)).toMatchObject({ code: 1 });
  expect(await workplace.expect("npm run build && node dist/main.js", project)).toMatch(/\nMyCoolApp\n$/);
  expect(await workplace.expect("npm run check", project)).toContain("src/generated is up to date\n");
  put(project, { "crds/mycoolapp.yaml": definitionNamed("queues") });
  expect(await workplace.shell("npm run check", project)).toMatchObject({ code: 1 });
  const compiled = await workplace.shell("npm run build", project);
  expect(compiled).toMatchObject({ code: 2, stdout: expect.stringContaining("src/main.ts(1,35): error TS2307: ") });
});

test("what to commit: an output that is ignored is made by the build of each clone", { timeout }, async () => {
  const project = await workplace.repository({ ...program, ".gitignore": block(".gitignore") });
  await workplace.expect("npm run build", project);
  expect(await workplace.expect("git status --porcelain", project)).toBe("");
  const clone = await workplace.clone(project);
  await workplace.expect("npm ci && npm run build", clone);
  expect(await workplace.expect("node dist/main.js && git status --porcelain", clone)).toBe("MyCoolApp\n");
});

test("several packages: one command generates and checks all of them", { timeout }, async () => {
  const script = JSON.parse(block("packages/*/package.json"));
  const project = await workplace.repository({
    "package.json": block("monorepo/package.json"),
    "packages/apps/package.json": JSON.stringify({ name: "apps", ...script }),
    "packages/apps/crd-gen.config.json": block("packages/apps/crd-gen.config.json"),
    "packages/queues/package.json": JSON.stringify({ name: "queues", ...script }),
    "packages/queues/crd-gen.config.json": block("packages/queues/crd-gen.config.json"),
    "packages/other/package.json": JSON.stringify({ name: "other" }),
    "crds/apps/mycoolapp.yaml": definition,
    "crds/queues/queue.yaml": definitionNamed("queues"),
  });
  await workplace.expect("npm run generate && git add . && git commit --quiet --message=generated", project);
  expect(await workplace.expect("git ls-files '*s.ts' '*.lock'", project)).toBe(
    `packages/apps/src/generated/crd-gen.lock
packages/apps/src/generated/kinds.ts
packages/apps/src/generated/stable.example.com/v1/mycoolapps.ts
packages/queues/src/generated/crd-gen.lock
packages/queues/src/generated/kinds.ts
packages/queues/src/generated/stable.example.com/v1/queues.ts
`,
  );
  await workplace.expect("npm run check", project);
  put(project, { "crds/queues/queue.yaml": definitionNamed("queues").replace("Docker image", "Container image") });
  const { code, stdout } = await workplace.shell("npm run check", project);
  expect(code).toBe(1);
  expect(stdout.split("\n").filter((line) => /^(?:src\/generated| {2})/.test(line))).toEqual([
    "src/generated is up to date",
    "src/generated is out of date:",
    "  the source ../../crds/queues/queue.yaml has changed",
    "  src/generated/stable.example.com/v1/queues.ts would change",
  ]);
  await workplace.expect("npm run generate && npm run check", project);
  expect(await workplace.expect("git status --porcelain packages/apps", project)).toBe("");
});
