/** The lines of a log that a message shows. */
const shown = 15;
/** Characters of a line that are shown: some lines of etcd have its whole configuration. */
const longest = 400;

/** The last lines of a program's log, indented, under a line that says whose they are. */
export function lastLines(program: string, log: string): string {
  const lines = log.trimEnd().split("\n").slice(-shown);
  if (lines.join("") === "") return `${program} wrote no log`;
  const cut = lines.map((line) => (line.length > longest ? `${line.slice(0, longest)} ...` : line));
  return `the last lines of ${program}'s log:\n  ${cut.join("\n  ")}`;
}
