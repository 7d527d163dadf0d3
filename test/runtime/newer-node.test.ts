import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, symlinkSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { findAssets } from "../cluster/assets.ts";
import { startServer } from "../cluster/server.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { knownUsers, kubeconfigOf } from "./config/real-server/known-users.ts";

/*
 * The newer line of client-node, which does not load on the oldest Node. CRD_GEN_NEWER_NODE is the program of a newer one,
 * from the npm package `node`, with client-node beside that package.
 */
const newerNode = process.env.CRD_GEN_NEWER_NODE ?? "";
const newerPackages = path.resolve(path.dirname(newerNode), "../..");
const clientNode = path.join(newerPackages, "@kubernetes");
const available = newerNode !== "" && existsSync(clientNode);
if (!available) {
  console.warn("SKIPPED: client-node 2.x needs a newer Node; name one with it beside by CRD_GEN_NEWER_NODE to test it");
}
const root = path.resolve(import.meta.dirname, "../..");
const assets = available ? await findAssets() : undefined;

test.skipIf(!existsSync(newerNode))(
  "why there is no connection is told under a newer Node, whose OpenSSL has codes of its own",
  () => {
    const vitest = path.join(root, "node_modules/vitest/vitest.mjs");
    const failures = "test/runtime/transport/undici-transport-failures.test.ts";
    // What fails says so at its error output, which is part of the error here.
    const said = execFileSync(newerNode, [vitest, "run", failures], { cwd: root, encoding: "utf8", timeout: 60_000 });
    expect(said).toMatch(/Tests .*passed/);
  },
  90_000,
);

/** Says for each kubeconfig who the server takes its user for: as the runtime reads it, and as client-node does. */
const program = `
  import { KubeConfig } from "@kubernetes/client-node";
  import manifest from "@kubernetes/client-node/package.json" with { type: "json" };
  import { DynamicClient } from "@crd-gen/runtime";

  const reviews = { group: "authentication.k8s.io", version: "v1", plural: "selfsubjectreviews" };
  const review = { apiVersion: "authentication.k8s.io/v1", kind: "SelfSubjectReview" };
  const users = [];
  for (const kubeconfig of process.argv.slice(2)) {
    const kubeConfig = new KubeConfig();
    kubeConfig.loadFromFile(kubeconfig);
    for (const client of [await DynamicClient.fromDefault({ kubeconfig }), await DynamicClient.fromKubeConfig(kubeConfig)]) {
      const answer = await client.resource(reviews).create(review).catch((error) => error);
      users.push(answer.reason ?? answer.nestedString("status", "userInfo", "username"));
      await client.close();
    }
  }
  console.log(JSON.stringify({ clientNode: manifest.version.split(".")[0], node: process.versions.node.split(".")[0], users }));
`;

test.skipIf(assets === undefined)(
  "every credential is taken for its user with client-node 2.x under a newer Node",
  async () => {
    if (assets === undefined) return;
    const server = await startServer(assets);
    try {
      const folder = temporaryFolder({ "program.mjs": program, "node_modules/@crd-gen/": "" });
      // A copy, so that it finds the packages beside it and not those of the repository.
      const runtime = path.join(folder, "node_modules/@crd-gen/runtime");
      mkdirSync(runtime);
      cpSync(path.join(root, "src/runtime/dist"), path.join(runtime, "dist"), { recursive: true });
      cpSync(path.join(root, "src/runtime/package.json"), path.join(runtime, "package.json"));
      symlinkSync(path.join(root, "node_modules/undici"), path.join(folder, "node_modules/undici"));
      symlinkSync(clientNode, path.join(folder, "node_modules/@kubernetes"));
      const known = knownUsers(server);
      const kubeconfigs = known.map(({ user, files = {} }) =>
        path.join(temporaryFolder({ ...files, kubeconfig: kubeconfigOf(server, user) }), "kubeconfig"),
      );
      const said = execFileSync(newerNode, ["program.mjs", ...kubeconfigs], { cwd: folder, encoding: "utf8" });
      const { clientNode: line, node, users } = JSON.parse(said);
      expect(line).toBe("2");
      expect(Number(node)).toBeGreaterThan(20);
      expect(users).toEqual(known.flatMap(({ username, byClientNode = username }) => [username, byClientNode]));
    } finally {
      await server.stop();
    }
  },
);
