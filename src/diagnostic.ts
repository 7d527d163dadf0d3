/** A place inside a tree of JSON: property names and list indexes from the root down. */
export type Path = readonly (string | number)[];

/** A place in a text, both counted from 1; columns count UTF-16 code units, as editors do. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Where a document came from: the file, URL or `<stdin>`, and its number in that stream, counted from 1. */
export interface SourceLocation {
  readonly source: string;
  readonly document: number;
  readonly position?: Position;
}

/** One thing a run has to say about its input. An error stops the run before anything is written. */
export interface Diagnostic {
  readonly severity: "error" | "warning";
  /** A stable word for programs that read `--json`, such as `yaml-syntax` or `schema-type`. */
  readonly code: string;
  /** Lower case, one sentence: what was wanted, what was found, what to do. */
  readonly message: string;
  readonly location?: SourceLocation;
  /** `metadata.name` of the CustomResourceDefinition. */
  readonly crd?: string;
  /** Name of the version inside the definition. */
  readonly version?: string;
  readonly path?: Path;
}

const plainKey = /^[A-Za-z_$][\w$-]*$/;

/** Prints a path as `spec.versions[0].schema`; keys that are not plain words are quoted as in JSON. */
export function formatPath(path: Path): string {
  let text = "";
  for (const step of path) {
    if (typeof step === "number") text += `[${step}]`;
    else if (plainKey.test(step)) text += text === "" ? step : `.${step}`;
    else text += `[${JSON.stringify(step)}]`;
  }
  return text;
}

/** Prints a source as editors take it: `mycoolapp.yaml:31:17`, or its name alone. */
export function formatSource({ source, position }: SourceLocation): string {
  return position === undefined ? source : `${source}:${position.line}:${position.column}`;
}

/**
 * Prints a diagnostic on one line:
 * `mycoolapp.yaml:31:17 (document 1, mycoolapps.stable.example.com v1) spec.versions[0]: expected a string, got 3`.
 */
export function formatDiagnostic(diagnostic: Diagnostic): string {
  const { location, crd, version, path } = diagnostic;
  const head: string[] = [];
  if (location !== undefined) {
    const subject = crd === undefined ? "" : `, ${crd}${version === undefined ? "" : ` ${version}`}`;
    head.push(formatSource(location), `(document ${location.document}${subject})`);
  }
  if (path !== undefined && path.length > 0) head.push(formatPath(path));
  const prefix = head.length === 0 ? "" : `${head.join(" ")}: `;
  return `${prefix}${diagnostic.message}`;
}

/** Whether a run with these diagnostics writes nothing. */
export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(({ severity }) => severity === "error");
}

/** Diagnostics in the order of what they are about: source, document, place, definition, version, path; those about no source come last. */
export function sortDiagnostics(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return [...diagnostics].sort(compare);
}

function compare(one: Diagnostic, other: Diagnostic): number {
  const first = keyOf(one);
  const second = keyOf(other);
  for (const [index, value] of first.entries()) {
    const against = second[index];
    if (against === undefined || value === against) continue;
    return value < against ? -1 : 1;
  }
  return 0;
}

function keyOf({ location, crd, version, path, message }: Diagnostic): readonly (string | number)[] {
  return [
    location === undefined ? 1 : 0,
    location?.source ?? "",
    location?.document ?? 0,
    location?.position?.line ?? 0,
    location?.position?.column ?? 0,
    crd ?? "",
    version ?? "",
    formatPath(path ?? []),
    message,
  ];
}
