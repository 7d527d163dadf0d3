import { parseArguments } from "./arguments.ts";
import { paintFor } from "./colour.ts";
import { type ExitCode, exitCode } from "./exit-code.ts";
import { failureOf } from "./failure.ts";
import { UsageError } from "./usage-error.ts";

/** Runs the command line of this process, and sets its exit code; `argv` is without the program and the script. */
export async function command(argv: readonly string[]): Promise<void> {
  // A reader that has seen enough, as in `crd-gen … | head`, is no reason to fail.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") return;
    process.exitCode = exitCode.failed;
    process.stderr.write(`the result cannot be printed: ${error.message}\n`);
  });
  try {
    const parsed = parseArguments(argv);
    if (parsed.kind === "run") {
      process.exitCode = await parsed.command.run(parsed.line);
      return;
    }
    const { helpText, textWidth } = await import("./help.ts");
    process.stdout.write(helpText(parsed.command, textWidth(process.stdout.columns)));
  } catch (error) {
    process.exitCode = complain(error);
  }
}

function complain(error: unknown): ExitCode {
  const usage = error instanceof UsageError;
  const { message } = usage ? error : failureOf(error, "crd-gen");
  // A message may have several lines, each about one thing.
  const lines = message.split("\n").map((line) => paintFor(process.stderr)("red", line));
  process.stderr.write(`${lines.join("\n")}\n`);
  return usage ? exitCode.badInput : exitCode.failed;
}
