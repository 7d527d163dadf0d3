import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import process from "node:process";
import { beforeAll, describe, expect, test } from "vitest";
import { findAssets } from "../cluster/assets.ts";
import { startServer } from "../cluster/server.ts";
import { fixture } from "../runtime/client/real-server/kinds.ts";
import { Session } from "../runtime/client/real-server/session.ts";
import { codeBlock, installPacked, ownPackage, pack, runNode } from "./packed-project.ts";

const timeout = 180_000;
const root = path.resolve(import.meta.dirname, "../..");
const assets = await findAssets();

/** A line of Node, with the line of client-node for it. */
interface NodeLine {
  readonly node: string;
  readonly clientNode: string;
}

const newerNode = process.env.CRD_GEN_NEWER_NODE ?? "";
const newerClientNode = path.resolve(path.dirname(newerNode), "../../@kubernetes/client-node");
const lines: readonly NodeLine[] = [
  { node: process.execPath, clientNode: ownPackage("@kubernetes/client-node") },
  ...(newerNode !== "" && existsSync(newerClientNode) ? [{ node: newerNode, clientNode: newerClientNode }] : []),
];
if (lines.length === 1) {
  console.warn("SKIPPED: packages under a newer Node; name one with client-node 2.x beside by CRD_GEN_NEWER_NODE");
}

/** Runs the example of the runtime's README, which is a part of a program. */
const scaling = `import { DynamicClient } from "@crd-gen/runtime";
import { myCoolAppClient } from "./generated/stable.example.com/v1/mycoolapps.js";
import { scale, web } from "./scaler.js";

await using client = await DynamicClient.fromDefault();
const apps = myCoolAppClient(client).namespace("default");
await apps.create(web);
await scale(client, "web", 5);
console.log((await apps.get("web")).spec?.replicas);
`;

const tsconfig = {
  compilerOptions: {
    strict: true,
    exactOptionalPropertyTypes: true,
    target: "es2022",
    lib: ["es2022"],
    module: "nodenext",
    types: ["node"],
    rootDir: "src",
    outDir: "dist",
  },
  include: ["src"],
};

describe("the packed packages, in a project of their own", () => {
  let folder: string;
  let project: string;
  let runtime: string;
  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), "crd-gen-packages-"));
    project = path.join(folder, "project");
    runtime = await pack("@crd-gen/runtime", folder);
    const packed = { "crd-gen": await pack("crd-gen", folder), "@crd-gen/runtime": runtime };
    const linked = Object.fromEntries(["typescript", "@types/node"].map((name) => [name, ownPackage(name)]));
    await installPacked(project, { packed, linked });
    mkdirSync(path.join(project, "src"));
    const files = {
      "tsconfig.json": JSON.stringify(tsconfig),
      "src/example.ts": codeBlock("README.md", "DynamicClient.fromDefault"),
      "src/scaler.ts": codeBlock("src/runtime/README.md", "export async function scale"),
      "src/scaling.ts": scaling,
    };
    for (const [name, content] of Object.entries(files)) writeFileSync(path.join(project, name), content);
    const crds = path.join(root, "fixtures/mycoolapp/mycoolapp.yaml");
    await runNode(["node_modules/crd-gen/dist/cli/main.js", crds, "--out", "src/generated"], { cwd: project });
    await runNode(["node_modules/typescript/bin/tsc", "-p", "."], { cwd: project });
    return () => rmSync(folder, { recursive: true, force: true });
  }, timeout);

  test("the examples of both READMEs compile", () => {
    for (const name of ["example", "scaling"]) expect(existsSync(path.join(project, `dist/${name}.js`))).toBe(true);
  });

  test.skipIf(assets === undefined)("and run, under every line of Node", { timeout }, async () => {
    if (assets === undefined) return;
    const session = new Session(await startServer(assets));
    try {
      await session.install(fixture("mycoolapp"), fixture("workqueue"));
      const queues = { group: "stable.example.com", version: "v1", plural: "workqueues" };
      const metadata = { name: "mail" };
      const mail = { apiVersion: "stable.example.com/v1", kind: "WorkQueue", metadata, spec: { queueName: "letters" } };
      await session.client.resource(queues).namespace("default").create(mail);
      const kubeconfig = path.join(folder, "kubeconfig");
      writeFileSync(kubeconfig, session.server.kubeconfigs.clientCertificate);
      for (const { node, clientNode } of lines) {
        const cwd = mkdtempSync(path.join(folder, "line-"));
        const linked = { "@kubernetes/client-node": clientNode };
        await installPacked(cwd, { packed: { "@crd-gen/runtime": runtime }, linked });
        cpSync(path.join(project, "dist"), path.join(cwd, "dist"), { recursive: true });
        // A second run finds what the first one made.
        for (const _ of ["first", "second"])
          expect(await runNode(["dist/example.js"], { cwd, node, kubeconfig })).toBe("development\nletters\n");
        expect(await runNode(["dist/scaling.js"], { cwd, node, kubeconfig })).toBe("5\n");
        const apps = { ...queues, plural: "mycoolapps" };
        await session.client.resource(apps).namespace("default").deleteCollection();
      }
    } finally {
      await session.close();
      await session.server.stop();
    }
  });
});
