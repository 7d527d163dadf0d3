import { expect, it } from "vitest";
import { readText } from "../../../src/runtime/transport/read-body.ts";

/** Content in these parts, of which none is asked for twice; `left` tells whether it was left early. */
function contentOf(...parts: (Uint8Array | Error)[]) {
  const state = { left: false };
  const next = async (): Promise<IteratorResult<Uint8Array, undefined>> => {
    const part = parts.shift();
    if (part instanceof Error) throw part;
    return part === undefined ? { done: true, value: undefined } : { done: false, value: part };
  };
  const leave = async (): Promise<IteratorResult<Uint8Array, undefined>> => {
    state.left = true;
    return { done: true, value: undefined };
  };
  return { state, body: { [Symbol.asyncIterator]: () => ({ next, return: leave }) } };
}

it.each([[[]], [["all of it"]], [["one, ", "", "two"]]])("puts %j together", async (parts) => {
  const text = await readText(contentOf(...parts.map((part) => Buffer.from(part))));
  expect(text).toBe(parts.join(""));
});

it("reads UTF-8 whose characters are spread over parts", async () => {
  const bytes = new TextEncoder().encode("ä€😀");
  const parts = Array.from(bytes, (_, at) => bytes.subarray(at, at + 1));
  expect(await readText(contentOf(...parts))).toBe("ä€😀");
});

it.each(["", "ascii", "\x7f\x00", "é", "ÿ", "naïve €", "x".repeat(100_000), `${"x".repeat(100_000)}é`])(
  "reads the same text in one part and in several: %j",
  async (text) => {
    const bytes = new TextEncoder().encode(text);
    expect(await readText(contentOf(bytes))).toBe(text);
    expect(await readText(contentOf(bytes.subarray(0, 1), bytes.subarray(1)))).toBe(text);
  },
);

it("fails as the content does", async () => {
  const failure = new Error("cut");
  await expect(readText(contentOf(Buffer.from("a beginning"), failure))).rejects.toBe(failure);
});

it("reads as much as the limit, and leaves what is larger", async () => {
  const parts = () => contentOf(Buffer.from("123"), Buffer.from("456"), Buffer.from("canary"));
  expect(await readText(parts(), { limit: 12 })).toBe("123456canary");
  const larger = parts();
  await expect(readText(larger, { limit: 5 })).rejects.toMatchObject({
    name: "ConnectionError",
    code: "too-large",
    message:
      "wanted an answer of at most 5 bytes from the API server, got a larger one; ask for less at a time, as by a limit",
  });
  expect(larger.state.left).toBe(true);
});
