import { InvalidArgumentError } from "../errors/invalid-argument.ts";
import { isJsonObject } from "../unstructured/json.ts";

/** What each operation has beside `op` and `path` (RFC 6902, 4). */
const members: ReadonlyMap<unknown, "value" | "from" | undefined> = new Map([
  ["add", "value"],
  ["remove", undefined],
  ["replace", "value"],
  ["move", "from"],
  ["copy", "from"],
  ["test", "value"],
]);

/**
 * Makes sure that each operation of a JSON patch is one. The server takes some for others: one without a value adds null.
 *
 * @throws InvalidArgumentError that says which operation lacks what, and holds nothing of it.
 */
export function checkJsonPatch(operations: readonly unknown[]): void {
  for (const [index, operation] of operations.entries()) {
    const problem = problemOf(operation);
    if (problem !== undefined) throw new InvalidArgumentError(`patch.json[${index}]`, `wanted ${problem}`);
  }
}

function problemOf(operation: unknown): string | undefined {
  if (!isJsonObject(operation)) return "an operation: an object with op and path";
  const { op, path, from, value } = operation;
  if (!members.has(op)) return `one of the operations ${[...members.keys()].join(", ")} as op`;
  const pointer = "a JSON pointer: nothing, or keys with a slash before each";
  if (!isPointer(path)) return `${pointer}, as path`;
  const member = members.get(op);
  if (member === "from" && !isPointer(from)) return `${pointer}, as from`;
  return member === "value" && value === undefined ? "a value, which may be null" : undefined;
}

/** RFC 6901, 3. */
function isPointer(value: unknown): boolean {
  return typeof value === "string" && /^(?:\/(?:[^/~]|~[01])*)*$/.test(value);
}
