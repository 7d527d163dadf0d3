import ts from "typescript-5.9";
import type { ScalarName } from "./expected.ts";

/** A compiled type taken apart. */
export interface Actual {
  readonly any: boolean;
  readonly unknown: boolean;
  readonly never: boolean;
  readonly undefined: boolean;
  readonly null: boolean;
  readonly scalars: ReadonlySet<ScalarName>;
  /** Literal values, printed as JSON; `boolean` is both `true` and `false` and among the scalars too. */
  readonly literals: ReadonlySet<string>;
  readonly objects: readonly ts.Type[];
  /** What no schema becomes, such as `bigint`, printed. */
  readonly strange: readonly string[];
}

function literalOf(type: ts.Type, checker: ts.TypeChecker): string | undefined {
  if (type.isStringLiteral() || type.isNumberLiteral()) return JSON.stringify(type.value);
  return type.flags & ts.TypeFlags.BooleanLiteral ? checker.typeToString(type) : undefined;
}

/** Takes a compiled type apart into the constituents of its union. */
export function actualOf(type: ts.Type, checker: ts.TypeChecker): Actual {
  const parts = type.isUnion() ? type.types : [type];
  const has = (flag: ts.TypeFlags): boolean => parts.some((part) => (part.flags & flag) !== 0);
  const scalars = new Set<ScalarName>();
  const literals = new Set<string>();
  const objects: ts.Type[] = [];
  const strange: string[] = [];
  const { Any, Unknown, Never, Undefined, Null, Object: ObjectFlag, Intersection } = ts.TypeFlags;
  for (const part of parts) {
    const literal = literalOf(part, checker);
    if (literal !== undefined) literals.add(literal);
    else if (part.flags & ts.TypeFlags.String) scalars.add("string");
    else if (part.flags & ts.TypeFlags.Number) scalars.add("number");
    else if (part.flags & (ObjectFlag | Intersection)) objects.push(part);
    else if ((part.flags & (Any | Unknown | Never | Undefined | Null)) === 0) strange.push(checker.typeToString(part));
  }
  if (literals.has("true") && literals.has("false")) scalars.add("boolean");
  return {
    any: has(Any),
    unknown: has(Unknown),
    never: has(Never),
    undefined: has(Undefined),
    null: has(Null),
    scalars,
    literals,
    objects,
    strange,
  };
}

/** The type that a property is declared with, without what `?` adds to it. */
export function typeOfProperty(property: ts.Symbol, checker: ts.TypeChecker): ts.Type {
  const [declaration, ...more] = property.declarations ?? [];
  if (declaration !== undefined && more.length === 0 && ts.isPropertySignature(declaration)) {
    if (declaration.type !== undefined) return checker.getTypeFromTypeNode(declaration.type);
  }
  return checker.getTypeOfSymbol(property);
}

/** The type `T` of a property that is declared as `OrInherited<T, "key">` with its own key; undefined for any other. */
export function typeBesideInherited(property: ts.Symbol, checker: ts.TypeChecker): ts.Type | undefined {
  const [declaration, ...more] = property.declarations ?? [];
  if (declaration === undefined || more.length > 0 || !ts.isPropertySignature(declaration)) return undefined;
  const node = declaration.type;
  if (node === undefined || !ts.isTypeReferenceNode(node) || node.typeName.getText() !== "OrInherited")
    return undefined;
  const [type, key] = (node.typeArguments ?? []).map((argument) => checker.getTypeFromTypeNode(argument));
  return key?.isStringLiteral() && key.value === property.name ? type : undefined;
}

/** Whether a property may be left out. */
export function isOptional(property: ts.Symbol): boolean {
  return (property.flags & ts.SymbolFlags.Optional) !== 0;
}

/** Whether a property may not be assigned: every declaration of it says `readonly`. */
export function isReadonly(property: ts.Symbol): boolean {
  const declarations = property.declarations ?? [];
  return (
    declarations.length > 0 &&
    declarations.every((declaration) => (ts.getCombinedModifierFlags(declaration) & ts.ModifierFlags.Readonly) !== 0)
  );
}

/** A brand of the contract is a property whose key is a unique symbol; no wire key can be one. */
function isBrand(property: ts.Symbol): boolean {
  return String(property.escapedName).startsWith("__@");
}

/** The properties that stand for wire keys, by their wire spelling. */
export function wireProperties(type: ts.Type, checker: ts.TypeChecker): ReadonlyMap<string, ts.Symbol> {
  const found = new Map<string, ts.Symbol>();
  for (const property of checker.getPropertiesOfType(type)) {
    if (!isBrand(property)) found.set(property.name, property);
  }
  return found;
}

/** Whether a type has the brand of that name, such as `atomic`. */
export function hasBrand(type: ts.Type, checker: ts.TypeChecker, name: string): boolean {
  return checker.getPropertiesOfType(type).some((property) => String(property.escapedName).startsWith(`__@${name}@`));
}

/** The type of `[key: string]`, where a type has that index signature. */
export function indexType(type: ts.Type, checker: ts.TypeChecker): ts.Type | undefined {
  return checker.getIndexInfosOfType(type).find((info) => info.keyType.flags & ts.TypeFlags.String)?.type;
}

/** A list type: its items, and the keys of a `MapList`. */
export interface ActualList {
  readonly items: ts.Type;
  readonly keys: readonly string[];
  readonly readonly: boolean;
}

/** Reads a type as a list; undefined where it is none. */
export function listType(type: ts.Type, checker: ts.TypeChecker): ActualList | undefined {
  const name = type.symbol?.name;
  if (name !== "MapList" && !checker.isArrayType(type)) return undefined;
  const [items, keys] = checker.getTypeArguments(type as ts.TypeReference);
  if (items === undefined) return undefined;
  if (name !== "MapList" || keys === undefined) return { items, keys: [], readonly: name === "ReadonlyArray" };
  const parts = keys.isUnion() ? keys.types : [keys];
  return { items, keys: parts.flatMap((part) => (part.isStringLiteral() ? [part.value] : [])), readonly: false };
}

/** The name ending in `Open` of the interface that a type is or extends, and its symbol. */
export function openInterface(type: ts.Type, checker: ts.TypeChecker): ts.Symbol | undefined {
  if (type.isIntersection()) {
    for (const part of type.types) {
      const found = openInterface(part, checker);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  if (type.symbol?.name.endsWith("Open") === true) return type.symbol;
  if (!type.isClassOrInterface()) return undefined;
  return checker.getBaseTypes(type).find((base) => base.symbol?.name.endsWith("Open"))?.symbol;
}
