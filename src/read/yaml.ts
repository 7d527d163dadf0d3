import { EVENT_ID, type Event } from "js-yaml";
import type { Diagnostic, Path, Position } from "../diagnostic.ts";
import { findTemplateLine } from "./helm-template.ts";
import { TextPositions } from "./text-position.ts";
import { DocumentConstructor, YamlError } from "./yaml-construct.ts";
import { type IndentedEvents, originalOffset, parseIndented } from "./yaml-indent.ts";
import { PathFinder } from "./yaml-position.ts";

/** One document of a YAML stream that is not empty. */
export interface YamlDocument {
  readonly tree: unknown;
  /** The document's number in its stream, from 1, empty ones counted. */
  readonly number: number;
  /** Parses the text again to find the line and column of a path, or of the deepest part of it that exists. */
  readonly positionOf: (path: Path) => Position;
}

/** The part of a stream from one `---` to the next. */
interface Part {
  readonly text: string;
  /** Its offset in the stream. */
  readonly start: number;
}

const directiveAtEnd = /(?:^|\n)%[^\n]*(?:\n[ \t]*(?:#[^\n]*)?\r?)*$/;

/**
 * Divides a stream at the lines that begin with `---`, as Kubernetes does before it parses, so that one broken document
 * does not hide the others. Directives stay with the document that follows them.
 */
function divide(text: string): Part[] {
  const parts: Part[] = [];
  let start = 0;
  let at = text.indexOf("\n---");
  for (; at !== -1; at = text.indexOf("\n---", at + 1)) {
    const following = text.charCodeAt(at + 4);
    if (at + 4 < text.length && following !== 10 && following !== 13 && following !== 32 && following !== 9) continue;
    const part = text.slice(start, at + 1);
    if (part.includes("%") && directiveAtEnd.test(part)) continue;
    parts.push({ text: part, start });
    start = at + 1;
  }
  parts.push({ text: start === 0 ? text : text.slice(start), start });
  return parts;
}

/** The events that were last parsed to find a position: several are often asked for in one document. */
let latest: { readonly part: Part; readonly parsed: IndentedEvents } | undefined;

function eventsAgain(part: Part): IndentedEvents {
  if (latest?.part !== part) latest = { part, parsed: parseIndented(part.text) };
  return latest.parsed;
}

function documentIndexes(events: readonly Event[]): number[] {
  // Nearly every part is one document: it begins with the first event and ends with the last.
  const indexes: number[] = [];
  for (let index = 0; index < events.length; index++) {
    if (events[index]?.type === EVENT_ID.DOCUMENT) indexes.push(index);
  }
  return indexes;
}

/** Reads a YAML stream as Kubernetes' own reader does; see `yaml-scalar.ts` and `yaml-construct.ts` for its rules. */
class YamlStream {
  readonly documents: YamlDocument[] = [];
  readonly diagnostics: Diagnostic[] = [];
  readonly #text: string;
  readonly #source: string;
  readonly #positions: TextPositions;
  #count = 0;

  constructor(text: string, source: string) {
    this.#text = text;
    this.#source = source;
    this.#positions = new TextPositions(text);
  }

  read(): void {
    for (const part of divide(this.#text)) this.#readPart(part);
  }

  #readPart(part: Part): void {
    let parsed: IndentedEvents;
    try {
      parsed = parseIndented(part.text);
    } catch (error) {
      this.#count++;
      this.#reportError(error, part.start);
      return;
    }
    const first = parsed.insertions[0];
    if (first !== undefined) this.#reportIndented(part.start + first.offset, parsed.insertions.length);
    for (const index of documentIndexes(parsed.events)) this.#readDocument(part, parsed, index);
  }

  #readDocument(part: Part, parsed: IndentedEvents, index: number): void {
    this.#count++;
    const at = (offset: number): number => part.start + originalOffset(parsed.insertions, offset);
    const document = new DocumentConstructor(parsed.text, parsed.events, index);
    let tree: unknown;
    try {
      tree = document.tree();
    } catch (error) {
      if (!(error instanceof YamlError)) throw error;
      this.#reportError(new YamlError(error.message, at(error.offset)), 0);
      return;
    }
    for (const { key, offset } of document.duplicates) this.#reportDuplicate(key, at(offset));
    if (tree === null) return;
    this.documents.push({ tree, number: this.#count, positionOf: positionFinder(part, index, this.#positions) });
  }

  #reportError(error: unknown, start: number): void {
    if (!(error instanceof YamlError)) throw error;
    const offset = start + error.offset;
    const template = findTemplateLine(this.#text, this.#positions, offset);
    if (template === undefined) {
      const message = `not valid YAML: ${error.message}`;
      this.#report({ severity: "error", code: "yaml-syntax", message }, this.#positions.at(offset));
      return;
    }
    const { line, column, action } = template;
    const message = `expected YAML, got a line of a Helm template, ${action}; run \`helm template\` and read what it prints`;
    this.#report({ severity: "error", code: "helm-template", message }, { line, column });
  }

  #reportIndented(offset: number, lines: number): void {
    let first = offset;
    while (this.#text.charCodeAt(first) === 32) first++;
    const others = lines === 1 ? "" : `, and ${lines - 1} more like it`;
    const message = `expected a line inside quotes or brackets to be indented further than its key${others}; read as Kubernetes reads it, but other YAML readers refuse it, so indent it`;
    // It is said before the document is counted.
    this.#report(
      { severity: "warning", code: "yaml-indentation", message },
      this.#positions.at(first),
      this.#count + 1,
    );
  }

  #reportDuplicate(key: string, offset: number): void {
    const message = `key ${JSON.stringify(key)} is here a second time in one mapping; the later value counts, remove one`;
    this.#report({ severity: "warning", code: "yaml-duplicate-key", message }, this.#positions.at(offset));
  }

  #report(
    problem: Pick<Diagnostic, "severity" | "code" | "message">,
    position: Position,
    document: number = this.#count,
  ): void {
    this.diagnostics.push({ ...problem, location: { source: this.#source, document, position } });
  }
}

function positionFinder(part: Part, index: number, positions: TextPositions): (path: Path) => Position {
  return (path) => {
    const { text, events, insertions } = eventsAgain(part);
    const offset = new PathFinder(text, events).offsetOf(path, index);
    return positions.at(part.start + originalOffset(insertions, offset));
  };
}

/** Finds positions in a text of one document, such as JSON; gives undefined where js-yaml cannot read the text. */
export function positionsIn(text: string): (path: Path) => Position | undefined {
  const find = positionFinder({ text, start: 0 }, 0, new TextPositions(text));
  return (path) => {
    try {
      return find(path);
    } catch (error) {
      if (error instanceof YamlError) return undefined;
      throw error;
    }
  };
}

/** The documents of a YAML text that are not empty, and what is wrong with the others. `source` is its name in messages. */
export function readYaml(
  text: string,
  source: string,
): { readonly documents: readonly YamlDocument[]; readonly diagnostics: readonly Diagnostic[] } {
  const stream = new YamlStream(text, source);
  stream.read();
  return stream;
}
