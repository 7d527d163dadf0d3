/** Asks a person on the terminal; undefined where there is none. Everything but a yes is a no. */
export function confirmation(signal: AbortSignal): ((question: string) => Promise<boolean>) | undefined {
  if (!process.stdin.isTTY || !process.stderr.isTTY) return undefined;
  return async (question) => {
    const { createInterface } = await import("node:readline/promises");
    const terminal = createInterface({ input: process.stdin, output: process.stderr });
    try {
      return /^y(?:es)?$/i.test((await terminal.question(`${question} [y/N] `, { signal })).trim());
    } catch {
      // Interrupted, or the terminal was closed.
      return false;
    } finally {
      terminal.close();
    }
  };
}
