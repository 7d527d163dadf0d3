/**
 * An integer of an answer that a number of JavaScript does not hold exactly, as many beyond 2^53. It is refused, for it would
 * be rounded, and written back rounded. Neither message nor properties have the value.
 */
export class UnsafeIntegerError extends RangeError {
  override readonly name = "UnsafeIntegerError";
  /** A stable word for programs. */
  readonly code = "unsafe-integer";
  /** Where the integer is, as `.spec.limits[2]`; empty where it is the whole text. */
  readonly path: string;

  constructor(path: string) {
    const wanted = "wanted an integer that a number of JavaScript holds exactly, got a larger one";
    super(
      `${path === "" ? "the answer" : path}: ${wanted}, which would be rounded; read it with a tool that has int64`,
    );
    this.path = path;
  }
}

/** Tells an UnsafeIntegerError from other errors. */
export function isUnsafeInteger(error: unknown): error is UnsafeIntegerError {
  return error instanceof UnsafeIntegerError;
}
