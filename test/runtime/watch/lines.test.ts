import fc from "fast-check";
import { expect, it, test } from "vitest";
import { linesOf } from "../../../src/runtime/watch/lines.ts";
import { runs } from "../../properties/runs.ts";

async function* stream(pieces: readonly (string | Uint8Array)[]): AsyncGenerator<Uint8Array, void, undefined> {
  for (const piece of pieces) yield typeof piece === "string" ? Buffer.from(piece) : piece;
}

/** The bytes of a text, cut at these places. */
function cut(text: string, places: readonly number[]): Uint8Array[] {
  const bytes = Buffer.from(text);
  const ends = [...places.map((place) => place % (bytes.length + 1)).sort((left, right) => left - right), bytes.length];
  return ends.map((end, index) => bytes.subarray(ends[index - 1] ?? 0, end));
}

async function lines(pieces: readonly (string | Uint8Array)[]): Promise<string[]> {
  const found: string[] = [];
  for await (const line of linesOf(stream(pieces))) found.push(line);
  return found;
}

it.each<[string, readonly (string | Uint8Array)[], readonly string[]]>([
  ["nothing", [], []],
  ["empty pieces", ["", ""], []],
  ["a line", ["a\n"], ["a"]],
  ["a line without an end", ["a"], ["a"]],
  ["two in one piece", ["a\nb\n"], ["a", "b"]],
  ["one in three pieces", ["a", "", "b", "c\n"], ["abc"]],
  ["an end by itself", ["a", "\n", "b", "\n"], ["a", "b"]],
  ["empty lines", ["\n\na\n\n\nb\n\n"], ["a", "b"]],
  ["spaces, which stay", [" a \n"], [" a "]],
  ["what ends a line elsewhere", ["a\u2028b\u0085c\n"], ["a\u2028b\u0085c"]],
  ["a character of four bytes in four pieces", cut("😀\n", [1, 2, 3]), ["😀"]],
  ["a character cut in two before the end", cut("aé", [2]), ["aé"]],
  ["half a character at the end", [Buffer.from("é").subarray(0, 1)], ["\ufffd"]],
])("%s", async (_, pieces, want) => {
  expect(await lines(pieces)).toEqual(want);
});

test("however the bytes are cut, the lines are the same", async () => {
  const content = fc.array(fc.string({ unit: "grapheme", maxLength: 6 }).map((text) => text.replaceAll("\n", "")));
  await fc.assert(
    fc.asyncProperty(content, fc.array(fc.nat()), async (wanted, places) => {
      const text = wanted.map((line) => `${line}\n`).join("");
      // A mark of the order of bytes at the very beginning is none of the text.
      fc.pre(!text.startsWith("\ufeff"));
      expect(await lines(cut(text, places))).toEqual(wanted.filter((line) => line !== ""));
    }),
    runs(300),
  );
});

test("a line is given when it ends, and not when the stream does", async () => {
  let asked = 0;
  async function* counted(): AsyncGenerator<Uint8Array, void, undefined> {
    for (const piece of ["a\nb", "c\n"]) {
      asked++;
      yield Buffer.from(piece);
    }
  }
  const found = linesOf(counted());
  expect(await found.next()).toEqual({ done: false, value: "a" });
  expect(asked).toBe(1);
  expect(await found.next()).toEqual({ done: false, value: "bc" });
});

test("whoever leaves leaves the stream too", async () => {
  let left = false;
  async function* endless(): AsyncGenerator<Uint8Array, void, undefined> {
    try {
      for (;;) yield Buffer.from("a\n");
    } finally {
      left = true;
    }
  }
  for await (const line of linesOf(endless())) {
    expect(line).toBe("a");
    break;
  }
  expect(left).toBe(true);
});

test("what breaks the stream comes through, after the lines before it", async () => {
  const problem = new Error("broken");
  async function* broken(): AsyncGenerator<Uint8Array, void, undefined> {
    yield Buffer.from("a\nb");
    throw problem;
  }
  const found = linesOf(broken());
  expect(await found.next()).toEqual({ done: false, value: "a" });
  await expect(found.next()).rejects.toBe(problem);
});
