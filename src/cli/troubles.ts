import type { Diagnostic } from "../diagnostic.ts";
import { type Failure, failureOf, outputDiagnostic } from "./failure.ts";

/** What is wrong with a run, as far as it has come. */
export class Troubles {
  /** What the user is to put right, and warnings. */
  readonly problems: Diagnostic[] = [];
  /** What could not be done although the input may be right. */
  readonly failures: Failure[] = [];

  /** Does something with the output folder, which `subject` names; undefined if it cannot be done, and then why is noted. */
  attempt<Result>(subject: string, action: () => Result): Result | undefined {
    try {
      return action();
    } catch (error) {
      this.note(error, subject);
      return undefined;
    }
  }

  /** Notes an error that was thrown while something was done with the output folder. */
  note(error: unknown, subject: string): void {
    const problem = outputDiagnostic(error);
    if (problem === undefined) this.failures.push(failureOf(error, subject));
    else this.problems.push(problem);
  }
}
