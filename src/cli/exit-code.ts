/** What the command answers with. */
export const exitCode = {
  done: 0,
  /** The answer to a question, such as that of a check. */
  no: 1,
  /** The input or the usage is wrong: it is for the user to change something. */
  badInput: 2,
  /** The cluster, the disk or the network failed, or this program did. */
  failed: 3,
  /** Interrupted from the keyboard (SIGINT), as shells count it: 128 and the signal's number. */
  interrupted: 130,
  /** Asked to end (SIGTERM). */
  terminated: 143,
} as const;

/** One of the exit codes. */
export type ExitCode = (typeof exitCode)[keyof typeof exitCode];
