import type { RequestListener } from "node:http";
import * as path from "node:path";
import { setImmediate } from "node:timers/promises";
import { expect, test } from "vitest";
import { createAuthority } from "../cluster/certificate.ts";
import { type Answer, pageOf, pages, refusal, startOwnCluster } from "../read/own-cluster.ts";
import { contentsOf, temporaryFolder } from "../temporary-folder.ts";
import { canariesIn, canary, earlierOutput, kubeconfigOf, listedDefinition, nowhere } from "./cluster-command.ts";
import { type CommandResult, myCoolApp, resultOf, runCommand, startCommand } from "./command-process.ts";

const authority = createAuthority("an authority");
const certificate = authority.server({ commonName: "own" });
const definitions = [listedDefinition("ones"), listedDefinition("twos")];
const first = pageOf(definitions, { continue: "1", remainingItemCount: 1 });

/** A working folder with output of before, and the kubeconfig of a server that answers so. */
async function folderFor(answer: RequestListener, user?: object): Promise<string> {
  const { baseUrl: server } = await startOwnCluster(answer, certificate);
  const ca = Buffer.from(authority.certificate).toString("base64");
  const config = kubeconfigOf({ server, "certificate-authority-data": ca }, user);
  return temporaryFolder({ ...earlierOutput, config });
}

const fromCluster = ["--from-cluster", "--kubeconfig", "config"];

function run(cwd: string, ...argv: readonly string[]): Promise<CommandResult> {
  return runCommand([...fromCluster, ...argv], { cwd, environment: nowhere });
}

test.each([
  [["--context", "staging", myCoolApp], "--context: wanted --from-cluster beside it, found none\n"],
  [["--kubeconfig", "config", myCoolApp], "--kubeconfig: wanted --from-cluster beside it, found none\n"],
  [
    ["--context", "staging"],
    "no source: name a file, a folder, a glob, a URL, - for standard input, or --from-cluster; see crd-gen --help\n",
  ],
])("%j is a wrong usage", async (argv, stderr) => {
  const cwd = temporaryFolder();
  expect(await runCommand(argv, { cwd, environment: nowhere })).toEqual({ code: 2, stdout: "", stderr });
  expect(contentsOf(cwd)).toEqual({});
});

test.each<readonly [string, NodeJS.ProcessEnv, string]>([
  [
    "no kubeconfig",
    {},
    "wanted a file named by KUBECONFIG or <cwd>/.kube/config, found neither; set KUBECONFIG, or pass a path",
  ],
  [
    "no kubeconfig where KUBECONFIG says",
    { KUBECONFIG: "/none/a:/none/b" },
    "wanted a file named by KUBECONFIG, found none of /none/a, /none/b; mend KUBECONFIG, or pass a path",
  ],
])("%s", async (_, environment, message) => {
  const cwd = temporaryFolder(earlierOutput);
  const options = { cwd, environment: { ...nowhere, HOME: cwd, ...environment } };
  const { code, stdout, stderr } = await runCommand(["--from-cluster"], options);
  expect({ code, stdout }).toEqual({ code: 3, stdout: "" });
  expect(stderr.replaceAll(cwd, "<cwd>")).toBe(
    `kubeconfig: ${message}; --kubeconfig and --context name others\n1 error; nothing was written\n`,
  );
  expect(contentsOf(cwd)).toEqual(earlierContents);
});

const earlierContents = { generated: null, ...earlierOutput };

test("two pages and no terminal: nothing is said but the result", async () => {
  const cwd = await folderFor(pages(first, pageOf([listedDefinition("threes")])));
  const { code, stdout, stderr } = await run(cwd);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toMatch(/^generated 3 kinds in 3 versions into generated: /);
});

test("a second page that fails: one message, exit code 3, no credential, and the output as it was", async () => {
  const cwd = await folderFor(pages(first, refusal(500, "InternalError", "etcd does not answer")));
  const before = contentsOf(cwd);
  const results = [await run(cwd), await run(cwd, "--json"), await run(cwd, "--quiet", "--verbose")];
  for (const { code, stdout, stderr } of results) {
    expect({ code, canaries: canariesIn(stdout + stderr) }).toEqual({ code: 3, canaries: [] });
    expect(stderr).toMatch(
      /^https:\/\/127\.0\.0\.1:\d+ \(context "staging"\): wanted the definitions, but got .*\n1 error; nothing was written\n$/,
    );
  }
  expect(JSON.parse(results[1]?.stdout ?? "")).toMatchObject({
    exitCode: 3,
    files: [],
    diagnostics: [{ code: "cluster" }],
  });
  expect(contentsOf(cwd)).toEqual(before);
});

test("a plugin that fails and prints a credential: its output is not shown", async () => {
  const script = "console.log(process.env.SECRET); console.error(process.env.SECRET); process.exit(3)";
  const env = [{ name: "SECRET", value: canary("variable") }];
  const apiVersion = "client.authentication.k8s.io/v1";
  const exec = { apiVersion, command: process.execPath, args: ["-e", script], env, interactiveMode: "Never" };
  const cwd = await folderFor(pages(first), { exec });
  const before = contentsOf(cwd);
  const { code, stdout, stderr } = await run(cwd);
  expect({ code, stdout, canaries: canariesIn(stderr) }).toEqual({ code: 3, stdout: "", canaries: [] });
  expect(stderr).toMatch(/^kubeconfig .*: exec plugin .* failed.*\n1 error; nothing was written\n$/);
  expect(contentsOf(cwd)).toEqual(before);
});

/** The names of files that wait to be put in their places. */
function stagedIn(cwd: string): readonly string[] {
  return Object.keys(contentsOf(path.join(cwd, "generated"))).filter((name) =>
    /^\.crd-gen\/files-[^/]+\/new\/.*\.ts$/.test(name),
  );
}

test.each([
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const)("%s while the second page does not come ends with %i, and leaves nothing", async (signal, code) => {
  let staged = 0;
  const hang: Answer = async () => {
    while (staged < definitions.length) {
      await setImmediate();
      staged = stagedIn(cwd).length;
    }
    child.kill(signal);
  };
  const cwd = await folderFor(pages(first, hang));
  const before = contentsOf(cwd);
  const child = startCommand(fromCluster, { cwd, environment: nowhere });
  expect(await resultOf(child)).toEqual({ code, stdout: "", stderr: "" });
  expect(staged).toBe(definitions.length);
  expect(contentsOf(cwd)).toEqual(before);
});

test("SIGINT while the first page does not come ends with 130, and leaves nothing", async () => {
  const cwd = await folderFor(() => child.kill("SIGINT"));
  const before = contentsOf(cwd);
  const child = startCommand(fromCluster, { cwd, environment: nowhere });
  expect(await resultOf(child)).toEqual({ code: 130, stdout: "", stderr: "" });
  expect(contentsOf(cwd)).toEqual(before);
});

test.each([
  ["generate", [], ""],
  ["generate", ["--crd", "ones.example.com"], " of the names of --crd"],
  ["list", [], ""],
  ["pull", ["--out", "generated"], ""],
])("%s %j of a cluster without definitions says which cluster has none", async (command, argv, which) => {
  const cwd = await folderFor(argv.includes("--crd") ? pages(refusal(404, "NotFound", "no")) : pages(pageOf([])));
  const { code, stderr } = await runCommand([command, ...fromCluster, ...argv], { cwd, environment: nowhere });
  expect(code).toBe(2);
  const [message] = stderr.split("\n").filter((line) => line.startsWith("no "));
  expect(message?.replace(/127\.0\.0\.1:\d+/, "<host>")).toBe(
    `no CustomResourceDefinition${which} in https://<host> (context "staging"); install one, as by kubectl apply -f FILE, or name another source`,
  );
});
