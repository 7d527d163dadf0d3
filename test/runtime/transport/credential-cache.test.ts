import { describe, expect, it } from "vitest";
import type { Credentials } from "../../../src/runtime/config/cluster-config.ts";
import { ConfigError } from "../../../src/runtime/errors/config-error.ts";
import { CredentialCache } from "../../../src/runtime/transport/credential-cache.ts";

const tokenOf = ({ headers }: Credentials): unknown => headers.authorization;

/** A cache that is given token 1, token 2 and so on, and a clock that stands still. */
function cacheOf(ask?: (number: number) => Promise<Credentials>) {
  const state = { asked: 0, now: 1_000 };
  const give = ask ?? (async (number) => ({ headers: { authorization: `token ${number}` }, tls: {} }));
  const credentials = (): Promise<Credentials> => {
    state.asked += 1;
    return give(state.asked);
  };
  return { state, cache: new CredentialCache({ name: "a test", credentials }, () => state.now) };
}

describe("credentials", () => {
  it("are asked for once by all that want them at the same time", async () => {
    const { cache, state } = cacheOf();
    const given = await Promise.all(Array.from({ length: 16 }, () => cache.get()));
    expect(new Set(given).size).toBe(1);
    expect(state.asked).toBe(1);
  });

  it("are the same for ten seconds from when they were given", async () => {
    const { cache, state } = cacheOf();
    const tokens: unknown[] = [];
    for (const now of [1_000, 10_999, 11_000, 20_999, 21_000]) {
      state.now = now;
      tokens.push(tokenOf(await cache.get()));
    }
    expect(tokens).toEqual(["token 1", "token 1", "token 2", "token 2", "token 3"]);
  });

  it("are fresh from when they were given until they have to be asked for again", async () => {
    const { cache, state } = cacheOf();
    expect(cache.fresh).toBeUndefined();
    const given = await cache.get();
    state.now += 9_999;
    expect(cache.fresh).toBe(given);
    state.now += 1;
    expect(cache.fresh).toBeUndefined();
    cache.drop(await cache.get());
    expect(cache.fresh).toBeUndefined();
  });

  it("that were refused are asked for again, once for all that had them", async () => {
    const { cache } = cacheOf();
    const first = await cache.get();
    cache.drop(first);
    const second = await cache.get();
    cache.drop(first);
    expect([tokenOf(second), tokenOf(await cache.get())]).toEqual(["token 2", "token 2"]);
  });

  it("are asked for with those that were refused, until there are others", async () => {
    const refusals: (Credentials | undefined)[] = [];
    const credentials = async (refused?: Credentials): Promise<Credentials> => {
      refusals.push(refused);
      if (refusals.length === 2) throw new Error("not now");
      return { headers: {}, tls: {} };
    };
    const clock = { now: 1_000 };
    const cache = new CredentialCache({ name: "a test", credentials }, () => clock.now);
    const first = await cache.get();
    cache.drop(first);
    await expect(cache.get()).rejects.toThrow("not now");
    await cache.get();
    clock.now += 10_000;
    await cache.get();
    expect(refusals).toEqual([undefined, first, first, undefined]);
  });

  it("that are refused while they are asked for anew are asked for once more where the same are given", async () => {
    const refusals: unknown[] = [];
    const tokens = ["old", "old", "new"];
    const credentials = async (refused?: Credentials): Promise<Credentials> => {
      const token = tokens[refusals.push(refused && tokenOf(refused)) - 1] ?? "too often";
      await Promise.resolve();
      return { headers: { authorization: token }, tls: {} };
    };
    const clock = { now: 1_000 };
    const cache = new CredentialCache({ name: "a test", credentials }, () => clock.now);
    const old = await cache.get();
    clock.now += 10_000;
    const waiting = [cache.get()];
    cache.drop(old);
    waiting.push(cache.get());
    expect((await Promise.all(waiting)).map(tokenOf)).toEqual(["new", "new"]);
    expect(refusals).toEqual([undefined, undefined, "old"]);
    // Who was refused with others is told nothing of them.
    cache.drop(old);
    expect(tokenOf(await cache.get())).toBe("new");
  });

  it("that are refused when the same were given meanwhile are asked for again", async () => {
    const refusals: (Credentials | undefined)[] = [];
    const credentials = async (refused?: Credentials): Promise<Credentials> => {
      refusals.push(refused);
      return { headers: { authorization: refused === undefined ? "old" : "new" }, tls: { ca: Buffer.from("ca") } };
    };
    const clock = { now: 1_000 };
    const cache = new CredentialCache({ name: "a test", credentials }, () => clock.now);
    const first = await cache.get();
    clock.now += 10_000;
    expect(await cache.get()).not.toBe(first);
    cache.drop(first);
    expect(tokenOf(await cache.get())).toBe("new");
    expect(refusals).toEqual([undefined, undefined, first]);
  });

  it("that stay the same are asked for once more after a refusal, and no more than that", async () => {
    const state = { asked: 0 };
    const credentials = async (): Promise<Credentials> => {
      state.asked += 1;
      return { headers: { authorization: "old" }, tls: {} };
    };
    const cache = new CredentialCache({ name: "a test", credentials });
    const first = await cache.get();
    cache.drop(first);
    const waiting = cache.get();
    cache.drop(first);
    cache.drop({ ...first });
    expect(tokenOf(await waiting)).toBe("old");
    expect(state.asked).toBe(2);
  });

  it.each<[string, unknown]>([
    ["nothing", undefined],
    ["a token by itself", "canary"],
    ["no headers", { tls: {} }],
    ["no tls", { headers: { authorization: "Bearer canary" } }],
    ["headers that are a list", { headers: [["authorization", "canary"]], tls: {} }],
  ])("are none where the function gives %s", async (_, given) => {
    const { cache } = cacheOf(async (number) => (number === 1 ? (given as Credentials) : { headers: {}, tls: {} }));
    await expect(cache.get()).rejects.toMatchObject({
      name: "ConfigError",
      code: "invalid",
      message:
        "a test: wanted credentials with headers and tls, which may be empty, from the function of the ClusterConfig, got something else; mend it",
    });
    await expect(cache.get()).resolves.toEqual({ headers: {}, tls: {} });
  });

  it("that cannot be given fail all that wait for them, and are asked for again after that", async () => {
    const failure = new ConfigError("plugin", "no credentials");
    const { cache, state } = cacheOf(async (number) => {
      if (number === 1) throw failure;
      return { headers: {}, tls: {} };
    });
    const both = await Promise.allSettled([cache.get(), cache.get()]);
    expect(both).toEqual(Array(2).fill({ status: "rejected", reason: failure }));
    expect(state.asked).toBe(1);
    expect(await cache.get()).toEqual({ headers: {}, tls: {} });
  });

  it("that throw before there is a promise are no different", async () => {
    const { cache } = cacheOf(() => {
      throw new TypeError("not even a promise");
    });
    await expect(cache.get()).rejects.toThrow("not even a promise");
    await expect(cache.get()).rejects.toThrow("not even a promise");
  });

  it.each(["canary\n", "canary\r\nx: y", "canary\0", "canary…", ["a", "canary\n"]])(
    "that no header has are refused: %j",
    async (value) => {
      const { cache } = cacheOf(async () => ({ headers: { authorization: value }, tls: {} }));
      const wanted = 'wanted credentials that fit into the header "authorization"';
      await expect(cache.get()).rejects.toMatchObject({
        name: "ConfigError",
        code: "invalid",
        message: `a test: ${wanted}, got a line break or another character that no header has; mend them`,
      });
    },
  );

  it("may have every character that a header has", async () => {
    const credentials = { headers: { authorization: "Bearer \t!~ÿ" }, tls: {} };
    const { cache } = cacheOf(async () => credentials);
    expect(await cache.get()).toBe(credentials);
  });
});
