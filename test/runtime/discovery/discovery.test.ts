import { afterEach, beforeEach, describe, expect, it, test, vi } from "vitest";
import { DynamicClient } from "../../../src/runtime/client/dynamic-client.ts";
import { Discovery } from "../../../src/runtime/discovery/discovery.ts";
import { ConnectionError } from "../../../src/runtime/errors/connection-error.ts";
import { isNotServed } from "../../../src/runtime/errors/not-served-error.ts";
import { json, MemoryTransport } from "../memory-transport.ts";
import { aggregated, coreAnswer, groups, othersAnswer } from "./answers.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const stable = "stable.example.com";
const empty = { kind: "APIGroupDiscoveryList", items: [] };

/** A server where custom resources can be installed. */
function server(): { transport: MemoryTransport; discovery: Discovery; client: DynamicClient; install: () => void } {
  let others: object = empty;
  const transport = new MemoryTransport(({ path }) => json(path === "/api" ? coreAnswer : others));
  const client = new DynamicClient({ transport });
  const install = (): void => {
    others = othersAnswer;
  };
  return { transport, client, discovery: new Discovery(client), install };
}

/** A server that answers when it is told to. */
function slowServer(): { transport: MemoryTransport; discovery: Discovery; answer: () => void } {
  let answer = (): void => undefined;
  const told = new Promise<void>((resolve) => {
    answer = resolve;
  });
  const transport = new MemoryTransport(async ({ path }) => {
    await told;
    return aggregated(path);
  });
  return { transport, discovery: new Discovery(new DynamicClient({ transport })), answer: () => answer() };
}

describe("what a server serves", () => {
  it("is read once, also by parallel callers, and kept", async () => {
    const { transport, discovery, answer } = slowServer();
    const asked = Promise.all([
      discovery.groups(),
      discovery.groups(),
      discovery.resourceFor({ group: stable, kind: "WorkQueue" }),
      discovery.kindFor({ group: "", plural: "configmaps" }),
    ]);
    answer();
    const [first, second, queues, maps] = await asked;
    expect(first).toEqual(groups);
    expect(second).toBe(first);
    expect(queues).toMatchObject({ group: stable, version: "v1", plural: "workqueues", scope: "Namespaced" });
    expect(maps).toMatchObject({ group: "", version: "v1", kind: "ConfigMap" });
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(await discovery.groups()).toBe(first);
    expect(transport.paths).toEqual(["/api", "/apis"]);
  });

  it("is read again where it is older than it may be", async () => {
    const { transport, discovery } = server();
    await discovery.groups({ maxAgeMs: 5_000 });
    await vi.advanceTimersByTimeAsync(5_000);
    await discovery.groups({ maxAgeMs: 5_000 });
    expect(transport.requests).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(1);
    await discovery.groups({ maxAgeMs: 5_000 });
    expect(transport.requests).toHaveLength(4);
  });

  it("is what the latest question was answered, though that came first", async () => {
    const answers: ((answer: object) => void)[] = [];
    const transport = new MemoryTransport(({ path }) =>
      path === "/api" ? json(coreAnswer) : new Promise((resolve) => answers.push((answer) => resolve(json(answer)))),
    );
    const discovery = new Discovery(new DynamicClient({ transport }));
    const older = discovery.groups({ maxAgeMs: 0 });
    await vi.advanceTimersByTimeAsync(1_000);
    const newer = discovery.groups({ maxAgeMs: 0 });
    await vi.advanceTimersByTimeAsync(0);
    answers[1]?.(othersAnswer);
    expect(await newer).toEqual(groups);
    answers[0]?.(empty);
    expect(await older).toEqual(groups.slice(0, 1));
    expect(await discovery.groups()).toEqual(groups);
    expect(answers).toHaveLength(2);
  });

  it("is asked for again where the first question came to nothing", async () => {
    const broken = new ConnectionError("closed", "it broke");
    const transport = new MemoryTransport(({ path }, index) => {
      if (index < 2) throw broken;
      return aggregated(path);
    });
    const discovery = new Discovery(new DynamicClient({ transport }));
    await expect(discovery.groups()).rejects.toBe(broken);
    expect(await discovery.groups()).toEqual(groups);
  });
});

describe("something that is not there", () => {
  const wanted = { group: stable, kind: "WorkQueue" };

  it("is found as soon as it has been installed", async () => {
    const { discovery, install } = server();
    await discovery.groups();
    await vi.advanceTimersByTimeAsync(1);
    install();
    expect(await discovery.resourceFor(wanted)).toMatchObject({ plural: "workqueues" });
  });

  it("is looked for in what was just read, and not again", async () => {
    const { transport, discovery } = server();
    await expect(discovery.resourceFor(wanted)).rejects.toSatisfy(isNotServed);
    expect(transport.requests).toHaveLength(2);
  });

  it("is looked for once in ten seconds, however often it is asked for", async () => {
    const { transport, discovery, install } = server();
    await discovery.groups();
    await vi.advanceTimersByTimeAsync(1);
    for (let time = 0; time < 100; time++) {
      await expect(discovery.resourceFor(wanted)).rejects.toMatchObject({ code: "no-match" });
      await expect(discovery.kindFor({ group: "a.b", plural: "as" })).rejects.toMatchObject({ code: "no-match" });
    }
    // For the groups, for the one, and for the other, which is looked for in the same answer.
    expect(transport.requests).toHaveLength(4);
    install();
    await vi.advanceTimersByTimeAsync(9_999);
    await expect(discovery.resourceFor(wanted)).rejects.toMatchObject({ code: "no-match" });
    await vi.advanceTimersByTimeAsync(1);
    expect(await discovery.resourceFor(wanted)).toMatchObject({ plural: "workqueues" });
    expect(transport.requests).toHaveLength(6);
  });

  it("is looked for by parallel callers together", async () => {
    const { transport, discovery, install } = server();
    await discovery.groups();
    await vi.advanceTimersByTimeAsync(1);
    install();
    const found = await Promise.all(Array.from({ length: 50 }, () => discovery.resourceFor(wanted)));
    expect(new Set(found).size).toBe(1);
    expect(transport.requests).toHaveLength(4);
  });

  it("is told with what there is", async () => {
    const { discovery, install } = server();
    install();
    await expect(discovery.resourceFor({ ...wanted, version: "v2" })).rejects.toMatchObject({
      name: "NotServedError",
      message: expect.stringMatching(/^stable\.example\.com\/v2: wanted the kind WorkQueue, .* in v1, v1beta1;/),
    });
  });
});

describe("a question that is given up", () => {
  it("ends at once, and the others go on", async () => {
    const { discovery, answer } = slowServer();
    const controller = new AbortController();
    const given = expect(discovery.groups({ signal: controller.signal })).rejects.toBe("enough");
    const late = expect(discovery.resourceFor({ group: "", kind: "A" }, { timeoutMs: 5_000 })).rejects.toMatchObject({
      name: "TimeoutError",
    });
    const other = discovery.groups();
    controller.abort("enough");
    await given;
    await vi.advanceTimersByTimeAsync(5_000);
    await late;
    answer();
    expect(await other).toEqual(groups);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("is not begun where it was given up before, or its limits are none", async () => {
    const { transport, discovery } = server();
    await expect(discovery.groups({ signal: AbortSignal.abort("before") })).rejects.toBe("before");
    await expect(discovery.groups({ timeoutMs: -1 })).rejects.toMatchObject({ name: "InvalidArgumentError" });
    expect(transport.requests).toEqual([]);
  });
});

test("a client takes what was found, untyped and with its scope", async () => {
  const { client, discovery, install, transport } = server();
  install();
  const policies = client.resource(await discovery.resourceFor({ group: stable, kind: "ClusterPolicy" }));
  expect(() => policies.namespace("default")).toThrow(
    "namespace: wanted none, as clusterpolicies.stable.example.com is cluster-scoped",
  );
  const queues = client.resource(await discovery.resourceFor({ group: stable, kind: "WorkQueue" }));
  await expect(queues.get("a")).rejects.toThrow(/^namespace: wanted one for get/);
  await queues.namespace("default").create({ metadata: { name: "a" } });
  expect(transport.requests.at(-1)?.body).toBe(
    '{"apiVersion":"stable.example.com/v1","kind":"WorkQueue","metadata":{"name":"a"}}',
  );
  expect((await queues.namespace("default").get("a")).getKind()).toBe("APIGroupDiscoveryList");
});
