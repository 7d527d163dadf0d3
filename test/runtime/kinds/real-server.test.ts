import { readdirSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { pathToFileURL } from "node:url";
import ts from "typescript-5.9";
import { describe, expect, onTestFinished, test } from "vitest";
import { sortedJson } from "../../../src/json.ts";
import { canonicalDefinition } from "../../../src/pull/canonical-definition.ts";
import { DynamicClient } from "../../../src/runtime/client/dynamic-client.ts";
import type { CustomResourceDefinitionToInstall } from "../../../src/runtime/gen/v1.ts";
import { CustomResourceDefinitionResource } from "../../../src/runtime/kinds/custom-resource-definition.ts";
import { ensureCrd } from "../../../src/runtime/kinds/ensure-crd.ts";
import { nowhere } from "../../cli/cluster-command.ts";
import { runCommand } from "../../cli/command-process.ts";
import { findAssets, kubernetesVersions } from "../../cluster/assets.ts";
import { startServer } from "../../cluster/server.ts";
import { definition } from "../../definition.ts";
import { contentsOf, temporaryFolder } from "../../temporary-folder.ts";

/** Generous: a machine that is busy with other things takes several times as long as one that is not. */
const timeout = 180_000;
const fixtures = path.resolve(import.meta.dirname, "../../../fixtures");

/** Definitions with everything that may get lost on the way: defaults, hostile texts and keys, columns, rules, several versions. */
const features = [
  ...["hostile-defaults", "hostile-descriptions", "hostile-patterns", "hostile-rules", "property-keys"],
  ...["printer-columns", "selectable-fields", "short-names-and-categories", "version-priority", "validation-rules"],
  ...["foreign-keywords"],
].map((name) => path.join(fixtures, "features", name));

/** The file of one with keywords that no server knows. */
const imposters = "foreign-keywords.example.com/imposters.crd.ts";

/** One with a webhook and its certificate, labels, and what belongs to one cluster. */
const webhook = definition({
  metadata: {
    name: "anvils.forge.example.com",
    labels: { team: "smiths" },
    annotations: { "cert-manager.io/inject-ca-from": "forge/anvils" },
    uid: "5f0a3c1e-0000-4000-8000-000000000000",
    resourceVersion: "7",
  },
  versions: [{}, { name: "v2", storage: false }],
  spec: {
    conversion: {
      strategy: "Webhook",
      webhook: {
        clientConfig: { caBundle: "Cg==", service: { namespace: "forge", name: "convert", path: "/convert" } },
        conversionReviewVersions: ["v1"],
      },
    },
  },
});

/** The definitions that a generated folder exports, by file, as a program imports them. */
async function exportedFrom(folder: string): Promise<Map<string, CustomResourceDefinitionToInstall>> {
  const exported = new Map<string, CustomResourceDefinitionToInstall>();
  for (const file of readdirSync(folder, { recursive: true, encoding: "utf8" }).sort()) {
    if (!file.endsWith(".crd.ts")) continue;
    const { outputText } = ts.transpileModule(ts.sys.readFile(path.join(folder, file)) ?? "", {
      compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext },
    });
    const module = path.join(folder, file.replace(/\.ts$/, ".mjs"));
    writeFileSync(module, outputText);
    const [value] = Object.values<CustomResourceDefinitionToInstall>(await import(pathToFileURL(module).href));
    if (value === undefined) throw new Error(`${file}: wanted a definition, got nothing`);
    exported.set(file, value);
  }
  return exported;
}

describe.each(Object.entries(kubernetesVersions))("the %s supported API server", async (_, version) => {
  const assets = await findAssets({ version });

  test.skipIf(assets === undefined)(
    "has what was generated, imported and installed, and gives it back",
    { timeout },
    async () => {
      if (assets === undefined) return;
      const server = await startServer(assets, { readyWithin: timeout });
      onTestFinished(() => server.stop());
      const cwd = temporaryFolder({
        "webhook.json": JSON.stringify(webhook),
        config: server.kubeconfigs.clientCertificate,
      });
      const sources = [path.join(fixtures, "mycoolapp"), ...features, "webhook.json"];
      const generated = await runCommand([...sources, "--definitions", "--out", "a", "--quiet"], {
        cwd,
        environment: nowhere,
      });
      expect(generated).toEqual({ code: 0, stdout: "", stderr: "" });
      const wanted = Object.entries(contentsOf(path.join(cwd, "a"))).filter(([file]) => file.endsWith(".crd.ts"));
      const exported = await exportedFrom(path.join(cwd, "a"));
      expect(exported.size).toBeGreaterThan(12);

      const client = await DynamicClient.fromDefault({ kubeconfig: path.join(cwd, "config") });
      onTestFinished(() => client.close());
      // A keyword that no server knows is kept, and said to be wrong: dropped, it would be missed by nobody.
      const foreign = exported.get(imposters);
      if (foreign === undefined) throw new Error(`wanted ${imposters}, found none`);
      const refused = ensureCrd(client, foreign, { fieldManager: "a-test" });
      await expect(refused).rejects.toThrow(/tsType: field not declared in schema/);
      exported.delete(imposters);

      const definitions = client.resource(CustomResourceDefinitionResource);
      await Promise.all(
        [...exported].map(async ([file, one]) => {
          await ensureCrd(client, one, { fieldManager: "a-test" });
          const { tree } = canonicalDefinition({ ...(await definitions.get(one.metadata.name)) });
          expect(sortedJson(tree), file).toBe(JSON.stringify(one));
        }),
      );
      // Who reads them from the cluster has the same files.
      const argv = ["--from-cluster", "--kubeconfig", "config", "--definitions", "--out", "b", "--quiet"];
      expect(await runCommand(argv, { cwd })).toMatchObject({ code: 0, stdout: "" });
      const again = contentsOf(path.join(cwd, "b"));
      expect(Object.entries(again).filter(([file]) => file.endsWith(".crd.ts"))).toEqual(
        wanted.filter(([file]) => file !== imposters),
      );
    },
  );
});
