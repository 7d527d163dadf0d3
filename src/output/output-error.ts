/**
 * What went wrong with the output folder.
 * `out-is-file`, `outside`, `unsafe-path`, `path-clash` and `lock` are for the user to put right; `disk` is what the system refused;
 * `half-written`: and did not take back either; `busy` is another run that does not come to its end.
 */
export type OutputErrorCode =
  | "out-is-file"
  | "outside"
  | "unsafe-path"
  | "path-clash"
  | "lock"
  | "disk"
  | "half-written"
  | "busy";

/** Says why nothing was written. The previous output is as it was, unless the code says otherwise. */
export class OutputError extends Error {
  readonly code: OutputErrorCode;

  constructor(code: OutputErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = "OutputError";
    this.code = code;
  }
}

const remedies: Readonly<Record<string, string>> = {
  ENOSPC: "the disk is full; make room and run again",
  EDQUOT: "the disk quota is used up; make room and run again",
  EFBIG: "the file is larger than this process may write; raise the limit (ulimit -f) and run again",
  EACCES: "permission denied; make it writable for this user or choose another folder with --out",
  EPERM: "operation not permitted; make it writable for this user or choose another folder with --out",
  EROFS: "the file system is read-only; choose another folder with --out",
  ENOENT: "a folder above it is not there, or no longer; make it and run again",
  ENOTDIR: "a file stands where a folder is needed; move it away or choose another folder with --out",
  ENOTEMPTY: "something else stands in its place; move it away or choose another folder with --out",
  EEXIST: "something else stands in its place; move it away or choose another folder with --out",
  EISDIR: "a folder stands where a file is needed; move it away or choose another folder with --out",
  ENAMETOOLONG: "the path is too long for this file system; choose a shorter folder with --out",
  EMFILE: "too many open files; raise the limit (ulimit -n) and run again",
  EBUSY: "another program is using it; close that program and run again",
};

/** The system's word for an error of `node:fs`, such as `ENOSPC`, or undefined for any other value. */
export function systemErrorCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}

/** Makes an `OutputError` of the code `disk` out of an error of `node:fs`; `deed` is what was tried, as in `write generated/a.ts`. */
export function diskError(deed: string, error: unknown): OutputError {
  if (error instanceof OutputError) return error;
  const code = systemErrorCode(error);
  const reason = error instanceof Error ? error.message : String(error);
  const remedy = code === undefined ? undefined : remedies[code];
  const why = remedy === undefined ? reason : `${remedy} (${code})`;
  return new OutputError("disk", `cannot ${deed}: ${why}; nothing was changed`, error);
}
