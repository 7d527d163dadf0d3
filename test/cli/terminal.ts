const eraseRest = "\u001b[K";

/** What stands on a terminal after this was written to it: its lines, of any width. `\r` and `ESC [K` are all that it knows (ECMA-48). */
export function screenOf(text: string): readonly string[] {
  return text.split(/\r*\n/).map((line) =>
    line.split("\r").reduce((shown, part) => {
      const [before = "", ...erased] = part.split(eraseRest);
      const over = before + (erased.length === 0 ? shown.slice(before.length) : "");
      return over + erased.join("");
    }, ""),
  );
}
