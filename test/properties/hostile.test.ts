import { writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { pathToFileURL } from "node:url";
import fc from "fast-check";
import ts from "typescript-5.9";
import { describe, expect, it, onTestFinished } from "vitest";
import { generate } from "../../src/generate.ts";
import type { Generated, GenerateOptions } from "../../src/generated.ts";
import { isJsonObject } from "../../src/json.ts";
import { canonicalDefinition } from "../../src/pull/canonical-definition.ts";
import { readDocuments } from "../../src/read/documents.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { errorsOf } from "./definitions.ts";
import {
  expectDefinitionFile,
  expectKindFile,
  interfaceOf,
  literalValue,
  membersOf,
  parseGenerated,
} from "./generated-code.ts";
import { hostileDefinition, namePlaces, specKeys, type Texts, textPlaces } from "./hostile-definition.ts";
import { hostileName, hostileText } from "./hostile-text.ts";
import { runs } from "./runs.ts";
import { effectsOf } from "./watched-effects.ts";

const hostileTexts: fc.Arbitrary<Texts> = fc
  .array(fc.tuple(fc.constantFrom(...textPlaces), hostileText), { minLength: 1, maxLength: 12 })
  .map((entries) => Object.fromEntries(entries));
const hostileNames: fc.Arbitrary<Texts> = fc
  .array(fc.tuple(fc.constantFrom(...namePlaces), hostileName), { minLength: 1, maxLength: 2 })
  .map((entries) => Object.fromEntries(entries));

/** Reads and generates a definition as a run would. */
async function generated(texts: Texts, options: GenerateOptions = {}): Promise<Generated> {
  const { documents, diagnostics } = readDocuments(JSON.stringify(hostileDefinition(texts)), "hostile.json");
  expect(diagnostics).toEqual([]);
  return generate(documents, options);
}

/** Checks every file of a run; gives the parsed file of its kind. */
function expectSafe({ files, resources }: Generated): ts.SourceFile {
  const [kind] = resources.flatMap(({ kinds }) => kinds);
  if (kind === undefined) throw new Error("wanted a kind, got none");
  for (const file of files) parseGenerated(file);
  const places = files.map((file) => file.path.toLowerCase());
  expect(new Set(places).size).toBe(places.length);
  return expectKindFile(kind.file, kind.typeName);
}

describe("hostile texts", () => {
  it("become no code, no tags and no directives", { timeout: 60_000 }, async () => {
    const property = fc.asyncProperty(hostileTexts, fc.boolean(), async (texts, typesOnly) => {
      const result = await generated(texts, { typesOnly, definitions: !typesOnly });
      expect(errorsOf(result)).toEqual([]);
      expectSafe(result);
    });
    await fc.assert(property, runs(600));
  });

  it("become no code in every place at once", async () => {
    const property = fc.asyncProperty(hostileText, async (text) => {
      const texts: Texts = Object.fromEntries(textPlaces.map((place) => [place, text]));
      const result = await generated(texts);
      expect(errorsOf(result)).toEqual([]);
      expectSafe(result);
    });
    await fc.assert(property, runs(150));
  });

  it("stay what they are as property names and literals", async () => {
    const property = fc.asyncProperty(hostileTexts, async (texts) => {
      const file = expectSafe(await generated(texts));
      const spec = membersOf(interfaceOf(file, "TrickSpec"));
      expect([...spec.keys()].sort()).toEqual([...specKeys(texts)].sort());
      expect(descriptorOf(file)).toMatchObject(descriptorOfTexts(texts));
    });
    await fc.assert(property, runs(300));
  });

  it("stay what they are in an exported definition", async () => {
    const property = fc.asyncProperty(hostileTexts, async (texts) => {
      const { resources } = await generated(texts, { definitions: true });
      const [
        {
          definition: file,
          kinds: [kind],
        } = { kinds: [] },
      ] = resources;
      if (file === undefined || kind === undefined) throw new Error("wanted a definition, got none");
      const read: unknown = JSON.parse(JSON.stringify(hostileDefinition(texts)));
      if (!isJsonObject(read)) throw new Error("wanted a definition, got none");
      expect(expectDefinitionFile(file, kind.typeName)).toEqual(canonicalDefinition(read).tree);
    });
    await fc.assert(property, runs(300));
  });

  it("stay what they are as values of an enum", async () => {
    const property = fc.asyncProperty(hostileText, async (enumValue) => {
      const file = expectSafe(await generated({ enumValue }));
      const member = membersOf(interfaceOf(file, "TrickSpec")).get("requiredKey");
      const values: unknown[] = [];
      member?.forEachChild(function visit(node): void {
        if (ts.isLiteralTypeNode(node) && ts.isStringLiteral(node.literal)) values.push(node.literal.text);
        else node.forEachChild(visit);
      });
      expect(values).toEqual([...new Set([enumValue, "other"])]);
    });
    await fc.assert(property, runs(150));
  });
});

/** The value of the descriptor's constant. */
function descriptorOf(file: ts.SourceFile): unknown {
  const [constant] = file.statements.filter(ts.isVariableStatement);
  return literalValue(constant?.declarationList.declarations[0]?.initializer);
}

/** What a descriptor has to say of the texts; an empty text says nothing. */
function descriptorOfTexts(texts: Texts): object {
  const said = (value: string | undefined, ordinary: string): string | undefined =>
    value === "" ? undefined : (value ?? ordinary);
  const entries = {
    singular: said(texts.singular, "singular"),
    listKind: said(texts.listKind, "listKind"),
    shortNames: [texts.shortName ?? "shortName", "short"],
    categories: [texts.category ?? "category"],
    deprecationWarning: said(texts.deprecationWarning, "deprecationWarning"),
  };
  return Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined));
}

describe("hostile names", () => {
  it("are refused, or become safe paths and identifiers", async () => {
    const seen = { refused: 0, written: 0 };
    const property = fc.asyncProperty(hostileNames, async (texts) => {
      const result = await generated(texts, { definitions: true });
      if (errorsOf(result).length > 0) {
        seen.refused += 1;
        expect(result.files).toEqual([]);
      } else {
        seen.written += 1;
        expectSafe(result);
      }
    });
    await fc.assert(property, runs(600));
    expect(seen.refused).toBeGreaterThan(0);
    expect(seen.written).toBeGreaterThan(0);
  });
});

describe("a schema's word", () => {
  it("reads no file and makes no connection", async () => {
    const secret = "the secret that no schema may ask for";
    const folder = temporaryFolder();
    const file = path.join(folder, "secret.json");
    writeFileSync(file, JSON.stringify({ type: "string", description: secret, title: secret }));
    const { port, requests } = await countingServer(JSON.stringify({ type: "string", description: secret }));
    const targets = [
      ...[file, pathToFileURL(file).href, path.relative(process.cwd(), file), `${pathToFileURL(file).href}#/title`],
      ...[`http://127.0.0.1:${port}/schema.json`, `http://localhost:${port}/#/definitions/a`, `//127.0.0.1:${port}/x`],
      ...["#/definitions/x", "#", "/etc/passwd", `import("${file}")`, `require("${file}")`],
    ];
    // What is loaded when it is first needed is loaded now.
    await generated({});
    const target = fc.constantFrom(...targets);
    const places = fc.array(fc.tuple(fc.constantFrom(...textPlaces), target), { minLength: 1, maxLength: 8 });
    const effects = await effectsOf(async () => {
      const property = fc.asyncProperty(target, places, async (reference, entries) => {
        const all = { reference, tsType: reference, ...Object.fromEntries(entries) };
        const result = await generated(all);
        expect(result.files.map(({ content }) => content).join("\n")).not.toContain(secret);
      });
      await fc.assert(property, runs(150));
    });
    expect(effects).toEqual([]);
    expect(requests()).toBe(0);
  });

  it("would be noticed if it did", async () => {
    const { port, requests } = await countingServer("{}");
    const files = await import("node:fs/promises");
    const effects = await effectsOf(async () => {
      await files.readFile(import.meta.filename);
      await fetch(`http://127.0.0.1:${port}/`);
    });
    expect(effects).toContain(`fs.promises.readFile(${import.meta.filename})`);
    expect(effects).toContain(`globalThis.fetch(http://127.0.0.1:${port}/)`);
    expect(requests()).toBe(1);
  });
});

/** A server on the loopback interface that counts what it is asked for. */
async function countingServer(answer: string): Promise<{ readonly port: number; readonly requests: () => number }> {
  let requests = 0;
  const server = createServer((_, response) => {
    requests += 1;
    response.setHeader("connection", "close").end(answer);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { port: (server.address() as AddressInfo).port, requests: () => requests };
}
