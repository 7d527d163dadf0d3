import fc from "fast-check";
import { hostileText } from "../properties/hostile-text.ts";

/** Texts that some reader of YAML takes for something else when they stand without quotes, or that have a form of their own. */
export const mistakableTexts: readonly string[] = [
  ..."y Y yes Yes YES true True TRUE on On ON n N no No NO false False FALSE off Off OFF ~ null Null NULL = <<".split(" "),
  ..."0 -0 +1 007 08 0777 0o17 0x1F 0b101 0b-101 -0b-1 -_1 +__1 1_000 1_000.5 .1_2 1. .5 -.5 1e3 1E+3 1.5e-3 1e400 .inf -.Inf .NaN".split(" "),
  ..."12:30 12:30:45 190:20:30.15 2001-01-01 2001-1-1 2001-12-14t21:59:43.10-05:00 18446744073709551616".split(" "),
  ..."- -- --- ... -- ? : , # & * ! | > ' \" % @ ` [] {} [a {a -a ?a :a %a @a `a &a *a !a |a >a #a a: a:b a# :: -1a".split(" "),
  ...["", " ", "  ", " a", "a ", "\ta", "a\t", "a\tb", "a: b", "a #b", "a:\tb", "- a", "? a", "key: [1]", "{{ a }}", "2001-12-14 21:59:43"],
  ...["\n", "\n\n", "a\n", "a\n\n", "\na", "a\nb", "a\n\nb\n", " a\nb", "a\n b", "a \nb", "a\n \nb", "a\n\tb", "\ta\nb", "a\t\nb", "# a\nb", "---\na", "a\n---\n", "a\n...\nb", "a: b\nc: d", "a\r\nb", "a\rb"],
  ...["\u0000", "\u0007", "\u001b[0m", "\u007f", "\u0085", "\u00a0", "a\u0085b", "a\u2028b\nc", "\u2029", "\ufeff", "\ufeffa\nb", "\ufffe", "\uffff", "\ufffd", "é", "\u{1f600}", "\u{10ffff}"],
  ...["a".repeat(1022), "a".repeat(1023), "a".repeat(1024), "a".repeat(1025), `${"a b ".repeat(400)}`, "\u{1f600}".repeat(500)],
]; // biome-ignore format: a table

const wellFormed = hostileText.map((text) => text.replaceAll(/\p{Surrogate}/gu, "\ufffd"));

const texts: fc.Arbitrary<string> = fc.oneof(
  { arbitrary: fc.constantFrom(...mistakableTexts), weight: 4 },
  { arbitrary: wellFormed, weight: 3 },
  { arbitrary: fc.string({ unit: fc.constantFrom("a", " ", "\n", "\t", ":", "#", "-", "'", '"', "0") }), weight: 3 },
);

const numbers: fc.Arbitrary<number> = fc.oneof(
  fc.integer(),
  fc.maxSafeInteger(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom(...[0, -0, 1e21, -1e21, 1e-7, 1.5e300, 5e-324, 2 ** 53, 2 ** 63, 2 ** 64, -(2 ** 63), 1.5e20]),
);

/** JSON values of every form, whose texts have no halves of surrogate pairs. */
export const jsonTrees: fc.Arbitrary<unknown> = fc.letrec<{ tree: unknown }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    fc.oneof({ arbitrary: texts, weight: 4 }, numbers, fc.boolean(), fc.constant(null)),
    fc
      .array(fc.tuple(fc.oneof(texts, fc.constantFrom("10", "9", "__proto__", "constructor")), tie("tree")), {
        maxLength: 5,
      })
      .map((entries) => Object.fromEntries(entries)),
    fc.array(tie("tree"), { maxLength: 5 }),
  ),
})).tree;
