import type ts from "typescript-5.9";
import type { DefinitionVersion } from "./definition.ts";
import { coversKeyword, coversPath, type ReportedPaths } from "./report.ts";

/** Which view of a kind is looked at. */
export type View = "read" | "input";

/** What can be wrong with a node of the output; the words are those of TYPES.md. */
export type Rule =
  | "file"
  | "syntax"
  | "descriptor"
  | "missing-property"
  | "renamed-property"
  | "extra-property"
  | "optionality"
  | "inherited"
  | "readonly"
  | "any"
  | "unknown"
  | "type"
  | "enum"
  | "nullable"
  | "open"
  | "closed"
  | "map"
  | "array"
  | "brand"
  | "exclusive"
  | "metadata"
  | "description"
  | "default"
  | "constraint"
  | "message"
  | "deprecated"
  | "unreported";

/** One place where schema and output differ and the report does not say so. */
export interface Finding {
  readonly crd: string;
  readonly version: string;
  readonly view: View;
  /** The field as people write it: `spec.ports[].name`, `{}` for the values of a map. */
  readonly field: string;
  readonly rule: Rule;
  readonly message: string;
}

/** A node of a schema on the way down. */
export interface Place {
  readonly view: View;
  readonly field: string;
  /** Path below the definition, printed as the report prints it. */
  readonly path: string;
  /** What the storage version's schema holds at the same place. */
  readonly storage: unknown;
  /** The array around it preserves unknown fields. */
  readonly opened: boolean;
}

/** The side-by-side walk of one version. */
export class Session {
  readonly findings: Finding[] = [];
  readonly version: DefinitionVersion;
  readonly checker: ts.TypeChecker;
  readonly file: ts.SourceFile;
  readonly #reported: ReportedPaths;
  readonly #checked = new Map<string, ts.Type>();
  readonly #openAt = new Map<ts.Symbol, string>();
  readonly #openOf = new Map<string, ts.Symbol>();

  constructor(
    version: DefinitionVersion,
    output: { checker: ts.TypeChecker; file: ts.SourceFile },
    reported: ReportedPaths,
  ) {
    this.version = version;
    this.checker = output.checker;
    this.file = output.file;
    this.#reported = reported;
  }

  /** Notes that schema and output differ. */
  add(place: Place, rule: Rule, message: string): void {
    const { crd, version } = this.version;
    this.findings.push({ crd, version, view: place.view, field: place.field, rule, message });
  }

  /** Demands that the report says, as lost or weaker, that a keyword of a node is not in the types. */
  demandReport(place: Place, keyword: string): void {
    if (place.view === "input" || coversKeyword(this.#reported.exceptions, place.path, keyword)) return;
    this.add(place, "unreported", `wanted an exception in the report at ${place.path}.${keyword}`);
  }

  /** Whether the report names a keyword of a node, as said in the comment only or in another class. */
  isReported(place: Place, keyword: string): boolean {
    const tag = keyword === "x-kubernetes-validations" ? "rule" : keyword;
    const { comments, exceptions } = this.#reported;
    return comments.has(`${place.path} ${tag}`) || coversPath(exceptions, `${place.path}.${keyword}`);
  }

  /** Whether a type was met before at this place; the parts of a union share the types of their common properties. */
  wasChecked(place: Place, type: ts.Type): boolean {
    const key = `${place.view} ${place.path}`;
    if (this.#checked.get(key) === type) return true;
    this.#checked.set(key, type);
    return false;
  }

  /** Notes which open interface a place has; one interface may serve one place only, and all views of it. */
  noteOpen(place: Place, open: ts.Symbol): void {
    const elsewhere = this.#openAt.get(open);
    const other = this.#openOf.get(place.path);
    if (elsewhere !== undefined && elsewhere !== place.path) {
      this.add(place, "open", `${open.name} already stands for ${elsewhere}`);
    } else if (other !== undefined && other !== open) {
      this.add(place, "open", `the views extend both ${other.name} and ${open.name}`);
    }
    this.#openAt.set(open, place.path);
    this.#openOf.set(place.path, open);
  }
}
