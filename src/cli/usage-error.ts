/** What the command line or the config file asks for makes no sense; the message says what to write instead. Exit code 2. */
export class UsageError extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = "UsageError";
  }
}
