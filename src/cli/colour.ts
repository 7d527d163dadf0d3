import { styleText } from "node:util";

/** Colours a text, or leaves it as it is. */
export type Paint = (colour: "red" | "yellow", text: string) => string;

/** Leaves every text as it is. */
export const plain: Paint = (_, text) => text;

/**
 * How to paint what goes to a stream: in colour on a terminal that knows any. A `NO_COLOR` that is not empty takes it away
 * everywhere (https://no-color.org); otherwise `FORCE_COLOR` wants it everywhere, or, as `0` or `false`, nowhere.
 */
export function paintFor(
  { isTTY }: { readonly isTTY?: boolean | undefined },
  environment: Readonly<NodeJS.ProcessEnv> = process.env,
): Paint {
  const { NO_COLOR: none = "", FORCE_COLOR: forced, TERM: terminal } = environment;
  if (none !== "") return plain;
  const wanted = forced === undefined ? isTTY === true && terminal !== "dumb" : forced !== "0" && forced !== "false";
  // Whether the stream is a terminal has been asked; newer Nodes would ask again, of standard output.
  return wanted ? (colour, text) => styleText(colour, text, { validateStream: false }) : plain;
}
