import type { Answers, Comparison, Disagreement } from "./check.ts";
import type { Refused } from "./install.ts";
import type { Trial } from "./trial.ts";

/** What came of the checks of a run against one server version, added up. */
export class Tally {
  definitions = 0;
  versions = 0;
  readonly refused: Refused[] = [];
  readonly disagreements: Disagreement[] = [];
  readonly unknown: Trial[] = [];
  /** Refused for what no type says: few, as the rules about values are not installed. */
  readonly #valueRules: Trial[] = [];
  /** `<definition>/<version>` of versions of which the server has accepted no object. */
  readonly untried: string[] = [];
  /** How many trials there were of each kind: a view, and whole or what was broken. */
  readonly #counts = new Map<string, { accepted: number; refused: number; leftOut: number }>();

  /** Adds one check. */
  add(answers: Answers, comparison: Comparison): void {
    const versions = new Set(answers.subjects.map(({ version }) => version));
    this.definitions += new Set([...versions].map(({ definition }) => definition)).size;
    this.versions += versions.size;
    this.refused.push(...answers.refused);
    this.disagreements.push(...comparison.disagreements);
    this.unknown.push(...comparison.unknown);
    this.#valueRules.push(...comparison.valueRules);
    const leftOut = new Set([...comparison.valueRules, ...comparison.foreign]);
    for (const trial of answers.trials) this.#count(trial, leftOut.has(trial));
    const tried = new Set(answers.trials.filter(isAccepted).map(({ subject }) => subject.version));
    for (const version of versions) {
      if (!tried.has(version)) this.untried.push(`${version.definition.name}/${version.name}`);
    }
  }

  #count({ view, breakage, verdict }: Trial, leftOut: boolean): void {
    const name = `${view}: ${breakage?.rule ?? "whole"}`;
    const count = this.#counts.get(name) ?? { accepted: 0, refused: 0, leftOut: 0 };
    if (leftOut) count.leftOut += 1;
    else if (verdict.outcome === "accepted") count.accepted += 1;
    else count.refused += 1;
    this.#counts.set(name, count);
  }

  /** Whether the server and the compiler think the same of everything that was tried, and something was. */
  get agrees(): boolean {
    return this.disagreements.length === 0 && this.unknown.length === 0 && this.#counts.size > 0;
  }

  /** The figures as lines of text, and at most `shown` of the disagreements with what both say. */
  lines(shown: number): readonly string[] {
    const row = (name: string, ...cells: readonly (number | string)[]): string =>
      `  ${name.padEnd(46)}${cells.map((cell) => String(cell).padStart(10)).join("")}`;
    const total = { accepted: 0, refused: 0, leftOut: 0 };
    const rows = [...this.#counts].sort().map(([name, { accepted, refused, leftOut }]) => {
      total.accepted += accepted;
      total.refused += refused;
      total.leftOut += leftOut;
      return row(name, accepted, refused, leftOut);
    });
    return [
      `definitions ${this.definitions}, versions ${this.versions}, not served ${this.refused.length}`,
      ...this.refused.map(({ definition, message }) => `  not served: ${definition.name}: ${shortened(message)}`),
      ...this.untried.map((name) => `  no object accepted: ${name}`),
      row("what was put to server and compiler", "accepted", "refused", "left out"),
      ...rows,
      row("together", total.accepted, total.refused, total.leftOut),
      ...this.#valueRules.slice(0, shown).map((trial) => `left out: ${describe(trial)}\n  server: ${said(trial)}`),
      ...this.unknown.slice(0, shown).map((trial) => `not understood: ${describe(trial)}\n  server: ${said(trial)}`),
      ...this.disagreements.slice(0, shown).map(describeDisagreement),
      `disagreements ${this.disagreements.length}, answers not understood ${this.unknown.length}`,
    ];
  }
}

function isAccepted({ verdict }: Trial): boolean {
  return verdict.outcome === "accepted";
}

/** One disagreement for people: where, what the server says, what the compiler says, and the value. */
export function describeDisagreement({ trial, path, objection }: Disagreement): string {
  return [
    `disagreement: ${describe(trial)} at ${path === "" ? "the root" : path}`,
    `  server: ${said(trial)}`,
    `  compiler: ${objection === undefined ? "accepts" : shortened(objection.message)}`,
    `  value: ${shortened(trial.text)}`,
  ].join("\n");
}

function describe({ subject, view, breakage }: Trial): string {
  const { definition, name } = subject.version;
  return `${definition.name}/${name}, seed ${subject.seed}, ${view}, ${breakage?.rule ?? "whole"}`;
}

function said({ verdict }: Trial): string {
  return verdict.message === "" ? "accepts" : shortened(verdict.message);
}

function shortened(text: string): string {
  return text.length > 600 ? `${text.slice(0, 599)}…` : text;
}
