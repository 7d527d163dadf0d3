import { longestTimer } from "../client/deadline.ts";
import { InvalidArgumentError } from "../errors/invalid-argument.ts";

/**
 * Makes sure that a limit of time is one that a timer takes; undefined is for the default.
 *
 * @throws InvalidArgumentError
 */
export function checkMilliseconds(option: string, milliseconds: number | undefined): void {
  if (milliseconds === undefined) return;
  if (Number.isInteger(milliseconds) && milliseconds >= 0 && milliseconds <= longestTimer) return;
  throw new InvalidArgumentError(option, `wanted whole milliseconds up to ${longestTimer}, or 0 for no limit`);
}
