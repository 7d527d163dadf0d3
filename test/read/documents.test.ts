import { describe, expect, test } from "vitest";
import { formatDiagnostic } from "../../src/diagnostic.ts";
import { readDocuments } from "../../src/read/documents.ts";

function trees(text: string, source = "crds.yaml"): unknown[] {
  const { documents, diagnostics } = readDocuments(text, source);
  expect(diagnostics).toEqual([]);
  return documents.map(({ tree }) => tree);
}

function messages(text: string, source = "crds.yaml"): string[] {
  return readDocuments(text, source).diagnostics.map(formatDiagnostic);
}

describe("streams", () => {
  test.each(["", "\n\n", "# a comment\n", "---\n", "---\n# a comment\n---\n", "null\n"])(
    "%j has no documents",
    (text) => {
      expect(trees(text)).toEqual([]);
    },
  );

  test("number their documents, empty ones included", () => {
    const { documents } = readDocuments("# licence\n---\na: 1\n---\n---\n# nothing\n---\nb: 2\n", "s.yaml");
    expect(documents.map(({ tree, document, source }) => ({ tree, document, source }))).toEqual([
      { tree: { a: 1 }, document: 1, source: "s.yaml" },
      { tree: { b: 2 }, document: 4, source: "s.yaml" },
    ]);
  });

  test("end documents with ... and take Windows line breaks, a byte order mark and directives", () => {
    expect(trees("\uFEFFa: 1\r\n...\r\n---\r\nb:\r\n  - 2\r\n")).toEqual([{ a: 1 }, { b: [2] }]);
    expect(trees("%YAML 1.1\n# comment\n---\na: 1\n---\nb: 2\n")).toEqual([{ a: 1 }, { b: 2 }]);
    expect(trees("%TAG !e! tag:yaml.org,2002:\n---\na: !e!int '5'\n")).toEqual([{ a: 5 }]);
  });

  test("do not end at a line of a block scalar that is indented, or that only begins with dashes", () => {
    expect(trees("a: |\n  ---\n  b\n---x: 1\n".replace("---x: 1\n", ""))).toEqual([{ a: "---\nb\n" }]);
    expect(trees("a: 1\n---b: 2\n")).toEqual([{ a: 1, "---b": 2 }]);
  });

  test("a broken document does not hide the others, and every broken one is reported", () => {
    const { documents, diagnostics } = readDocuments("a: 1\n---\nb: [1\n---\nc: 3\n---\nd: *x\n", "s.yaml");
    expect(documents.map(({ tree, document }) => [tree, document])).toEqual([
      [{ a: 1 }, 1],
      [{ c: 3 }, 3],
    ]);
    expect(diagnostics.map(formatDiagnostic)).toEqual([
      "s.yaml:4:1 (document 2): not valid YAML: unexpected end of the stream within a flow collection",
      "s.yaml:7:4 (document 4): not valid YAML: expected an anchor for *x, found none before it",
    ]);
    expect(new Set(diagnostics.map(({ code }) => code))).toEqual(new Set(["yaml-syntax"]));
  });
});

describe("lists", () => {
  test("become one document per item, those of lists in lists too", () => {
    const text = "kind: List\nitems:\n- kind: A\n- kind: List\n  items:\n  - kind: B\n";
    const { documents } = readDocuments(text, "l.yaml");
    expect(documents.map(({ tree, prefix }) => ({ tree, prefix }))).toEqual([
      { tree: { kind: "A" }, prefix: ["items", 0] },
      { tree: { kind: "B" }, prefix: ["items", 1, "items", 0] },
    ]);
    expect(documents.map(({ positionOf }) => positionOf?.(["kind"]))).toEqual([
      { line: 3, column: 9 },
      { line: 6, column: 11 },
    ]);
  });

  test("of definitions give their items the version and kind that they lack", () => {
    const text = JSON.stringify({
      apiVersion: "apiextensions.k8s.io/v1",
      kind: "CustomResourceDefinitionList",
      items: [{ metadata: { name: "a" } }, { apiVersion: "other/v1", kind: "Other" }],
    });
    expect(trees(text, "<stdin>")).toEqual([
      { apiVersion: "apiextensions.k8s.io/v1", kind: "CustomResourceDefinition", metadata: { name: "a" } },
      { apiVersion: "other/v1", kind: "Other" },
    ]);
  });

  test("without items, and other kinds with items, stay as they are", () => {
    expect(trees("kind: List\n")).toEqual([{ kind: "List" }]);
    expect(trees("kind: Menu\nitems: [1]\n")).toEqual([{ kind: "Menu", items: [1] }]);
  });
});

describe("JSON", () => {
  test("is read as JSON, with positions", () => {
    const { documents } = readDocuments('{\n\t"a": [1e3, "\\u00e9\\/", true],\n\t"yes": null\n}\n', "c.json");
    expect(documents.map(({ tree }) => tree)).toEqual([{ a: [1000, "é/", true], yes: null }]);
    expect(documents[0]?.positionOf?.(["a", 1])).toEqual({ line: 2, column: 13 });
    expect(documents[0]?.positionOf?.(["a", 7])).toEqual({ line: 2, column: 7 });
  });

  test("has __proto__ as a key like any other", () => {
    const [tree] = trees('{"__proto__": {"a": 1}}', "c.json");
    expect(Object.keys(tree as object)).toEqual(["__proto__"]);
    expect(Object.getPrototypeOf(tree)).toBe(Object.prototype);
  });

  test.each([
    ['{"a": 1,}', '1:9 (document 1): not valid JSON: expected a key in double quotes, got "}"'],
    ["{a: 1}", "1:2 (document 1): not valid JSON: expected a key in double quotes, got a bare word"],
    ['{"a" 1}', '1:6 (document 1): not valid JSON: expected ":" after the key, got a bare word'],
    ['{"a": 1\n "b": 2}', '2:2 (document 1): not valid JSON: expected "," or "}", got "\\""'],
    ["[1 2]", '1:4 (document 1): not valid JSON: expected "," or "]", got a bare word'],
    ["[01]", "1:2 (document 1): not valid JSON: expected a value, got a bare word"],
    ["[nul]", "1:2 (document 1): not valid JSON: expected a value, got a bare word"],
    [
      '["a\nb"]',
      '1:2 (document 1): not valid JSON: expected a string without bare line breaks or unknown escapes, got "\\""',
    ],
    ["{", "1:2 (document 1): not valid JSON: expected a key in double quotes, got the end of the text"],
    [
      "[1] 2",
      "1:5 (document 1): not valid JSON: expected the end of the text, as one file holds one value, got a bare word",
    ],
    [`${"[".repeat(1001)}${"]".repeat(1001)}`, "1:1001 (document 1): not valid JSON: nested deeper than 1000 levels"],
  ])("%j is refused with its place", (text, message) => {
    expect(messages(text, "c.json")).toEqual([`c.json:${message}`]);
  });

  test("a file of another name that begins with a bracket may be YAML all the same", () => {
    expect(trees("{a: 1}\n---\n[b]\n")).toEqual([{ a: 1 }, ["b"]]);
  });
});

describe("Helm templates", () => {
  const advice = "run `helm template` and read what it prints";

  test.each([
    ["{{- if .Values.crds }}\na: 1\n{{- end }}\n", "1:1", "{{- if .Values.crds }}"],
    ["\n{{- if .Values.crds }}\na: 1\n", "2:1", "{{- if .Values.crds }}"],
    ["a: 1\n{{- if .Values.crds }}\nb: 1\n{{- end }}\n", "2:1", "{{- if .Values.crds }}"],
    ['a:\n  {{- include "labels" . | nindent 2 }}\n  b: 1\n', "2:3", '{{- include "labels" . | nindent 2 }}'],
    ["a: {{ .Values.a }}\n", "1:4", "{{ .Values.a }}"],
    ["a: 1\nb: {{ .Values.b }}-x\n", "2:4", "{{ .Values.b }}"],
  ])("%j names the line of the template", (text, place, action) => {
    expect(messages(text)[0]).toBe(
      `crds.yaml:${place} (document 1): expected YAML, got a line of a Helm template, ${action}; ${advice}`,
    );
  });

  test("actions in descriptions are no templates", () => {
    expect(trees("description: |\n  {{ .Name }} is replaced\nb: 'x {{ y }}'\n# {{ z }}\n")).toEqual([
      { description: "{{ .Name }} is replaced\n", b: "x {{ y }}" },
    ]);
  });

  test("an error far from an action is not blamed on it", () => {
    expect(messages("description: |\n  {{ .Name }} is replaced\nb: 1\nc: [\n")).toEqual([
      "crds.yaml:5:1 (document 1): not valid YAML: unexpected end of the stream within a flow collection",
    ]);
  });
});
