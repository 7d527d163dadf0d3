import { expect, it, test } from "vitest";
import { canary, expectNoSecret, guarded } from "./guarded.ts";

const base64 = (text: string): string => Buffer.from(text).toString("base64");

it.each([
  ["itself", canary],
  ["a part of a text", `Bearer ${canary}.`],
  ["base64", base64(canary)],
  ["base64 behind one character", base64(`:${canary}:`)],
  ["base64 behind two", base64(`a:${canary}`)],
  ["hexadecimal digits", Buffer.from(canary).toString("hex")],
])("a secret is found as %s", (_, text) => {
  expect(() => expectNoSecret(text, ["another", canary])).toThrow("wanted no secret");
  expect(() => expectNoSecret(text, ["another"])).not.toThrow();
});

it.each<[string, unknown]>([
  ["its message", new Error(canary)],
  ["a property", Object.assign(new Error("no"), { headers: { authorization: canary } })],
  ["a property that is not enumerable", Object.defineProperty(new Error("no"), "body", { value: canary })],
  ["its cause", new Error("no", { cause: new Error(canary) })],
  ["its JSON", Object.assign(new Error("no"), { toJSON: () => canary })],
  ["what is no error at all", { reason: canary }],
])("a secret is found in %s", (_, thrown) => {
  expect(() => expectNoSecret(thrown, [canary])).toThrow("wanted no secret");
});

/** A client that fails with a secret in every way that one can. */
class Leaky {
  readonly #message = canary;
  get status(): Leaky {
    return this;
  }
  namespace(): Leaky {
    return this;
  }
  fail(): never {
    throw new Error(this.#message);
  }
  async get(): Promise<never> {
    return this.fail();
  }
  async *watch(): AsyncGenerator<never, void, undefined> {
    yield this.fail();
  }
}

test("whatever a guarded client throws is looked through", async () => {
  const client = guarded(new Leaky(), [canary]);
  expect(() => client.fail()).toThrow("wanted no secret");
  await expect(client.namespace().status.get()).rejects.toThrow("wanted no secret");
  const watch = async (): Promise<void> => {
    for await (const _ of client.namespace().watch());
  };
  await expect(watch()).rejects.toThrow("wanted no secret");
});

test("what holds no secret is thrown as it is", async () => {
  const client = guarded(new Leaky(), ["another"]);
  expect(() => client.fail()).toThrow(canary);
  await expect(client.get()).rejects.toThrow(canary);
});
