import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createServer, type Socket } from "node:net";
import * as path from "node:path";
import { text } from "node:stream/consumers";
import { describe, expect, onTestFinished, test } from "vitest";
import { temporaryFolder } from "../temporary-folder.ts";
import { findAssets, kubernetesVersions } from "./assets.ts";
import { fakeProgram, runsForever } from "./fake-program.ts";
import { remains, type Traces } from "./remains.ts";

const root = path.resolve(import.meta.dirname, "../..");
const assets = await findAssets();
/** Generous: a machine that is busy with other things takes several times as long as one that is not. */
const timeout = 120_000;

/** Starts a script of ours with the same programs. */
function start(args: readonly string[], environment: NodeJS.ProcessEnv = {}): ChildProcess {
  const given = { KUBEBUILDER_ASSETS: path.dirname(assets?.apiServer ?? "") };
  // A group of its own, so that an interruption of the whole group is none of the tests.
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { ...process.env, ...given, ...environment },
    detached: true,
    stdio: ["ignore", "pipe", "inherit"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  return child;
}

/** Runs a test that never ends and whose server is running. */
async function hangingRun(): Promise<{ runner: ChildProcess; traces: Traces }> {
  const listener = createServer().listen(0, "127.0.0.1");
  onTestFinished(() => void listener.close());
  await once(listener, "listening");
  const address = listener.address();
  if (address === null || typeof address === "string") throw new Error("wanted a port");
  const vitest = [path.join(root, "node_modules/vitest/vitest.mjs"), "run"];
  const config = ["--config", path.join(import.meta.dirname, "runner/vitest.config.ts")];
  const runner = start([...vitest, ...config], { REPORT_TO: String(address.port) });
  const [socket] = await Promise.race([
    once(listener, "connection") as Promise<[Socket]>,
    once(runner, "exit").then(() => Promise.reject(new Error("the run ended before its test had a server"))),
  ]);
  return { runner, traces: JSON.parse(await text(socket)) as Traces };
}

/** Waits until nothing is left. */
async function nothingRemains(traces: Traces): Promise<void> {
  await expect.poll(() => remains(traces), { timeout: 30_000, interval: 20 }).toEqual([]);
}

describe.skipIf(assets === undefined)("nothing is left of a server", { timeout }, () => {
  test.each(["SIGINT", "SIGTERM", "SIGKILL"] as const)("when %s ends the test run", async (signal) => {
    const { runner, traces } = await hangingRun();
    expect(await remains(traces)).toHaveLength(6);
    runner.kill(signal);
    await nothingRemains(traces);
    await ended(runner);
  });

  test("when the whole group of processes is killed, as the end of a job does", async () => {
    const { runner, traces } = await hangingRun();
    process.kill(-(runner.pid ?? 0), "SIGKILL");
    await nothingRemains(traces);
    await ended(runner);
  });
});

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
}

describe("npm run apiserver", { timeout }, () => {
  const script = path.join(root, "scripts/apiserver.mjs");

  test.skipIf(assets === undefined)("starts one with a kubeconfig, until Ctrl-C", async () => {
    const child = start([script]);
    let said = "";
    for await (const chunk of child.stdout ?? []) {
      said += chunk;
      if (!said.includes("Ctrl-C") || child.killed) continue;
      const kubeconfig = /^kubeconfig: (.*)$/m.exec(said)?.[1] ?? "";
      expect(readFileSync(kubeconfig, "utf8")).toContain(/^ready at (\S+)/m.exec(said)?.[1]);
      child.kill("SIGINT");
    }
    await ended(child);
    expect(child.exitCode).toBe(0);
    expect(said).toMatch(/\nstopped; nothing is left\n$/);
    expect(existsSync(path.dirname(/^kubeconfig: (.*)$/m.exec(said)?.[1] ?? root))).toBe(false);
  });

  test.each([
    { args: ["--port", "0"], message: '--port: wanted a whole number from 1 to 65535, got "0"' },
    {
      args: ["--version", "latest"],
      message: '--version: wanted oldest, newest or a release as 1.34.4, got "latest"',
    },
    { args: ["--ports"], message: "Unknown option '--ports'" },
  ])("refuses $args", ({ args, message }) => {
    const { status, stderr } = spawnSync(process.execPath, [script, ...args], { encoding: "utf8" });
    expect(status).toBe(1);
    expect(stderr).toMatch(new RegExp(`^${message}.*\n$`));
  });

  test("says its options", () => {
    const { status, stdout } = spawnSync(process.execPath, [script, "--help"], { encoding: "utf8" });
    expect(status).toBe(0);
    expect(stdout.match(/^ {2}--\w+/gm)).toEqual(["  --version", "  --port", "  --build", "  --help"]);
  });

  test.each([
    { args: [], version: kubernetesVersions.oldest },
    { args: ["--version", "newest", "--build"], version: kubernetesVersions.newest },
  ])("without programs and Go, $args says what to do", ({ args, version }) => {
    const folder = temporaryFolder();
    const env = { PATH: folder, XDG_CACHE_HOME: folder };
    const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], { encoding: "utf8", env });
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toMatch(/^kube-apiserver \S+: wanted KUBEBUILDER_ASSETS, .*; set KUBEBUILDER_ASSETS to .*\n$/);
    expect(stderr).toContain(`kube-apiserver ${version}:`);
  });

  test("leaves nothing of a build that is killed but a lock, which the next one takes over", async () => {
    const folder = temporaryFolder();
    fakeProgram(folder, "go", `if (process.argv[2] === "mod") { console.error("downloads"); ${runsForever} }`);
    const cache = path.join(folder, "cache/crd-gen/apiserver");
    const environment = { PATH: folder, XDG_CACHE_HOME: path.join(folder, "cache"), KUBEBUILDER_ASSETS: "" };
    const child = start([script, "--build"], environment);
    const content = (): readonly string[] => (existsSync(cache) ? readdirSync(cache) : []);
    const lock = `${kubernetesVersions.oldest}.lock`;
    const soon = { timeout: 30_000, interval: 20 };
    await expect.poll(content, soon).toEqual([expect.stringMatching(/^\.build-/), lock]);
    child.kill("SIGKILL");
    await expect.poll(content, soon).toEqual([lock]);
    await ended(child);
  });
});
