import ts from "typescript-5.9";
import { actualOf, isOptional, typeOfProperty, wireProperties } from "./actual.ts";
import { checkLogical } from "./comments.ts";
import { commentsAt, saidKeywords, unsaid } from "./docs.ts";
import { expectedRoot } from "./expected.ts";
import type { OutputKind } from "./output.ts";
import { entriesOf, isRecord, ownValue, pathStep, type RawSchema } from "./raw-schema.ts";
import type { Place, Session, View } from "./session.ts";
import { checkNode, checkObject } from "./walk.ts";

function rootPlace(session: Session, view: View): Place {
  const { schemaPath, storageSchema } = session.version;
  return { view, field: "", path: schemaPath, storage: storageSchema, opened: false };
}

/** The type of a property of the tie, such as `read`. */
function tied(session: Session, kind: OutputKind, name: string): ts.Type | undefined {
  const property = wireProperties(kind.tie, session.checker).get(name);
  return property === undefined ? undefined : typeOfProperty(property, session.checker);
}

function literals(session: Session, type: ts.Type | undefined): string {
  return type === undefined ? "nothing" : [...actualOf(type, session.checker).literals].sort().join(" | ");
}

function joined(values: readonly string[]): string {
  return values
    .map((value) => JSON.stringify(value))
    .sort()
    .join(" | ");
}

function checkTie(session: Session, kind: OutputKind): void {
  const { scope, subresources, selectableFields } = session.version;
  const place = rootPlace(session, "read");
  const names = ["metadata.name", ...(scope === "Namespaced" ? ["metadata.namespace"] : []), ...selectableFields];
  const wanted = { scope: [scope], subresources, fieldSelectors: [...new Set(names)] };
  for (const [name, values] of Object.entries(wanted)) {
    const got = literals(session, tied(session, kind, name));
    if (got !== joined(values)) session.add(place, "descriptor", `${name}: wanted ${joined(values)}, got ${got}`);
  }
}

function literalValue(node: ts.Expression): unknown {
  if (ts.isStringLiteralLike(node)) return node.text;
  return ts.isArrayLiteralExpression(node) ? node.elements.map(literalValue) : undefined;
}

function checkDescriptor(session: Session, kind: OutputKind): void {
  const { group, version, kind: name, plural, scope, subresources } = session.version;
  const place = rootPlace(session, "read");
  const { initializer } = kind.descriptor;
  const got = new Map<string, unknown>();
  if (initializer !== undefined && ts.isObjectLiteralExpression(initializer)) {
    for (const property of initializer.properties) {
      if (ts.isPropertyAssignment(property) && !ts.isComputedPropertyName(property.name)) {
        got.set(property.name.text, literalValue(property.initializer));
      }
    }
  }
  const wanted = { group, version, kind: name, plural, scope, subresources: [...subresources] };
  for (const [key, value] of Object.entries(wanted)) {
    const printed = JSON.stringify(got.get(key));
    if (printed !== JSON.stringify(value)) {
      session.add(place, "descriptor", `${key}: wanted ${JSON.stringify(value)}, got ${printed}`);
    }
  }
}

function isDeprecated(declaration: ts.Node, warning: string): boolean {
  return commentsAt(declaration).some((comment) =>
    comment.tags.some((tag) => tag.name === "deprecated" && tag.text.includes(warning)),
  );
}

/** `@deprecated` stands on the kind, its descriptor and its client exactly where the version is deprecated. */
function checkDeprecation(session: Session, kind: OutputKind, read: ts.Type): void {
  const { deprecated, deprecationWarning } = session.version;
  const place = rootPlace(session, "read");
  const constants = kind.exports.flatMap((symbol) => symbol.valueDeclaration ?? []);
  const interfaces = (read.aliasSymbol ?? read.symbol)?.declarations ?? [];
  for (const declaration of [...constants, ...interfaces]) {
    const warning = (deprecationWarning ?? "").replaceAll(/\s+/g, " ").trim();
    if (isDeprecated(declaration, warning) === deprecated) continue;
    if (!deprecated && !isDeprecated(declaration, "")) continue;
    session.add(place, "deprecated", `${deprecated ? "wanted" : "got"} @deprecated at line ${lineOf(declaration)}`);
  }
}

function lineOf(declaration: ts.Node): number {
  const file = declaration.getSourceFile();
  return file.getLineAndCharacterOfPosition(declaration.getStart(file)).line + 1;
}

/** `apiVersion`, `kind` and `metadata` are the contract's, whatever the schema says of them. */
function checkIdentity(session: Session, place: Place, properties: ReadonlyMap<string, ts.Symbol>): void {
  const { checker, version } = session;
  const { group, kind, scope } = version;
  const metadata = scope === "Namespaced" ? "NamespacedObjectMeta" : "ObjectMeta";
  const wanted = { apiVersion: JSON.stringify(`${group}/${version.version}`), kind: JSON.stringify(kind) };
  for (const [key, value] of Object.entries(wanted)) {
    const property = properties.get(key);
    if (property === undefined) {
      session.add({ ...place, field: key }, "missing-property", "not in the output");
      continue;
    }
    const got = literals(session, typeOfProperty(property, checker));
    if (got !== value) session.add({ ...place, field: key }, "type", `wanted ${value}, got ${got}`);
    if (isOptional(property) === (place.view === "read")) {
      session.add({ ...place, field: key }, "optionality", "wanted when read, optional when written");
    }
  }
  const property = properties.get("metadata");
  const name = place.view === "read" ? metadata : "ObjectMetaInput";
  const got = property === undefined ? "nothing" : checker.typeToString(typeOfProperty(property, checker));
  if (got !== name || property === undefined || isOptional(property)) {
    session.add({ ...place, field: "metadata" }, "metadata", `wanted ${name}, got ${got}`);
  }
}

function checkRootComments(session: Session, place: Place, root: { read: ts.Type; schema: RawSchema }): void {
  const declarations = (root.read.aliasSymbol ?? root.read.symbol)?.declarations ?? [];
  for (const { rule, keyword, message } of unsaid(declarations.flatMap(commentsAt), root.schema)) {
    session.add(place, rule, `${keyword}: ${message}`);
  }
}

function checkView(session: Session, view: View, type: ts.Type): void {
  const { version, checker } = session;
  const place = rootPlace(session, view);
  const expected = expectedRoot(version.schema, version.allOpen);
  const schema = version.schema ?? {};
  if (view === "read") checkRootComments(session, place, { read: type, schema });
  checkLogical(session, place, schema, expected);
  const { objects, any } = actualOf(type, checker);
  if (any) {
    session.add(place, "any", "the type is any");
    return;
  }
  for (const object of objects) checkIdentity(session, place, wireProperties(object, checker));
  const skip = new Set(["apiVersion", "kind", "metadata"]);
  const properties = new Map([...expected.properties].filter(([key]) => !skip.has(key)));
  if (view === "input" && version.subresources.includes("status")) properties.delete("status");
  const required = new Set(
    [...expected.required].filter((key) => !skip.has(key) && (properties.has(key) || key !== "status")),
  );
  checkObject(session, place, { expected: { ...expected, properties, required }, objects, node: schema, skip });
}

/** A status that is a subresource is not in the input view of the root: the tie may name its own input view. */
function checkStatusInput(session: Session, kind: OutputKind): void {
  const type = tied(session, kind, "statusInput");
  const { schema, storageSchema } = session.version;
  const status = ownValue(schema?.properties, "status");
  if (type === undefined || !isRecord(status)) return;
  const root = rootPlace(session, "input");
  const storage = ownValue(storageSchema?.properties, "status");
  const place: Place = { ...root, field: "status", path: `${root.path}.properties.status`, storage };
  checkNode(session, place, { node: status, type, comments: { own: [], referenced: [], contract: false } });
}

/** Compares a version's schema with both views of the kind that it became, and with the kind's descriptor. */
export function checkKindFile(session: Session, kind: OutputKind): void {
  const place = rootPlace(session, "read");
  const read = tied(session, kind, "read");
  const input = tied(session, kind, "input");
  if (read === undefined || input === undefined) {
    session.add(place, "descriptor", "the tie has no read or no input view");
    return;
  }
  checkTie(session, kind);
  checkDescriptor(session, kind);
  checkDeprecation(session, kind, read);
  checkView(session, "read", read);
  checkView(session, "input", input);
  checkStatusInput(session, kind);
  const metadata = ownValue(session.version.schema?.properties, "metadata");
  for (const [key, node] of entriesOf(metadata, "properties")) {
    const at = {
      ...place,
      field: `metadata.${key}`,
      path: `${place.path}.properties.metadata.properties${pathStep(key)}`,
    };
    for (const [keyword] of isRecord(node) ? saidKeywords(node) : []) {
      if (!session.isReported(at, keyword)) session.add(at, "unreported", `wanted ${at.path}.${keyword} in the report`);
    }
  }
}
