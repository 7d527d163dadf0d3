import ts from "typescript-5.9";
import { ruleTexts } from "./definition.ts";
import { type Comment, commentsAt, logicalKeywords, saidKeywords, unsaid } from "./docs.ts";
import { branchesOf, type Expected, exclusiveKeys } from "./expected.ts";
import type { RawSchema } from "./raw-schema.ts";
import type { Place, Session } from "./session.ts";

/** The comments around a property: at itself, and at the named types that its own type is made of. */
export interface Comments {
  readonly own: readonly Comment[];
  readonly referenced: readonly Comment[];
  /** The property belongs to a shape of the contract, whose descriptions are its own. */
  readonly contract: boolean;
}

function referencedDeclarations(node: ts.Node, checker: ts.TypeChecker, found: ts.Node[]): void {
  if (ts.isTypeReferenceNode(node)) {
    const symbol = checker.getSymbolAtLocation(node.typeName);
    const target =
      symbol !== undefined && symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
    for (const declaration of target?.declarations ?? []) {
      if (ts.isTypeParameterDeclaration(declaration) || found.includes(declaration)) continue;
      found.push(declaration);
      // A name for a shape that was declared before: the comment stands there.
      if (ts.isTypeAliasDeclaration(declaration)) referencedDeclarations(declaration.type, checker, found);
    }
  }
  ts.forEachChild(node, (child) => referencedDeclarations(child, checker, found));
}

/** Collects the comments around a property. */
export function commentsOf(session: Session, property: ts.Symbol): Comments {
  const declarations = property.declarations ?? [];
  const referenced: ts.Node[] = [];
  for (const declaration of declarations) {
    if (ts.isPropertySignature(declaration) && declaration.type !== undefined) {
      referencedDeclarations(declaration.type, session.checker, referenced);
    }
  }
  return {
    own: declarations.flatMap(commentsAt),
    referenced: referenced.flatMap(commentsAt),
    contract: declarations.some((declaration) => declaration.getSourceFile() !== session.file),
  };
}

/** Checks that a property's comment says what its node says beyond the type; its description stands at itself. */
export function checkComments(session: Session, node: RawSchema, place: Place, comments: Comments): void {
  const nearby = [...comments.own, ...comments.referenced];
  const { description, ...rest } = node;
  const missing = [...unsaid(nearby, rest), ...(comments.contract ? [] : unsaid(comments.own, { description }))];
  for (const { rule, keyword, message } of missing) session.add(place, rule, `${keyword}: ${message}`);
  checkReported(session, node, place);
}

/** Checks the comments of items and map values, which have no property of their own: said nearby, or reported. */
export function checkNearby(session: Session, node: RawSchema, place: Place, comments: Comments): void {
  // A description inside the property's own is said as well.
  const nearby = [...comments.own, ...comments.referenced].map((comment) => ({ ...comment, loose: true }));
  for (const { rule, keyword, message } of unsaid(nearby, node)) {
    if ((rule === "description" && comments.contract) || session.isReported(place, keyword)) continue;
    session.add(place, rule, `${keyword}: ${message}`);
  }
  checkReported(session, node, place);
}

/** Every constraint that only a comment says is in the report as well. */
function checkReported(session: Session, node: RawSchema, place: Place): void {
  if (place.view === "input") return;
  const rules = ruleTexts(node).length > 0 ? ["x-kubernetes-validations"] : [];
  for (const keyword of [...saidKeywords(node).map(([said]) => said), ...rules]) {
    if (session.isReported(place, keyword)) continue;
    session.add(place, "unreported", `wanted ${place.path}.${keyword} in the report`);
  }
}

/** Checks that what `allOf`, `anyOf`, `oneOf` and `not` say is in the type, in the comment or in the report. */
export function checkLogical(session: Session, place: Place, node: RawSchema, expected: Expected): void {
  if (place.view === "input") return;
  for (const [keyword, branches] of logicalKeywords(node)) {
    if (session.isReported(place, keyword)) continue;
    const plain = branches.every((branch) => Object.keys(branch).every((key) => key === "type"));
    if (expected.kind === "scalar" && plain && keyword !== "not" && keyword !== "allOf") continue;
    if (keyword === "oneOf" && exclusiveKeys(node).length === branchesOf(node, keyword).length) continue;
    session.add(place, "unreported", `wanted ${place.path}.${keyword} in the report`);
  }
}
