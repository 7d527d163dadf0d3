import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { digestOf, withUnixLineEnds } from "../src/digest.ts";
import { runs } from "./properties/runs.ts";

const part = fc.constantFrom("a", "é", "😀", "ഀഊ", "\r", "\n", "\r\n");
const text = fc.array(part).map((parts) => parts.join(""));

test("is the SHA-256 of the bytes, as any other program has it", () => {
  expect(digestOf("")).toBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  expect(digestOf("abc\n")).toBe("edeaaff3f1774ad2888673770c6d64097e391bc362d7d6fb34982ddf0efd18cb");
  const bytes = Buffer.from([0, 0xff, 0x0d, 0x80, 0x0a]);
  expect(digestOf(bytes)).toBe(createHash("sha256").update(bytes).digest("hex"));
});

test("is the same for a text and for its bytes, and for the line ends of Windows", () => {
  fc.assert(
    fc.property(text, (any) => {
      const wanted = createHash("sha256").update(any.replaceAll("\r\n", "\n")).digest("hex");
      expect(digestOf(any)).toBe(wanted);
      expect(digestOf(Buffer.from(any))).toBe(wanted);
      expect(Buffer.from(withUnixLineEnds(Buffer.from(any))).toString()).toBe(any.replaceAll("\r\n", "\n"));
    }),
    runs(300),
  );
});

test("tells a line end alone from none, and one from another", () => {
  expect(new Set(["a\n", "a", "a\r", "a\n\n"].map(digestOf)).size).toBe(4);
});
