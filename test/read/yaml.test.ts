import { describe, expect, test } from "vitest";
import { formatDiagnostic, type Path } from "../../src/diagnostic.ts";
import { readYaml } from "../../src/read/yaml.ts";

function read(text: string): unknown {
  const { documents, diagnostics } = readYaml(text, "x.yaml");
  expect(diagnostics).toEqual([]);
  expect(documents).toHaveLength(1);
  return documents[0]?.tree;
}

function messages(text: string): string[] {
  return readYaml(text, "x.yaml").diagnostics.map(formatDiagnostic);
}

// What each scalar is to Kubernetes; the oracle test holds many more, but needs Go.
test.each<[string, unknown]>([
  ["y", true],
  ["On", true],
  ["n", false],
  ["OFF", false],
  ["yEs", "yEs"],
  ["~", null],
  ["Null", null],
  ["", null],
  ["0777", 511],
  ["0o17", 15],
  ["0x1F", 31],
  ["-0b101", -5],
  ["1_000", 1000],
  ["08", 8],
  ["-0", 0],
  ["18446744073709551616", 2 ** 64],
  ["0x1ffffffffffffffff", "0x1ffffffffffffffff"],
  [".5", 0.5],
  ["1e400", "1e400"],
  ["1:30", "1:30"],
  ["2001-01-01", "2001-01-01"],
  ["=", "="],
  ["<<", "<<"],
  ["'y'", "y"],
  ["!!str 1", "1"],
  ["!!float 1", 1],
  ["!!binary aGVsbG8=", "hello"],
  ["!mine 5", "5"],
])("a: %s", (scalar, value) => {
  expect(read(`a: ${scalar}\n`)).toStrictEqual({ a: value });
});

test.each([
  ["y", "true"],
  ["n", "false"],
  ["0777", "511"],
  ["1_000", "1000"],
  ["1.0", "1"],
  ["1e7", "1e+07"],
  ["9007199254740993", "9007199254740993"],
  ["'y'", "y"],
  ["2001-01-01", "2001-01-01"],
  ["toString", "toString"],
  ["__proto__", "__proto__"],
])("key %s becomes %j", (key, name) => {
  const tree = read(`${key}: 1\n`);
  expect(Object.entries(tree as object)).toEqual([[name, 1]]);
  expect(Object.getPrototypeOf(tree)).toBe(Object.prototype);
});

test.each([
  ["a: .nan\n", "1:4", "expected a value that JSON can hold, got .nan; write a number, or put it in quotes"],
  ["a: -.inf\n", "1:4", "expected a value that JSON can hold, got -.inf; write a number, or put it in quotes"],
  ["b: 1\n~: 1\n", "2:1", "expected a key, got ~; write it in quotes"],
  ["? [a]\n: 1\n", "1:3", "expected a plain word as a key, got a list or a mapping"],
  ["a: !!int x\n", "1:10", "expected what !!int promises, got x"],
  ["a: !!binary '!'\n", "1:13", "expected base64 after !!binary; correct it or drop the tag"],
  ["a: &x [*x]\n", "1:8", "anchor &x contains itself; remove the alias"],
  ["a:\n  <<: 1\n", "2:7", "expected a mapping, or a list of mappings, to merge with <<"],
  ["a: 1\n\tb: 2\n", "2:1", "tab characters must not be used in indentation"],
])("%j is refused with its place", (text, place, message) => {
  expect(messages(text)).toEqual([`x.yaml:${place} (document 1): not valid YAML: ${message}`]);
});

describe("anchors and merge keys", () => {
  const base = "base: &b {x: 1, y: &inner {z: 2}}\n";

  test("aliases stand for their node, redefined ones for the latest", () => {
    expect(read(`${base}c: *b\nd: *inner\ne: &b 3\nf: *b\n`)).toMatchObject({ c: { x: 1 }, d: { z: 2 }, f: 3 });
  });

  test("merged keys give way to later ones, and replace earlier ones, as in go-yaml 2", () => {
    expect(read(`${base}c:\n  <<: *b\n  x: 5\nd:\n  x: 5\n  <<: *b\n`)).toMatchObject({ c: { x: 5 }, d: { x: 1 } });
  });

  test("of several merged mappings the first one counts", () => {
    expect(read("a: &a {x: 1}\nb: &b {x: 2, z: 3}\nc:\n  <<: [*a, *b]\n")).toMatchObject({ c: { x: 1, z: 3 } });
  });

  test("a quoted << is a key like any other", () => {
    expect(read("'<<': {a: 1}\n")).toEqual({ "<<": { a: 1 } });
  });

  test("a billion laughs are refused", () => {
    const lines = Array.from({ length: 30 }, (_, i) => `a${i + 1}: &a${i + 1} [${`*a${i}, `.repeat(9)}]`);
    const text = ["a0: &a0 [lol]", ...lines].join("\n");
    const [message] = messages(text);
    expect(message).toContain("aliases make the document too large, as Kubernetes counts; write the parts out");
  });
});

describe("duplicate keys", () => {
  test("the later one counts, with a warning that names key and place", () => {
    const { documents, diagnostics } = readYaml("a:\n  b: 1\n  constructor: 1\n  'b': 2\n", "x.yaml");
    expect(documents[0]?.tree).toEqual({ a: { b: 2, constructor: 1 } });
    expect(diagnostics).toMatchObject([{ severity: "warning", code: "yaml-duplicate-key" }]);
    expect(diagnostics.map(formatDiagnostic)).toEqual([
      'x.yaml:4:3 (document 1): key "b" is here a second time in one mapping; the later value counts, remove one',
    ]);
  });

  test.each(["a: ~\na: 1\n", "y: 1\nyes: 2\n", "1: 1\n0x1: 2\n", "__proto__: 1\n__proto__: 2\n"])("%j", (text) => {
    expect(readYaml(text, "x.yaml").diagnostics.map(({ code }) => code)).toEqual(["yaml-duplicate-key"]);
  });
});

describe("lines that Kubernetes takes and js-yaml does not", () => {
  test.each<[string, string, unknown]>([
    ["a:\n  b: 'one\n  two\n\n  three'\n  c: 1\n", "3:3", { a: { b: "one two\nthree", c: 1 } }],
    ['a:\n  b: "one\ntwo"\n', "3:1", { a: { b: "one two" } }],
    ["a:\n  b: [1,\n  2\n  ]\n", "3:3", { a: { b: [1, 2] } }],
    ["a: {b: 1\n}\n", "2:1", { a: { b: 1 } }],
  ])("%j is read with a warning", (text, place, tree) => {
    const { documents, diagnostics } = readYaml(text, "x.yaml");
    expect(documents[0]?.tree).toEqual(tree);
    expect(diagnostics).toMatchObject([{ severity: "warning", code: "yaml-indentation" }]);
    expect(formatDiagnostic(diagnostics[0] ?? { severity: "error", code: "", message: "" })).toMatch(
      `x.yaml:${place} (document 1): expected a line`,
    );
  });

  test("places after them are those of the text as it is written", () => {
    const { documents, diagnostics } = readYaml("a:\n  b: 'one\n  two'\n  c: 1\n  c: 2\nd: [1,\n2]\n", "x.yaml");
    expect(documents[0]?.positionOf(["a", "c"])).toEqual({ line: 5, column: 6 });
    expect(documents[0]?.positionOf(["d", 1])).toEqual({ line: 7, column: 1 });
    expect(diagnostics.map(({ location }) => location?.position)).toEqual([
      { line: 3, column: 3 },
      { line: 5, column: 3 },
    ]);
  });

  test("an unclosed quote is an error at its end", () => {
    expect(messages("a: 'one\ntwo\nthree\n")).toEqual([
      "x.yaml:4:1 (document 1): not valid YAML: unexpected end of the stream within a single quoted scalar",
    ]);
  });
});

test("deep nesting is read to 1000 levels and refused beyond, without using up the stack", () => {
  expect(read(`${"- ".repeat(900)}x\n`)).toBeInstanceOf(Array);
  expect(messages(`${"- ".repeat(5000)}x\n`)).toEqual([
    "x.yaml:1:2001 (document 1): not valid YAML: nested deeper than 1000 levels",
  ]);
});

const positioned = `# comment
a:
  b: [1, {c: 'x'}]
  "d e": |-
    text
  f: >2 # comment
      folded
  g:
  y: true
---
base: &base
  x: 1
use:
  <<: *base
  z: *base
list:
- one
- - two
`;

test.each<[number, Path, number, number]>([
  [0, [], 2, 1],
  [0, ["a"], 3, 3],
  [0, ["a", "b"], 3, 6],
  [0, ["a", "b", 0], 3, 7],
  [0, ["a", "b", 1, "c"], 3, 14],
  [0, ["a", "b", 9], 3, 6],
  [0, ["a", "b", 1, "none", "deeper"], 3, 10],
  [0, ["a", "d e"], 4, 10],
  [0, ["a", "f"], 6, 6],
  [0, ["a", "g"], 8, 3],
  [0, ["a", "true"], 9, 6],
  [0, ["none"], 2, 1],
  [1, ["use", "x"], 12, 6],
  [1, ["use", "z", "x"], 12, 6],
  [1, ["use", "z"], 15, 6],
  [1, ["list", 0], 17, 3],
  [1, ["list", 1, 0], 18, 5],
])("document %i, path %j stands at %i:%i", (index, path, line, column) => {
  const { documents } = readYaml(positioned, "x.yaml");
  expect(documents[index]?.positionOf(path)).toEqual({ line, column });
});
