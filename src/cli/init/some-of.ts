/** More names than these make a line unreadable. */
const most = 4;

/** The first few names, and how many more there are: `a, b, c, d and 3 more`. */
export function someOf(names: readonly string[]): string {
  if (names.length <= most) return names.join(", ");
  return `${names.slice(0, most).join(", ")} and ${names.length - most} more`;
}
