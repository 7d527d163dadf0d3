import type { Diagnostic } from "../diagnostic.ts";
import { parseJson } from "./json.ts";
import { unfoldList } from "./list.ts";
import type { RawDocument } from "./raw-document.ts";
import { TextPositions } from "./text-position.ts";
import { positionsIn, readYaml } from "./yaml.ts";

const jsonStart = /^[ \t\r\n]*[{[]/;

/** The documents of a text, and what is wrong with it. */
export interface DocumentsOfText {
  readonly documents: readonly RawDocument[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads the documents of a YAML stream or a JSON text as Kubernetes' own reader does. Empty documents are counted and
 * left out; the items of a `List` are documents of their own. Documents beside a broken one are read all the same.
 *
 * @param text What the source holds. A byte order mark at its beginning is ignored.
 * @param source What to call it in messages; a name that ends in `.json` makes it JSON, which is otherwise tried first
 *   when the text begins with `{` or `[`.
 */
export function readDocuments(text: string, source: string): DocumentsOfText {
  const content = text.startsWith("\uFEFF") ? text.slice(1) : text;
  const named = source.toLowerCase().endsWith(".json");
  if ((named || jsonStart.test(content)) && content.trim() !== "") {
    const parsed = parseJson(content);
    if ("tree" in parsed) return { documents: jsonDocuments(parsed.tree, content, source), diagnostics: [] };
    if (named) {
      const position = new TextPositions(content).at(parsed.error.offset);
      const message = `not valid JSON: ${parsed.error.message}`;
      const location = { source, document: 1, position };
      return { documents: [], diagnostics: [{ severity: "error", code: "json-syntax", message, location }] };
    }
  }
  const { documents, diagnostics } = readYaml(content, source);
  return {
    documents: documents.flatMap(({ tree, number, positionOf }) =>
      unfoldList({ tree, source, document: number, prefix: [], positionOf }),
    ),
    diagnostics,
  };
}

function jsonDocuments(tree: unknown, text: string, source: string): RawDocument[] {
  if (tree === null) return [];
  // JSON is YAML too, so the one way to find a place serves both.
  return unfoldList({ tree, source, document: 1, prefix: [], positionOf: positionsIn(text) });
}
