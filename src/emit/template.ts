/** A parsed template: lines of texts and holes, alternating, a text first. */
export interface Template {
  readonly name: string;
  readonly lines: readonly (readonly string[])[];
  readonly holes: ReadonlySet<string>;
}

const hole = /__([a-zA-Z]+)__/;

/** Parses a template: the output file with holes of the form `__name__`. */
export function parseTemplate(name: string, text: string): Template {
  const lines = text.split("\n").map((line) => line.split(new RegExp(hole, "g")));
  const holes = new Set(lines.flatMap((parts) => parts.filter((_, index) => index % 2 === 1)));
  return { name, lines, holes };
}

/**
 * Fills a template. Filling is strict both ways: a hole without a value and a value without a hole are errors. A line
 * that has a hole with an empty value is left out, and so is the blank line after it where two would follow each other.
 */
export function fillTemplate(template: Template, values: Readonly<Record<string, string>>): string {
  const unknown = Object.keys(values).filter((name) => !template.holes.has(name));
  if (unknown.length > 0) throw new Error(`template ${template.name} has no hole ${unknown.join(", ")}`);
  const output: string[] = [];
  for (const parts of template.lines) {
    const line = fillLine(template, parts, values);
    if (line === undefined) continue;
    if (line === "" && output.at(-1) === "") continue;
    output.push(line);
  }
  return output.join("\n");
}

function fillLine(
  template: Template,
  parts: readonly string[],
  values: Readonly<Record<string, string>>,
): string | undefined {
  let line = "";
  for (const [index, part] of parts.entries()) {
    if (index % 2 === 0) {
      line += part;
      continue;
    }
    const value = Object.hasOwn(values, part) ? values[part] : undefined;
    if (value === undefined) throw new Error(`template ${template.name} has no value for hole ${part}`);
    if (value === "") return undefined;
    line += value;
  }
  return line;
}
