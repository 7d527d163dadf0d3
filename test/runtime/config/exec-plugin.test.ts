import { existsSync, readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import type { ContextEntries } from "../../../src/runtime/config/context-entries.ts";
import { ExecPlugin, type ExecPluginOptions } from "../../../src/runtime/config/exec-plugin.ts";
import type { KubeConfigExec } from "../../../src/runtime/config/kubeconfig-like.ts";
import { temporaryFolder } from "../../temporary-folder.ts";
import { expectGone, hangingPlugin } from "./hanging-plugin.ts";

const version = "client.authentication.k8s.io/v1";

/** The entries of a user whose plugin is a program in JavaScript. */
function entriesOf(body: string, more: Partial<KubeConfigExec> = {}, cluster: object = {}): ContextEntries {
  const exec = { apiVersion: version, command: process.execPath, args: ["--eval", body, "canary"], ...more };
  const server = "https://10.0.0.1:6443";
  return { where: "a test", server, cluster: { name: "lab", server, ...cluster }, user: { name: "ada", exec } };
}

/** JavaScript that prints an ExecCredential with a status, which is given in JavaScript too. */
function printing(status: string): string {
  return `console.log(JSON.stringify({ kind: "ExecCredential", apiVersion: "${version}", status: ${status} }));`;
}

/** A plugin that gives token 1, token 2 and so on, and a clock that is set by hand. */
function counting(status: string) {
  const folder = temporaryFolder({ runs: "" });
  const runs = JSON.stringify(path.join(folder, "runs"));
  const body = `const fs = require("node:fs"); fs.appendFileSync(${runs}, "x");
    const token = "token " + fs.readFileSync(${runs}, "utf8").length; ${printing(`{ token, ${status} }`)}`;
  const clock = { now: 1_000 };
  return { clock, plugin: new ExecPlugin(entriesOf(body), { now: () => clock.now }) };
}

test("a plugin runs again when its credentials have expired, and not before", async () => {
  const { clock, plugin } = counting("expirationTimestamp: '1970-01-01T00:00:05Z'");
  const tokens: unknown[] = [];
  for (const now of [1_000, 4_999, 5_000]) {
    clock.now = now;
    tokens.push((await plugin.credentials()).token);
  }
  expect(tokens).toEqual(["token 1", "token 1", "token 2"]);
});

test("a plugin that does not say how long they hold runs again when they are forgotten", async () => {
  const { clock, plugin } = counting("");
  expect((await plugin.credentials()).token).toBe("token 1");
  clock.now = Number.MAX_SAFE_INTEGER;
  expect((await plugin.credentials()).token).toBe("token 1");
  plugin.forget();
  expect((await plugin.credentials()).token).toBe("token 2");
});

test("a run from before they were forgotten gives nothing to those who ask later, even if it ends last", async () => {
  const folder = temporaryFolder();
  const files = JSON.stringify(folder);
  // The first run waits until there is a file that tells it to go on.
  const body = `const fs = require("node:fs"); const first = !fs.existsSync(${files} + "/begun");
    fs.writeFileSync(${files} + "/begun", "");
    const end = () => { ${printing('{ token: first ? "old" : "new" }')} };
    if (!first) end();
    else { const watch = setInterval(() => { if (fs.existsSync(${files} + "/go")) { clearInterval(watch); end(); } }, 10); }`;
  const plugin = new ExecPlugin(entriesOf(body));
  const old = plugin.credentials();
  await expect.poll(() => existsSync(path.join(folder, "begun")), { timeout: 10_000 }).toBe(true);
  plugin.forget();
  expect((await plugin.credentials()).token).toBe("new");
  writeFileSync(path.join(folder, "go"), "");
  expect((await old).token).toBe("old");
  expect((await plugin.credentials()).token).toBe("new");
});

/** Gives the environment that it finds, or what it can read of its input, as the token. */
const telling = (what: string): string => printing(`{ token: JSON.stringify(${what}) }`);

async function informationFor(exec: Partial<KubeConfigExec>, cluster: object = {}): Promise<unknown> {
  const plugin = new ExecPlugin(entriesOf(telling("process.env.KUBERNETES_EXEC_INFO"), exec, cluster));
  return JSON.parse(JSON.parse((await plugin.credentials()).token ?? ""));
}

test("a plugin is told its version, and that nobody types", async () => {
  const want = { kind: "ExecCredential", apiVersion: version, spec: { interactive: false } };
  expect(await informationFor({})).toEqual(want);
  expect(await informationFor({ env: [{ name: "KUBERNETES_EXEC_INFO", value: "wrong" }] })).toEqual(want);
  expect(await informationFor({ interactiveMode: "IfAvailable" })).toEqual(want);
});

test("a plugin is told of the cluster where it wants that", async () => {
  const exec = { provideClusterInfo: true };
  expect(await informationFor(exec)).toMatchObject({ spec: { cluster: { server: "https://10.0.0.1:6443" } } });
  const caFile = path.join(temporaryFolder({ "ca.crt": "an authority" }), "ca.crt");
  const authority = readFileSync(caFile).toString("base64");
  const cluster = {
    skipTLSVerify: true,
    tlsServerName: "lab.test",
    proxyUrl: "http://10.0.0.2",
    execConfig: { a: [1] },
  };
  const want = {
    server: "https://10.0.0.1:6443",
    "tls-server-name": "lab.test",
    "insecure-skip-tls-verify": true,
    "certificate-authority-data": authority,
    "proxy-url": "http://10.0.0.2",
    config: { a: [1] },
  };
  for (const ca of [{ caFile }, { caData: authority }]) {
    expect(await informationFor(exec, { ...cluster, ...ca })).toEqual({
      kind: "ExecCredential",
      apiVersion: version,
      spec: { interactive: false, cluster: want },
    });
  }
});

test("a plugin has the environment, with its own variables on top, and no input", async () => {
  const env = [{ name: "HOME", value: "/nowhere" }, { name: "EMPTY" }, { name: "NONE", value: null }];
  const seen = ["HOME", "EMPTY", "NONE", "PATH"].map((name) => `process.env.${name}`).join();
  const body = telling(`[${seen}, require("node:fs").readFileSync(0, "utf8")]`);
  const { token } = await new ExecPlugin(entriesOf(body, { env })).credentials();
  expect(JSON.parse(token ?? "")).toEqual(["/nowhere", "", "", process.env.PATH, ""]);
});

test("a plugin has the environment that is given", async () => {
  const environment = { ...process.env, GIVEN: "a word" };
  const { token } = await new ExecPlugin(entriesOf(telling("process.env.GIVEN")), { environment }).credentials();
  expect(JSON.parse(token ?? "")).toBe("a word");
});

function hanging(options: ExecPluginOptions): { readonly plugin: ExecPlugin; readonly pid: () => Promise<number> } {
  const { exec, pid } = hangingPlugin();
  return { plugin: new ExecPlugin(entriesOf("", exec), options), pid };
}

test.each([
  [{}, 45_000],
  [{ timeoutMs: 1_500, terminal: true }, 1_500],
])("a plugin that hangs is killed when its time is over, and runs again: %j", async (options, limit) => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  onTestFinished(() => void vi.useRealTimers());
  const { plugin, pid } = hanging({ terminal: false, ...options });
  const given = plugin.credentials();
  const failure = expect(given).rejects.toMatchObject({
    name: "ConfigError",
    code: "plugin",
    message: `a test: user "ada": exec plugin "/bin/sh" gave no answer in ${limit / 1000} s and was killed; run it by hand to see what it waits for, or give it longer by execTimeoutMs`,
  });
  const process = await pid();
  vi.advanceTimersByTime(limit - 1);
  expect(existsSync(`/proc/${process}`)).toBe(true);
  vi.advanceTimersByTime(1);
  await failure;
  await expectGone(process);
  expect(await plugin.credentials()).toMatchObject({ token: "a-token" });
  expect(vi.getTimerCount()).toBe(0);
});

test.each([{ terminal: true }, { timeoutMs: 0 }])(
  "a plugin has no limit with %j, and is killed by its signal",
  async (options) => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    onTestFinished(() => void vi.useRealTimers());
    const { plugin, pid } = hanging(options);
    const stop = new AbortController();
    const failure = expect(plugin.credentials(stop.signal)).rejects.toThrow(
      'a test: user "ada": exec plugin "/bin/sh" was killed, since nobody waits for it any longer; make another client',
    );
    const process = await pid();
    expect(vi.getTimerCount()).toBe(0);
    stop.abort();
    await failure;
    await expectGone(process);
  },
);

const byHand = "run it by hand to see why";

test.each<[string, Partial<KubeConfigExec>, string]>([
  ["console.log(process.argv[1])", {}, "gave what is not JSON; run it by hand to see what it says"],
  ["console.error(process.argv[1]); process.exit(3)", {}, `failed with exit code 3; ${byHand}`],
  ["process.kill(process.pid, 'SIGKILL')", {}, `was ended by SIGKILL; ${byHand}`],
  ["", { command: "crd-gen-no-such-plugin" }, "was not found; install it, or mend its path"],
  [
    "",
    { command: "crd-gen-no-such-plugin", installHint: "\u001b[1mLook at\n  https://example.com/\u001b[0m\n" },
    "was not found; install it, or mend its path: [1mLook at https://example.com/ [0m",
  ],
  ["", { command: "a\0b" }, `failed (ERR_INVALID_ARG_VALUE); ${byHand}`],
  ["", { command: import.meta.dirname }, `failed (EACCES); ${byHand}`],
  ["", { interactiveMode: "Always" }, "wants a terminal, which a library has not; use another way to authenticate"],
])("%j with %j fails", async (body, exec, problem) => {
  const entries = entriesOf(body, exec);
  const command = JSON.stringify(entries.user?.exec?.command);
  await expect(new ExecPlugin(entries).credentials()).rejects.toMatchObject({
    name: "ConfigError",
    code: "plugin",
    message: `a test: user "ada": exec plugin ${command} ${problem}`,
  });
});
