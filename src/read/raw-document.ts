import type { Path, Position, SourceLocation } from "../diagnostic.ts";
import { isJsonObject } from "../json.ts";

/** One document as it was read, before anybody asked what it means. Items of a `List` are documents of their own. */
export interface RawDocument {
  /** The parsed JSON value, exactly as Kubernetes' own reader would give it; key order is that of the source. */
  readonly tree: unknown;
  /** What to call the source in messages: the path as it was given, a URL, or `<stdin>`. */
  readonly source: string;
  /** The document's number in its stream, counted from 1, empty documents included. */
  readonly document: number;
  /** Where `tree` stands inside the document: empty, or `["items", 3]` for an item of a `List`. */
  readonly prefix: Path;
  /** Finds the place in the source's text of a path below `tree` (the deepest part that exists), where there is a text. */
  readonly positionOf?: (path: Path) => Position | undefined;
}

/** `metadata.name` of a document's tree, or undefined where it has none. */
export function metadataName(tree: unknown): string | undefined {
  if (!isJsonObject(tree) || !isJsonObject(tree.metadata)) return undefined;
  const { name } = tree.metadata;
  return typeof name === "string" ? name : undefined;
}

/** The place of a path below a document's tree, as far as the document can tell. */
export function locate(document: RawDocument, path: Path): SourceLocation {
  const location = { source: document.source, document: document.document };
  const position = document.positionOf?.(path);
  return position === undefined ? location : { ...location, position };
}
