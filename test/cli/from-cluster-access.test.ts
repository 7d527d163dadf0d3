import { spawnSync } from "node:child_process";
import * as path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { lockName } from "../../src/output/lock.ts";
import { findAssets, kubernetesVersions } from "../cluster/assets.ts";
import { createAuthority } from "../cluster/certificate.ts";
import { kubeconfig } from "../cluster/kubeconfig.ts";
import { type ApiServer, startServer } from "../cluster/server.ts";
import { corpusFiles } from "../corpus-files.ts";
import { isRecord } from "../fidelity/raw-schema.ts";
import { contentsOf, temporaryFolder } from "../temporary-folder.ts";
import { Api } from "../truth/api.ts";
import { readDefinitions } from "../truth/definitions.ts";
import type { Json } from "../truth/json.ts";
import { canariesIn, canary, earlierOutput, nowhere } from "./cluster-command.ts";
import { type CommandResult, runCommand } from "./command-process.ts";

/** Generous: a machine that is busy with other things takes several times as long as one that is not. */
const timeout = 180_000;
const collection = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
const rbac = "/apis/rbac.authorization.k8s.io/v1";
const resource = "customresourcedefinitions.apiextensions.k8s.io";
const fixtures = path.resolve(import.meta.dirname, "../../fixtures");
const installed = ["mycoolapp", "features/version-unserved"].flatMap((folder) =>
  corpusFiles(path.join(fixtures, folder)),
);

const assets = await findAssets({ version: kubernetesVersions.newest });

describe.skipIf(assets === undefined)("a cluster", { timeout }, () => {
  let server: ApiServer;
  let api: Api;

  beforeAll(async () => {
    if (assets === undefined) throw new Error("wanted the programs of a server, found none");
    server = await startServer(assets, { readyWithin: timeout });
    api = new Api(server);
    for (const { tree } of readDefinitions(installed).definitions) await create(collection, tree);
  }, timeout);

  afterAll(async () => {
    api?.close();
    await server?.stop();
  });

  function create(at: string, body: Json): Promise<unknown> {
    return api.expect({ method: "POST", path: at, body });
  }

  /** The token of the service account `builder` in a namespace, both of which are made for it. */
  async function serviceAccountToken(namespace: string): Promise<string> {
    const accounts = `/api/v1/namespaces/${namespace}/serviceaccounts`;
    await create("/api/v1/namespaces", { metadata: { name: namespace } });
    await create(accounts, { metadata: { name: "builder" } });
    const request = await create(`${accounts}/builder/token`, { spec: { expirationSeconds: 3600 } });
    return isRecord(request) && isRecord(request.status) ? String(request.status.token) : "";
  }

  /** Binds that service account to a role, and waits until the server has heard of it. */
  async function allow(namespace: string, role: string): Promise<void> {
    const roleRef = { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: role };
    const subjects = [{ kind: "ServiceAccount", name: "builder", namespace }];
    await create(`${rbac}/clusterrolebindings`, { metadata: { name: namespace }, roleRef, subjects });
    const resourceAttributes = { group: "apiextensions.k8s.io", resource: "customresourcedefinitions", verb: "list" };
    const spec = { user: `system:serviceaccount:${namespace}:builder`, resourceAttributes };
    for (;;) {
      const review = await create("/apis/authorization.k8s.io/v1/subjectaccessreviews", { spec });
      if (isRecord(review) && isRecord(review.status) && review.status.allowed === true) return;
    }
  }

  /** Reads the cluster by a kubeconfig of this text. */
  function read(config: string, ...argv: readonly string[]): Promise<CommandResult> {
    const cwd = temporaryFolder({ ...earlierOutput, config });
    return runCommand(["--from-cluster", "--kubeconfig", "config", ...argv], { cwd, environment: nowhere });
  }

  /** The plurals that were generated, with their versions. */
  async function generated(...argv: readonly string[]): Promise<readonly string[]> {
    const { code, stdout, stderr } = await read(server.kubeconfigs.token, "--json", ...argv);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const { files }: { files: { path: string }[] } = JSON.parse(stdout);
    return files.flatMap(({ path: file }) => /^[^/]+\/([^/]+\/(?!index)[^/]+)\.ts$/.exec(file)?.slice(1) ?? []);
  }

  test("gives its served versions, or what is selected", async () => {
    const served = ["v1/clusterpolicies", "v1/mycoolapps", "v1/workqueues", "v1beta1/workqueues", "v1/faxes"];
    expect(await generated()).toEqual(served);
    expect(await generated("--unserved", "--kind", "Fax")).toEqual(["v1/faxes", "v1alpha1/faxes"]);
    expect(await generated("--group", "stable.example.com", "--api-version", "v1")).toEqual(served.slice(0, 3));
    expect(await generated("--kind", "MyCoolApp", "--kind", "ClusterPolicy")).toEqual(served.slice(0, 2));
    expect(await generated("--crd", "mycoolapps.stable.example.com")).toEqual(["v1/mycoolapps"]);
  });

  test("is found by KUBECONFIG, in the home folder, and by the config file", async () => {
    const cwd = temporaryFolder({
      ".kube/config": server.kubeconfigs.clientCertificate,
      "one/config": server.kubeconfigs.clientCertificate.replace("current-context: crd-gen", "current-context: none"),
      "work/crd-gen.config.json": JSON.stringify({
        fromCluster: true,
        context: "crd-gen",
        kubeconfig: "../one/config",
      }),
      "empty/": "",
    });
    const run = (folder: string, argv: readonly string[], environment: NodeJS.ProcessEnv): Promise<CommandResult> =>
      runCommand(argv, { cwd: path.join(cwd, folder), environment: { ...nowhere, HOME: cwd, ...environment } });
    const done = { code: 0, stderr: "" };
    expect(await run("empty", ["--from-cluster", "--quiet"], {})).toMatchObject(done);
    const two = { KUBECONFIG: `${cwd}/none:${cwd}/one/config`, HOME: "/none" };
    expect(await run("empty", ["--from-cluster", "--context", "crd-gen", "--quiet"], two)).toMatchObject(done);
    expect(await run("work", ["--quiet"], { HOME: "/none" })).toMatchObject(done);
    expect(contentsOf(path.join(cwd, "work/generated"))).toEqual(contentsOf(path.join(cwd, "empty/generated")));
  });

  test("beside a file that says the same of a definition", async () => {
    const definition = await api.expect({ method: "GET", path: `${collection}/mycoolapps.stable.example.com` });
    const cwd = temporaryFolder({ config: server.kubeconfigs.token, "a.json": JSON.stringify(definition) });
    const argv = ["--from-cluster", "--kubeconfig", "config"];
    const options = { cwd, environment: nowhere };
    expect(await runCommand([...argv, "a.json", "--out", "both"], options)).toMatchObject({ code: 0, stderr: "" });
    expect(await runCommand([...argv, "--out", "alone"], options)).toMatchObject({ code: 0, stderr: "" });
    // The locks name their sources.
    const { [lockName]: _, ...both } = contentsOf(path.join(cwd, "both"));
    const { [lockName]: __, ...alone } = contentsOf(path.join(cwd, "alone"));
    expect(both).toEqual(alone);
  });

  test("refuses credentials that it does not know, and is refused where its authority is not trusted", async () => {
    const user = { token: canary("token") };
    const unknown = await read(kubeconfig(server, user));
    expect(unknown.stderr).toBe(
      `${server.baseUrl} (context "crd-gen"): wanted the definitions, but the server does not know who asks (401 Unauthorized); the context's credentials are missing, wrong or expired: log in again, or choose another context\n1 error; nothing was written\n`,
    );
    const { certificate: ca } = createAuthority("another");
    const untrusted = await read(kubeconfig({ baseUrl: server.baseUrl, ca }, user));
    expect(untrusted.stderr).toMatch(/: wanted a certificate from an authority that is trusted, got another /);
    for (const { code, stdout, stderr } of [unknown, untrusted]) {
      expect({ code, stdout, canaries: canariesIn(stderr) }).toEqual({ code: 3, stdout: "", canaries: [] });
    }
  });

  test("refuses a service account that may not, until it gets the rule that the message gives", async () => {
    const token = await serviceAccountToken("ci");
    const user = "system:serviceaccount:ci:builder";
    const refused = await read(kubeconfig(server, { token }));
    expect(refused).toMatchObject({ code: 3, stdout: "" });
    expect(refused.stderr).not.toContain(token);
    const beginning = `: the user ${user} may not list ${resource} \\(403 Forbidden\\); `;
    const [, rule = ""] = new RegExp(`${beginning}.* the rule (\\{.*\\}), as`).exec(refused.stderr) ?? [];
    const named = await read(kubeconfig(server, { token }), "--crd", "mycoolapps.stable.example.com");
    expect(named.stderr).toContain(`: the user ${user} may not get ${resource} (403 Forbidden); `);

    await create(`${rbac}/clusterroles`, { metadata: { name: "crd-reader" }, rules: [parse(rule)] });
    await allow("ci", "crd-reader");
    expect(await read(kubeconfig(server, { token }), "--quiet")).toEqual({ code: 0, stdout: "", stderr: "" });
  });

  test("is that of the pod that the command runs in", async ({ skip }) => {
    if (spawnSync("unshare", ["--mount", "mount", "-t", "tmpfs", "none", "/var/run"]).status !== 0) {
      skip("no file system can be mounted here");
    }
    const cwd = temporaryFolder({ token: await serviceAccountToken("pods"), "ca.crt": server.ca });
    await allow("pods", "cluster-admin");
    const { hostname, port } = new URL(server.baseUrl);
    const environment = { KUBERNETES_SERVICE_HOST: hostname, KUBERNETES_SERVICE_PORT: port, HOME: cwd };
    const options = { cwd, environment, shell: inPod };
    expect(await runCommand(["--from-cluster", "--quiet"], options)).toEqual({ code: 0, stdout: "", stderr: "" });
    expect(Object.keys(contentsOf(path.join(cwd, "generated")))).toContain("stable.example.com/v1/mycoolapps.ts");
  });
});

const serviceAccount = "/var/run/secrets/kubernetes.io/serviceaccount";
/** Puts the files of a service account where a pod has them, for one command alone. */
const inPod = `exec unshare --mount /bin/sh -ec 'mount -t tmpfs none /var/run; mkdir -p ${serviceAccount}; cp token ca.crt ${serviceAccount}; exec "$0" "$@"' "$0" "$@";`;
