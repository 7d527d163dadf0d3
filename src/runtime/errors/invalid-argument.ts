/** An argument that cannot be right, refused before a request is made. */
export class InvalidArgumentError extends TypeError {
  override readonly name = "InvalidArgumentError";
  /** A stable word for programs. */
  readonly code = "invalid-argument";
  /** The argument or option, as `name` or `fieldManager`. */
  readonly argument: string;

  constructor(argument: string, rule: string) {
    super(`${argument}: ${rule}`);
    this.argument = argument;
  }
}

/** Tells an InvalidArgumentError from other errors. */
export function isInvalidArgument(error: unknown): error is InvalidArgumentError {
  return error instanceof InvalidArgumentError;
}
