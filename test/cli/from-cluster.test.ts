import { readdirSync } from "node:fs";
import * as path from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { lockName } from "../../src/output/lock.ts";
import { findAssets, kubernetesVersions } from "../cluster/assets.ts";
import { startServer } from "../cluster/server.ts";
import { corpusFiles } from "../corpus-files.ts";
import { isRecord, listOf } from "../fidelity/raw-schema.ts";
import { contentsOf, temporaryFolder } from "../temporary-folder.ts";
import { Api } from "../truth/api.ts";
import { type Definition, readDefinitions } from "../truth/definitions.ts";
import { nowhere } from "./cluster-command.ts";
import { definitionNamed, runCommand } from "./command-process.ts";
import { type ServerChange, serverChanges } from "./server-changes.ts";

/** Generous: a machine that is busy with other things takes several times as long as one that is not. */
const timeout = 180_000;
const collection = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";

const fixtures = path.resolve(import.meta.dirname, "../../fixtures");
const features = path.join(fixtures, "features");
const folders = [
  path.join(fixtures, "mycoolapp"),
  ...readdirSync(features)
    // Documents that make up one definition for the generator are several for a server, of which it takes one.
    .filter((name) => name !== "crd-split-over-documents")
    .map((name) => path.join(features, name)),
];
const fixtureDefinitions = readDefinitions(folders.flatMap((folder) => corpusFiles(folder))).definitions;

/** Definitions beyond those of the fixtures: so many that the server gives all in two pages, and one with numbers that it keeps as doubles. */
const others: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Array.from({ length: 90 }, (_, index) => [`${index}.yaml`, definitionNamed(`more${index}s`)])),
  "large.yaml": definitionNamed("larges").replace("maximum: 10", "maximum: 9223372036854775807"),
};

const foreign = "foreign-keywords.example.com/imposters.crd.ts";

/** What of the changes that the server makes shows in the output: lines that a file has no more. */
const shown: readonly { readonly change: ServerChange; readonly file: string; readonly line: string }[] = [
  {
    change: "empty text or object dropped",
    file: "hostile-patterns.example.com/v1/sieves.ts",
    line: "  /** @pattern */\n",
  },
  ...[
    '           "tsType": "any",\n',
    '          "tsEnumNames": [\n           "A",\n           "B"\n          ],\n',
    '          "tsType": "any; export const pwned = 1",\n',
    '          "extends": "/etc/passwd",\n',
    '            "const": 3,\n',
    '          "tsType": "unknown",\n',
  ].map((line) => ({ change: "keyword of no JSONSchemaProps dropped", file: foreign, line }) as const),
];

/** What the server makes of these definitions; of nothing but of `shown` is there anything to be seen in the output. */
const changes: readonly ServerChange[] = [
  "conversion by strategy None filled in",
  "empty text or object dropped",
  "keyword of no JSONSchemaProps dropped",
  "metadata and status that the server keeps",
  "names.singular and names.listKind filled in",
  "null dropped",
];

/** Creates the definitions that the server accepts, and gives them by name. */
async function create(api: Api, definitions: readonly Definition[]): Promise<ReadonlyMap<string, Definition>> {
  const accepted = new Map<string, Definition>();
  await Promise.all(
    definitions.map(async (definition) => {
      const { code } = await api.send({ method: "POST", path: collection, body: definition.tree });
      if (code === 201) accepted.set(definition.name, definition);
    }),
  );
  return accepted;
}

/** The definitions that a server has, by name. */
async function definitionsOf(api: Api): Promise<ReadonlyMap<string, unknown>> {
  const items = listOf(await api.expect({ method: "GET", path: collection }), "items").filter(isRecord);
  const kind = { apiVersion: "apiextensions.k8s.io/v1", kind: "CustomResourceDefinition" };
  return new Map(
    items.map((item) => [isRecord(item.metadata) ? String(item.metadata.name) : "", { ...kind, ...item }]),
  );
}

describe.each(Object.entries(kubernetesVersions))("the %s supported API server", async (_, version) => {
  const assets = await findAssets({ version });

  test.skipIf(assets === undefined)(
    "gives what its definitions' files give, but for what it changes in them",
    { timeout },
    async () => {
      if (assets === undefined) return;
      const server = await startServer(assets, { readyWithin: timeout });
      onTestFinished(() => server.stop());
      const cwd = temporaryFolder({ config: server.kubeconfigs.clientCertificate, ...others });
      const api = new Api(server);
      const own = readDefinitions(Object.keys(others).map((name) => path.join(cwd, name))).definitions;
      const accepted = await create(api, [...fixtureDefinitions, ...own]);
      expect(accepted.size).toBeGreaterThan(250);
      const inCluster = await definitionsOf(api);
      api.close();
      expect([...inCluster.keys()].sort()).toEqual([...accepted.keys()].sort());

      const made = new Set<ServerChange>();
      for (const [name, { tree }] of accepted) {
        for (const change of serverChanges(tree, inCluster.get(name))) made.add(change);
      }
      expect([...made].sort()).toEqual(changes);

      const names = [...accepted.keys()].flatMap((name) => ["--crd", name]);
      const options = { cwd, environment: nowhere };
      const ofFiles = await runCommand(
        [...folders, ...Object.keys(others), ...names, "--definitions", "--out", "a", "--quiet"],
        options,
      );
      const argv = ["--from-cluster", "--definitions", "--kubeconfig", "config", "--out", "b", "--json"];
      const ofCluster = await runCommand(argv, options);
      expect([ofFiles.code, ofCluster.code]).toEqual([0, 0]);
      expect(JSON.parse(ofCluster.stdout)).toMatchObject({ counts: { kinds: accepted.size }, skipped: [] });

      const wanted = contentsOf(path.join(cwd, "a"));
      for (const { file, line } of shown) {
        expect(wanted[file]).toContain(line);
        wanted[file] = wanted[file]?.replace(line, "") ?? null;
      }
      // The lock names its sources and options.
      expect({ ...contentsOf(path.join(cwd, "b")), [lockName]: "" }).toEqual({ ...wanted, [lockName]: "" });
    },
  );
});
