import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import type { RequestListener } from "node:http";
import { expect, test } from "vitest";
import { pageOf, pages, silence, startOwnCluster } from "../read/own-cluster.ts";
import { contentsOf, temporaryFolder } from "../temporary-folder.ts";
import { earlierOutput, kubeconfigOf, listedDefinition, nowhere } from "./cluster-command.ts";
import { resultOf } from "./command-process.ts";
import { hasScript, screenOf, startOnTerminal } from "./terminal.ts";

const names = Array.from({ length: 20 }, (_, index) => `names${index}s`);
const first = pageOf(names.map(listedDefinition), { continue: "1", remainingItemCount: 1 });
const last = pageOf([listedDefinition("lasts")]);

/** The command on a terminal of its own, and the folder that it runs in. */
interface OnTerminal {
  readonly server: string;
  readonly cwd: string;
  readonly child: ChildProcess;
}

async function start(
  answer: RequestListener,
  { columns, argv = [] }: { readonly columns: number; readonly argv?: readonly string[] },
): Promise<OnTerminal> {
  const { baseUrl: server } = await startOwnCluster(answer);
  const cwd = temporaryFolder({ ...earlierOutput, config: kubeconfigOf({ server }) });
  const words = ["--from-cluster", "--kubeconfig", "config", ...argv];
  const child = startOnTerminal(words, { cwd, columns, environment: nowhere });
  return { server, cwd, child };
}

/** The text that is written at the beginning of a line that is erased first. */
function shownIn(stdout: string): readonly string[] {
  return stdout.split("\r\u001b[K").slice(1, -1);
}

test.skipIf(!hasScript).each([
  [40, 'definitions of context "stagin'],
  [80, 'definitions of context "staging" at <server>'],
])("a terminal of %i columns shows how far it is, and in the end nothing of that", async (columns, rest) => {
  const { server, child } = await start(pages(first, last), { columns });
  const { code, stdout } = await resultOf(child);
  expect(code).toBe(0);
  expect(shownIn(stdout.replaceAll(server, "<server>"))).toEqual([16, 20, 21].map((done) => `${done} of 21 ${rest}`));
  expect(screenOf(stdout)).toEqual([
    "generated 21 kinds in 21 versions into generated: 25 files, 24 new, 1 changed, 0 unchanged",
    expect.stringMatching(/^not said by types: /),
    expect.stringMatching(/^the generated code needs @crd-gen\/runtime/),
    "",
  ]);
});

test.skipIf(!hasScript).each(["--quiet", "--json"])("with %s it shows nothing of that", async (option) => {
  const { child } = await start(pages(first, last), { columns: 80, argv: [option] });
  const { code, stdout } = await resultOf(child);
  expect(code).toBe(0);
  expect(stdout).not.toContain("\u001b");
  expect(stdout).not.toContain("definitions of");
});

test.skipIf(!hasScript)("Ctrl-C takes it away, and ends with 130", async () => {
  const { cwd, child } = await start(pages(first, silence), { columns: 80 });
  const before = contentsOf(cwd);
  const closed = once(child, "close");
  let stdout = "";
  for await (const part of child.stdout ?? []) {
    const shown = stdout.includes("20 of 21");
    stdout += part;
    if (!shown && stdout.includes("20 of 21")) child.stdin?.write("\u0003");
  }
  expect(await closed).toEqual([130, null]);
  expect(screenOf(stdout)).toEqual([""]);
  expect(contentsOf(cwd)).toEqual(before);
});
