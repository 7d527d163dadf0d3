import * as path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { Diagnostic } from "../../src/diagnostic.ts";
import { isJsonObject, type JsonObject } from "../../src/json.ts";
import { type Pulled, pull } from "../../src/pull/pull.ts";
import { readCluster } from "../../src/read/cluster.ts";
import type { RawDocument } from "../../src/read/raw-document.ts";
import { findAssets, kubernetesVersions } from "../cluster/assets.ts";
import { startServer } from "../cluster/server.ts";
import { corpusFiles } from "../corpus-files.ts";
import { definition, rawDocument } from "../definition.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { Api } from "../truth/api.ts";
import { readDefinitions } from "../truth/definitions.ts";
import type { Json } from "../truth/json.ts";

/** Generous: a machine that is busy with other things takes several times as long as one that is not. */
const timeout = 180_000;
const collection = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
const features = path.resolve(import.meta.dirname, "../../fixtures/features");

/** What the fixtures do not have: metadata, a webhook, and everything that says nothing. */
const own = [
  definition({
    metadata: {
      name: "anvils.forge.example.com",
      labels: { team: "smiths", empty: "" },
      annotations: { "api-approved.kubernetes.io": "unapproved", "kubectl.kubernetes.io/last-applied-configuration": "{}" },
      ownerReferences: [{ apiVersion: "v1", kind: "ConfigMap", name: "forge", uid: "5f0a3c1e-0000-4000-8000-000000000000" }],
      finalizers: ["example.com/keep"],
    },
    names: { shortNames: [], categories: [], singular: "", listKind: "" },
    spec: {
      preserveUnknownFields: false,
      conversion: {
        strategy: "Webhook",
        webhook: {
          clientConfig: { caBundle: "Cg==", service: { namespace: "forge", name: "convert", path: "/convert" } },
          conversionReviewVersions: ["v1"],
        },
      },
    },
    versions: [
      { name: "v1", deprecated: false, additionalPrinterColumns: [{ name: "A", type: "string", jsonPath: ".a", priority: 0 }] },
      { name: "v2", storage: false, additionalPrinterColumns: [], selectableFields: [], subresources: { status: {}, scale: null } },
    ],
  }),
  definition({
    metadata: { name: "hammers.forge.example.com", labels: {}, annotations: {}, namespace: "" },
    names: { kind: "Hammer", plural: "hammers", singular: "mallet", listKind: "Hammers" },
    spec: { conversion: { strategy: "None" } },
    schema: {
      type: "object",
      description: "",
      properties: {
        spec: {
          type: "object",
          format: "",
          title: "",
          pattern: "",
          nullable: false,
          uniqueItems: false,
          required: [],
          enum: [],
          allOf: [],
          oneOf: [],
          properties: {
            size: { type: "integer", default: 9007199254740991 },
            bounds: { type: "integer", minimum: -(2 ** 63), maximum: 2 ** 63 },
            weight: { type: "number", default: 0.5, minimum: 1e-7, maximum: 1e300, multipleOf: 0.1, exclusiveMaximum: false },
            text: { type: "string", default: "", enum: ["", "yes", "1e3"], externalDocs: { url: "", description: "" } },
            tree: { type: "object", default: { b: [1, ""], a: { x: null } }, "x-kubernetes-preserve-unknown-fields": true },
            half: { type: "string", default: "\ud800", description: "one \ntwo\r\n\u0085\u2028" },
            list: { type: "array", items: { type: "string" }, "x-kubernetes-list-type": "set", minItems: 0 },
            map: { type: "object", additionalProperties: { type: "string", "x-kubernetes-validations": [] } },
            ruled: { type: "string", "x-kubernetes-validations": [{ rule: "self != ''", message: "", fieldPath: "" }] },
            either: { "x-kubernetes-int-or-string": true, "x-kubernetes-embedded-resource": false, example: null },
          },
        },
      },
    },
  }),
]; // biome-ignore format: a table

/** What a file has and a cluster has not: keywords that no server knows. */
const foreign = {
  file: "imposters.foreign-keywords.example.com.yaml",
  lines: ["tsType: any", "tsEnumNames:", "- A", "- B", "tsType: any; export const pwned = 1", "extends: /etc/passwd", "const: 3", "tsType: unknown"],
}; // biome-ignore format: a table

function errorsOf(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return diagnostics.filter(({ severity }) => severity === "error");
}

function nameOf(tree: JsonObject): string {
  return isJsonObject(tree.metadata) ? String(tree.metadata.name) : "";
}

function contents({ files, diagnostics }: Pulled): Readonly<Record<string, string>> {
  expect(errorsOf(diagnostics)).toEqual([]);
  return Object.fromEntries(files.map((file) => [file.path, file.content]));
}

test("a definition in a cluster is pulled as it is from its file", { timeout }, async (context) => {
  const assets = await findAssets({ version: kubernetesVersions.newest });
  if (assets === undefined) return context.skip();
  const server = await startServer(assets, { readyWithin: timeout });
  onTestFinished(() => server.stop());
  const kubeconfig = path.join(temporaryFolder({ config: server.kubeconfigs.clientCertificate }), "config");

  const api = new Api(server);
  const applied: RawDocument[] = [];
  for (const tree of readDefinitions(corpusFiles(features)).definitions.map((one) => one.tree)) {
    // Some fixtures are for files only.
    const { code } = await api.send({ method: "POST", path: collection, body: tree });
    if (code === 201) applied.push(rawDocument(tree, { source: nameOf(tree) }));
  }
  expect(applied.length).toBeGreaterThan(150);
  for (const tree of own) {
    // It holds nothing but JSON.
    await api.expect({ method: "POST", path: collection, body: tree as Json });
    applied.push(rawDocument(tree, { source: nameOf(tree) }));
  }
  api.close();

  const documents: RawDocument[] = [];
  const source = { kind: "cluster", name: "<cluster>", kubeconfig } as const;
  for await (const page of readCluster(source, { signal: new AbortController().signal }))
    documents.push(...page.documents);
  const fromFiles = contents(pull(applied));
  const fromCluster = contents(pull(documents));
  expect(Object.keys(fromCluster)).toEqual(Object.keys(fromFiles));
  const known = fromCluster[foreign.file]?.split("\n");
  const unknown = fromFiles[foreign.file]?.split("\n").filter((line) => known?.includes(line) !== true);
  expect(unknown?.map((line) => line.trim())).toEqual(foreign.lines);
  for (const [name, content] of Object.entries(fromFiles)) {
    if (name !== foreign.file) expect(fromCluster[name], name).toBe(content);
  }
});
