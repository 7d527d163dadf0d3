import type { ImportExtension } from "../generated.ts";

interface OptionBase {
  /** The name behind `--`. */
  readonly name: string;
  /** The one letter behind `-`. */
  readonly alias?: string;
  /** What it does, for the help. */
  readonly describe: string;
}

/** An option that is there or not; `--no-` before its name takes it back. */
export interface FlagOption extends OptionBase {
  readonly kind: "flag";
}

/** What a shell can offer in the place of a value. */
export type Completion = "files" | "folders" | "contexts";

/** An option with a text. */
export interface TextOption extends OptionBase {
  readonly kind: "text";
  /** What stands for its value in the help. */
  readonly value: string;
  readonly completion?: Completion;
}

/** An option that may be repeated, each time with a text. */
export interface TextsOption extends OptionBase {
  readonly kind: "texts";
  readonly value: string;
}

/** An option with a whole number within bounds. */
export interface NumberOption extends OptionBase {
  readonly kind: "number";
  readonly value: string;
  readonly least: number;
  readonly most: number;
}

/** An option with one of a few words, and what each of them stands for. */
export interface ChoiceOption<Value = unknown> extends OptionBase {
  readonly kind: "choice";
  readonly value: string;
  readonly choices: ReadonlyMap<string, Value>;
}

/** An option of a command. */
export type Option = FlagOption | TextOption | TextsOption | NumberOption | ChoiceOption;

/** The option that gives a value of this type. */
type OptionFor<Value> = [Value] extends [boolean]
  ? FlagOption
  : [Value] extends [readonly string[]]
    ? TextsOption
    : [Value] extends [number]
      ? NumberOption
      : string extends Value
        ? TextOption
        : ChoiceOption<Value>;

/** An option for each value that a command takes, under the value's name; the compiler holds one to the other. */
export type OptionTable<Values> = { readonly [Name in keyof Values]-?: OptionFor<Exclude<Values[Name], undefined>> };

/** The options of some command. */
export type Options = Readonly<Record<string, Option>>;

/** What to read beside the sources, as it was typed: what is absent may come from the config file. */
export interface InputValues {
  readonly fromCluster?: boolean;
  readonly context?: string;
  readonly kubeconfig?: string;
  readonly config?: string;
}

/** The definitions that are wanted. */
export interface SelectionValues {
  readonly groups?: readonly string[];
  readonly kinds?: readonly string[];
  readonly crds?: readonly string[];
  readonly versions?: readonly string[];
}

/** How much is printed, and how. */
export interface PrintValues {
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** The options of listing. */
export interface ListValues extends InputValues, SelectionValues, PrintValues {}

/** How a command treats the folder that it writes into. */
export interface OutputValues {
  readonly out?: string;
  readonly check?: boolean;
  readonly diff?: boolean;
  readonly dryRun?: boolean;
  readonly force?: boolean;
  readonly yes?: boolean;
}

/** The options of pulling. */
export interface PullValues
  extends Omit<InputValues, "config">,
    Omit<SelectionValues, "versions">,
    OutputValues,
    PrintValues {}

/** The options of setting up a project. */
export interface InitValues extends Omit<InputValues, "config">, Pick<OutputValues, "out" | "dryRun">, PrintValues {}

/** The options of generating. */
export interface GenerateValues extends InputValues, SelectionValues, OutputValues, PrintValues {
  readonly unserved?: boolean;
  readonly typesOnly?: boolean;
  readonly definitions?: boolean;
  readonly importExtension?: ImportExtension;
  readonly report?: string;
  readonly jobs?: number;
  readonly verbose?: boolean;
}

/** Options of every command that reads a cluster. */
const clusterOptions: OptionTable<Omit<InputValues, "config">> = {
  fromCluster: { kind: "flag", name: "from-cluster", describe: "Read the definitions of a cluster" },
  context: {
    kind: "text",
    name: "context",
    value: "NAME",
    completion: "contexts",
    describe: "Context of the kubeconfig to read from [default: the pod's cluster, or the current context]",
  },
  kubeconfig: {
    kind: "text",
    name: "kubeconfig",
    value: "FILE",
    completion: "files",
    describe: "Kubeconfig to read it from [default: $KUBECONFIG, or ~/.kube/config]",
  },
};

/** Options of every command that selects definitions. */
const selectionOptions: OptionTable<SelectionValues> = {
  groups: { kind: "texts", name: "group", value: "GROUP", describe: "Only this API group; may be repeated" },
  kinds: { kind: "texts", name: "kind", value: "KIND", describe: "Only this kind; may be repeated" },
  crds: {
    kind: "texts",
    name: "crd",
    value: "NAME",
    describe: "Only this definition, <plural>.<group>; may be repeated",
  },
  versions: {
    kind: "texts",
    name: "api-version",
    value: "VERSION",
    describe: "Only this version, as in v1; may be repeated",
  },
};

/** The option of every command that reads the config file. */
const configOptions: OptionTable<Pick<InputValues, "config">> = {
  config: {
    kind: "text",
    name: "config",
    value: "FILE",
    completion: "files",
    describe: "Config file [default: crd-gen.config.{ts,js,mjs,json} here, where there is one]",
  },
};

/** Options of every command. */
export const printOptions: OptionTable<PrintValues> = {
  json: { kind: "flag", name: "json", describe: "Print the result as one JSON document" },
  quiet: { kind: "flag", name: "quiet", describe: "Print problems only" },
};

/** Options that are answered before any command runs. */
export const answeredOptions: OptionTable<{ readonly help: boolean; readonly version: boolean }> = {
  help: { kind: "flag", name: "help", alias: "h", describe: "Print this text" },
  version: { kind: "flag", name: "version", alias: "V", describe: "Print the version" },
};

/** Options of every command that writes into a folder with a lock. */
const outputOptions: OptionTable<OutputValues> = {
  out: {
    kind: "text",
    name: "out",
    alias: "o",
    value: "DIR",
    completion: "folders",
    describe: "Folder to write into [default: generated]",
  },
  check: {
    kind: "flag",
    name: "check",
    describe: "Write nothing; list what differs, and exit with 1 if anything does",
  },
  diff: { kind: "flag", name: "diff", describe: "Write nothing; print the difference" },
  dryRun: { kind: "flag", name: "dry-run", describe: "Write nothing; say what would be written, kept and removed" },
  force: {
    kind: "flag",
    name: "force",
    describe: "Look at everything again, and write files that were edited or deleted",
  },
  yes: { kind: "flag", name: "yes", describe: "Remove more than half of the files without asking" },
};

const { versions: _, ...definitionOptions } = selectionOptions;

/** The options of pulling, in the order of the help. */
export const pullOptions: OptionTable<PullValues> = {
  ...clusterOptions,
  ...outputOptions,
  out: { ...outputOptions.out, describe: "Folder to write into [default: crds]" },
  ...definitionOptions,
  ...printOptions,
};

/** The options of setting up a project, in the order of the help. */
export const initOptions: OptionTable<InitValues> = {
  ...clusterOptions,
  out: { ...outputOptions.out, describe: "Folder to write into [default: where the compiler looks]" },
  dryRun: { ...outputOptions.dryRun, describe: "Write nothing; say what would be written" },
  ...printOptions,
};

/** The options of generating, in the order of the help. */
export const generateOptions: OptionTable<GenerateValues> = {
  ...clusterOptions,
  ...outputOptions,
  ...selectionOptions,
  unserved: { kind: "flag", name: "unserved", describe: "Versions that are not served, too" },
  typesOnly: { kind: "flag", name: "types-only", describe: "Interfaces only, which need no @crd-gen/runtime" },
  definitions: { kind: "flag", name: "definitions", describe: "Each definition, too, as an object to install" },
  importExtension: {
    kind: "choice",
    name: "import-extension",
    value: "EXT",
    choices: new Map([
      ["js", ".js"],
      ["ts", ".ts"],
      ["none", ""],
    ]),
    describe: "js, ts or none: how generated files name each other [default: as the tsconfig.json there asks for]",
  },
  ...configOptions,
  report: {
    kind: "text",
    name: "report",
    value: "FILE",
    completion: "files",
    describe: "Write what TypeScript cannot say as the schemas say it into this file, as JSON",
  },
  jobs: {
    kind: "number",
    name: "jobs",
    value: "N",
    least: 1,
    most: 64,
    describe: "Threads [default: by the size of the input, 4 at most]",
  },
  ...printOptions,
  verbose: {
    kind: "flag",
    name: "verbose",
    describe: "Name skipped documents; list in the report what is said in comments only",
  },
};

/** The options of listing, in the order of the help. */
export const listOptions: OptionTable<ListValues> = {
  ...clusterOptions,
  ...selectionOptions,
  ...configOptions,
  ...printOptions,
};
