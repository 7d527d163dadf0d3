import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import { afterEach, describe, expect, it, onTestFinished, test, vi } from "vitest";
import type { ApiAttempt } from "../../../src/runtime/client/attempts.ts";
import { type ClientOptions, DynamicClient } from "../../../src/runtime/client/dynamic-client.ts";
import type { ApiWarning } from "../../../src/runtime/client/warnings.ts";
import type { ClusterConfig } from "../../../src/runtime/config/cluster-config.ts";
import type { DefaultConfigOptions } from "../../../src/runtime/config/default-config.ts";
import { ConfigError } from "../../../src/runtime/errors/config-error.ts";
import {
  type MemoryHandler,
  MemoryTransport as ShippedTransport,
} from "../../../src/runtime/transport/memory-transport.ts";
import { temporaryFolder } from "../../temporary-folder.ts";
import { MyCoolAppResource } from "../gen/samples/mycoolapps.ts";
import { json, MemoryTransport } from "../memory-transport.ts";

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const configmaps = { group: "", version: "v1", plural: "configmaps" };
const warning = '299 - "unknown field \\"a\\""';

describe("options", () => {
  const answered = (options?: ClientOptions): { client: DynamicClient; transport: MemoryTransport } => {
    const transport = new MemoryTransport(() => json({ metadata: {}, items: [] }, { headers: { warning } }));
    return { client: new DynamicClient({ transport }, options), transport };
  };

  it("are the user agent, which every request has", async () => {
    const [usual, own] = [
      answered({ onWarning: () => undefined }),
      answered({ userAgent: "mine/2", onWarning: () => undefined }),
    ];
    await usual.client.resource(configmaps).list();
    await own.client.resource(configmaps).list();
    expect(usual.transport.requests[0]?.headers["user-agent"]).toBe("crd-gen-runtime");
    expect(own.transport.requests[0]?.headers["user-agent"]).toBe("mine/2");
  });

  it("are what becomes of integers that would be rounded", async () => {
    const transport = new MemoryTransport(() => ({
      body: '{"apiVersion":"v1","kind":"ConfigMapList","metadata":{},"items":[{"a":9007199254740993}]}',
    }));
    const list = (options?: ClientOptions): Promise<{ items: { object: unknown }[] }> =>
      new DynamicClient({ transport }, options).resource(configmaps).list();
    await expect(list()).rejects.toMatchObject({ name: "UnsafeIntegerError", path: ".items[0].a" });
    await expect(list({ unsafeIntegers: "refuse" })).rejects.toMatchObject({ name: "UnsafeIntegerError" });
    expect((await list({ unsafeIntegers: "round" })).items[0]?.object).toMatchObject({ a: 2 ** 53 });
  });

  it("are who is told of warnings", async () => {
    const warnings: ApiWarning[] = [];
    const { client } = answered({ onWarning: (told) => void warnings.push(told) });
    await client.resource(MyCoolAppResource).list();
    await client.resource(configmaps).list();
    expect(warnings).toEqual([
      { message: 'unknown field "a"', verb: "list", resource: "mycoolapps.stable.example.com" },
      { message: 'unknown field "a"', verb: "list", resource: "configmaps" },
    ]);
  });

  it("are not needed for warnings: each is told once by Node", async () => {
    const told = vi.spyOn(process, "emitWarning").mockReturnValue();
    const { client } = answered();
    await client.resource(configmaps).list();
    await client.resource(configmaps).list();
    expect(told.mock.calls).toEqual([['unknown field "a"', "KubernetesWarning"]]);
  });

  it.each<[number | undefined, number | undefined]>([
    [undefined, 60_000],
    [5_000, 5_000],
    [2 ** 31 - 1, 2 ** 31 - 1],
    [0, undefined],
  ])("are a limit of time: %s is %s ms", async (timeoutMs, limit) => {
    vi.useFakeTimers();
    const timers = vi.spyOn(globalThis, "setTimeout");
    const { client } = answered({ onWarning: () => undefined, ...(timeoutMs === undefined ? {} : { timeoutMs }) });
    await client.resource(configmaps).list();
    expect(timers.mock.calls.map(([, milliseconds]) => milliseconds)).toEqual(limit === undefined ? [] : [limit]);
  });

  it.each([-1, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 31])("refuse %f as a limit of time", (timeoutMs) => {
    expect(() => answered({ timeoutMs })).toThrow(
      expect.objectContaining({
        name: "InvalidArgumentError",
        message: "timeoutMs: wanted milliseconds up to 2147483647, or 0 for no limit",
      }),
    );
  });
});

/** A pod's service account, as what leads to a cluster. */
function podOptions(): DefaultConfigOptions {
  const environment = { KUBERNETES_SERVICE_HOST: "127.0.0.1", KUBERNETES_SERVICE_PORT: "1" };
  return { environment, serviceAccountFolder: temporaryFolder({ token: "t", namespace: "mine" }) };
}

describe("more options", () => {
  const connected = (options: ClientOptions): DynamicClient =>
    new DynamicClient({ transport: new MemoryTransport(() => json({ metadata: {}, items: [] })) }, options);

  it.each<[object, string]>([
    [{ qps: 0, burst: 1 }, "rateLimit.qps: wanted requests a second: a number above 0"],
    [{ qps: 5, burst: 0 }, "rateLimit.burst: wanted requests at once: a whole number of at least 1"],
  ])("a rate limit of %j is refused at once", (rateLimit, message) => {
    expect(() => connected({ rateLimit } as ClientOptions)).toThrow(
      expect.objectContaining({ name: "InvalidArgumentError", message }),
    );
  });

  it.each(["", "a\nb: c", "é"])("a user agent of %j is refused at once", (userAgent) => {
    expect(() => connected({ userAgent })).toThrow("userAgent: wanted printable ASCII characters, at least one");
  });

  it.each<[object, string]>([
    [{ timeoutMs: "5000" }, "timeoutMs: wanted milliseconds up to 2147483647, or 0 for no limit"],
    [{ userAgent: 5 }, "userAgent: wanted printable ASCII characters, at least one"],
    [{ onWarning: "print" }, "onWarning: wanted a function"],
    [{ onAttempt: {} }, "onAttempt: wanted a function"],
    [{ rateLimit: 5 }, "rateLimit: wanted an object with qps and burst"],
    [{ unsafeIntegers: "keep" }, "unsafeIntegers: wanted refuse, round"],
  ])("%j is refused at once, however the client is made", async (options, message) => {
    const credentials = async () => ({ headers: {}, tls: {} });
    const config: ClusterConfig = { server: "https://127.0.0.1:1", name: "test", credentials };
    const refused = expect.objectContaining({ name: "InvalidArgumentError", message });
    expect(() => connected(options)).toThrow(refused);
    await expect(DynamicClient.fromConfig(config, options)).rejects.toThrow(refused);
    const anywhere = message.replace(
      "a client has no such option; it has",
      "fromDefault has no such option; it has context, kubeconfig, execTimeoutMs, environment, serviceAccountFolder,",
    );
    await expect(DynamicClient.fromDefault({ ...podOptions(), ...options })).rejects.toThrow(anywhere);
    expect(message).not.toContain("canary");
  });

  const own = "timeoutMs, userAgent, onWarning, rateLimit, onAttempt, unsafeIntegers";

  it("that no client has are refused with those that it has, which are the transport's too where it is made with it", async () => {
    const credentials = async () => ({ headers: {}, tls: {} });
    const config: ClusterConfig = { server: "https://127.0.0.1:1", name: "test", credentials };
    const options: object = { retries: "canary" };
    const unknown = `retries: a client has no such option; it has ${own}`;
    expect(() => connected(options)).toThrow(expect.objectContaining({ message: unknown }));
    const message = `${unknown}, compression, connections, connectTimeoutMs, headersTimeoutMs`;
    const refused = expect.objectContaining({ name: "InvalidArgumentError", message });
    await expect(DynamicClient.fromConfig(config, options)).rejects.toThrow(refused);
    const called = DynamicClient.fromDefault({ ...podOptions(), ...options });
    const theirs = "retries: fromDefault has no such option; it has context, kubeconfig, execTimeoutMs, ";
    await expect(called).rejects.toThrow(expect.objectContaining({ message: expect.stringContaining(theirs) }));
    const wrong: object = { compression: "gzip" };
    await expect(DynamicClient.fromConfig(config, wrong)).rejects.toThrow("compression: wanted true or false");
  });

  it.each(["compression", "connections", "connectTimeoutMs", "headersTimeoutMs"])(
    "of the transport are refused where that is made already: %s",
    (name) => {
      expect(() => connected({ [name]: 5 })).toThrow(`${name}: a client has no such option; it has ${own}`);
    },
  );

  it("that are undefined are those that were not given", () => {
    expect(() => connected({ unsafeIntegers: undefined, wrong: undefined } as object)).not.toThrow();
  });

  it("of the way to a cluster are for fromDefault alone", async () => {
    const client = await DynamicClient.fromDefault({ ...podOptions(), kubeconfig: undefined, timeoutMs: 5 });
    expect(client.namespace).toBe("mine");
    expect(() => connected({ context: "staging" } as object)).toThrow(/^context: a client has no such option/);
  });

  it("are refused where they are no object", () => {
    expect(() => connected(null as unknown as ClientOptions)).toThrow("options: wanted an object, got object");
  });

  it("attempts are told of", async () => {
    const attempts: ApiAttempt[] = [];
    const client = connected({ onAttempt: (attempt) => void attempts.push(attempt) });
    await client.resource(configmaps).namespace("mine").list({ labelSelector: "secret=canary" });
    expect(attempts).toEqual([
      {
        verb: "list",
        method: "GET",
        resource: "configmaps",
        namespace: "mine",
        name: undefined,
        code: 200,
        durationMs: expect.any(Number),
        attempt: 1,
        willRetry: false,
      },
    ]);
    expect(JSON.stringify(attempts)).not.toContain("canary");
  });

  it("requests above the limit wait", async () => {
    vi.useFakeTimers();
    const client = connected({ rateLimit: { qps: 1, burst: 2 } });
    const done = vi.fn();
    for (let count = 0; count < 3; count++) void client.resource(configmaps).list().then(done);
    await vi.advanceTimersByTimeAsync(999);
    expect(done).toHaveBeenCalledTimes(2);
    await vi.advanceTimersByTimeAsync(1);
    expect(done).toHaveBeenCalledTimes(3);
  });
});

test("the namespace is that of the parts", () => {
  const transport = new MemoryTransport(() => ({}));
  expect(new DynamicClient({ transport, namespace: "mine" }).namespace).toBe("mine");
  expect(new DynamicClient({ transport, namespace: undefined }).namespace).toBe("default");
  expect(new DynamicClient({ transport }).namespace).toBe("default");
});

test("a namespace that cannot be one is refused at once", async () => {
  const transport = new MemoryTransport(() => ({}));
  const message = /^namespace: wanted a DNS label: .*, got "Bad\/Ns"$/;
  expect(() => new DynamicClient({ transport, namespace: "Bad/Ns" })).toThrow(message);
  const credentials = async () => ({ headers: {}, tls: {} });
  const config = { server: "https://127.0.0.1:1", name: "test", namespace: "Bad/Ns", credentials };
  await expect(DynamicClient.fromConfig(config)).rejects.toThrow(message);
});

test("a resource that cannot be one is refused at once", () => {
  const client = new DynamicClient({ transport: new MemoryTransport(() => ({})) });
  expect(() => client.resource({ ...configmaps, plural: "config/maps" })).toThrow(/^plural: wanted the plural/);
  expect(() => client.resource({ ...configmaps, group: "../.." })).toThrow(/^group: wanted a DNS subdomain/);
  expect(() => client.resource({ ...MyCoolAppResource, version: "" })).toThrow(/^version: wanted a version/);
});

test("closing closes the transport, and so does leaving its block", async () => {
  const transport = new MemoryTransport(() => ({}));
  const client = new DynamicClient({ transport });
  await client.close();
  await client[Symbol.asyncDispose]();
  expect(transport.closed).toBe(2);
});

test("closing ends watches, those too that nobody reads any more, and waits for calls", async () => {
  let answer = (_: string): void => undefined;
  async function* later(): AsyncGenerator<string, void, undefined> {
    yield await new Promise<string>((resolve) => {
      answer = resolve;
    });
  }
  const handler = vi.fn<MemoryHandler>(({ path }) => ({ body: path.includes("watch=true") ? silent() : later() }));
  const client = new DynamicClient({ transport: new ShippedTransport(handler) });
  const watched = (): AsyncIterator<unknown> => client.resource(configmaps).watch()[Symbol.asyncIterator]();
  const [read, abandoned] = [watched(), watched()];
  await Promise.all([read.next(), abandoned.next()]);
  const next = read.next();
  const call = client.resource(configmaps).list();
  await vi.waitFor(() => expect(handler).toHaveBeenCalledTimes(3));
  const closing = client.close();
  const closed = { name: "ConnectionError", code: "closed" };
  await expect(next).rejects.toMatchObject(closed);
  answer('{"kind":"ConfigMapList","apiVersion":"v1","metadata":{},"items":[]}');
  // The transport waits for every answer to be read or left, and so there is none.
  await closing;
  expect((await call).items).toEqual([]);
  await expect(watched().next()).rejects.toMatchObject(closed);
});

/** A watch with one event, and nothing after it. */
async function* silent(): AsyncGenerator<string, void, undefined> {
  const object = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "a", resourceVersion: "5" } };
  yield `${JSON.stringify({ type: "ADDED", object })}\n`;
  await new Promise(() => undefined);
}

/** A server on the loopback interface that answers everything with an empty list, and what it was asked. */
async function served(): Promise<{ config: ClusterConfig; asked: IncomingMessage[] }> {
  const asked: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    asked.push(request);
    response.end('{"apiVersion":"v1","kind":"ConfigMapList","metadata":{},"items":[]}');
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("wanted a port");
  const credentials = async () => ({ headers: { authorization: "Bearer t" }, tls: {} });
  return {
    config: { server: `http://127.0.0.1:${address.port}`, name: "test", namespace: "mine", credentials },
    asked,
  };
}

describe("a client for a configuration", () => {
  it("asks its server, with its credentials, and compressed unless that is not wanted", async () => {
    const { config, asked } = await served();
    for (const options of [{}, { compression: false }, { compression: true }]) {
      const client = await DynamicClient.fromConfig(config, options);
      expect(client.namespace).toBe("mine");
      expect((await client.resource(configmaps).list()).items).toEqual([]);
      await client.close();
    }
    expect(asked.map(({ url, headers }) => [url, headers.authorization, headers["accept-encoding"]])).toEqual([
      ["/api/v1/configmaps", "Bearer t", "gzip"],
      ["/api/v1/configmaps", "Bearer t", undefined],
      ["/api/v1/configmaps", "Bearer t", "gzip"],
    ]);
  });

  it("makes no more connections at the same time than it is told", async () => {
    const { config, asked } = await served();
    await using client = await DynamicClient.fromConfig(config, { connections: 2 });
    await Promise.all(Array.from({ length: 16 }, () => client.resource(configmaps).list()));
    expect(new Set(asked.map(({ socket }) => socket)).size).toBe(2);
  });

  it("fails after it was closed", async () => {
    const { config, asked } = await served();
    const client = await DynamicClient.fromConfig(config);
    await client.close();
    await expect(client.resource(configmaps).list()).rejects.toMatchObject({ name: "ConnectionError" });
    expect(asked).toEqual([]);
  });
});

test("without a way to a cluster there is no client", async () => {
  const environment = { KUBECONFIG: "/nowhere/kubeconfig" };
  await expect(DynamicClient.fromDefault({ environment })).rejects.toBeInstanceOf(ConfigError);
});
