import type { TextPositions } from "./text-position.ts";

const action = /\{\{.*$/;

/**
 * Finds the line of a Helm template that is to blame when a text is not YAML: a line that begins with `{{`, or an action
 * on the line of the error or on the one before it that is not empty. Definitions speak of `{{ }}` in their
 * descriptions, so an action elsewhere means nothing. Gives the line, counted from 1, and the action.
 */
export function findTemplateLine(
  text: string,
  positions: TextPositions,
  errorOffset: number,
): { readonly line: number; readonly column: number; readonly action: string } | undefined {
  const atStart = text.startsWith("{{") ? 0 : text.indexOf("\n{{") + 1;
  if (atStart > 0 || text.startsWith("{{")) return templateAt(positions, positions.at(atStart).line);
  const errorLine = positions.at(errorOffset).line;
  const onError = templateAt(positions, errorLine);
  if (onError !== undefined) return onError;
  let before = errorLine - 1;
  while (before > 0 && positions.line(before).trim() === "") before--;
  return templateAt(positions, before);
}

function templateAt(
  positions: TextPositions,
  line: number,
): { readonly line: number; readonly column: number; readonly action: string } | undefined {
  const match = action.exec(positions.line(line));
  return match === null ? undefined : { line, column: match.index + 1, action: match[0].trim().slice(0, 60) };
}
