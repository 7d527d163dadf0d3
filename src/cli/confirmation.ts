/** Asks a person on the terminal; undefined where there is none. Everything but a yes is a no. */
export function confirmation(signal: AbortSignal): ((question: string) => Promise<boolean>) | undefined {
  if (!process.stdin.isTTY || !process.stderr.isTTY) return undefined;
  return async (question) => {
    const { createInterface } = await import("node:readline/promises");
    const terminal = createInterface({ input: process.stdin, output: process.stderr });
    // While a line is read, the terminal makes no signal of Ctrl-C.
    terminal.on("SIGINT", () => process.kill(process.pid, "SIGINT"));
    // Not every Node answers the question when the terminal is closed.
    const closed = new Promise<undefined>((resolve) => void terminal.once("close", () => resolve(undefined)));
    const asked = terminal.question(`${question} [y/N] `, { signal }).catch(() => undefined);
    const answer = await Promise.race([asked, closed]);
    terminal.close();
    // What is said next begins a line.
    if (answer === undefined && !signal.aborted) process.stderr.write("\n");
    return /^y(?:es)?$/i.test((answer ?? "").trim());
  };
}
