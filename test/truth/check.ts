import type { GeneratedFile, GeneratedKind } from "../../src/generated.ts";
import type { Api } from "./api.ts";
import { compileTrials, type Objection } from "./compiler.ts";
import type { Definition } from "./definitions.ts";
import { install, type Refused, reinstall } from "./install.ts";
import type { Amount, Interview } from "./interview.ts";
import { isObject, type Json } from "./json.ts";
import { askChanges } from "./partial-questions.ts";
import { askCreate, read, store, wouldTake } from "./questions.ts";
import { type Subject, subjectOf } from "./subject.ts";
import type { Trial } from "./trial.ts";

/** What a server is asked about. */
export interface AskOptions {
  readonly definitions: readonly Definition[];
  /** What the definitions became. */
  readonly kinds: readonly GeneratedKind[];
  readonly amount: Amount;
  /** Each seed makes its own objects. */
  readonly seeds: readonly number[];
}

/** What a server has said. */
export interface Answers {
  readonly subjects: readonly Subject[];
  /** The definitions that the server does not take. */
  readonly refused: readonly Refused[];
  readonly trials: readonly Trial[];
  /** Asks again whether a version would take what was read through it. */
  readonly wouldTake: (subject: Subject, value: Json) => Promise<boolean>;
}

/** A trial of which the server and the compiler do not think the same. */
export interface Disagreement {
  readonly trial: Trial;
  /** Where: in the schema for a value that was broken there, else in the value. */
  readonly path: string;
  /** What the compiler says; undefined where it accepts. */
  readonly objection: Objection | undefined;
}

/** What came of a comparison. */
export interface Comparison {
  readonly disagreements: readonly Disagreement[];
  /** Answers that the check does not understand. */
  readonly unknown: readonly Trial[];
  /** Left out: refused for what no type says. */
  readonly valueRules: readonly Trial[];
  /** Left out: stored through one version, and no object of the version that it was read through. */
  readonly foreign: readonly Trial[];
}

const marker = "the check of the types asks whether this version has its defaults";

/** Installs definitions, first without their defaults, makes objects of every version and asks what the server thinks of them. */
export async function ask(api: Api, options: AskOptions): Promise<Answers> {
  const { served, refused } = await install(api, options.definitions, { defaults: false });
  const subjects = served.flatMap(({ versions }) =>
    versions.flatMap((version) =>
      options.seeds.map((seed) => subjectOf(version, generatedFor(options.kinds, version), seed)),
    ),
  );
  const interview: Interview = { api, amount: options.amount, trials: [] };
  await Promise.all(subjects.map((subject) => store(interview, subject, "before")));
  await reinstall(api, served, { defaults: true, warning: marker });
  await Promise.all(subjects.map((subject) => store(interview, subject, "after")));
  await Promise.all(subjects.map((subject) => askAbout(interview, subject)));
  return {
    subjects,
    refused,
    trials: interview.trials,
    wouldTake: (subject, value) => wouldTake(interview, subject, value),
  };
}

function generatedFor(kinds: readonly GeneratedKind[], { definition, name }: Subject["version"]): GeneratedKind {
  const kind = kinds.find(
    ({ group, plural, version }) => group === definition.group && plural === definition.plural && version === name,
  );
  if (kind === undefined) throw new Error(`${definition.name}: wanted generated types of ${name}, found none`);
  return kind;
}

async function askAbout(interview: Interview, subject: Subject): Promise<void> {
  await askCreate(interview, subject);
  for (const stored of await read(interview, subject)) {
    // What came through a conversion may be wrong already, and the server bears with what was wrong before a change.
    const sound = subject.version.storage || (await wouldTake(interview, subject, stored));
    if (sound) await askChanges(interview, subject, stored);
  }
}

/**
 * Asks the compiler what it thinks of the same objects, and compares.
 *
 * @param root A folder with the runtime in its `node_modules`.
 */
export async function compare(answers: Answers, files: readonly GeneratedFile[], root: string): Promise<Comparison> {
  const { trials } = answers;
  const unknown = trials.filter(({ verdict }) => verdict.outcome === "unknown");
  const valueRules = trials.filter(({ verdict }) => verdict.outcome === "value");
  const judged = trials.filter(({ verdict }) => verdict.outcome === "accepted" || verdict.outcome === "type");
  const objections = await compileTrials(root, files, judged);
  const disagreements: Disagreement[] = [];
  const foreign: Trial[] = [];
  for (const trial of judged) {
    const objection = objections.get(trial);
    if ((trial.verdict.outcome === "accepted") === (objection === undefined)) continue;
    if (await isForeign(answers, trial)) foreign.push(trial);
    else disagreements.push({ trial, path: trial.breakage?.path ?? objection?.path ?? "", objection });
  }
  return { unknown, valueRules, disagreements, foreign };
}

/**
 * Whether a conversion by changing the apiVersion alone made of an object what its new version would refuse: versions
 * that differ, without a webhook that converts. No type of the new version can be right about it.
 */
async function isForeign(answers: Answers, { subject, view, text, storedThrough }: Trial): Promise<boolean> {
  const { version } = subject;
  if (view !== "read" || (storedThrough === version.name && version.storage)) return false;
  const value: Json = JSON.parse(text);
  return isObject(value) && !(await answers.wouldTake(subject, value));
}
