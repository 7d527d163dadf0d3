import { hidden, shownPath } from "./shown-path.ts";

/** How a message begins that a server is known to make. */
export interface KnownForm {
  /** How many characters of the message it takes. */
  readonly length: number;
  /** What is shown of it: as it is, or word by word as any other text. */
  readonly pieces: readonly Piece[];
}

interface Piece {
  readonly text: string;
  readonly whole: boolean;
}

// Behind a quoted text stands nothing that could belong to it: it may hold quotes that are not escaped.
const end = String.raw`(?![^\s.,:;)\]])`;
/** A text as Go quotes it (strconv.Quote), as part of a regular expression. */
export const quoted: string = String.raw`"(?:[^"\\]|\\.)*"${end}`;
const list = `${quoted}(?:, ${quoted})*`;
const identifier = String.raw`"[^"\\\s]*"`;
const resource = String.raw`[-\w./]+`;
const kind = String.raw`(?:[-\w.]+/)?v\d\w* [A-Z]\w*`;
const quantities = String.raw`[-\w./]+=[\w.]+(?:,[-\w./]+=[\w.]+)*`;
const address = String.raw`(?:: failed to call webhook)?(?:: Post "https://[-\w.:[\]]+[-\w./]*(?:\?timeout=\w+)?")?`;
const policy = String.raw`ValidatingAdmissionPolicy '[-\w.]+' with binding '[-\w.]+'`;

const who = `User ${quoted} cannot [-\\w]+ (?:path ${quoted}|resource ${quoted} in API group ${quoted}(?: in the namespace ${quoted})?)`;
const quota = `exceeded quota: [-\\w.]+, requested: ${quantities}, used: ${quantities}, limited: ${quantities}`;
const handled = String.raw`[A-Z]\w* in version "\w*" cannot be handled as an? [A-Z]\w*`;
const invalid = `${resource} ${identifier} is invalid`;

/** What says names of resources, objects, kinds and users, and nothing of what an object holds (k8s.io/apimachinery, api/errors). */
const beginnings = new RegExp(
  `^(?:${[
    `${resource} ${identifier} (?:not found|already exists)|${invalid}`,
    `Operation cannot be fulfilled on ${resource} ${identifier}`,
    `${resource} ${identifier} is forbidden(?:: (?:${who}|${quota}|${policy}))?|(?:${resource} is )?forbidden: ${who}`,
    `(?:Validation failed for )?${policy}|admission webhook ${identifier} denied the request`,
    `(?:Internal error occurred: )?failed calling webhook ${identifier}${address}`,
    String.raw`conversion webhook for [-\w./]+, Kind=\w+ failed${address}`,
    handled,
    String.raw`failed to create typed patch object \([-\w./]*; [-\w./]+, Kind=\w+\)`,
    `conflicts? with ${quoted}(?: with subresource ${quoted})?(?: using [-\\w./]+)?`,
    `${kind} is deprecated(?: in v[\\d.]+\\+)?(?:, unavailable in v[\\d.]+\\+)?(?:; use (?:${kind}|v\\d\\w*))?`,
    // What servers and their proxies say where there is nothing to say (k8s.io/apimachinery, api/errors; net/http).
    "404 page not found$|Client sent an HTTP request to an HTTPS server\\.?$",
    "the server rejected our request (?:due to an error in our request|for an unknown reason)$",
    "the server (?:has asked for the client to provide credentials|could not find the requested resource)$",
    "the server does not allow (?:this method on|access to) the requested resource$",
  ].join("|")})`,
);

/** What a server says of a value that is a scalar, as part of a regular expression. */
export const value: string = `(?:${quoted}|[-+.\\w${hidden}]+)`;
const path = String.raw`[^\s"'[][^\s"']*`;
const number = String.raw`-?\d+(?:\.\d+)?(?:e[-+]?\d+)?`;
const field = String.raw`(?:unknown|duplicate) field "[^\s"\\]*"${end}`;
const fields = `(?:strict decoding error: )?${field}(?:, ${field})*`;
const limit = `should (?:be (?:(?:less|greater) than(?: or equal to)?|a multiple of|at (?:least|most))|have at (?:least|most)) ${number}(?: chars long| items| properties)?`;
const type = String.raw`must be of type [-\w,]+(?:: "(?:string|integer|number|boolean|object|array|null)")?`;

/** What is wrong with a field, where that says numbers and texts of the schema, or names (k8s.io/kube-openapi, validation). */
const wrong = [
  `(?<schema>supported values: ${list}|failed rule: .*|may not be more than \\d+|must have at most \\d+)`,
  `(?<path>${path})(?<rule> in body (?:${limit}|should match '[^'"]*'|${type}))(?=$|[:,\\]])`,
  String.raw`"(?<quotedPath>[^\s"\\]*)"(?= must (?:not )?validate )`,
  String.raw`(?<sentence>[^"()]*)(?<example>\(e\.g\. (?:'[^']*'(?:,? {1,2}or |, ))+regex used for validation is '[^']*'\))(?=$|[,\]])`,
  `(?<fields>${fields})`,
].join("|");

/** A cause, or the message of an object with its first one (k8s.io/apimachinery, field.Error). */
const cause = new RegExp(
  `^(?:(?<begin>${invalid}): (?<at>(?:\\[?${path}: )?))?(?:${[
    `(?<unsupported>Unsupported value: )(?:(?<v1>${value}): )?(?=supported values: )`,
    "(?<long>Too long: )(?=may not )",
    String.raw`(?<many>Too many: )(?:(?<v2>\d+): )?(?=must have )`,
    `(?<invalid>Invalid value: )(?:(?<v3>${value}): )?(?!supported values: |may not |must have )`,
  ].join("|")})(?:${wrong})`,
  "s",
);

const decoded = new RegExp(
  `^(?:(?<begin>${handled}: )?(?<fields>${fields})|(?<json>${handled}: json: )(?<got>cannot unmarshal [-+.\\w ]+? into Go struct field )(?<type>[\\w.]+ of type [\\w.]+))`,
);

const selected = new RegExp(
  `^(?<found>(?:Unable to find ${quoted} that match label selector ${quoted}, field selector ${quoted}: )?)(?<only>"[-\\w.]+" is not a known field selector: only ${list})`,
);

/** The form that a message begins with; undefined where no server is known to begin so. */
export function knownForm(message: string): KnownForm | undefined {
  for (const [form, piecesOf] of forms) {
    const found = form.exec(message);
    if (found !== null)
      return { length: found[0].length, pieces: piecesOf(found.groups ?? {}, found[0]).filter(isThere) };
  }
  return undefined;
}

type Groups = Readonly<Partial<Record<string, string>>>;

const forms: readonly (readonly [RegExp, (groups: Groups, whole: string) => readonly Piece[]])[] = [
  [cause, causePieces],
  [
    decoded,
    ({ begin, fields, json, got, type }) => [asItIs(begin), fieldNames(fields), asItIs(json), words(got), asItIs(type)],
  ],
  [selected, ({ found, only }) => [words(found?.replaceAll(new RegExp(quoted, "gs"), hidden)), asItIs(only)]],
  [beginnings, (_, whole) => [asItIs(whole)]],
];

function causePieces(groups: Groups): readonly Piece[] {
  const { begin, at, unsupported, long, many, v1, v2, v3, schema, path, rule, quotedPath, sentence, example } = groups;
  return [
    asItIs(begin && `${begin}: `),
    words(at),
    asItIs(unsupported ?? long ?? many ?? groups.invalid),
    asItIs((v1 ?? v2 ?? v3) === undefined ? undefined : `${hidden}: `),
    asItIs(path && shownPath(path)),
    asItIs(quotedPath === undefined ? undefined : `"${shownPath(quotedPath)}"`),
    asItIs(schema ?? rule),
    words(sentence),
    asItIs(example),
    fieldNames(groups.fields),
  ];
}

function asItIs(text = ""): Piece {
  return { text, whole: true };
}

function words(text = ""): Piece {
  return { text, whole: false };
}

function fieldNames(text = ""): Piece {
  return asItIs(text.replaceAll(/"([^"]*)"/g, (_, name: string) => `"${shownPath(name)}"`));
}

function isThere({ text }: Piece): boolean {
  return text !== "";
}
