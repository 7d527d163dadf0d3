import { type Agent, type Command, detect, resolveCommand } from "package-manager-detector";
import { AGENTS } from "package-manager-detector/constants";

/** What to type in a project, by the package manager that it uses. */
export interface PackageManagerCommands {
  /** Adds what the program needs. */
  readonly add: (packages: readonly string[]) => string;
  /** Adds what only the development needs. */
  readonly addForDevelopment: (packages: readonly string[]) => string;
  /** Runs a script of the package.json. */
  readonly run: (script: string) => string;
  /** Runs an installed command. */
  readonly execute: (words: readonly string[]) => string;
}

/** Where to look for the package manager. */
export interface PackageManagerPlace {
  /** The absolute folder of the project; lock files and fields of the folders above it count too, as in a workspace. */
  readonly folder: string;
  readonly environment: NodeJS.ProcessEnv;
  /** Whether the folder is the root of a workspace, where some package managers want to hear twice that something is added. */
  readonly workspaceRoot: boolean;
}

/**
 * The commands of the project's package manager: that of the nearest lock file or of package.json's `packageManager` or
 * `devEngines`, or else the one that started this process, or else npm.
 */
export async function packageManagerCommands(place: PackageManagerPlace): Promise<PackageManagerCommands> {
  const { folder, environment, workspaceRoot } = place;
  const agent = (await detect({ cwd: folder }))?.agent ?? startedBy(environment) ?? "npm";
  const rest = { ignoreWorkspaceRootCheck: workspaceRoot };
  const textOf = (command: Command, words: readonly string[]): string => {
    const resolved = resolveCommand(agent, command, [...words], rest);
    if (resolved === null) throw new Error(`expected a command of ${agent} for ${command}`);
    // `npm i` says less than its long form to those who seldom type it.
    const args = resolved.args.map((word, index) => (index === 0 && word === "i" ? "install" : word));
    return [resolved.command, ...args].join(" ");
  };
  return {
    add: (packages) => textOf("add", packages),
    // The short form is the one that all of them know.
    addForDevelopment: (packages) => textOf("add", [agent === "npm" ? "--save-dev" : "-D", ...packages]),
    run: (script) => textOf("run", [script]),
    // `yarn exec` passes options on in another way in each of its generations; `yarn run` finds commands too.
    execute: (words) => textOf(agent.startsWith("yarn") ? "run" : "execute-local", words),
  };
}

/** Package managers name themselves to what they start, as in `pnpm/10.1.0 npm/? node/v22.12.0`. */
function startedBy({ npm_config_user_agent: userAgent = "" }: NodeJS.ProcessEnv): Agent | undefined {
  const [name] = userAgent.split("/");
  return AGENTS.find((agent) => agent === name);
}
