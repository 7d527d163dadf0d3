import type { Position } from "../diagnostic.ts";
import type { TextPositions } from "./text-position.ts";

/** A line of a text that is one of a template, where its action begins, and the action. Line and column count from 1. */
export interface TemplateLine extends Position {
  readonly action: string;
}

/** To the end of the action, not of the line: what follows may be anybody's secret. */
const action = /\{\{.*?(?:\}\}|$)/;

/**
 * Finds the line of a Helm template that is to blame when a text is not YAML: a line that begins with `{{`, or an action
 * on the line of the error or on the one before it that is not empty. Definitions speak of `{{ }}` in their
 * descriptions, so an action elsewhere means nothing.
 */
export function findTemplateLine(
  text: string,
  positions: TextPositions,
  errorOffset: number,
): TemplateLine | undefined {
  const first = text.search(/^\{\{/m);
  if (first >= 0) return templateAt(positions, positions.at(first).line);
  const errorLine = positions.at(errorOffset).line;
  const onError = templateAt(positions, errorLine);
  if (onError !== undefined) return onError;
  let before = errorLine - 1;
  while (before > 0 && positions.line(before).trim() === "") before--;
  return templateAt(positions, before);
}

function templateAt(positions: TextPositions, line: number): TemplateLine | undefined {
  const match = action.exec(positions.line(line));
  return match === null ? undefined : { line, column: match.index + 1, action: match[0].trim().slice(0, 60) };
}
