import { type ExitCode, exitCode } from "./exit-code.ts";
import {
  answeredOptions,
  type GenerateValues,
  generateOptions,
  type InitValues,
  initOptions,
  type ListValues,
  listOptions,
  type Option,
  type Options,
  type OptionTable,
  type PrintValues,
  type PullValues,
  printOptions,
  pullOptions,
} from "./options.ts";
import { readValues, type TypedOptions } from "./typed-options.ts";

/** What was typed behind the name of a command. */
export interface Line<Values> {
  /** Everything that is neither an option nor the value of one, in its order. */
  readonly words: readonly string[];
  readonly values: Values;
  /** Whether the name of the command was typed; one that is not has the first word before it. */
  readonly named: boolean;
}

/** A command, and what its help says of it. */
export interface Command {
  readonly name: string;
  /** One line, for the list of commands. */
  readonly summary: string;
  /** What may stand behind its name, besides options. */
  readonly operands: string;
  /** The words that may stand there, where these are few; absent for sources. */
  readonly operandWords?: readonly string[];
  /** Paragraphs of the help. */
  readonly description: readonly string[];
  readonly options: Options;
  /** What an example does, and how it is typed. */
  readonly examples: readonly (readonly [what: string, line: string])[];
  readonly exitCodes: readonly (readonly [code: ExitCode, meaning: string])[];
  /**
   * Loads the command and runs it; never called where help is asked for.
   *
   * @throws UsageError for a value that is missing or not allowed, and where what is asked for makes no sense.
   */
  readonly run: (line: Line<TypedOptions>) => Promise<ExitCode>;
}

/** A command before the types of its values are left behind. */
interface Definition<Values> extends Omit<Command, "options" | "run"> {
  readonly options: OptionTable<Values>;
  /** Loads the module of the command. */
  readonly load: () => Promise<(line: Line<Values>) => Promise<ExitCode>>;
}

function define<Values>({ options, load, ...about }: Definition<Values>): Command {
  return {
    ...about,
    options,
    run: async ({ values, ...line }) => {
      const read = readValues(values, options);
      const command = await load();
      return command({ ...line, values: read });
    },
  };
}

const sourceHelp =
  "A source is a file, a folder, a glob, a URL, or - for standard input; --from-cluster reads a cluster.";

/** What runs where no command is named. */
export const defaultCommand: Command = define<GenerateValues>({
  name: "generate",
  summary: "Write a typed client of what the sources hold; runs where no command is named",
  operands: "[sources..]",
  description: ["Typed TypeScript clients from Kubernetes CustomResourceDefinitions.", sourceHelp],
  options: generateOptions,
  examples: [
    ["every definition below crds/, into generated/", "crd-gen crds/"],
    ["a glob, into src/k8s/", "crd-gen 'deploy/**/*.yaml' --out src/k8s"],
    ["one API group of a URL", "crd-gen https://example.com/crds.yaml --group example.com"],
    ["every definition of the current context's cluster", "crd-gen --from-cluster"],
    ["one of another context's", "crd-gen --from-cluster --context staging --crd mycoolapps.stable.example.com"],
    ["whether generated/ is what it would be, in a build", "crd-gen crds/ --check"],
  ],
  exitCodes: [
    [exitCode.done, "done"],
    [exitCode.no, "--check: something differs"],
    [exitCode.badInput, "the input or the usage is wrong; nothing was written"],
    [exitCode.failed, "the cluster, the disk or the network failed"],
  ],
  load: async () => (await import("./generate-command.ts")).generateCommand,
});

const list = define<ListValues>({
  name: "list",
  summary: "Say which definitions the sources hold",
  operands: "[sources..]",
  description: [
    "Lists the CustomResourceDefinitions of the sources, or else those of the config file's sources: their kinds, groups, scopes and versions, and whether they have a schema.",
    sourceHelp,
  ],
  options: listOptions,
  examples: [
    ["every definition below crds/", "crd-gen list crds/"],
    ["the kinds of one API group of a cluster", "crd-gen list --from-cluster --group example.com"],
    ["what one definition is called, for programs", "crd-gen list crds/ --crd mycoolapps.stable.example.com --json"],
  ],
  exitCodes: [
    [exitCode.done, "done"],
    [exitCode.badInput, "the input or the usage is wrong, or nothing was found; what could be read is listed"],
    [exitCode.failed, "the cluster or the network failed; what could be read is listed"],
  ],
  load: async () => (await import("./list-command.ts")).listCommand,
});

const pull = define<PullValues>({
  name: "pull",
  summary: "Write the definitions that the sources hold into files, one for each",
  operands: "[sources..]",
  description: [
    "Writes each CustomResourceDefinition of the sources into a file <plural>.<group>.yaml, without what a server has added to it: commit the files, and a build needs no cluster.",
    sourceHelp,
  ],
  options: pullOptions,
  examples: [
    ["every definition of the current context's cluster, into crds/", "--from-cluster"],
    ["one API group of a URL", "https://example.com/crds.yaml --group example.com"],
    ["what has changed in the cluster since", "--from-cluster --diff"],
  ],
  exitCodes: [
    [exitCode.done, "done"],
    [exitCode.no, "--check: something differs"],
    [exitCode.badInput, "the input or the usage is wrong; nothing was written"],
    [exitCode.failed, "the cluster, the disk or the network failed"],
  ],
  load: async () => (await import("./pull-command.ts")).pullCommand,
});

const init = define<InitValues>({
  name: "init",
  summary: "Set up a project: a config file, a script, and the first output",
  operands: "[sources..]",
  description: [
    "Looks for definitions, the TypeScript settings and the package manager of the project here, writes crd-gen.config.json and a script of package.json, generates, and says what comes next. Nothing that is there is overwritten.",
    sourceHelp,
  ],
  options: initOptions,
  examples: [
    ["with what is found here", ""],
    ["with every definition of the current context's cluster", "--from-cluster"],
    ["what would be written", "--dry-run"],
  ],
  exitCodes: [
    [exitCode.done, "done, or all was there"],
    [exitCode.badInput, "the input or the usage is wrong; nothing was written"],
    [exitCode.failed, "the cluster, the disk or the network failed"],
  ],
  load: async () => (await import("./init-command.ts")).initCommand,
});

const completion = define<PrintValues>({
  name: "completion",
  summary: "Print a script that completes commands and options in a shell",
  operands: "bash|zsh|fish",
  operandWords: ["bash", "zsh", "fish"],
  description: [
    "Prints a script for a shell. Once it is read, the shell completes commands, options, their values, files, and contexts of the kubeconfig.",
  ],
  options: printOptions,
  examples: [
    ["for bash, in ~/.bashrc", "source <(crd-gen completion bash)"],
    ["for zsh, in ~/.zshrc behind compinit", "source <(crd-gen completion zsh)"],
    ["for fish, in ~/.config/fish/config.fish", "crd-gen completion fish | source"],
  ],
  exitCodes: [
    [exitCode.done, "done"],
    [exitCode.badInput, "the usage is wrong"],
  ],
  load: async () => (await import("./completion-command.ts")).completionCommand,
});

/** All commands, in the order of the help. A folder that is called like one of them is `./list`. */
export const commands: readonly Command[] = [defaultCommand, list, pull, init, completion];

/** The options of all commands, each name once: a name means the same kind of value everywhere. */
export function allOptions(): readonly Option[] {
  const all = commands.flatMap(({ options }) => Object.values(options));
  return [...new Map([...all, ...Object.values(answeredOptions)].map((option) => [option.name, option])).values()];
}
