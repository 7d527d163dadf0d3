import path from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { KindTypes, ResourceDescriptor } from "../../../src/runtime/gen/v1.ts";
import { parseJson } from "../../../src/runtime/transport/parse-json.ts";
import {
  fromUnstructured,
  inputFromUnstructured,
  toUnstructured,
} from "../../../src/runtime/unstructured/conversion.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../../../src/runtime/unstructured/json.ts";
import { Unstructured } from "../../../src/runtime/unstructured/unstructured.ts";
import { corpusFolder } from "../../corpus.ts";
import { corpusFiles } from "../../corpus-files.ts";
import { runs } from "../../properties/runs.ts";
import { readDefinitions, type Version } from "../../truth/definitions.ts";
import { rootSchema } from "../../truth/installed.ts";
import { Random } from "../../truth/random.ts";
import { schemaNode } from "../../truth/schema-node.ts";
import { ValueMaker } from "../../truth/values.ts";

const root = path.resolve(import.meta.dirname, "../../..");
const fixtures = ["features", "mycoolapp"].flatMap((name) => corpusFiles(path.join(root, "fixtures", name)));
const corpus = corpusFolder();
/** One file in twenty: those of a project stand together, so that each project has its part. */
const sampled = corpus === undefined ? [] : corpusFiles(corpus).filter((_, index) => index % 20 === 0);

/** What no schema knows; the keys among them that every object inherits something under. */
const unknownKeys = ["__proto__", "constructor", "toString", "hasOwnProperty", "unknown", "", "0"];
/** Integers at the edge of what a number of JavaScript holds, and beside them what else a number can be. */
const edges: readonly JsonValue[] = [
  2 ** 53 - 1,
  -(2 ** 53 - 1),
  2 ** 53,
  -(2 ** 53),
  -0.5,
  1e300,
  null,
  [],
  {},
  "9007199254740993",
];

/** The same value with fields in each of its objects that no schema knows. */
function withUnknown(value: JsonValue | undefined, random: Random): JsonValue {
  if (Array.isArray(value)) return value.map((item) => withUnknown(item, random));
  if (!isJsonObject(value)) return value ?? null;
  const known = Object.entries(value).map(([key, item]): [string, JsonValue] => [key, withUnknown(item, random)]);
  const unknown = Array.from({ length: random.below(3) }, (): [string, JsonValue] => {
    const inner = random.pick(edges);
    return [random.pick(unknownKeys), random.oneIn(2) ? inner : { [random.pick(["a", "constructor"])]: [inner] }];
  });
  return Object.fromEntries(random.shuffled([...unknown, ...known]));
}

/** The body of an object of a version, as a server might send it: by its schema, and with more in it than that knows. */
function bodyOf(version: Version, seed: number): string {
  const random = new Random(`${seed} ${version.definition.name} ${version.name}`);
  const node = schemaNode(rootSchema(version.schema, { defaults: true }), "");
  const made = new ValueMaker(random).make(node, { parts: 30 });
  // In the metadata too; what the server always says there is as it says it.
  const { metadata, ...content } = withUnknown({ metadata: {}, ...(made as JsonObject) }, random) as JsonObject;
  const said = { name: "web", namespace: "default", uid: "u", resourceVersion: "41" };
  const object = { ...content, metadata: { ...(isJsonObject(metadata) ? metadata : {}), ...said } };
  return JSON.stringify({
    ...object,
    apiVersion: `${version.definition.group}/${version.name}`,
    kind: version.definition.kind,
  });
}

function descriptorOf({ definition, name }: Version): ResourceDescriptor<KindTypes> {
  const { group, kind, plural, namespaced } = definition;
  return { group, version: name, kind, plural, scope: namespaced ? "Namespaced" : "Cluster", subresources: [] };
}

describe.each([
  ["our own definitions", fixtures],
  ["the corpus", sampled],
])("objects of %s", (_, files) => {
  const versions = readDefinitions(files).definitions.flatMap((definition) => definition.versions);

  test.skipIf(files.length === 0)("read, converted and converted back are the same text", () => {
    expect(versions.length).toBeGreaterThan(50);
    fc.assert(
      fc.property(fc.integer({ min: 0 }), (seed) => {
        for (const version of versions) {
          const body = bodyOf(version, seed);
          const text = JSON.stringify(JSON.parse(body));
          const descriptor = descriptorOf(version);
          for (const convert of [fromUnstructured, inputFromUnstructured] as const) {
            const object = convert(descriptor, new Unstructured(parseJson(body) as JsonObject));
            expect(JSON.stringify(object)).toBe(text);
            expect(JSON.stringify(toUnstructured(descriptor, object).deepCopy())).toBe(text);
          }
        }
      }),
      runs(5),
    );
  });
});

test("the bodies that are made hold what they are to show", () => {
  const [version] = readDefinitions(fixtures).definitions.flatMap((definition) => definition.versions);
  if (version === undefined) throw new Error("wanted a definition, found none");
  const bodies = Array.from({ length: 50 }, (_, seed) => bodyOf(version, seed)).join("");
  for (const key of unknownKeys) expect(bodies).toContain(`${JSON.stringify(key)}:`);
  for (const edge of edges) expect(bodies).toContain(JSON.stringify(edge));
});
