import * as path from "node:path";
import type { Config } from "../../config.ts";
import { preferredVersions } from "../../model/version-priority.ts";
import type { LoadedConfig } from "../config-file.ts";
import { importExtensionFor } from "../import-extension.ts";
import type { Outcome } from "../run.ts";
import { usualKubeconfig } from "./kubeconfig.ts";
import { portable } from "./portable-path.ts";
import { installCommands, type Project } from "./project.ts";
import { type Script, scriptCommand } from "./script.ts";

/** The output folder where a config file names none. */
export const defaultOut = "generated";

/** What is left to the user. */
export interface NextSteps {
  /** Commands that add what package.json does not list. */
  readonly install: readonly string[];
  /** The line that imports the first generated kind, in a file of `importFrom`; undefined without a run. */
  readonly importLine: string | undefined;
  readonly importFrom: string;
  /** The command that generates anew. */
  readonly generate: string;
  /** The command that tells whether the output is up to date. */
  readonly check: string;
}

/** What the steps depend on, beside the config file. */
export interface Known {
  readonly project: Project;
  readonly script: Script;
  readonly environment: NodeJS.ProcessEnv;
  readonly generation?: Outcome | undefined;
}

/** What to tell a user at the end, by the config file that is or will be there. */
export function nextSteps(loaded: LoadedConfig, { project, script, environment, generation }: Known): NextSteps {
  const { commands } = project;
  const { config: content, folder } = loaded;
  const out = portable(content.out ?? defaultOut);
  const kubeconfig = content.fromCluster === true || usualKubeconfig(environment) !== undefined;
  const runtime = content.typesOnly !== true;
  const named = script.kind === "new" || script.kind === "there" ? script.name : undefined;
  return {
    install: installCommands(project, { runtime, kubeconfig: runtime && kubeconfig }),
    importLine: generation === undefined ? undefined : importLineOf(generation, { config: content, out, folder }),
    importFrom: path.posix.dirname(out),
    generate: named === undefined ? commands.execute([scriptCommand]) : commands.run(named),
    check: commands.execute([scriptCommand, "--check"]),
  };
}

/** How a file beside the output folder imports the first kind, in the version that Kubernetes prefers. */
function importLineOf(
  { generated }: Outcome,
  { config, out, folder }: { readonly config: Config; readonly out: string; readonly folder: string },
): string | undefined {
  const [kind] = preferredVersions(generated.resources[0]?.kinds ?? []);
  if (kind === undefined) return undefined;
  const extension = config.importExtension ?? importExtensionFor(path.resolve(folder, out));
  const file = path.posix.join(path.posix.basename(out), kind.file.path);
  const module = `./${file.slice(0, -".ts".length)}${extension}`;
  // The client is the last constant of a file; a run for types only has none.
  const client = kind.values.at(-1);
  const what = client === undefined ? `type { ${kind.typeName} }` : `{ ${client} }`;
  return `import ${what} from ${JSON.stringify(module)};`;
}
