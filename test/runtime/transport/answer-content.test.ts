import { describe, expect, it } from "vitest";
import { AnswerContent } from "../../../src/runtime/transport/answer-content.ts";

/** Content whose source only keeps what it was told. */
function arriving() {
  const told: string[] = [];
  const content = new AnswerContent({
    pause: () => void told.push("pause"),
    resume: () => void told.push("resume"),
    abort: () => void told.push("abort"),
  });
  return { content, told, reader: content[Symbol.asyncIterator]() };
}

const part = (text: string): Uint8Array => Buffer.from(text);
const next = (text: string) => ({ done: false, value: part(text) });
const whole = { done: true, value: undefined };
const half = new Uint8Array(32 * 1024);

describe("content", () => {
  it("is its parts in their order, whether they arrive before they are asked for or after", async () => {
    const { content, reader } = arriving();
    content.add(part("one"));
    content.add(part("two"));
    expect([await reader.next(), await reader.next()]).toEqual([next("one"), next("two")]);
    const asked = Promise.all([reader.next(), reader.next(), reader.next(), reader.next()]);
    content.add(part("three"));
    content.add(part("four"));
    content.end();
    expect(await asked).toEqual([next("three"), next("four"), whole, whole]);
    expect(await reader.next()).toEqual(whole);
  });

  it("has all of its parts after the end too", async () => {
    const { content, reader, told } = arriving();
    content.add(part("one"));
    content.end();
    content.fail(new Error("too late"));
    expect([await reader.next(), await reader.next()]).toEqual([next("one"), whole]);
    expect(told).not.toContain("abort");
  });

  it("fails for who waits and for who comes later, and what has arrived is gone", async () => {
    const { content, reader } = arriving();
    const failure = new Error("broken");
    const waits = expect(reader.next()).rejects.toBe(failure);
    content.fail(failure);
    await waits;
    const later = arriving();
    later.content.add(part("one"));
    later.content.fail(failure);
    await expect(later.reader.next()).rejects.toBe(failure);
  });

  it("has its source wait while 64 KiB of it are not read", async () => {
    const { content, reader, told } = arriving();
    content.add(half);
    expect(told).toEqual([]);
    content.add(half);
    expect(told).toEqual(["pause"]);
    await reader.next();
    expect(told).toEqual(["pause", "resume"]);
  });

  it("does not have it wait for what is read at once", () => {
    const { content, reader, told } = arriving();
    for (let read = 0; read < 10; read++) {
      void reader.next();
      content.add(half);
    }
    expect(told).toEqual([]);
  });

  it("that is left gives up its source, and has no part any more", async () => {
    const { content, reader, told } = arriving();
    content.add(part("one"));
    expect(await reader.return?.()).toEqual(whole);
    expect(told).toEqual(["abort"]);
    // What the source says of being given up.
    content.fail(new Error("given up"));
    expect(await reader.next()).toEqual(whole);
  });
});
