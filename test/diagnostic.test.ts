import { expect, test } from "vitest";
import { type Diagnostic, formatDiagnostic, formatPath, type Path, sortDiagnostics } from "../src/diagnostic.ts";

test.each<[Path, string]>([
  [[], ""],
  [["spec"], "spec"],
  [["spec", "versions", 0, "schema"], "spec.versions[0].schema"],
  [["items", 1, "spec"], "items[1].spec"],
  [["properties", "x-kubernetes-list-type", "$ref"], "properties.x-kubernetes-list-type.$ref"],
  [["a b", "c.d", "", "1", 'e"f'], '["a b"]["c.d"][""]["1"]["e\\"f"]'],
  [["line\nbreak", "\u2028"], '["line\\nbreak"]["\u2028"]'],
])("formatPath(%j) is %s", (path, expected) => {
  expect(formatPath(path)).toBe(expected);
});

const problem = { severity: "error", code: "field-type", message: "expected a string, got 3" } as const;
const place = { source: "mycoolapp.yaml", document: 1 };
const position = { line: 31, column: 17 };

test.each<[string, Omit<Diagnostic, keyof typeof problem>, string]>([
  ["the message alone", {}, "expected a string, got 3"],
  ["a place", { location: place }, "mycoolapp.yaml (document 1): expected a string, got 3"],
  ["a position", { location: { ...place, position } }, "mycoolapp.yaml:31:17 (document 1): expected a string, got 3"],
  ["a path", { path: ["spec", 0] }, "spec[0]: expected a string, got 3"],
  ["an empty path", { location: place, path: [] }, "mycoolapp.yaml (document 1): expected a string, got 3"],
  [
    "a definition",
    { location: place, crd: "mycoolapps.stable.example.com" },
    "mycoolapp.yaml (document 1, mycoolapps.stable.example.com): expected a string, got 3",
  ],
  [
    "everything",
    {
      location: { ...place, position },
      crd: "mycoolapps.stable.example.com",
      version: "v1",
      path: ["spec", "versions", 0],
    },
    "mycoolapp.yaml:31:17 (document 1, mycoolapps.stable.example.com v1) spec.versions[0]: expected a string, got 3",
  ],
])("formatDiagnostic prints %s", (_, rest, expected) => {
  expect(formatDiagnostic({ ...problem, ...rest })).toBe(expected);
});

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
