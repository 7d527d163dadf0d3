import type { ObjectSchema, StructuralSchema } from "../normalize/structural-schema.ts";
import { isReservedName, reservedNames } from "./reserved-names.ts";

/**
 * Words from which the names of views and of structure are made. A key that is one of them always takes a `_`, so that
 * adding such a key later moves no other name.
 */
const structureWords = new Set(["Fields", "Input", "Item", "Open", "Resource", "Types", "Value"]);

const plainKey = /^[a-zA-Z][a-zA-Z0-9]*$/;

/**
 * What is replaced in identifiers: what none may hold, and all but the scripts that have long been complete. Unicode
 * grows, and neither would an older TypeScript know its new letters nor would an older Node give the same names.
 */
const notInIdentifiers =
  /[^\p{ID_Continue}$]|[^\w$\u00a0-\u085f\u0900-\u0aff\u0e00-\u0e7f\u1e00-\u1fff\u3040-\u30fa\u30fc-\u30ff\u3400-\u4db5\u4e00-\u9fa5\uac00-\ud7a3]/gu;

function raiseFirst(text: string): string {
  const first = text.charAt(0);
  return first >= "a" && first <= "z" ? first.toUpperCase() + text.slice(1) : text;
}

/**
 * The part of a name that stands for a property: the first letter raised, the rest kept, and what no identifier may hold
 * replaced by `_`: `host_path` is `Host_path`, `hostPath` is `HostPath`.
 */
export function nameSegment(key: string): string {
  const plain = plainKey.test(key) ? raiseFirst(key) : undefined;
  if (plain !== undefined && !structureWords.has(plain)) return plain;
  const segment = raiseFirst(key.replaceAll(notInIdentifiers, "_"));
  return segment === "" || structureWords.has(segment) ? `${segment}_` : segment;
}

/** The name of a kind's read view; kinds hold letters, digits and dashes (`name-rules.ts` of the parse stage). */
export function kindTypeName(kind: string): string {
  let name = raiseFirst(kind.replaceAll(notInIdentifiers, "_"));
  while ([...family(name), `${name}Types`, `${name}Resource`].some(isReservedName)) name += "_";
  return name;
}

/** The name of the function that makes a kind's client. */
export function clientName(typeName: string): string {
  return `${typeName.charAt(0).toLowerCase()}${typeName.slice(1)}Client`;
}

/** The names that one object of a schema may need, whether or not it needs them today. */
export function family(name: string): readonly string[] {
  return [name, inputName(name), openName(name), fieldsName(name), fieldsName(inputName(name))];
}

/** The interface of an object as it is written. */
export function inputName(name: string): string {
  return `${name}Input`;
}

/** The interface of an object's unknown keys. */
export function openName(name: string): string {
  return `${name}Open`;
}

/** The interface of all properties of an object of which only one of some may be present. */
export function fieldsName(name: string): string {
  return `${name}Fields`;
}

interface NamedObject {
  readonly schema: ObjectSchema;
  readonly path: string;
  readonly depth: number;
}

/**
 * Decides the name of every object of a schema, once. A name is its path. Where two objects want one name, or one of the
 * names made from it, the one with the shorter path has it, then the one that comes first by key; the other takes a `_`.
 * That is the one exception to the stability of names under added fields.
 */
export function nameObjects(root: ObjectSchema, typeName: string): ReadonlyMap<ObjectSchema, string> {
  const { objects } = new ObjectWalk(root, typeName);
  objects.sort((left, right) => left.depth - right.depth);
  const families = new Families([`${typeName}Types`, `${typeName}Resource`]);
  const names = new Map<ObjectSchema, string>();
  for (const { schema, path } of objects) names.set(schema, families.claim(path));
  return names;
}

/** The names of a file that are given away; each object has its whole family. */
class Families {
  /** Names that have a family. */
  readonly #claimed = new Set<string>();
  /** Names whose family would meet one that is given away. */
  readonly #blocked: Set<string>;

  constructor(single: readonly string[]) {
    this.#blocked = new Set(single);
  }

  /** Gives a name and its family away, with a `_` for each time that it was taken. */
  claim(wanted: string): string {
    let name = wanted;
    while (this.#isTaken(name)) name += "_";
    this.#claimed.add(name);
    this.#blocked.add(name);
    for (const stem of stemsOf(name)) this.#blocked.add(stem);
    return name;
  }

  #isTaken(name: string): boolean {
    return (
      this.#blocked.has(name) || reservedFamilies.has(name) || stemsOf(name).some((stem) => this.#claimed.has(stem))
    );
  }
}

const familyEndings = family("").slice(1);

/** The names in whose family a name is: `XInputFields` is in that of `X` and in that of `XInput`. */
function stemsOf(name: string): readonly string[] {
  // Most names end in none of the words: the last letter tells.
  if (!/[tns]$/.test(name)) return [];
  return familyEndings.filter((ending) => name.endsWith(ending)).map((ending) => name.slice(0, -ending.length));
}

/** Names whose family has a reserved name in it. */
const reservedFamilies = new Set(reservedNames.flatMap((name) => [name, ...stemsOf(name)]));

/** All objects of a schema in the order of the walk, each with the name that its path asks for. */
class ObjectWalk {
  readonly objects: NamedObject[] = [];
  /** The same keys turn up again and again. */
  readonly #segments = new Map<string, string>();

  constructor(root: ObjectSchema, typeName: string) {
    this.#visit(root, typeName, 0);
  }

  #visit(schema: StructuralSchema, path: string, depth: number): void {
    switch (schema.kind) {
      case "object":
        this.objects.push({ schema, path, depth });
        for (const { key, schema: property } of schema.properties) {
          if (holdsObjects(property)) this.#visit(property, path + this.#segment(key), depth + 1);
        }
        return;
      case "array":
        this.#visit(schema.items, `${path}Item`, depth + 1);
        return;
      case "map":
        this.#visit(schema.values, `${path}Value`, depth + 1);
        return;
      default:
        return;
    }
  }

  #segment(key: string): string {
    let segment = this.#segments.get(key);
    if (segment === undefined) {
      segment = nameSegment(key);
      this.#segments.set(key, segment);
    }
    return segment;
  }
}

function holdsObjects({ kind }: StructuralSchema): boolean {
  return kind === "object" || kind === "array" || kind === "map";
}
