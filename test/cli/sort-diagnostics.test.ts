import { expect, test } from "vitest";
import { sortDiagnostics } from "../../src/cli/sort-diagnostics.ts";
import type { Diagnostic } from "../../src/diagnostic.ts";

const about = (message: string, source?: string, document = 1, line?: number): Diagnostic => ({
  severity: "error",
  code: "test",
  message,
  ...(source === undefined
    ? {}
    : { location: { source, document, ...(line === undefined ? {} : { position: { line, column: 1 } }) } }),
});

test("sorts by source, document, line and message, numbers as numbers, those without a source last", () => {
  const sorted = [
    about("a", "a.yaml", 1, 9),
    about("a", "a.yaml", 1, 10),
    about("a", "a.yaml", 2, 1),
    about("b", "a.yaml", 2, 1),
    about("a", "b.yaml", 1),
    about("a"),
    about("b"),
  ];
  expect(sortDiagnostics([...sorted].reverse())).toEqual(sorted);
});
