/** A mapping of a YAML file as a quick look at its lines shows it: enough to choose files by, not to read them. */
interface Glimpse {
  /** The key that the mapping stands under; its list's key for an item. */
  readonly name: string;
  /** The key above that. */
  readonly parent: string;
  /** Keys with the text behind them; empty for what is nested, joined with `|` for lists of scalars. */
  readonly keys: ReadonlyMap<string, string>;
}

interface OpenMapping {
  readonly name: string;
  readonly parent: string;
  readonly keys: Map<string, string>;
  readonly indent: number;
  last: string;
}

const keyLine = /^( *)((?:- )*)(?:"([^"]*)"|'([^']*)'|([^\s"'#][^:]*?)):(?: (.*))?$/;
const itemLine = /^( *)- (.*)$/;

/** Calls back for every mapping of a block-style YAML text, inner ones first. */
function glimpseMappings(text: string, visit: (mapping: Glimpse) => void): void {
  const stack: OpenMapping[] = [];
  let scalarIndent = -1;
  const close = (indent: number): void => {
    for (let top = stack.at(-1); top !== undefined && top.indent > indent; top = stack.at(-1)) {
      stack.pop();
      visit(top);
    }
  };
  for (const line of text.split("\n")) {
    const indent = line.search(/\S/);
    if (indent < 0 || (scalarIndent >= 0 && indent > scalarIndent)) continue;
    scalarIndent = -1;
    const found = keyLine.exec(line);
    if (found === null) {
      noteItem(line, stack);
      continue;
    }
    const dashes = found[2] ?? "";
    const start = indent + dashes.length;
    close(dashes === "" ? start : start - 1);
    const key = found[3] ?? found[4] ?? found[5] ?? "";
    const value = (found[6] ?? "").trim();
    let top = stack.at(-1);
    if (top === undefined || top.indent < start) {
      top = { name: top?.last ?? "", parent: top?.name ?? "", keys: new Map(), indent: start, last: "" };
      stack.push(top);
    }
    top.keys.set(key, value);
    top.last = key;
    if (/^[|>]/.test(value)) scalarIndent = start;
  }
  close(-1);
}

function noteItem(line: string, stack: readonly OpenMapping[]): void {
  const item = itemLine.exec(line);
  const top = stack.at(-1);
  if (item === null || top === undefined || !top.keys.has(top.last)) return;
  const before = top.keys.get(top.last) ?? "";
  top.keys.set(top.last, before === "" ? `- ${item[2]}` : `${before} | ${item[2]}`);
}

type Test = (mapping: Glimpse) => boolean;

const preserve = "x-kubernetes-preserve-unknown-fields";
const intOrString = "x-kubernetes-int-or-string";
const embedded = "x-kubernetes-embedded-resource";
const rules = "x-kubernetes-validations";

function has(...keys: readonly string[]): Test {
  return ({ keys: found }) => keys.every((key) => found.has(key));
}

function is(key: string, text: string): Test {
  return ({ keys }) => keys.get(key) === text;
}

function lacks(...keys: readonly string[]): Test {
  return ({ keys: found }) => keys.every((key) => !found.has(key));
}

function all(...tests: readonly Test[]): Test {
  return (mapping) => tests.every((test) => test(mapping));
}

function matches(key: string, pattern: RegExp): Test {
  return ({ keys }) => pattern.test(keys.get(key) ?? "");
}

/** Any value but a nested one: a JSON scalar. */
const scalarTypes = /^(?:string|integer|number|boolean)$/;
const isProperty: Test = ({ parent, keys }) => parent === "properties" && (keys.has("description") || keys.has("type"));
const underProperties =
  (pattern: RegExp): Test =>
  ({ name, parent, keys }) =>
    name === "properties" && parent !== "" && [...keys.keys()].some((key) => pattern.test(key));

const keywords = [
  "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minLength", "maxLength", "pattern", "minItems",
  "maxItems", "uniqueItems", "minProperties", "maxProperties", "format", "example", "externalDocs", "title",
  "allOf", "anyOf", "oneOf", "not", "shortNames", "categories", "selectableFields", "additionalPrinterColumns",
  "deprecationWarning", rules,
]; // biome-ignore format: one list

/** The features of TYPES.md that one mapping shows, by name. */
const mappingFeatures: ReadonlyMap<string, Test> = new Map<string, Test>([
  ...keywords.map((keyword) => [keyword, has(keyword)] as const),
  ["object with properties", all(is("type", "object"), has("properties"))],
  ["object without anything", all(is("type", "object"), lacks("properties", "additionalProperties", preserve), isProperty)],
  ["object with properties: {}", is("properties", "{}")],
  ["map", all(is("type", "object"), is("additionalProperties", ""))],
  ["map of maps", all(is("additionalProperties", ""), ({ name }) => name === "additionalProperties")],
  ["additionalProperties: true", is("additionalProperties", "true")],
  ["additionalProperties: false", is("additionalProperties", "false")],
  ["additionalProperties beside properties", all(has("additionalProperties", "properties"), is("type", "object"))],
  ["preserve-unknown with properties", has(preserve, "properties")],
  ["preserve-unknown without properties", all(has(preserve), is("type", "object"), lacks("properties"))],
  ["preserve-unknown without type", all(has(preserve), lacks("type"))],
  ["preserve-unknown on an array", all(has(preserve), is("type", "array"))],
  ["preserve-unknown on a scalar", all(has(preserve), matches("type", scalarTypes))],
  ["preserve-unknown beside a map", all(has(preserve), is("additionalProperties", ""))],
  ["preserve-unknown at the root", all(has(preserve), ({ name }) => name === "openAPIV3Schema")],
  ["preserveUnknownFields: true", is("preserveUnknownFields", "true")],
  ["int-or-string with anyOf", has(intOrString, "anyOf")],
  ["int-or-string without anyOf", all(has(intOrString), lacks("anyOf"))],
  ["int-or-string with a type", has(intOrString, "type")],
  ["int-or-string with a pattern", has(intOrString, "pattern")],
  ["int-or-string with an enum", has(intOrString, "enum")],
  ["embedded resource", all(has(embedded), lacks(preserve))],
  ["open embedded resource", has(embedded, preserve)],
  ["enum of strings", all(has("enum"), is("type", "string"))],
  ["enum of numbers", all(has("enum"), matches("type", /^(?:integer|number)$/))],
  ["enum of booleans", all(has("enum"), is("type", "boolean"))],
  ["enum with an empty string", matches("enum", /(?:- |\| )(?:""|'')(?:$| \|)/)],
  ["enum with null", matches("enum", /(?:- |\| )(?:null|~)(?:$| \|)/)],
  ["enum of a nullable node", all(has("enum"), is("nullable", "true"))],
  ["enum of another type", all(is("type", "integer"), matches("enum", /[A-Za-z]/))],
  ["nullable", all(is("nullable", "true"), lacks("enum"))],
  ["nullable items", all(is("nullable", "true"), ({ name }) => name === "items")],
  ["default", all(has("default"), isProperty)],
  ["default: null", is("default", "null")],
  ["default of a nullable node", all(has("default"), is("nullable", "true"))],
  ["default of an object", all(is("default", ""), is("type", "object"))],
  ["array", all(is("type", "array"), has("items"))],
  ["array of arrays", all(is("type", "array"), ({ name }) => name === "items")],
  ["array without items", all(is("type", "array"), lacks("items"), isProperty)],
  ["list of type map", is("x-kubernetes-list-type", "map")],
  ["list of type map with several keys", matches("x-kubernetes-list-map-keys", /\|/)],
  ["list of type set", is("x-kubernetes-list-type", "set")],
  ["list of type atomic", is("x-kubernetes-list-type", "atomic")],
  ["map of type atomic", is("x-kubernetes-map-type", "atomic")],
  ["neither type nor extension", all(isProperty, lacks("type", preserve, intOrString))],
  ["type only inside a choice", all(isProperty, lacks("type", preserve, intOrString), (it) => has("oneOf")(it) || has("anyOf")(it))],
  ["rule without a message", all(has("rule"), lacks("message"))],
  ["rule self == oldSelf", is("rule", "self == oldSelf")],
  ["Condition", has("lastTransitionTime", "observedGeneration", "reason", "status", "type")],
  ["property called metadata", all(underProperties(/^metadata$/), ({ parent }) => parent !== "openAPIV3Schema")],
  ["root without spec", all(underProperties(/^apiVersion$/), ({ parent }) => parent === "openAPIV3Schema", lacks("spec"))],
  ["root with other properties", all(({ name, parent, keys }) => name === "properties" && parent === "openAPIV3Schema" && keys.size > 5)],
  ["status without the subresource", all(({ parent }) => parent === "openAPIV3Schema", has("status"))],
  ["key in snake case", underProperties(/_/)],
  ["key with a dash, dot or slash", underProperties(/[-./]/)],
  ["key that begins with $ or a digit", underProperties(/^[$\d]/)],
  ["key that is a word of JavaScript", underProperties(/^(?:class|default|constructor|function|in|delete|new|hasOwnProperty|__proto__)$/)],
  ["key item, value, input or open", underProperties(/^(?:item|value|input|open|types|resource)$/)],
  ["scope Cluster", is("scope", "Cluster")],
  ["scope Namespaced", is("scope", "Namespaced")],
  ["deprecated version", is("deprecated", "true")],
  ["version that is not served", is("served", "false")],
  ["version that is not stored", is("storage", "false")],
  ["subresource status", all(has("status"), ({ name }) => name === "subresources")],
  ["subresource scale", all(has("scale"), ({ name }) => name === "subresources")],
  ["v1beta1", is("apiVersion", "apiextensions.k8s.io/v1beta1")],
  ["version without a schema", all(has("served", "storage"), lacks("schema"))],
  ["kind named like a global", all(has("kind", "plural"), matches("kind", /^(?:Object|Record|Map|Array|Function|Proxy|Error|Date|Set|Promise)$/))],
  ["kind that begins in lower case", all(has("kind", "plural"), matches("kind", /^[a-z]/))],
]); // biome-ignore format: a table

/** The features of TYPES.md that the text as a whole shows. */
const textFeatures: ReadonlyMap<string, (text: string) => boolean> = new Map([
  ["end of a comment in a text", (text: string) => text.includes("*/")],
  ["backtick", (text: string) => text.includes("`")],
  ["template hole", (text: string) => text.includes("${")],
  ["line that begins with @", (text: string) => /^ *@\w/m.test(text)],
  ["text beyond ASCII", (text: string) => /[^\p{ASCII}]/u.test(text)],
  ["CRLF", (text: string) => text.includes("\r\n")],
  ["several documents", (text: string) => /^---[\s\S]*^---/m.test(text)],
  ["deep nesting", (text: string) => /^ {60}/m.test(text)],
  ["large definition", (text: string) => text.length > 1_000_000],
]);

/** The features of TYPES.md that a definition's text shows. */
export function featuresOf(text: string): ReadonlySet<string> {
  const found = new Set<string>();
  glimpseMappings(text, (mapping) => {
    for (const [feature, test] of mappingFeatures) if (!found.has(feature) && test(mapping)) found.add(feature);
  });
  for (const [feature, test] of textFeatures) if (test(text)) found.add(feature);
  // The property alone is in every second definition; what counts is that no subresource keeps it apart.
  if (found.has("subresource status")) found.delete("status without the subresource");
  return found;
}

/** The names of all features that are looked for. */
export const featureNames: readonly string[] = [...mappingFeatures.keys(), ...textFeatures.keys()];
