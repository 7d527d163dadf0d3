import type { Options } from "yargs";
import parse from "yargs-parser";
import type { ImportExtension } from "../generated.ts";
import { closestName } from "./closest-name.ts";
import { UsageError } from "./usage-error.ts";

/** What was typed, with nothing filled in: what is absent may come from the config file. */
export interface CommandLine {
  readonly sources: readonly string[];
  readonly fromCluster?: boolean;
  readonly context?: string;
  readonly kubeconfig?: string;
  readonly out?: string;
  readonly groups?: readonly string[];
  readonly kinds?: readonly string[];
  readonly crds?: readonly string[];
  readonly versions?: readonly string[];
  readonly unserved?: boolean;
  readonly typesOnly?: boolean;
  readonly importExtension?: ImportExtension;
  readonly report?: string;
  readonly jobs?: number;
  readonly config?: string;
  readonly check: boolean;
  readonly diff: boolean;
  readonly dryRun: boolean;
  readonly force: boolean;
  readonly yes: boolean;
  readonly json: boolean;
  readonly quiet: boolean;
  readonly verbose: boolean;
}

/** A command line to run, or the help that it asks for. */
export type ParsedArguments =
  | { readonly kind: "generate"; readonly commandLine: CommandLine }
  | { readonly kind: "help"; readonly text: string };

/** An option as yargs takes it, with one short name at most. */
interface CommandOption extends Options {
  readonly alias?: string;
}

/** The values of the options by their names, as the parser gives them. */
type Typed = Readonly<Record<string, unknown>>;

const list = { type: "string", array: true } as const;
const text = { type: "string" } as const;

const options = {
  "from-cluster": { type: "boolean", describe: "Read the definitions of a cluster" },
  context: { ...text, describe: "Context of the kubeconfig to read from [default: the pod's, or the current one]" },
  kubeconfig: { ...text, describe: "Kubeconfig to read it from [default: $KUBECONFIG, or ~/.kube/config]" },
  out: { ...text, alias: "o", describe: "Folder to write into [default: generated]" },
  group: { ...list, describe: "Only this API group; may be repeated" },
  kind: { ...list, describe: "Only this kind; may be repeated" },
  crd: { ...list, describe: "Only this definition, <plural>.<group>; may be repeated" },
  "api-version": { ...list, describe: "Only this version, as in v1; may be repeated" },
  unserved: { type: "boolean", describe: "Versions that are not served, too" },
  "types-only": { type: "boolean", describe: "Interfaces only, which need no @crd-gen/runtime" },
  "import-extension": {
    ...text,
    describe: "js, ts or none: how generated files name each other [default: as the tsconfig.json there asks for]",
  },
  config: { ...text, describe: "Config file [default: crd-gen.config.{ts,js,mjs,json} here, where there is one]" },
  report: { ...text, describe: "Write what TypeScript cannot say as the schemas say it into this file, as JSON" },
  jobs: { type: "number", describe: "Threads [default: by the size of the input, 4 at most]" },
  check: { type: "boolean", describe: "Write nothing; exit with 1 and list what differs" },
  diff: { type: "boolean", describe: "Write nothing; print the difference" },
  "dry-run": { type: "boolean", describe: "Write nothing; say what would be written and removed" },
  force: { type: "boolean", describe: "Write files that were edited or deleted, too" },
  yes: { type: "boolean", describe: "Remove more than half of the files without asking" },
  json: { type: "boolean", describe: "Print the result as one JSON document" },
  quiet: { type: "boolean", describe: "Print problems only" },
  verbose: { type: "boolean", describe: "Name skipped documents; list in the report what is said in comments only" },
  help: { type: "boolean", alias: "h", describe: "Print this text" },
  version: { type: "boolean", alias: "V", describe: "Print the version" },
} as const satisfies Readonly<Record<string, CommandOption>>;

const importExtensions: ReadonlyMap<string, ImportExtension> = new Map([
  ["js", ".js"],
  ["ts", ".ts"],
  ["none", ""],
]);

const aliases = Object.entries<CommandOption>(options).flatMap(([name, { alias }]) =>
  alias === undefined ? [] : [[name, alias] as const],
);

const namesOf = (wanted: (option: CommandOption) => boolean): string[] =>
  Object.entries<CommandOption>(options).flatMap(([name, option]) => (wanted(option) ? [name] : []));

/**
 * Reads the command line, without the program and the script. The parser is the one of yargs; yargs itself, which takes
 * as long to load as a small run takes, is there for the help.
 *
 * @throws UsageError for an unknown option, with the one that was probably meant, and for a value that is missing or not allowed.
 */
export async function parseArguments(argv: readonly string[]): Promise<ParsedArguments> {
  const typed: Typed = parse([...argv], {
    array: namesOf((option) => option.array === true),
    string: namesOf((option) => option.type === "string"),
    boolean: namesOf((option) => option.type === "boolean"),
    number: namesOf((option) => option.type === "number"),
    alias: Object.fromEntries(aliases),
    configuration: {
      // `--group a crds/` is a group and a source, and a source named 7 is a name.
      "greedy-arrays": false,
      "parse-positional-numbers": false,
      "camel-case-expansion": false,
      "dot-notation": false,
      "short-option-groups": false,
    },
  });
  refuseUnknown(typed);
  if (typed.help === true) return { kind: "help", text: await helpText() };
  return { kind: "generate", commandLine: toCommandLine(typed) };
}

async function helpText(): Promise<string> {
  const { default: yargs } = await import("yargs");
  return yargs()
    .help(false)
    .version(false)
    .scriptName("crd-gen")
    .usage("$0 [sources..]\n\nTyped TypeScript clients from Kubernetes CustomResourceDefinitions.")
    .usage("\nA source is a file, a folder, a glob, a URL, or - for standard input; --from-cluster reads a cluster.")
    .options(options)
    .example("$0 crds/", "every definition below crds/, into generated/")
    .example("$0 'deploy/**/*.yaml' --out src/k8s", "a glob, into src/k8s/")
    .example("$0 https://example.com/crds.yaml --group example.com", "one API group of a URL")
    .example("$0 --from-cluster", "every definition of the current context's cluster")
    .example("$0 --from-cluster --context staging --crd mycoolapps.stable.example.com", "one of another")
    .epilogue("Exit codes: 0 done, 2 the input or the usage is wrong, 3 the cluster, the disk or the network failed.")
    .detectLocale(false)
    .wrap(100)
    .getHelp();
}

function refuseUnknown(typed: Typed): void {
  const names = Object.keys(options);
  const known = new Set(["_", ...names, ...aliases.map(([, alias]) => alias)]);
  for (const name of Object.keys(typed)) {
    if (known.has(name)) continue;
    const closest = closestName(name, names);
    const dashes = name.length === 1 ? "-" : "--";
    const remedy = closest === undefined ? "crd-gen --help lists them" : `did you mean --${closest}?`;
    throw new UsageError(`unknown option ${dashes}${name}; ${remedy}`);
  }
}

function toCommandLine(typed: Typed): CommandLine {
  return {
    sources: textsOf(typed, "_") ?? [],
    ...present("fromCluster", flagOf(typed, "from-cluster")),
    ...present("context", textOf(typed, "context")),
    ...present("kubeconfig", textOf(typed, "kubeconfig")),
    ...present("out", textOf(typed, "out")),
    ...present("groups", textsOf(typed, "group")),
    ...present("kinds", textsOf(typed, "kind")),
    ...present("crds", textsOf(typed, "crd")),
    ...present("versions", textsOf(typed, "api-version")),
    ...present("unserved", flagOf(typed, "unserved")),
    ...present("typesOnly", flagOf(typed, "types-only")),
    ...present("importExtension", extensionOf(typed)),
    ...present("report", textOf(typed, "report")),
    ...present("jobs", jobsOf(typed)),
    ...present("config", textOf(typed, "config")),
    check: flagOf(typed, "check") ?? false,
    diff: flagOf(typed, "diff") ?? false,
    dryRun: flagOf(typed, "dry-run") ?? false,
    force: flagOf(typed, "force") ?? false,
    yes: flagOf(typed, "yes") ?? false,
    json: flagOf(typed, "json") ?? false,
    quiet: flagOf(typed, "quiet") ?? false,
    verbose: flagOf(typed, "verbose") ?? false,
  };
}

function present<Name extends string, Value>(name: Name, value: Value | undefined): { [N in Name]?: Value } {
  return value === undefined ? {} : ({ [name]: value } as { [N in Name]: Value });
}

function single(typed: Typed, name: string): unknown {
  const value = typed[name];
  if (Array.isArray(value)) throw new UsageError(`--${name} was given ${value.length} times; it takes one value`);
  return value;
}

function textOf(typed: Typed, name: string): string | undefined {
  const value = single(typed, name);
  if (value === undefined) return undefined;
  if (typeof value === "string" && value !== "") return value;
  throw new UsageError(`--${name}: expected a value, got nothing`);
}

function textsOf(typed: Typed, name: string): readonly string[] | undefined {
  const value = typed[name];
  if (!Array.isArray(value)) return undefined;
  const texts = value.map(String);
  if (texts.includes("") || (texts.length === 0 && name !== "_"))
    throw new UsageError(name === "_" ? "a source has an empty name" : `--${name}: expected a value, got nothing`);
  return texts;
}

function flagOf(typed: Typed, name: string): boolean | undefined {
  const value = typed[name];
  // Said twice is said once.
  const last: unknown = Array.isArray(value) ? value.at(-1) : value;
  return typeof last === "boolean" ? last : undefined;
}

function extensionOf(typed: Typed): ImportExtension | undefined {
  const value = textOf(typed, "import-extension");
  if (value === undefined) return undefined;
  const extension = importExtensions.get(value);
  if (extension !== undefined) return extension;
  throw new UsageError(`--import-extension: expected js, ts or none, got ${JSON.stringify(value)}`);
}

function jobsOf(typed: Typed): number | undefined {
  if (!Object.hasOwn(typed, "jobs")) return undefined;
  const value = single(typed, "jobs");
  if (typeof value === "number" && Number.isInteger(value) && value >= 1 && value <= 64) return value;
  throw new UsageError("--jobs: expected a whole number from 1 to 64");
}
