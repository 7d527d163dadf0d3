/** What is shown in place of a value. */
const hidden = "…";

// Behind a quoted text stands nothing that could belong to it: it may hold quotes that are not escaped.
const end = String.raw`(?![^\s.,:;)\]])`;
// A text as Go quotes it (strconv.Quote).
const quoted = String.raw`"(?:[^"\\]|\\.)*"${end}`;

/** What has a quoted text that is no value of an object: it is a name, or the schema's own. */
const harmless = [
  String.raw`(?:unknown|duplicate) field "[-\w.~/$[\]]*"${end}`,
  String.raw`"[-\w.~/$[\]]+" must (?:not )?validate `,
  String.raw`must be of type [-\w,]+: "(?:string|integer|number|boolean|object|array|null)"`,
  `supported values: ${quoted}(?:, ${quoted})*`,
  `${quoted} is not a known field selector: only ${quoted}(?:, ${quoted})*`,
  `conflicts? with ${quoted}(?: with subresource ${quoted})?`,
  String.raw`(?<!\S)[-\w.]+ ${quoted} (?:not found|already exists|is forbidden)`,
  String.raw`Operation cannot be fulfilled on [-\w.]+ ${quoted}`,
  String.raw`User ${quoted} cannot [-\w]+ resource ${quoted} in API group ${quoted}(?: in the namespace ${quoted})?`,
  String.raw`in version "\w*"`,
].join("|");

/** What stands before a value (k8s.io/apimachinery, field.Error); a colon and what is wrong with it stand behind. */
const beforeValue = "(?:Invalid|Unsupported|Duplicate) value: |Too many: ";

const parts = new RegExp(
  [
    // Newer servers leave values out that are no scalars, and what is wrong follows at once.
    `(?<shown>${harmless}|(?:${beforeValue})(?=[A-Za-z]+ ))`,
    // Where a value may end at more than one place, all that follows is left out.
    `(?<before>${beforeValue})(?:(?:${quoted}|[-+.\\w${hidden}]+)(?=: |$|[,\\]])|.*)`,
    quoted,
    '".*',
    // Server-side apply says what it got in the form that Go prints things in.
    "(?<=got )&.*",
    // What was to be a text or a smaller number, and a body that is no object, in hexadecimal digits.
    String.raw`(?<=number )[-+.\deE]+(?= into)`,
    String.raw`(?<=\()[\da-f]{2,}(?: \.\.\.)?(?=\)$)`,
    "(?<=invalid character ').+?(?=' )",
  ].join("|"),
  "gs",
);

const harmlessParts = new RegExp(`(${harmless})`, "gs");

/**
 * A server's message without the values of objects that it quotes: `Invalid value: "a": must be b` becomes
 * `Invalid value: …: must be b`.
 *
 * @param values Values that are left out wherever they stand: a rule of a CRD can say them in any sentence
 * (`messageExpression`).
 */
export function withoutValues(message: string, values: readonly string[] = []): string {
  const without = (text: string): string => values.reduce((rest, value) => rest.replaceAll(value, hidden), text);
  const pieces = message.split(harmlessParts).map((piece, index) => (index % 2 === 0 ? without(piece) : piece));
  return pieces.join("").replace(parts, (...found) => {
    const { shown, before = "" }: Partial<Record<string, string>> = found.at(-1);
    return shown ?? `${before}${hidden}`;
  });
}
