import { InvalidArgumentError } from "../errors/invalid-argument.ts";
import { longestTimer } from "./deadline.ts";

/** What a call does, in the words of the client. */
export type Verb = "get" | "list" | "watch" | "create" | "replace" | "patch" | "apply" | "delete" | "deleteCollection";

/** Every option of every call. An option that is undefined is one that was not given. */
export interface AnyOptions {
  readonly signal?: unknown;
  readonly timeoutMs?: number | undefined;
  readonly resourceVersion?: string | undefined;
  readonly resourceVersionMatch?: "Exact" | "NotOlderThan" | undefined;
  readonly labelSelector?: string | undefined;
  readonly fieldSelector?:
    | Readonly<Record<string, string | { readonly not: string | readonly string[] } | undefined>>
    | undefined;
  readonly limit?: number | undefined;
  readonly continue?: string | undefined;
  readonly sendInitialEvents?: boolean | undefined;
  readonly dryRun?: boolean | undefined;
  readonly fieldManager?: string | undefined;
  readonly fieldValidation?: "Ignore" | "Warn" | "Strict" | undefined;
  readonly force?: boolean | undefined;
  readonly gracePeriodSeconds?: number | undefined;
  readonly propagationPolicy?: "Orphan" | "Background" | "Foreground" | undefined;
  readonly preconditions?:
    | { readonly uid?: string | undefined; readonly resourceVersion?: string | undefined }
    | undefined;
}

type OptionName = keyof AnyOptions;

const call: readonly OptionName[] = ["signal", "timeoutMs"];
const selection: readonly OptionName[] = ["labelSelector", "fieldSelector"];
const fieldWrite: readonly OptionName[] = [...call, "dryRun", "fieldManager", "fieldValidation"];
const deletion: readonly OptionName[] = [...call, "dryRun", "gracePeriodSeconds", "propagationPolicy"];

/** The options that each call knows. */
const known: Readonly<Record<Verb, readonly OptionName[]>> = {
  get: [...call, "resourceVersion"],
  list: [...call, ...selection, "resourceVersion", "resourceVersionMatch", "limit", "continue"],
  watch: [...call, ...selection, "resourceVersion", "sendInitialEvents"],
  create: fieldWrite,
  replace: fieldWrite,
  patch: fieldWrite,
  apply: [...fieldWrite, "force"],
  delete: [...deletion, "preconditions"],
  deleteCollection: [...deletion, ...selection],
};

/** What a value has to be. */
export interface Rule {
  readonly wanted: string;
  readonly accepts: (value: unknown) => boolean;
}

const text: Rule = { wanted: "a text", accepts: isText };
const flag: Rule = { wanted: "true or false", accepts: (value) => typeof value === "boolean" };
export const oneOf = (...values: readonly string[]): Rule => ({
  wanted: values.join(", "),
  accepts: (value) => values.includes(value as string),
});

/** The rules of the options of calls, by name. */
export const rules: Readonly<Record<OptionName, Rule>> = {
  signal: { wanted: "an AbortSignal", accepts: isSignal },
  timeoutMs: {
    wanted: `milliseconds: a number above 0 and at most ${longestTimer}`,
    accepts: (value) => typeof value === "number" && value > 0 && value <= longestTimer,
  },
  resourceVersion: text,
  resourceVersionMatch: oneOf("Exact", "NotOlderThan"),
  labelSelector: text,
  fieldSelector: {
    wanted: "an object of field names, which hold no comma, sign or backslash, and values, or { not: values }",
    accepts: (value) =>
      isObject(value) &&
      Object.entries(value).every(
        ([field, part]) => /^[^\s,=!<>\\]+$/.test(field) && (part === undefined || isText(part) || isExclusion(part)),
      ),
  },
  limit: { wanted: "a whole number of at least 1", accepts: (value) => isWhole(value, 1) },
  continue: text,
  sendInitialEvents: flag,
  dryRun: flag,
  fieldManager: {
    wanted: "printable characters, 1 to 128 bytes of them in UTF-8",
    accepts: (value) =>
      isText(value) && /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]+$/u.test(value) && Buffer.byteLength(value) <= 128,
  },
  fieldValidation: oneOf("Ignore", "Warn", "Strict"),
  force: flag,
  gracePeriodSeconds: { wanted: "seconds: a whole number of at least 0", accepts: (value) => isWhole(value, 0) },
  propagationPolicy: oneOf("Orphan", "Background", "Foreground"),
  preconditions: {
    wanted: "an object with a uid, a resourceVersion or both",
    accepts: (value) =>
      isObject(value) &&
      Object.values(value).some((part) => part !== undefined) &&
      Object.entries(value).every(
        ([key, part]) => ["uid", "resourceVersion"].includes(key) && (part === undefined || isText(part)),
      ),
  },
};

/**
 * Makes sure that options can be right for a call, each by itself and together. The syntax of label selectors is not looked
 * at here: see `checkLabelSelector`.
 *
 * @throws InvalidArgumentError that names the option and the rule.
 */
export function checkOptions(verb: Verb, options: AnyOptions): void {
  checkEach(options, { owner: verb, rules, names: known[verb] });
  checkTogether(verb, options);
}

/**
 * Makes sure that options are known and can be right, each by itself.
 *
 * @param owner What has the options, for messages.
 * @throws InvalidArgumentError that names the option and the rule.
 */
export function checkEach<Name extends string>(
  options: object,
  {
    owner,
    rules,
    names,
  }: { readonly owner: string; readonly rules: Readonly<Record<Name, Rule>>; readonly names: readonly Name[] },
): void {
  if (!isObject(options)) throw new InvalidArgumentError("options", `wanted an object, got ${typeof options}`);
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined) continue;
    const known = names.find((each) => each === name);
    if (known === undefined)
      throw new InvalidArgumentError(name, `${owner} has no such option; it has ${names.join(", ")}`);
    // Never the value: it may have been meant for another place.
    if (!rules[known].accepts(value)) throw new InvalidArgumentError(name, `wanted ${rules[known].wanted}`);
  }
}

/** What the server refuses or, worse, ignores (Kubernetes page "API Concepts", "Resource versions"). */
function checkTogether(verb: Verb, options: AnyOptions): void {
  const { resourceVersion, resourceVersionMatch, fieldManager } = options;
  if (resourceVersionMatch !== undefined && !resourceVersion) {
    throw new InvalidArgumentError("resourceVersionMatch", "wanted a resourceVersion beside it, found none");
  }
  if (resourceVersionMatch === "Exact" && resourceVersion === "0") {
    throw new InvalidArgumentError("resourceVersionMatch", 'wanted NotOlderThan for the resourceVersion "0"');
  }
  if (options.limit !== undefined && resourceVersion === "0") {
    throw new InvalidArgumentError("limit", 'wanted no resourceVersion "0" beside it, with which the server gives all');
  }
  if (options.continue !== undefined && options.continue !== "" && resourceVersion !== undefined) {
    throw new InvalidArgumentError("continue", "wanted no resourceVersion beside it: the token has its own");
  }
  if (verb === "apply" && fieldManager === undefined) {
    throw new InvalidArgumentError("fieldManager", "wanted the name of who applies, found none");
  }
}

export function isText(value: unknown): value is string {
  return typeof value === "string";
}

function isExclusion(part: unknown): boolean {
  return isObject(part) && "not" in part && Object.keys(part).length === 1 && [part.not].flat().every(isText);
}

export function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isWhole(value: unknown, least: number): boolean {
  return Number.isSafeInteger(value) && (value as number) >= least;
}

function isSignal(value: unknown): boolean {
  return isObject(value) && "aborted" in value && "addEventListener" in value;
}
