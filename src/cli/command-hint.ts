import { closestName } from "../closest-name.ts";
import { missingError } from "../read/read-error.ts";
import type { FoundSources } from "../read/sources.ts";
import { commands } from "./commands.ts";

/**
 * Adds to the message that there is no source of a name which command was probably meant by it. `firstWord` is what was
 * typed where the name of a command may stand, undefined where one stood there.
 */
export function withCommandHint(found: FoundSources, firstWord: string | undefined): FoundSources {
  const names = commands.map(({ name }) => name);
  const meant = firstWord === undefined ? undefined : closestName(firstWord, names);
  if (firstWord === undefined || meant === undefined) return found;
  const { message } = missingError(firstWord);
  const hinted = `${message}, or did you mean the command ${meant}?`;
  return {
    ...found,
    diagnostics: found.diagnostics.map((diagnostic) =>
      diagnostic.message === message ? { ...diagnostic, message: hinted } : diagnostic,
    ),
  };
}
