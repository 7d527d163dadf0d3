import type { PrintValues } from "./options.ts";

/** How far the work has come: with source files, or with the definitions of a cluster. */
export interface Progress {
  /** What is counted, as in `files` or `definitions of kind at https://127.0.0.1:6443`. */
  readonly what: string;
  /** How many of them have been worked on. */
  readonly done: number;
  /** How many there are; undefined where the server does not tell. */
  readonly all: number | undefined;
}

/** One line of a terminal that is written over and over. */
export interface ProgressLine {
  readonly show: (progress: Progress) => void;
  /** Takes the line away. */
  readonly clear: () => void;
}

/** What of a stream is needed. */
export interface Terminal {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly write: (text: string) => unknown;
}

/** The beginning of the line, and from there to its end (ECMA-48, EL). */
const eraseLine = "\r\u001b[K";

/** Shows progress where a person is looking: on a terminal only, and neither with --quiet nor with --json. */
export function progressLine(terminal: Terminal, { quiet = false, json = false }: PrintValues): ProgressLine {
  let shown = false;
  if (terminal.isTTY !== true || quiet || json) return { show: () => undefined, clear: () => undefined };
  return {
    show: (progress) => {
      shown = true;
      // A line that fills the terminal would break, and what has been broken cannot be erased. A terminal that does not
      // know its width says 0.
      terminal.write(`${eraseLine}${lineOf(progress).slice(0, (terminal.columns || 80) - 1)}`);
    },
    clear: () => {
      if (shown) terminal.write(eraseLine);
    },
  };
}

/** The numbers first: they are what a narrow terminal has room for. */
function lineOf({ what, done, all }: Progress): string {
  const count = done.toLocaleString("en");
  return `${all === undefined ? count : `${count} of ${all.toLocaleString("en")}`} ${what}`;
}
