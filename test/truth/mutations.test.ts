import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { generate } from "../../src/generate.ts";
import type { RawDocument } from "../../src/read/raw-document.ts";
import { findAssets } from "../cluster/assets.ts";
import { startServer } from "../cluster/server.ts";
import { buildRuntime } from "../runtime/gen/consumer.ts";
import { Api } from "./api.ts";
import { type Answers, ask, compare } from "./check.ts";
import { readDefinitions } from "./definitions.ts";
import { isObject, type Json, type JsonObject, type JsonPath, ownValue, withKey, withPart } from "./json.ts";

/** A fault of the generator: it reads something else in a schema than what the server has. */
interface Fault {
  readonly name: string;
  /** The folder below fixtures/features. */
  readonly fixture: string;
  /** The node of the first version that is misread, as `spec.saucer`. */
  readonly node: string;
  readonly misread: (node: JsonObject) => JsonObject;
  /** What the path of a disagreement begins with. */
  readonly path: string;
}

const without =
  (...keys: readonly string[]) =>
  (node: JsonObject): JsonObject =>
    keys.reduce<JsonObject>((result, key) => withKey(result, key, undefined), node);

const and =
  (more: JsonObject) =>
  (node: JsonObject): JsonObject => ({ ...node, ...more });

const misreadProperty = (key: string, misread: (node: JsonObject) => JsonObject) => (node: JsonObject) => {
  return withPart(node, ["properties", key], misread(objectAt(node, ["properties", key]))) as JsonObject;
};

const faults: readonly Fault[] = [
  {
    name: "a dropped nullable",
    fixture: "nullable",
    node: "spec.saucer",
    misread: without("nullable"),
    path: ".spec.saucer",
  },
  {
    name: "a default made required",
    fixture: "default",
    node: "spec",
    misread: (node) => ({ ...misreadProperty("volume", without("default"))(node), required: ["volume"] }),
    path: ".spec.volume",
  },
  {
    name: "a default promised that the stored version does not fill in",
    fixture: "default-differs-from-storage",
    node: "spec",
    misread: (node) => withPart(node, ["properties", "onlyThere"], { type: "boolean", default: true }) as JsonObject,
    path: ".spec.onlyThere",
  },
  {
    name: "an optional property made required",
    fixture: "object-with-properties",
    node: "spec",
    misread: and({ required: ["address", "floors"] }),
    path: ".spec.floors",
  },
  {
    name: "a required property made optional",
    fixture: "object-with-properties",
    node: "spec.address",
    misread: without("required"),
    path: ".spec.address.street",
  },
  {
    name: "a closed open object",
    fixture: "preserve-unknown-with-properties",
    node: "spec.contents",
    misread: without("x-kubernetes-preserve-unknown-fields"),
    path: ".spec.contents",
  },
  {
    name: "an opened closed object",
    fixture: "object-with-properties",
    node: "spec.address.door",
    misread: and({ "x-kubernetes-preserve-unknown-fields": true }),
    path: ".spec.address.door",
  },
  {
    name: "a lost enum value",
    fixture: "enum",
    node: "spec.color",
    misread: and({ enum: ["red", "green"] }),
    path: ".spec.color",
  },
  { name: "a lost enum", fixture: "enum", node: "spec.watts", misread: without("enum"), path: ".spec.watts" },
  {
    name: "a wrong type",
    fixture: "object-with-properties",
    node: "spec.floors",
    misread: and({ type: "string" }),
    path: ".spec.floors",
  },
  {
    name: "a lost property",
    fixture: "object-with-properties",
    node: "spec",
    misread: (node) => withPart(node, ["properties", "floors"], undefined) as JsonObject,
    path: ".spec.floors",
  },
];

const assets = await findAssets();

/** The path of a node below a root schema. */
function placeOf(node: string): JsonPath {
  return node === "" ? [] : node.split(".").flatMap((key) => ["properties", key]);
}

function objectAt(value: Json, place: JsonPath): JsonObject {
  const found = place.reduce<Json | undefined>((part, step) => {
    if (Array.isArray(part) && typeof step === "number") return part[step];
    return isObject(part) ? ownValue(part, String(step)) : undefined;
  }, value);
  if (!isObject(found)) throw new Error(`wanted an object at ${place.join(".")}, got ${JSON.stringify(found)}`);
  return found;
}

function misreadDocument(document: RawDocument, { node, misread }: Fault): RawDocument {
  const tree = document.tree as Json;
  const place = ["spec", "versions", 0, "schema", "openAPIV3Schema", ...placeOf(node)];
  const before = objectAt(tree, place);
  const after = misread(before);
  expect(after).not.toEqual(before);
  return { ...document, tree: withPart(tree, place, after) };
}

describe.skipIf(assets === undefined)("the check fails and names the path for", async () => {
  if (assets === undefined) return;
  const fixtures = [...new Set(faults.map(({ fixture }) => fixture))];
  const files = fixtures.map((name) => path.join(import.meta.dirname, "../../fixtures/features", name, "crd.yaml"));
  const { documents, definitions } = readDefinitions(files);
  const generated = await generate(documents);
  const server = await startServer(assets);
  const api = new Api(server);
  const root = mkdtempSync(path.join(tmpdir(), "crd-gen-truth-"));
  afterAll(async () => {
    api.close();
    rmSync(root, { recursive: true, force: true });
    await server.stop();
  });
  await buildRuntime(root);
  const kinds = generated.resources.flatMap((resource) => resource.kinds);
  const amount = { objects: 6, breakages: 6 };
  const answers = await ask(api, { definitions, kinds, amount, seeds: [1] });

  function answersAbout(document: RawDocument): Answers {
    const trials = answers.trials.filter(({ subject }) => subject.version.definition.tree === document.tree);
    return { ...answers, trials };
  }

  function documentOf(fixture: string): RawDocument {
    const document = documents.find(({ source }) => source.includes(`/${fixture}/`));
    if (document === undefined) throw new Error(`wanted the fixture ${fixture}, found none`);
    return document;
  }

  test("no fault at all: it passes", async () => {
    const { disagreements, unknown } = await compare(answers, generated.files, root);
    expect({ disagreements, unknown }).toEqual({ disagreements: [], unknown: [] });
  });

  test.for(faults)("$name", async (fault) => {
    const document = documentOf(fault.fixture);
    const { files } = await generate([misreadDocument(document, fault)]);
    const { disagreements } = await compare(answersAbout(document), files, root);
    const paths = disagreements.map((disagreement) => disagreement.path);
    expect(paths).not.toEqual([]);
    expect(paths.filter((found) => !found.startsWith(fault.path))).toEqual([]);
  });
});
