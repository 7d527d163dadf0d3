import {
  COLLECTION_STYLE,
  DUMP_SCHEMA,
  mapTag,
  type Node,
  nullCoreTag,
  present,
  SCALAR_STYLE,
  type ScalarLayout,
  type ScalarNode,
  type ScalarStyle,
  seqTag,
  strTag,
} from "js-yaml";
import { isJsonObject } from "../json.ts";
import { plainKey, plainScalar, ScalarError } from "../read/yaml-scalar.ts";

/**
 * Prints a JSON value as one YAML document, in the layout of Kubernetes' own tools: keys sorted, lists not indented, each
 * text of several lines as a block where that is safe, no line folded, no anchors. What any reader of YAML 1.1 or 1.2, or
 * Kubernetes' own, would take for something else than the text it is, stands in quotes. Equal values have equal texts.
 * Halves of surrogate pairs, which no YAML can say, become U+FFFD, as they do in an API server.
 */
export function printYaml(value: unknown): string {
  return present([{ contents: nodeOf(value), directives: [] }], {
    schema: DUMP_SCHEMA,
    seqNoIndent: true,
    lineWidth: -1,
    scalarStyleRules: [chooseStyle],
  });
}

function nodeOf(value: unknown): Node {
  if (typeof value === "string") return textNode(value);
  if (Array.isArray(value)) {
    const items = value.map(nodeOf);
    return { kind: "sequence", tag: seqTag.tagName, tagged: false, style: COLLECTION_STYLE.BLOCK, items };
  }
  if (isJsonObject(value)) {
    // Pairs and no object: JavaScript would put keys such as "10" before all others. Without a comparison, sort() goes by
    // UTF-16 code units: the order of compareText.
    const items = Object.keys(value)
      .sort()
      .map((key) => ({ key: textNode(key), value: nodeOf(value[key]) }));
    return { kind: "mapping", tag: mapTag.tagName, tagged: false, style: COLLECTION_STYLE.BLOCK, items };
  }
  const text = typeof value === "number" ? numberText(value) : String(value);
  return { kind: "scalar", tag: bareTag, tagged: false, style: SCALAR_STYLE.PLAIN, value: text };
}

/** Stands for the types of all scalars but texts: they are printed as they are. */
const bareTag = nullCoreTag.tagName;

const lone = /\p{Surrogate}/u;

function textNode(text: string): ScalarNode {
  const value = lone.test(text) ? text.replaceAll(/\p{Surrogate}/gu, "\uFFFD") : text;
  return { kind: "scalar", tag: strTag.tagName, tagged: false, style: SCALAR_STYLE.PLAIN, value };
}

/** The shortest digits of a number; a float has a point, since YAML 1.1 takes `1e+21` for a text. */
function numberText(value: number): string {
  if (Object.is(value, -0)) return "-0.0";
  return String(value).replace(/^(-?[0-9])e/, "$1.0e");
}

/** Characters that are printed as escapes: what YAML does not allow in a text or takes for the end of a line, and the byte order mark. */
const escaped = /[^\t\n\x20-\x7e\xa0-\u2027\u202a-\u{d7ff}\u{e000}-\u{fefe}\u{ff00}-\u{fffd}\u{10000}-\u{10ffff}]/u;

/** What a block would leave to blanks at the ends of lines, which editors take away and `git diff` complains of, or to an indentation indicator. */
const unsafeInBlock = /^[ \t\n]|[ \t]$|[ \t]\n|\n\n$/;

/** Whatever may be a number or a date to some reader: js-yaml knows what the specifications say, and readers take more. */
const numberLike = /^[-+.]?[0-9][-+.:_0-9A-Fa-fOoTtXxZz ]*$/;

function chooseStyle(layout: ScalarLayout): void {
  if (layout.node.tag === strTag.tagName) layout.style = styleOfText(layout);
}

function styleOfText(layout: ScalarLayout): ScalarStyle {
  const { value } = layout.node;
  if (escaped.test(value)) return SCALAR_STYLE.DOUBLE_QUOTED;
  if (value.includes("\n")) {
    const block = !layout.isKey && allows(layout, SCALAR_STYLE.LITERAL_BLOCK) && !unsafeInBlock.test(value);
    return block ? SCALAR_STYLE.LITERAL_BLOCK : SCALAR_STYLE.DOUBLE_QUOTED;
  }
  if (value.includes("\t")) return SCALAR_STYLE.DOUBLE_QUOTED;
  const plain = allows(layout, SCALAR_STYLE.PLAIN) && !numberLike.test(value) && isTextToKubernetes(layout);
  if (plain) return SCALAR_STYLE.PLAIN;
  return allows(layout, SCALAR_STYLE.SINGLE_QUOTED) ? SCALAR_STYLE.SINGLE_QUOTED : SCALAR_STYLE.DOUBLE_QUOTED;
}

/** Whether js-yaml finds that the text can be written so: its grammar, and the types of YAML 1.1 and 1.2. */
function allows({ allowedStylesMask }: ScalarLayout, style: ScalarStyle): boolean {
  return (allowedStylesMask & (1 << style)) !== 0;
}

/** Whether Kubernetes' reader takes the text, written without quotes, for itself. */
function isTextToKubernetes({ node: { value }, isKey }: ScalarLayout): boolean {
  try {
    return (isKey ? plainKey(value) : plainScalar(value)) === value;
  } catch (error) {
    if (error instanceof ScalarError) return false;
    throw error;
  }
}
