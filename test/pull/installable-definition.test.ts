import { describe, expect, it } from "vitest";
import { formatDiagnostic } from "../../src/diagnostic.ts";
import { combine } from "../../src/parse/combine.ts";
import { parse } from "../../src/parse/parse.ts";
import { installableDefinition } from "../../src/pull/installable-definition.ts";
import type { RawDocument } from "../../src/read/raw-document.ts";
import { type DefinitionParts, definition, rawDocument } from "../definition.ts";

const names = { singular: "anvil", listKind: "AnvilList" };

function anvils(parts: DefinitionParts, source = "anvils.yaml"): RawDocument {
  return rawDocument(definition(parts), { source });
}

/** What is to be installed of the one definition that these documents hold, and what is said of it. */
function installable(...documents: readonly RawDocument[]): {
  readonly tree: unknown;
  readonly told: readonly string[];
} {
  const { resources } = parse(documents);
  const [combined] = combine(resources).resources;
  if (combined === undefined) throw new Error("expected a definition, got none");
  const { tree, diagnostics } = installableDefinition(combined.resource, resources);
  return { tree, told: diagnostics.map((one) => `${one.severity}: ${formatDiagnostic(one)}`) };
}

describe("what is to be installed of a definition", () => {
  it("is all that it says, without what belongs to one cluster", () => {
    const annotations = { "example.com/a": "b", "kubectl.kubernetes.io/last-applied-configuration": "{}" };
    const metadata = { labels: { team: "smiths" }, annotations, uid: "1", resourceVersion: "7", managedFields: [] };
    const tree = { ...definition({ metadata, spec: { foreign: null, other: 1 } }), status: { storedVersions: ["v1"] } };
    expect(installable(rawDocument(tree))).toEqual({
      tree: definition({
        metadata: { labels: { team: "smiths" }, annotations: { "example.com/a": "b" } },
        spec: { other: 1 },
        names,
      }),
      told: [],
    });
  });

  it("has the versions that are not served, too", () => {
    const versions = [{}, { name: "v2", served: false, storage: false }];
    expect(installable(anvils({ versions }))).toEqual({ tree: definition({ versions, names }), told: [] });
  });

  it("is one object, where its versions stand in several documents", () => {
    const [v1, v2] = [{}, { name: "v2", storage: false }];
    const wanted = { tree: definition({ versions: [v1, v2], names }), told: [] };
    const documents = [anvils({ versions: [v1] }, "a.yaml"), anvils({ versions: [v2] }, "b.yaml")];
    expect(installable(...documents)).toEqual(wanted);
    expect(installable(...documents.reverse())).toEqual(wanted);
  });

  it("is told of where such documents differ in anything else, and the first has its say", () => {
    const labels = { team: "smiths" };
    const first = anvils({ metadata: { labels } }, "a.yaml");
    const second = anvils({ versions: [{ name: "v2", storage: false }] }, "b.yaml");
    const { tree, told } = installable(first, second);
    expect(tree).toMatchObject({ metadata: { labels }, spec: { versions: [{ name: "v1" }, { name: "v2" }] } });
    expect(told).toEqual([
      "warning: b.yaml (document 1, anvils.forge.example.com) metadata.labels: differs from the definition of the same name at a.yaml (document 1), which is exported; no client sees it, keep one of them",
    ]);
  });

  it("is the first of two that differ in what no client sees, and that is told", () => {
    const first = anvils({ metadata: { labels: { team: "smiths" } } }, "a.yaml");
    const second = anvils({ metadata: { labels: { team: "miners" } } }, "b.yaml");
    expect(installable(second, first)).toEqual({
      ...installable(first),
      told: [
        "warning: b.yaml (document 1, anvils.forge.example.com) metadata.labels.team: differs from the definition of the same name at a.yaml (document 1), which is exported; no client sees it, keep one of them",
      ],
    });
  });

  it("is the same read from a file and from a cluster", () => {
    const cluster = rawDocument(
      {
        ...definition({ metadata: { uid: "1", generation: 2 }, names, spec: { conversion: { strategy: "None" } } }),
        status: {},
      },
      { source: "<cluster>" },
    );
    expect(installable(cluster, anvils({}))).toEqual({ ...installable(anvils({})), told: [] });
  });

  it("has a warning of each integer that may have been rounded", () => {
    const schema = { type: "object", properties: { spec: { type: "integer", default: 2 ** 63, maximum: 2 ** 63 } } };
    expect(installable(anvils({ schema })).told).toEqual([
      "warning: anvils.yaml (document 1, anvils.forge.example.com) spec.versions[0].schema.openAPIV3Schema.properties.spec.default: expected an integer below 2^53, got a larger one, which may have been rounded; compare it with its source",
    ]);
  });

  it("is nothing where no API server takes it", () => {
    const tree = { ...definition(), apiVersion: "apiextensions.k8s.io/v1beta1" };
    expect(installable(rawDocument(tree))).toEqual({
      tree: undefined,
      told: [
        "warning: crd.yaml (document 1, anvils.forge.example.com) apiVersion: expected apiextensions.k8s.io/v1, which is what API servers take, got an older version; no file exports this definition until it is converted",
      ],
    });
  });

  it("keeps keys that are called like what every object has", () => {
    const schema = JSON.parse(
      '{"type":"object","properties":{"spec":{"type":"object","default":{"__proto__":{"a":1}}}}}',
    );
    expect(JSON.stringify(installable(anvils({ schema })).tree)).toContain(JSON.stringify(schema));
  });
});
