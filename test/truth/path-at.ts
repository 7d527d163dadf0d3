import ts from "typescript-5.9";
import { pathStep } from "../fidelity/raw-schema.ts";

/** The path of what stands at an offset of a literal, as `.spec.ports[0].name`; empty for the whole and for what is outside. */
export function pathAt(literal: string, offset: number): string {
  const before = "(";
  const file = ts.createSourceFile("value.ts", `${before}${literal})`, ts.ScriptTarget.ES2022, true);
  const place = offset + before.length;
  let path = "";
  const visit = (node: ts.Node): void => {
    if (place < node.pos || place >= node.end) return;
    if (ts.isPropertyAssignment(node)) path += pathStep(keyOf(node.name));
    if (ts.isArrayLiteralExpression(node.parent) && ts.isExpression(node)) {
      path += pathStep(node.parent.elements.indexOf(node));
    }
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(file, visit);
  return path;
}

function keyOf(name: ts.PropertyName): string {
  const inner = ts.isComputedPropertyName(name) ? name.expression : name;
  return ts.isStringLiteral(inner) ? inner.text : inner.getText();
}
