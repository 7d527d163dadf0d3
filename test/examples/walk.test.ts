import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { findAssets } from "../cluster/assets.ts";
import { temporaryFolder } from "../temporary-folder.ts";

const root = path.resolve(import.meta.dirname, "../..");
const script = path.join(root, "scripts/walk.mjs");
const assets = await findAssets();

const said = `backend-service runs myregistry.com/mycoolapp/backend:v1.0.0
replicas: 3
config database: postgres-prod
config environment: development
config externalAPIKey: (not shown)
config logLevel: INFO
in all namespaces: default/backend-service, my-namespace/frontend-ui
staging in my-namespace: my-namespace/frontend-ui
scope of mycoolapps.stable.example.com: Namespaced
replicas: 4, scaling up
config database: postgres-prod
no-such-app: not found
`;

describe("npm run walk", () => {
  test.skipIf(assets === undefined)(
    "generates from a cluster, compiles and runs both programs, which say the same and no secret",
    { timeout: 120_000 },
    async () => {
      const { stdout, stderr } = await promisify(execFile)(process.execPath, [script], { cwd: root });
      const [, ...programs] = stdout.split(/^\$ node built\/walk\/(?=dynamic|typed)/m);
      expect(programs).toEqual([`dynamic.js\n${said}\n`, `typed.js\n${said}`]);
      expect(stdout).toContain("generated 1 kind in 1 version into mycoolapp");
      const secret = /externalAPIKey: (\S+)/.exec(
        readFileSync(path.join(root, "fixtures/mycoolapp/backend-service.yaml"), "utf8"),
      )?.[1];
      expect(secret).toBe("supersecret-prod");
      expect(stdout + stderr).not.toContain(secret);
    },
  );

  test("without Go and without a server it says what to do", async () => {
    const folder = temporaryFolder();
    const env = { HOME: folder, PATH: folder };
    const walk = promisify(execFile)(process.execPath, [script], { cwd: root, env });
    await expect(walk).rejects.toMatchObject({
      code: 1,
      stderr: `walk: kube-apiserver 1.34.4: wanted KUBEBUILDER_ASSETS, a build in ${folder}/.cache/crd-gen/apiserver or Go to build it with, found none; set KUBEBUILDER_ASSETS to a folder with kube-apiserver and etcd, or install Go and run again\n`,
    });
  });
});
