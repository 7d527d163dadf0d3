/** Prints the way to a field: `.spec.image`, `.metadata.labels["example.com/team"]`, `.spec.args[2]`. */
export function fieldPath(keys: readonly (string | number)[]): string {
  return keys.map(printedKey).join("");
}

function printedKey(key: string | number): string {
  if (typeof key === "number") return `[${key}]`;
  return /^[A-Za-z_$][\w$]*$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
}
