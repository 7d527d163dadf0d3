import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { DynamicClient } from "../../../src/runtime/client/dynamic-client.ts";
import { waitForCrd } from "../../../src/runtime/kinds/wait-for-crd.ts";
import { unknownPath } from "../discovery/answers.ts";
import { failed, json, type MemoryAnswer, MemoryTransport } from "../memory-transport.ts";

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(Math, "random").mockReturnValue(0);
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const name = "queues.stable.example.com";
const established = { type: "Established", status: "True", reason: "InitialNamesAccepted" };
const accepted = { type: "NamesAccepted", status: "True" };
const installing = { type: "Established", status: "False", reason: "Installing", message: "names are looked at" };

function definition(conditions: readonly object[] | null | undefined, metadata: object = {}): object {
  const versions = [
    { name: "v1", served: true, storage: true },
    { name: "v1beta1", served: true, storage: false },
    { name: "v1alpha1", served: false, storage: false },
  ];
  const names = { kind: "Queue", plural: "queues" };
  return {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name, resourceVersion: "1", ...metadata },
    spec: { group: "stable.example.com", scope: "Namespaced", names, versions },
    ...(conditions !== undefined && { status: { conditions } }),
  };
}

const ready = definition([accepted, established]);

/** Discovery of a server that serves the kind in these versions. */
function serving(...versions: readonly string[]): MemoryAnswer {
  const resources = [{ resource: "queues", responseKind: { kind: "Queue" }, scope: "Namespaced" }];
  const items = [
    { metadata: { name: "stable.example.com" }, versions: versions.map((version) => ({ version, resources })) },
  ];
  return json({ kind: "APIGroupDiscoveryList", items });
}

/** Gives events, and is silent then. */
async function* events(...all: readonly (readonly [type: string, object: object])[]): AsyncGenerator<string, void> {
  for (const [type, object] of all) yield `${JSON.stringify({ type, object })}\n`;
  await new Promise(() => undefined);
}

interface Server {
  readonly watch?: (connection: number) => MemoryAnswer;
  readonly discovery?: (index: number) => MemoryAnswer;
  readonly list?: (version: string, index: number) => MemoryAnswer;
}

/** A server that answers each kind of question as it is told to; `index` counts the questions of the kind. */
function serverOf({ watch, discovery, list }: Server): MemoryTransport {
  const asked = { watch: 0, discovery: 0, list: 0 };
  return new MemoryTransport(({ path }) => {
    if (path.includes("watch=true")) return watch?.(asked.watch++) ?? { body: events(["ADDED", ready]) };
    if (path === "/api") return unknownPath;
    if (path === "/apis") return discovery?.(asked.discovery++) ?? serving("v1", "v1beta1");
    const version = path.split("/")[3] ?? "";
    return list?.(version, asked.list++) ?? json({ kind: "QueueList", metadata: {}, items: [] });
  });
}

/** Waits while time passes as fast as it can; gives the definition or the error. */
async function outcome(transport: MemoryTransport, options: object = {}, time = 60_000): Promise<unknown> {
  const waited = waitForCrd(new DynamicClient({ transport }), name, options).catch((error: unknown) => error);
  await vi.advanceTimersByTimeAsync(time);
  const result = await waited;
  expect({ timers: vi.getTimerCount(), unfinished: transport.unfinished }).toEqual({ timers: 0, unfinished: 0 });
  return result;
}

describe("a wait for a definition ends", () => {
  it("when it is Established and answers in each version that is served", async () => {
    const transport = serverOf({});
    expect(await outcome(transport, {}, 0)).toEqual(ready);
    const [watched = "", ...others] = transport.paths;
    expect(watched).toContain(
      "customresourcedefinitions?allowWatchBookmarks=true&fieldSelector=metadata.name%3Dqueues.",
    );
    const list = (version: string): string => `/apis/stable.example.com/${version}/queues?limit=1`;
    expect(others).toEqual(["/api", "/apis", list("v1"), list("v1beta1")]);
  });

  it("after it has been created, established and told of", async () => {
    const watch = (): MemoryAnswer => ({
      body: events(
        ["ADDED", definition(undefined)],
        ["MODIFIED", definition(null)],
        ["MODIFIED", definition([accepted, installing])],
        ["BOOKMARK", { ...definition(undefined), metadata: { resourceVersion: "2" } }],
        ["MODIFIED", ready],
      ),
    });
    const answers = [serving(), serving("v1"), serving("v1", "v1beta1")];
    const transport = serverOf({ watch, discovery: (index) => answers[index] ?? {} });
    expect(await outcome(transport)).toEqual(ready);
    expect(transport.paths.filter((path) => path === "/apis")).toHaveLength(3);
  });

  it("after plain 404s and 429s", async () => {
    const refusals = [unknownPath, unknownPath, failed(429, "TooManyRequests"), unknownPath];
    const transport = serverOf({ list: (_, index) => refusals[index] ?? json({ metadata: {}, items: [] }) });
    expect(await outcome(transport)).toEqual(ready);
    expect(transport.paths.filter((path) => path.includes("limit=1"))).toHaveLength(6);
  });

  it.each([403, 500])("though the list is answered with %i, which is an answer", async (code) => {
    expect(await outcome(serverOf({ list: () => failed(code, "No") }), {}, 0)).toEqual(ready);
  });

  it("after a deletion and another creation", async () => {
    const leaving = definition([accepted, established], { deletionTimestamp: "2030-01-02T03:04:05Z" });
    const watch = (): MemoryAnswer => ({ body: events(["ADDED", leaving], ["DELETED", leaving], ["ADDED", ready]) });
    expect(await outcome(serverOf({ watch }), {}, 0)).toEqual(ready);
  });

  it("after its names were changed, which had been another one's", async () => {
    const old = { type: "NamesAccepted", status: "False", reason: "KindConflict", message: '"Line" is already in use' };
    const watch = (): MemoryAnswer => ({
      body: events(["ADDED", definition([old, established])], ["MODIFIED", ready]),
    });
    expect(await outcome(serverOf({ watch }), {}, 0)).toEqual(ready);
  });

  it("after a watch that the server has ended", async () => {
    const expired = { kind: "Status", apiVersion: "v1", status: "Failure", code: 410, reason: "Expired" };
    const watch = (connection: number): MemoryAnswer => ({
      body: events(connection === 0 ? ["ERROR", expired] : ["ADDED", ready]),
    });
    expect(await outcome(serverOf({ watch }))).toEqual(ready);
  });
});

describe("a wait for a definition fails", () => {
  it("at once where another one has its names", async () => {
    const refused = {
      type: "NamesAccepted",
      status: "False",
      reason: "PluralConflict",
      message: '"queues" is already in use',
    };
    const watch = (): MemoryAnswer => ({ body: events(["ADDED", definition([refused, installing])]) });
    expect(await outcome(serverOf({ watch }), {}, 0)).toMatchObject({
      name: "NotServedError",
      code: "names-not-accepted",
      message:
        'queues.stable.example.com: wanted its names accepted, got NamesAccepted False, PluralConflict, "queues" is already in use; choose other names, or remove the definition that has them',
    });
  });

  const late = "queues.stable.example.com: wanted a definition that can be used within";
  it.each<[string, Server, string]>([
    ["there is none", { watch: () => ({ body: events() }) }, "found no such definition"],
    [
      "it has no condition",
      { watch: () => ({ body: events(["ADDED", definition(undefined)]) }) },
      "got no condition of it",
    ],
    [
      "it is not Established",
      { watch: () => ({ body: events(["ADDED", definition([installing, accepted])]) }) },
      "got Established False, Installing, names are looked at",
    ],
    [
      "it is being deleted",
      { watch: () => ({ body: events(["ADDED", definition([established], { deletionTimestamp: "a" })]) }) },
      "it is being deleted",
    ],
    [
      "it was deleted",
      { watch: () => ({ body: events(["ADDED", definition([installing])], ["DELETED", ready]) }) },
      "it was deleted",
    ],
    ["nothing tells of it", { discovery: () => serving("v1") }, "it is Established, and not served yet in v1beta1"],
    ["nothing answers for it", { list: () => unknownPath }, "it is Established, and not served yet in v1, v1beta1"],
  ])("when the time is over, with how far it is: %s", async (_, server, seen) => {
    expect(await outcome(serverOf(server))).toMatchObject({
      name: "TimeoutError",
      timeoutMs: 60_000,
      message: `${late} 60000 ms, ${seen}`,
    });
    expect(await outcome(serverOf(server), { timeoutMs: 500 }, 500)).toMatchObject({
      message: `${late} 500 ms, ${seen}`,
    });
  });

  it.each<[string, Server]>([
    ["watched", { watch: () => ({ body: events() }) }],
    ["looked at again", { list: () => unknownPath }],
  ])("with the signal's reason, while it is %s", async (_, server) => {
    const transport = serverOf(server);
    const { signal, abort } = abortable();
    const waited = expect(waitForCrd(new DynamicClient({ transport }), name, { signal })).rejects.toBe("enough");
    await vi.advanceTimersByTimeAsync(20);
    abort();
    await waited;
    expect({ timers: vi.getTimerCount(), unfinished: transport.unfinished }).toEqual({ timers: 0, unfinished: 0 });
  });

  it("where it may not watch, and where its arguments are wrong", async () => {
    expect(await outcome(serverOf({ watch: () => failed(403, "Forbidden") }), {}, 0)).toMatchObject({ code: 403 });
    const client = new DynamicClient({ transport: serverOf({}) });
    await expect(waitForCrd(client, "a/b")).rejects.toMatchObject({ name: "InvalidArgumentError" });
    for (const plural of ["queues", "queues.", ".example.com"]) {
      await expect(waitForCrd(client, plural)).rejects.toThrow(
        /^name: wanted <plural>\.<group>, such as .*, got no group$/,
      );
    }
    await expect(waitForCrd(client, name, { timeoutMs: 0 })).rejects.toMatchObject({ name: "InvalidArgumentError" });
  });
});

function abortable(): { signal: AbortSignal; abort: () => void } {
  const controller = new AbortController();
  return { signal: controller.signal, abort: () => controller.abort("enough") };
}
