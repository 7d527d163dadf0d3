import type { Diagnostic } from "../diagnostic.ts";
import { OutputError } from "../output/output-error.ts";
import { ClusterError } from "../read/cluster-error.ts";

/** Why a run could not go on although its input may be fine: exit code 3. Plain data: it can be sent to another thread. */
export interface Failure {
  /** `disk`: the system refused to write. `half-written`: when some files were in their places already. `busy`: another run writes there. `cluster`: there was no way to it, or it refused. `network`: no answer. `memory`: a thread had not enough. `internal`: a defect of this program. */
  readonly code: DiskFailure | "cluster" | "network" | "memory" | "internal";
  readonly message: string;
}

/** What to say of an error that was thrown while `subject` was worked on. */
export function failureOf(error: unknown, subject: string): Failure {
  if (error instanceof OutputError && isOfDisk(error.code)) return { code: error.code, message: error.message };
  if (error instanceof ClusterError) return { code: "cluster", message: error.message };
  if (error instanceof Error && "code" in error && error.code === "ERR_WORKER_OUT_OF_MEMORY") {
    const remedy = "run with --jobs 1, or give Node more with NODE_OPTIONS=--max-old-space-size=4096";
    return { code: "memory", message: `${subject}: out of memory; ${remedy}` };
  }
  const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return { code: "internal", message: `${subject}: ${reason}; this is a defect of crd-gen, please report it` };
}

/** A failure as a diagnostic, so that it is reported with all others. */
export function failureDiagnostic(failure: Failure): Diagnostic {
  return { severity: "error", code: failure.code, message: failure.message };
}

/** What is wrong with the output folder and for the user to put right, as a diagnostic; undefined for every other error. */
export function outputDiagnostic(error: unknown): Diagnostic | undefined {
  if (!(error instanceof OutputError) || isOfDisk(error.code)) return undefined;
  return { severity: "error", code: error.code, message: error.message };
}

/** The output folder cannot be used, whatever the input. */
type DiskFailure = "disk" | "half-written" | "busy";

/** Tells whether a code is of the output folder and not for the user to put right. */
export function isOfDisk(code: string): code is DiskFailure {
  return code === "disk" || code === "half-written" || code === "busy";
}
