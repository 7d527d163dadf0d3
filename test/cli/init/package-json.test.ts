import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { layoutOf, readPackageJson, withScript } from "../../../src/cli/init/package-json.ts";
import { temporaryFolder } from "../../temporary-folder.ts";

const added = (text: string): string => withScript(text, "generate", "crd-gen");

describe("a script is added", () => {
  it.each<readonly [string, string, string]>([
    [
      "behind the others",
      '{\n  "scripts": {\n    "build": "tsc"\n  },\n  "type": "module"\n}\n',
      '{\n  "scripts": {\n    "build": "tsc",\n    "generate": "crd-gen"\n  },\n  "type": "module"\n}\n',
    ],
    [
      "with tabs, CR LF and no line end at the end",
      '{\r\n\t"scripts": {\r\n\t\t"build": "tsc"\r\n\t}\r\n}',
      '{\r\n\t"scripts": {\r\n\t\t"build": "tsc",\r\n\t\t"generate": "crd-gen"\r\n\t}\r\n}',
    ],
    [
      "behind a byte order mark",
      '\uFEFF{\n    "scripts": {\n        "a": "b"\n    }\n}',
      '\uFEFF{\n    "scripts": {\n        "a": "b",\n        "generate": "crd-gen"\n    }\n}',
    ],
    ["on one line", '{"name":"x","scripts":{"a":"b"}}', '{"name":"x","scripts":{"a":"b","generate":"crd-gen"}}'],
    [
      "on one line with spaces",
      '{ "scripts": { "a": "b" } }\n',
      '{ "scripts": { "a": "b", "generate": "crd-gen" } }\n',
    ],
    [
      "on the one line of a text with several",
      '{\n  "scripts": { "a": "b", "c": "d" }\n}\n',
      '{\n  "scripts": { "a": "b", "c": "d", "generate": "crd-gen" }\n}\n',
    ],
    [
      "without the empty line before the last one",
      '{\n  "scripts": {\n    "a": "b",\n\n    "c": "d"\n  }\n}\n',
      '{\n  "scripts": {\n    "a": "b",\n\n    "c": "d",\n    "generate": "crd-gen"\n  }\n}\n',
    ],
    ["to none", '{\n  "name": "x"\n}\n', '{\n  "name": "x",\n  "scripts": {\n    "generate": "crd-gen"\n  }\n}\n'],
    [
      "to none, with tabs and CR LF",
      '{\r\n\t"name": "x"\r\n}\r\n',
      '{\r\n\t"name": "x",\r\n\t"scripts": {\r\n\t\t"generate": "crd-gen"\r\n\t}\r\n}\r\n',
    ],
    ["to none on one line", '{"name":"x"}', '{"name":"x","scripts":{"generate":"crd-gen"}}'],
    [
      "to empty ones",
      '{\n  "scripts": {},\n  "a": 1\n}',
      '{\n  "scripts": {\n    "generate": "crd-gen"\n  },\n  "a": 1\n}',
    ],
    ["to empty ones on two lines", '{\n  "scripts": {\n  }\n}', '{\n  "scripts": {\n    "generate": "crd-gen"\n  }\n}'],
    ["to empty ones on one line", '{"scripts":{}}', '{"scripts":{"generate":"crd-gen"}}'],
    ["to an empty object", "{}\n", '{\n  "scripts": {\n    "generate": "crd-gen"\n  }\n}\n'],
    [
      "to the scripts that count",
      '{"scripts":{"a":"b"},"scripts":{"c":"d"}}',
      '{"scripts":{"a":"b"},"scripts":{"c":"d","generate":"crd-gen"}}',
    ],
    [
      "under a name that is written in another way",
      '{"scr\\u0069pts":{"a":"b"}}',
      '{"scr\\u0069pts":{"a":"b","generate":"crd-gen"}}',
    ],
  ])("%s", (_, before, wanted) => {
    expect(added(before)).toBe(wanted);
  });

  it("on one line, to none, with the spaces that are usual there", () => {
    expect(added('{ "name": "x" }')).toBe('{ "name": "x", "scripts": { "generate": "crd-gen" } }');
  });

  it("as if the whole text had been printed anew in its own layout, whatever it holds", () => {
    const some = fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1 }).filter((value) => !("scripts" in value));
    const content = fc
      .tuple(some, fc.option(fc.dictionary(fc.string(), fc.string()), { nil: undefined }), some)
      .map(([before, scripts, behind]) => ({ ...before, ...(scripts === undefined ? {} : { scripts }), ...behind }));
    const layout = fc.record({ space: fc.constantFrom(0, 1, 2, 4, "\t"), lineEnd: fc.constantFrom("\n", "\r\n") });
    fc.assert(
      fc.property(content, layout, (value, { space, lineEnd }) => {
        const print = (json: unknown): string => JSON.stringify(json, undefined, space).replaceAll("\n", lineEnd);
        const wanted = { ...value, scripts: { ...value.scripts, generate: "crd-gen" } };
        expect(added(print(value))).toBe(print(wanted));
      }),
    );
  });
});

it.each([
  ['{\n\t"a": 1\n}', { indent: "\t", lineEnd: "\n" }],
  ['{\r\n    "a": {\r\n        "b": 1\r\n    }\r\n}', { indent: "    ", lineEnd: "\r\n" }],
  ["{}", { indent: "  ", lineEnd: "\n" }],
])("the layout of %j", (text, wanted) => {
  expect(layoutOf(text)).toEqual(wanted);
});

describe("a package.json that is read", () => {
  it("may have a byte order mark, which stays in the text", () => {
    const text = '\uFEFF{ "name": "x" }';
    expect(readPackageJson(temporaryFolder({ "package.json": text }))).toMatchObject({ text, content: { name: "x" } });
  });

  it("need not be there", () => {
    expect(readPackageJson(temporaryFolder())).toBeUndefined();
  });

  it.each([
    ['{\n  "name": "x",\n}', /^package\.json:3:1: not valid JSON: .*; mend it and run crd-gen init again$/],
    ["", /^package\.json:1:1: not valid JSON/],
    ["[]", /^package\.json: expected an object, got a list; mend it/],
    ['{"scripts": "none"}', /^package\.json: scripts: expected an object of texts, got "none"; mend it/],
  ])("is refused as %j", (text, message) => {
    expect(() => readPackageJson(temporaryFolder({ "package.json": text }))).toThrow(message);
  });

  it("is refused where it is a folder", () => {
    expect(() => readPackageJson(temporaryFolder({ "package.json/": "" }))).toThrow(/^package\.json: cannot be read/);
  });
});
