/** The known name that a mistyped one most likely stands for, or undefined where none is near. */
export function closestName(typed: string, known: readonly string[]): string | undefined {
  let closest: string | undefined;
  // Two swapped letters are two edits; of a short word they leave nothing.
  let least = 1 + (typed.length < 4 ? 1 : Math.max(2, Math.floor(typed.length / 3)));
  for (const name of known) {
    const distance = editDistance(typed.toLowerCase(), name.toLowerCase());
    if (distance < least) {
      least = distance;
      closest = name;
    }
  }
  return closest;
}

/** The least number of letters to insert, delete or replace (Levenshtein). */
function editDistance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (one[i - 1] === other[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[other.length] ?? 0;
}
