import type { Diagnostic } from "../diagnostic.ts";

/** A source that could not be read. `diagnostic` says which, why, and what to do; `cause` is the error behind it. */
export class ReadError extends Error {
  override readonly name = "ReadError";
  readonly diagnostic: Diagnostic;

  constructor(diagnostic: Diagnostic, options?: ErrorOptions) {
    super(diagnostic.message, options);
    this.diagnostic = diagnostic;
  }

  /** A stable word for the reason: `source-missing`, `source-unreadable`, `source-url`, `source-size` or `source-encoding`. */
  get code(): string {
    return this.diagnostic.code;
  }
}

/** Tells a ReadError from other errors. */
export function isReadError(error: unknown): error is ReadError {
  return error instanceof ReadError;
}

/** Makes a diagnostic about a whole source, which has no place inside a text. */
export function sourceDiagnostic(code: string, message: string): Diagnostic {
  return { severity: "error", code, message };
}

/** Says that there is nothing of a name. */
export function missingError(name: string, cause?: unknown): ReadError {
  return new ReadError(sourceDiagnostic("source-missing", `${name}: ${nothingThere}`), { cause });
}

/** Says why the file system refused, in words, and what to do about it. */
export function fileError(name: string, error: unknown): ReadError {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (code === "ENOENT") return missingError(name, error);
  const reason = reasons.get(code) ?? `cannot be read (${code === "" ? String(error) : code})`;
  const diagnostic = sourceDiagnostic(
    code === "ENOTDIR" ? "source-missing" : "source-unreadable",
    `${name}: ${reason}`,
  );
  return new ReadError(diagnostic, { cause: error });
}

const nothingThere = "expected a file, a folder, a glob or a URL, found nothing of that name; check the path";

const reasons = new Map([
  ["ENOTDIR", "expected a file, a folder, a glob or a URL, but a part of the path is a file; check the path"],
  ["EACCES", "may not be read; check its permissions"],
  ["EPERM", "may not be read; check its permissions"],
  ["EISDIR", "expected a file, got a folder"],
  ["ELOOP", "is a symbolic link that leads back to itself; remove it"],
]);
