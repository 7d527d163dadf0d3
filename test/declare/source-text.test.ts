import fc from "fast-check";
import ts from "typescript-5.9";
import { describe, expect, it, test } from "vitest";
import { comment } from "../../src/declare/declare.ts";
import { commentLines, jsonLiteral, propertyKey, stringLiteral } from "../../src/declare/source-text.ts";

/** Texts of which many hold what could end a literal, a comment or a line. */
const hostile = fc.constantFrom(
  ..."*/@\\\"'`$\u007b}<>\n\r\t\u0000\u0008\u001b\u007f\u0085\u00a0\u061c\u200b\u200e\u2028\u2029\u202e\u2066\ufeff\ud800\udc00 a",
  "*/",
  "/*",
  "//",
  "$\u007bx}",
  "@type ",
  "{@link ",
  "\r\n",
  "\n@param {x} y ",
  "😀",
  "__proto__",
  "```",
);
const anyText = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.array(fc.oneof(hostile, fc.string({ unit: "grapheme" })), { maxLength: 12 }).map((parts) => parts.join("")),
);

/** The tags that comments have, but those behind which TypeScript reads code: `@see` and `@enum` have texts of forms of their own. */
const tagNames = [
  ...["title", "minimum", "pattern", "format", "default", "example", "rule", "required", "deprecated"],
  ...["items", "values", "allOf", "not", "integer", "listType", "uniqueItems", "name"],
];

/** Parses a text that has to be one statement without an error. */
function onlyStatement(text: string): ts.Statement {
  const source = ts.createSourceFile("a.ts", text, ts.ScriptTarget.ES2022, true);
  const { parseDiagnostics } = source as unknown as { parseDiagnostics: readonly ts.Diagnostic[] };
  expect(parseDiagnostics.map(({ messageText }) => messageText)).toEqual([]);
  expect(source.statements).toHaveLength(1);
  const [statement] = source.statements;
  if (statement === undefined) throw new Error("there is no statement");
  return statement;
}

describe("a string literal", () => {
  it("says what was put in", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const statement = onlyStatement(`type A = ${stringLiteral(text)};`);
        if (!ts.isTypeAliasDeclaration(statement) || !ts.isLiteralTypeNode(statement.type))
          throw new Error("no literal");
        expect(ts.isStringLiteral(statement.type.literal) && statement.type.literal.text).toBe(text);
      }),
    );
  });

  it("stands on one line and shows every character that it has", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(stringLiteral(text)).not.toMatch(
          /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/u,
        );
      }),
    );
  });

  test.each<[string, string]>([
    ["a", '"a"'],
    ['a"b\\', '"a\\"b\\\\"'],
    ["`$\u007bx}`", '"`$\u007bx}`"'],
    ["\r\n\u2028", '"\\r\\n\\u2028"'],
    ["\u202e", '"\\u202e"'],
    ["\ud800", '"\\ud800"'],
    ["😀", '"😀"'],
  ])("of %j is %s", (text, literal) => {
    expect(stringLiteral(text)).toBe(literal);
  });
});

describe("a JSON literal", () => {
  const anyTree = fc
    .jsonValue()
    .chain((tree) => fc.tuple(anyText, anyText).map(([key, text]) => ({ [key]: text, tree })));

  function parsed(value: unknown): unknown {
    const statement = onlyStatement(`${jsonLiteral(value)};`);
    if (!ts.isExpressionStatement(statement) || !ts.isNoSubstitutionTemplateLiteral(statement.expression))
      throw new Error("no template literal without expressions");
    return JSON.parse(statement.expression.text);
  }

  it("is the value to JSON.parse, for a compiler and for an engine", () => {
    fc.assert(
      fc.property(anyTree, (value) => {
        const wanted = JSON.parse(JSON.stringify(value));
        expect(parsed(value)).toEqual(wanted);
        expect(JSON.parse(new Function(`return ${jsonLiteral(value)}`)())).toEqual(wanted);
      }),
    );
  });

  it("shows every character that it has", () => {
    fc.assert(
      fc.property(anyTree, (value) => {
        expect(jsonLiteral(value)).not.toMatch(
          /(?!\n)\p{Cc}|[\p{Zl}\p{Zp}\p{Cs}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/u,
        );
      }),
    );
  });

  test.each<[unknown, string]>([
    [{ b: 1, a: ["x"] }, '`{\n "a": [\n  "x"\n ],\n "b": 1\n}`'],
    ["\\d`$\u007bx} $1 $", '`"\\\\\\\\d\\`\\$\u007bx} $1 $"`'],
    ["one\ntwo\u2028\ud800", '`"one\\\\ntwo\\\\u2028\\\\ud800"`'],
    [JSON.parse('{"__proto__":{"a":1}}'), '`{\n "__proto__": {\n  "a": 1\n }\n}`'],
  ])("of %j is %s", (value, literal) => {
    expect(jsonLiteral(value)).toBe(literal);
  });
});

describe("a property key", () => {
  it("says what was put in", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const statement = onlyStatement(`interface A { readonly ${propertyKey(text)}?: 1; }`);
        if (!ts.isInterfaceDeclaration(statement)) throw new Error("no interface");
        const [member, ...others] = statement.members;
        expect(others).toEqual([]);
        const name = member?.name;
        expect(name !== undefined && (ts.isIdentifier(name) || ts.isStringLiteral(name)) && name.text).toBe(text);
      }),
    );
  });

  test.each<[string, string]>([
    ["a", "a"],
    ["$ref", "$ref"],
    ["class", "class"],
    ["__proto__", "__proto__"],
    ["a b", '"a b"'],
    ["a/b", '"a/b"'],
    ["", '""'],
    ["123", '"123"'],
    ["-Xmx", '"-Xmx"'],
    ["größe", '"größe"'],
    ["a\n", '"a\\n"'],
  ])("of %j is %s", (text, key) => {
    expect(propertyKey(text)).toBe(key);
  });
});

interface Parsed {
  readonly comment: string;
  readonly tags: readonly string[];
}

/** What TypeScript reads in a comment before a declaration. */
function parseComment(text: string): Parsed {
  const statement = onlyStatement(`${text}type A = 1;`);
  const docs = ts.getJSDocCommentsAndTags(statement).filter(ts.isJSDoc);
  expect(docs.length).toBeLessThan(2);
  return {
    comment: ts.getTextOfJSDocComment(docs[0]?.comment) ?? "",
    tags: docs.flatMap(({ tags = [] }) => tags.map(({ tagName }) => tagName.text)),
  };
}

describe("a comment", () => {
  it("never ends early, and never has tags but ours", () => {
    const tags = fc.array(fc.record({ name: fc.constantFrom(...tagNames), text: anyText }), { maxLength: 3 });
    fc.assert(
      fc.property(anyText, tags, (description, given) => {
        const text = comment({ description, tags: given }, "");
        if (text === "") return;
        expect(text).toMatch(/^\/\*\*[\s\S]* \*\/\n$/);
        expect(text.slice(3, -3)).not.toContain("*/");
        expect(parseComment(text).tags).toEqual(given.map(({ name }) => name));
      }),
    );
  });

  it("has the tags behind @enum too, whose text is JSON", () => {
    const values = fc.array(
      fc.object({ key: anyText, values: [anyText, fc.double(), fc.constant(null)], maxDepth: 1 }),
    );
    fc.assert(
      fc.property(values, (allowed) => {
        const tags = [
          { name: "enum", text: JSON.stringify(allowed) },
          { name: "rule", text: "a" },
        ];
        expect(parseComment(comment({ description: "", tags }, "")).tags).toEqual(["enum", "rule"]);
      }),
    );
  });

  it("shows every character that it has", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        for (const line of commentLines(text)) {
          expect(line).not.toMatch(
            /[^\P{Cc}\t]|[\p{Zl}\p{Zp}\p{Cs}\u061c\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/u,
          );
        }
      }),
    );
  });

  it("says what was put in, where that is plain text", () => {
    const plain = fc.stringMatching(/^[a-z0-9(),.;:!?#%&$'"`<>=+-]{1,12}$/);
    const paragraphs = fc.array(
      fc.array(plain, { minLength: 1, maxLength: 6 }).map((words) => words.join(" ")),
      { minLength: 1, maxLength: 5 },
    );
    fc.assert(
      fc.property(paragraphs, (lines) => {
        const description = lines.join("\n");
        expect(parseComment(comment({ description, tags: [] }, "  ")).comment).toBe(description);
        expect(commentLines(description.replaceAll("\n", "\r\n"))).toEqual(lines);
      }),
    );
  });

  test.each<[string, readonly string[]]>([
    ["", []],
    ["  \n\t\n", []],
    ["  a  ", ["a"]],
    ["\n\na\n\n  b \n\n", ["a", "", "  b"]],
    ["a */ b **/", ["a *\\/ b **\\/"]],
    ["/* a", ["/* a"]],
    ["@deprecated", ["\\@deprecated"]],
    ["a\n @see b, c@d.example", ["a", " \\@see b, c@d.example"]],
    ["{@link x}", ["{\\@link x}"]],
    ["a\u0000b\u2028c\rd", ["a\\u0000b\\u2028c\\u000dd"]],
    ["\ud800😀", ["\\ud800😀"]],
    ["`$\u007bx}`", ["`$\u007bx}`"]],
  ])("of %j has the lines %j", (text, lines) => {
    expect(commentLines(text)).toEqual(lines);
  });
});
