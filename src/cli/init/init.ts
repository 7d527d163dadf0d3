import { accessSync, constants } from "node:fs";
import * as path from "node:path";
import type { Config } from "../../config.ts";
import { OutputError } from "../../output/output-error.ts";
import { commands, defaultCommand } from "../commands.ts";
import { type LoadedConfig, loadConfig } from "../config-file.ts";
import { type ExitCode, exitCode } from "../exit-code.ts";
import type { Outcome } from "../run.ts";
import type { ChosenSources } from "./choose-sources.ts";
import { defaultOut, type NextSteps, nextSteps } from "./next-steps.ts";
import { chooseOutputPlace, type OutputState, outputState } from "./output-place.ts";
import { layoutOf, withScript } from "./package-json.ts";
import { type AskedConfig, planInput, refuseOtherConfig } from "./plan-config.ts";
import { portable } from "./portable-path.ts";
import { type Project, readProject } from "./project.ts";
import { type Script, scriptCommand, scriptOf } from "./script.ts";
import { readCompilerScope } from "./tsconfig.ts";
import { writeError, writeFiles } from "./write-files.ts";

/** What the command line of `crd-gen init` says. */
export interface InitOptions extends AskedConfig {
  /** Look, and write nothing. */
  readonly dryRun?: boolean | undefined;
}

/** What surrounds `crd-gen init`. */
export interface InitContext {
  /** The folder to set up, absolute. */
  readonly cwd: string;
  readonly environment: NodeJS.ProcessEnv;
  /** The run that `crd-gen` alone would make with this config file in the folder, which writes; undefined where it was interrupted. */
  readonly generate: (loaded: LoadedConfig) => Promise<Outcome | undefined>;
}

/** What `crd-gen init` found and did, or with `dryRun` would do. */
export interface InitOutcome {
  readonly exitCode: ExitCode;
  readonly dryRun: boolean;
  readonly config: PlannedConfig;
  /** What was found by looking; undefined where nothing had to be looked for. */
  readonly found: ChosenSources | undefined;
  readonly script: Script;
  /** The first run; undefined where there was none, because there is an output or nothing is to be written. */
  readonly generation: Outcome | undefined;
  /** What a user should know, a sentence each. */
  readonly notes: readonly string[];
  readonly next: NextSteps;
}

/** The config file: a new one with its text, or the one that is there. */
export interface PlannedConfig {
  readonly state: "new" | "there";
  /** The name of the file. */
  readonly name: string;
  readonly text: string | undefined;
  readonly content: Config;
  /** The output folder that it names, and what stands there before the run. */
  readonly out: string;
  readonly output: OutputState["kind"];
}

/**
 * Sets up a project: a config file, a script and the first output. Everything is looked at before the run, and config file and script
 * are written after it, so that a run that fails leaves the project as it was. What is there already is never overwritten.
 *
 * The config file is JSON: it is read on every Node, in packages of every kind, and before `crd-gen` itself is installed there,
 * while one in TypeScript wants Node 22.18 and an import that resolves.
 *
 * @returns undefined where the run was interrupted.
 * @throws UsageError where the project or what was asked for makes no sense, OutputError `disk` where it cannot be written.
 */
export async function init(options: InitOptions, context: InitContext): Promise<InitOutcome | undefined> {
  const { cwd, environment } = context;
  const project = await readProject(cwd, environment);
  const loaded = await loadConfig(cwd, undefined);
  const plan = loaded === undefined ? newPlan(options, project, environment) : existingPlan(options, loaded, project);
  const script = scriptOf(project.packageJson, otherCommands());
  const { dryRun = false } = options;
  const outcome = { dryRun, config: plan.config, found: plan.found, script, notes: plan.notes };
  if (options.dryRun)
    return { ...outcome, ...untouched, next: nextSteps(plan.loaded, { project, script, environment }) };

  const writes = plan.config.state === "new" || script.kind === "new";
  if (writes) refuseReadOnly(project);
  let generation: Outcome | undefined;
  if (plan.config.state === "new" || plan.config.output !== "there") {
    generation = await context.generate(plan.loaded);
    if (generation === undefined) return undefined;
  }
  const next = nextSteps(plan.loaded, { project, script, environment, generation });
  if (generation !== undefined && generation.exitCode !== exitCode.done) {
    return { ...outcome, exitCode: generation.exitCode, generation, next };
  }
  if (writes) write(plan, { project, script, generated: generation !== undefined });
  return { ...outcome, exitCode: exitCode.done, generation, next };
}

function otherCommands(): ReadonlySet<string> {
  return new Set(commands.filter((command) => command !== defaultCommand).map(({ name }) => name));
}

const untouched = { exitCode: exitCode.done, generation: undefined } as const;

interface Plan {
  readonly config: PlannedConfig;
  readonly loaded: LoadedConfig;
  readonly found: ChosenSources | undefined;
  readonly notes: readonly string[];
}

function newPlan(options: InitOptions, project: Project, environment: NodeJS.ProcessEnv): Plan {
  const { folder, packageJson, manifest } = project;
  const { input, found, notes } = planInput(options, project, environment);
  const named = options.out === undefined ? undefined : portable(options.out);
  const { out, state, notes: placeNotes } = chooseOutputPlace({ folder, scope: readCompilerScope(folder), named });
  const content: Config = { ...input, out };
  const name = "crd-gen.config.json";
  const { indent, lineEnd } = layoutOf(packageJson?.text ?? "");
  const text = `${JSON.stringify(content, undefined, indent)}\n`.replaceAll("\n", lineEnd);
  return {
    config: { state: "new", name, text, content, out, output: state.kind },
    loaded: { name, folder, config: content },
    found,
    notes: [...packageNotes(folder, { packageJson, manifest }), ...notes, ...placeNotes],
  };
}

function existingPlan(options: InitOptions, loaded: LoadedConfig, project: Project): Plan {
  refuseOtherConfig(options, loaded);
  const { name, folder, config: content } = loaded;
  const out = content.out ?? defaultOut;
  const output = outputState(path.resolve(folder, out)).kind;
  return {
    config: { state: "there", name, text: undefined, content, out, output },
    loaded,
    found: undefined,
    notes: packageNotes(folder, project),
  };
}

function packageNotes(
  folder: string,
  { packageJson, manifest }: Pick<Project, "packageJson" | "manifest">,
): readonly string[] {
  if (packageJson !== undefined) return [];
  if (manifest === undefined) return ["no package.json here, so there is no script; npm init --yes makes one"];
  const place = portable(path.relative(folder, manifest.folder));
  return [`no package.json here but in ${place}, so there is no script; run crd-gen init there to have one`];
}

function refuseReadOnly({ folder, packageJson }: Project): void {
  for (const place of [folder, ...(packageJson === undefined ? [] : [packageJson.file])]) {
    try {
      accessSync(place, constants.W_OK);
    } catch (error) {
      throw writeError(place === folder ? path.join(folder, "crd-gen.config.json") : place, error);
    }
  }
}

interface Writing {
  readonly project: Project;
  readonly script: Script;
  /** Whether there was a run. */
  readonly generated: boolean;
}

function write({ config, loaded }: Plan, { project, script, generated }: Writing): void {
  const { packageJson } = project;
  const { text } = config;
  try {
    writeFiles({
      created: text === undefined ? undefined : { file: path.join(loaded.folder, config.name), text },
      changed:
        packageJson === undefined || script.kind !== "new"
          ? undefined
          : {
              file: packageJson.file,
              text: withScript(packageJson.text, script.name, scriptCommand),
              previous: packageJson.text,
            },
    });
  } catch (error) {
    if (!generated || !(error instanceof OutputError)) throw error;
    throw new OutputError(error.code, `${error.message}; ${config.out} was generated, and stays`, error);
  }
}
