import { hidden, shownPath } from "./shown-path.ts";
import { kept, shownWords } from "./shown-words.ts";

// Behind a quoted text stands nothing that could belong to it: it may hold quotes that are not escaped.
const end = String.raw`(?![^\s.,:;)\]])`;
// A text as Go quotes it (strconv.Quote).
const quoted = String.raw`"(?:[^"\\]|\\.)*"${end}`;
const identifier = String.raw`"[^"\\\s]*"`;
const resource = String.raw`[-\w./]+`;
const kind = String.raw`(?:[-\w.]+/)?v\d\w* [A-Z]\w*`;
const quantities = String.raw`[-\w./]+=[\w.]+(?:,[-\w./]+=[\w.]+)*`;
const address = String.raw`(?:: failed to call webhook)?(?:: Post "https://[-\w.:[\]]+[-\w./]*(?:\?timeout=\w+)?")?`;
const policy = String.raw`ValidatingAdmissionPolicy '[-\w.]+' with binding '[-\w.]+'`;

const who = `User ${quoted} cannot [-\\w]+ (?:path ${quoted}|resource ${quoted} in API group ${quoted}(?: in the namespace ${quoted})?)`;
const quota = `exceeded quota: [-\\w.]+, requested: ${quantities}, used: ${quantities}, limited: ${quantities}`;

/** What a server says at the beginning, and what says names of resources, objects, kinds and users (k8s.io/apimachinery, api/errors). */
const beginnings = [
  `${resource} ${identifier} (?:not found|already exists|is invalid)`,
  `Operation cannot be fulfilled on ${resource} ${identifier}`,
  `(?:${resource} (?:${identifier} )?is )?forbidden(?:: (?:${who}|${quota}|${policy}))?`,
  `(?:Validation failed for )?${policy}|admission webhook ${identifier} denied the request`,
  `Internal error occurred: failed calling webhook ${identifier}${address}`,
  String.raw`conversion webhook for [-\w./]+, Kind=\w+ failed${address}`,
  String.raw`[A-Z]\w* in version "\w*" cannot be handled as an? [A-Z]\w*`,
  String.raw`failed to create typed patch object \([-\w./]*; [-\w./]+, Kind=\w+\)`,
  `conflicts? with ${quoted}(?: with subresource ${quoted})?(?: using [-\\w./]+)?`,
  `${kind} is deprecated(?: in v[\\d.]+\\+)?(?:, unavailable in v[\\d.]+\\+)?(?:; use (?:${kind}|v\\d\\w*))?`,
  "404 page not found$",
].join("|");

/** Why a server gets no answer itself, from a webhook or its store (Go, net): addresses, and nothing of an object. */
const unanswered = [
  String.raw`(?<=^(?:Internal error occurred:|conversion webhook) .*)(?:dial|lookup|read|write)(?: tcp| udp)? [-\w.:[\]]+(?:->[-\w.:[\]]+)?(?=: | on |$)`,
  `(?<=no endpoints available for )service ${identifier}`,
].join("|");

/** What stands before a value (k8s.io/apimachinery, field.Error); a colon and what is wrong with it stand behind. */
const beforeValue = "(?:(?:Invalid|Unsupported|Duplicate) value|Not found|Too (?:many|few)): ";
const value = `(?:${quoted}|[-+.\\w${hidden}]+)`;

/** What says numbers and texts of the schema, or names, and no value of an object (k8s.io/kube-openapi, validation). */
const schema = [
  `(?<=Unsupported value: (?:${value}: )?)supported values: ${quoted}(?:, ${quoted})*`,
  `(?<=^Invalid value: (?:${value}: )?)failed rule: .*`,
  String.raw`(?<=Too long: )may not be more than \d+|(?<=Too many: (?:\d+: )?)must have at most \d+`,
  String.raw`(?<= in body )should (?:not )?(?:be|have) [a-z ]+ [-+.\de]+(?=$|[,\]]| chars long| items)`,
  String.raw`(?<= in body )should match '[^'"]*'(?=$|[,\]])`,
  String.raw`(?<= in body )must be of type [-\w,]+(?:: "(?:string|integer|number|boolean|object|array|null)")?(?=$|[:,\]])`,
  String.raw`(?<= )\(e\.g\. (?:'[^']*'(?:,? or |, ))+regex used for validation is '[^']*'\)(?=$|[,\]])`,
  String.raw`(?<=into Go struct field )[\w.]+ of type [\w.]+`,
  String.raw`(?<=^|: )"[-\w.]+" is not a known field selector: only ${quoted}(?:, ${quoted})*`,
].join("|");

const parts = new RegExp(
  [
    `(?<shown>^(?:${beginnings})|${schema}|${unanswered})`,
    String.raw`(?<=^|[\s[])(?<path>[^\s"'[][^\s"']*)(?= in body )`,
    String.raw`"(?<quotedPath>[^\s"\\]*)"(?= must (?:not )?validate )`,
    String.raw`(?<=(?:^|decoding error: |", )(?:unknown|duplicate) field )"(?<quotedField>[^\s"\\]*)"${end}`,
    // Newer servers leave values out that are no scalars, and what is wrong follows at once.
    `(?<before>${beforeValue})(?:(?=[A-Za-z]+ )|${value}(?=: |$|[,\\]])|.*)`,
    quoted,
    '".*',
    // Server-side apply says what it got in the form that Go prints things in.
    "(?<=got )&.*",
    // What was to be a text, and a body that is no object, in hexadecimal digits.
    String.raw`(?<=\()[\da-f]{2,}(?: \.\.\.)?(?=\)$)`,
    "(?<=invalid character ').+?(?=' )",
  ].join("|"),
  "gs",
);

/**
 * What is shown of a server's message: the sentences that servers are known to say, and of every other one the words that are
 * known and names of fields. `…` stands for a value, and for what may be one: `Invalid value: "a": must be b` becomes
 * `Invalid value: …: must be b`.
 *
 * @param names Names of fields that a sentence may say, too.
 */
export function withoutValues(message: string, names: ReadonlySet<string> = new Set()): string {
  const shown: string[] = [];
  const keep = (text: string): string => {
    shown.push(text);
    return kept;
  };
  const marked = message.replaceAll(kept, hidden).replace(parts, (...found) => {
    const groups: Partial<Record<string, string>> = found.at(-1);
    const { path, quotedPath = groups.quotedField, before } = groups;
    if (groups.shown !== undefined) return keep(groups.shown);
    if (path !== undefined) return keep(shownPath(path));
    if (quotedPath !== undefined) return keep(`"${shownPath(quotedPath)}"`);
    return before === undefined ? hidden : `${before}${found[0] === before ? "" : hidden}`;
  });
  return shownWords(marked, names).replaceAll(kept, () => shown.shift() ?? hidden);
}
