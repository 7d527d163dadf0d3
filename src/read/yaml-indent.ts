import { type Event, parseEvents, YAMLException } from "js-yaml";
import { deepestNesting, nestedTooDeep } from "./nesting.ts";
import { YamlError } from "./yaml-construct.ts";

/** Spaces that were put into a text: how many, and where in the text as it was before any were put in. */
interface Insertion {
  readonly offset: number;
  readonly length: number;
}

/** The events of a text, which js-yaml may have accepted only after some lines were indented. */
export interface IndentedEvents {
  /** The text that the events point into. */
  readonly text: string;
  readonly events: readonly Event[];
  /** In the order of the text; empty for nearly every text. */
  readonly insertions: readonly Insertion[];
}

/** How many spaces a line is given at a time. */
const indentation = 256;

/** How many characters may be parsed again in all, so that a hostile text ends in an error and not in a long wait. */
const maxParsedAgain = 20_000_000;

/** An offset in the original text for one in the text with the insertions. */
export function originalOffset(insertions: readonly Insertion[], offset: number): number {
  let inserted = 0;
  for (const insertion of insertions) {
    if (insertion.offset + inserted >= offset) break;
    inserted += Math.min(insertion.length, offset - insertion.offset - inserted);
  }
  return offset - inserted;
}

/**
 * Parses a text as js-yaml does, and where js-yaml wants a continuation line of a quoted scalar or of a `[]` or `{}`
 * to be indented further, indents it and tries again: Kubernetes' reader takes such lines as they are.
 * Throws a YamlError, whose offset is one of the original text.
 */
export function parseIndented(original: string): IndentedEvents {
  const lengths = new Map<number, number>();
  let text = original;
  let insertions: Insertion[] = [];
  let parsedAgain = 0;
  for (;;) {
    try {
      return { text, events: parseEvents(text, { maxDepth: deepestNesting }), insertions };
    } catch (error) {
      const { message, offset } = described(error);
      parsedAgain += offset;
      if (message !== "deficient indentation" || parsedAgain > maxParsedAgain) {
        throw new YamlError(message, originalOffset(insertions, offset));
      }
      const lineStart = originalOffset(insertions, lineStartBefore(text, offset));
      lengths.set(lineStart, (lengths.get(lineStart) ?? 0) + indentation);
      insertions = [...lengths].sort((a, b) => a[0] - b[0]).map(([at, length]) => ({ offset: at, length }));
      text = withInsertions(original, insertions);
    }
  }
}

function lineStartBefore(text: string, offset: number): number {
  let start = offset;
  while (start > 0 && text.charCodeAt(start - 1) !== 10 && text.charCodeAt(start - 1) !== 13) start--;
  return start;
}

function withInsertions(original: string, insertions: readonly Insertion[]): string {
  let text = "";
  let from = 0;
  for (const { offset, length } of insertions) {
    text += original.slice(from, offset) + " ".repeat(length);
    from = offset;
  }
  return text + original.slice(from);
}

function described(error: unknown): { readonly message: string; readonly offset: number } {
  if (error instanceof YAMLException) {
    const offset = error.mark?.position ?? 0;
    if (error.reason.includes("maxDepth")) return { message: nestedTooDeep, offset };
    return { message: error.reason, offset };
  }
  // The stack was nearly used up before this parser began.
  if (error instanceof RangeError) return { message: nestedTooDeep, offset: 0 };
  throw error;
}
