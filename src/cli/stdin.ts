/** Tells a person in front of a terminal that the command waits for what is typed. */
export function announceStdin(sources: readonly string[]): void {
  if (sources.includes("-") && process.stdin.isTTY) {
    process.stderr.write("reading standard input; end it with Ctrl-D\n");
  }
}
