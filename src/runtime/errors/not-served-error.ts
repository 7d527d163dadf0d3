/**
 * What is not served.
 * `no-match`: the server has no such kind or resource. `differs`: it has others than those that the program was generated
 * for. `names-not-accepted`: a definition is not taken into use, for another one has its names.
 */
export type NotServedCode = "no-match" | "differs" | "names-not-accepted";

/** The server does not serve what a program needs. What a single call is answered then is an ApiError with the code 404. */
export class NotServedError extends Error {
  override readonly name = "NotServedError";
  readonly code: NotServedCode;

  constructor(code: NotServedCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** Tells a NotServedError from other errors. */
export function isNotServed(error: unknown): error is NotServedError {
  return error instanceof NotServedError;
}
