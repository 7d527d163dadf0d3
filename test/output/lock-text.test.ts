import { spawnSync } from "node:child_process";
import * as path from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { digestOf } from "../../src/digest.ts";
import type { Lock, LockedDefinition, LockedFile, LockedSource } from "../../src/output/lock.ts";
import { parseLock, printLock } from "../../src/output/lock-text.ts";
import { runs } from "../properties/runs.ts";
import { temporaryFolder } from "../temporary-folder.ts";

function source(name: string, skipped = 0): LockedSource {
  return { name, digest: digestOf(name), skipped };
}

function definition(name: string, changes: Partial<LockedDefinition> = {}): LockedDefinition {
  return { name, digest: digestOf(name), versions: ["v1"], lost: 0, weaker: 0, comments: 0, ...changes };
}

function file(place: string): LockedFile {
  return { path: place, digest: digestOf(place) };
}

const lock: Lock = {
  generator: "1.2.3",
  contract: "v1",
  options: '{"groups":["a b"]}',
  warnings: 2,
  sources: [source("../crds/a.yaml"), source("../crds/b c.yaml", 3)],
  definitions: [
    definition("as.g", { versions: ["v1", "v1beta1"], lost: 1, comments: 20 }),
    definition("bs.g", { versions: [], weaker: 4 }),
  ],
  files: [file("clientset.ts"), file("g/v1/as.ts"), file("g/v1/bs.ts")],
};
const text = printLock(lock);

test("has a line for each source, definition and file, in the order of names", () => {
  const shuffled = { ...lock, sources: [...lock.sources].reverse(), files: [...lock.files].reverse() };
  expect(
    printLock(shuffled),
  ).toBe(`# What crd-gen has written here, and from what. Commit it beside the files; do not edit it.
lock 1
generator 1.2.3
contract v1
options {"groups":["a b"]}
warnings 2

source ${digestOf("../crds/a.yaml")} ../crds/a.yaml
source ${digestOf("../crds/b c.yaml")} "../crds/b c.yaml" skipped:3

definition ${digestOf("as.g")} as.g versions:v1,v1beta1 lost:1 comments:20
definition ${digestOf("bs.g")} bs.g weaker:4

file ${digestOf("clientset.ts")} clientset.ts
file ${digestOf("g/v1/as.ts")} g/v1/as.ts
file ${digestOf("g/v1/bs.ts")} g/v1/bs.ts

end
`);
});

test("that of an empty output has no empty parts", () => {
  const empty = { ...lock, warnings: 0, sources: [], definitions: [], files: [] };
  expect(printLock(empty).split("\n").slice(1)).toEqual([
    "lock 1",
    "generator 1.2.3",
    "contract v1",
    'options {"groups":["a b"]}',
    "",
    "end",
    "",
  ]);
  expect(parseLock(printLock(empty), "the lock")).toEqual(empty);
});

/** What could be taken for something else. */
const hard = [
  "",
  " ",
  '"',
  "\\",
  "\\u0041",
  "a b",
  "a:b",
  " skipped:3",
  "#",
  "end",
  "\u0085",
  "\u2028",
  "\ufeff",
  "\r\n",
];
const name = fc.oneof(
  fc.string({ unit: "binary", maxLength: 12 }),
  fc
    .array(fc.constantFrom(...hard, "x", "é", "=======", "<<<<<<< HEAD"), { maxLength: 4 })
    .map((parts) => parts.join("")),
  fc.constantFrom(
    "g.example.com/v1/things.ts",
    "../crds/a.yaml",
    "https://example.com/a.yaml?…",
    "<stdin>",
    "<cluster>",
  ),
);
const digest = fc.string().map(digestOf);
const count = fc.oneof(fc.constant(0), fc.nat());
const locks: fc.Arbitrary<Lock> = fc.record({
  generator: fc.constantFrom("0.1.0", "1.0.0-beta.1"),
  contract: fc.constant("v1"),
  options: fc.dictionary(fc.constantFrom("groups", "kinds"), fc.array(name)).map((options) => JSON.stringify(options)),
  warnings: count,
  sources: fc.array(fc.record({ name, digest, skipped: count })),
  definitions: fc.uniqueArray(
    fc.record({
      name,
      digest,
      versions: fc.array(fc.constantFrom("v1", "v1beta1", "v2")),
      lost: count,
      weaker: count,
      comments: count,
    }),
    { selector: (entry) => entry.name },
  ),
  files: fc.uniqueArray(fc.record({ path: name, digest }), { selector: (entry) => entry.path }),
});

/** Lists in the order in which they are printed. */
function sorted({ sources, definitions, files, ...rest }: Lock): Lock {
  const by = <Entry>(entries: readonly Entry[], key: (entry: Entry) => string): Entry[] =>
    [...entries].sort((one, other) => (key(one) < key(other) ? -1 : key(one) > key(other) ? 1 : 0));
  return {
    ...rest,
    sources: by(sources, (entry) => `${entry.name}\n${entry.digest}`),
    definitions: by(definitions, (entry) => entry.name),
    files: by(files, (entry) => entry.path),
  };
}

describe("whatever the names", () => {
  test("what was printed is read as it was, with the line ends of Windows too, and printed the same", () => {
    fc.assert(
      fc.property(locks, (any) => {
        const printed = printLock(any);
        const read = parseLock(printed, "the lock");
        expect(read).toEqual(sorted(any));
        expect(printLock(read)).toBe(printed);
        expect(parseLock(printed.replaceAll("\n", "\r\n"), "the lock")).toEqual(read);
      }),
      runs(300),
    );
  });

  test("there is one line for each entry, and it is printable", () => {
    fc.assert(
      fc.property(locks, (any) => {
        const lines = printLock(any).split("\n");
        for (const [word, entries] of [
          ["source", any.sources],
          ["definition", any.definitions],
          ["file", any.files],
        ] as const) {
          const own = lines.filter((line) => line.startsWith(`${word} `));
          expect(own).toHaveLength(entries.length);
          for (const line of own) expect(line).toMatch(/^[^\p{Cc}\u2028\u2029]+$/u);
        }
      }),
      runs(100),
    );
  });

  test("an entry that changes, comes or goes is a line that changes, comes or goes", () => {
    const entry = fc.record({ path: name, digest });
    fc.assert(
      fc.property(locks, entry, digest, (any, added, other) => {
        const others = any.files.filter((listed) => listed.path !== added.path);
        const without = printLock({ ...any, files: others }).split("\n");
        const before = printLock({ ...any, files: [...others, added] }).split("\n");
        const after = printLock({ ...any, files: [{ ...added, digest: other }, ...others] }).split("\n");
        const isOwn = (line: string): boolean => line.startsWith(`file ${added.digest} `) && !without.includes(line);
        const at = before.findIndex(isOwn);
        expect(before.filter((_, index) => index !== at).filter((line) => line !== "")).toEqual(
          without.filter((line) => line !== ""),
        );
        expect(after).toEqual(before.with(at, (before[at] ?? "").replace(added.digest, other)));
      }),
      runs(200),
    );
  });
});

const restore =
  "restore it from version control, or remove it and run again: files that bear the mark of crd-gen are then taken over";

/** The message about a text that is no lock. */
function refusalOf(content: string): string {
  try {
    parseLock(content, "out/crd-gen.lock");
  } catch (error) {
    expect(error).toMatchObject({ name: "OutputError", code: "lock" });
    return error instanceof Error ? error.message : "";
  }
  throw new Error(`expected a refusal of ${JSON.stringify(content.slice(-100))}`);
}

test("one that was cut short anywhere is refused", () => {
  for (let length = 0; length < text.length - 1; length += 1) {
    const message = refusalOf(text.slice(0, length));
    expect(message).toMatch(/^out\/crd-gen\.lock(?::\d+)?: wanted a lock file that crd-gen has written, got /);
    expect(message.endsWith(`; ${restore}`)).toBe(true);
  }
  // The last line end alone says nothing.
  expect(parseLock(text.slice(0, -1), "the lock")).toEqual(lock);
});

test("one that was cut short at a line says so, and where there is nothing of a lock yet, that it is something else", () => {
  const lines = text.split("\n");
  const about = (got: string): string =>
    `out/crd-gen.lock: wanted a lock file that crd-gen has written, got ${got}; ${restore}`;
  for (let count = 0; count < lines.length - 1; count += 1) {
    const message = refusalOf(lines.slice(0, count).join("\n"));
    expect(message, `${count} lines`).toBe(about(count < 2 ? "something else" : "one that was cut short"));
  }
});

test("one of a newer crd-gen asks for it", () => {
  expect(refusalOf(text.replace("lock 1\n", "lock 2\ncompression zstd\n"))).toBe(
    "out/crd-gen.lock: wanted a lock file that crd-gen has written, got one of a newer crd-gen (form 2); update crd-gen",
  );
});

test.each<readonly [string, (content: string) => string, number, string]>([
  ["what is no lock at all", () => "version: 1\n", 1, "version: 1"],
  ["a form that is no number", (content) => content.replace("lock 1", "lock one"), 2, "lock one"],
  ["a line before the form", (content) => content.replace("lock 1\n", "generator 1\nlock 1\n"), 2, "generator 1"],
  ["an unknown word", (content) => content.replace("warnings 2", "cautions 2"), 6, "cautions 2"],
  ["a word without a value", (content) => content.replace("contract v1", "contract"), 4, "contract"],
  ["warnings that are no number", (content) => content.replace("warnings 2", "warnings few"), 6, "warnings few"],
  [
    "a digest that is too short",
    (content) => content.replace(digestOf("clientset.ts"), "0123"),
    14,
    "file 0123 clientset.ts",
  ],
  [
    "a name that is cut short",
    (content) => content.replace('"../crds/b c.yaml"', '"../crds/b'),
    9,
    `source ${digestOf("../crds/b c.yaml")} "../crds/b skipped:3`,
  ],
  [
    "a name with an escape that is none",
    (content) => content.replace('"../crds/b c.yaml"', '"../crds/\\q"'),
    9,
    `source ${digestOf("../crds/b c.yaml")} "../crds/\\q" skipped:3`,
  ],
  [
    "a file that is listed twice, as two branches that were merged may leave it",
    (content) => content.replace("\nend", `file ${digestOf("other")} g/v1/bs.ts\n\nend`),
    17,
    `file ${digestOf("other")} g/v1/bs.ts`,
  ],
  ["a line after the end", (content) => `${content}generator 2\n`, 19, "generator 2"],
  ["a second end", (content) => `${content}end\n`, 19, "end"],
])("%s is refused with its line", (_, spoil, number, line) => {
  const shown = JSON.stringify(line.slice(0, 80));
  for (const content of [spoil(text), spoil(text).replaceAll("\n", "\r\n")]) {
    expect(refusalOf(content)).toBe(
      `out/crd-gen.lock:${number}: wanted a lock file that crd-gen has written, got the line ${shown}; ${restore}`,
    );
  }
});

test("a line of anything else is refused, wherever it stands", () => {
  const lines = text.split("\n");
  const garbage = fc.string({ minLength: 1, maxLength: 20 }).filter((line) => !/^#|^(?:warnings|end|\s*$)/.test(line));
  fc.assert(
    fc.property(garbage, fc.nat({ max: lines.length - 1 }), (line, at) => {
      expect(refusalOf(lines.toSpliced(at, 0, line).join("\n"))).toContain(`out/crd-gen.lock:${at + 1}: `);
    }),
    runs(200),
  );
});

/** The lock with more in it. */
function lockWith(sources: readonly string[], definitions: readonly string[], files: readonly string[]): Lock {
  return {
    ...lock,
    sources: [...lock.sources, ...sources.map((more) => source(more))],
    definitions: [...lock.definitions, ...definitions.map((more) => definition(more))],
    files: [...lock.files, ...files.map((more) => file(more))],
  };
}

/** What git makes of two locks that come from one. */
function merged(
  ours: Lock,
  theirs: Lock,
  ...options: readonly string[]
): { readonly conflicts: number; readonly text: string } {
  const folder = temporaryFolder({ ours: printLock(ours), base: text, theirs: printLock(theirs) });
  const places = ["ours", "base", "theirs"].map((place) => path.join(folder, place));
  const { status, stdout, error } = spawnSync("git", ["merge-file", "-p", ...options, ...places], { encoding: "utf8" });
  if (error !== undefined) throw error;
  return { conflicts: status ?? -1, text: stdout };
}

describe("two branches", () => {
  test("that add about different things merge to a lock that has both", () => {
    const ours = lockWith(["../crds/a0.yaml"], ["aas.g"], ["f/v1/as.ts"]);
    const theirs = lockWith(["../crds/z.yaml"], ["zs.h"], ["h/v1/zs.ts"]);
    const both = lockWith(["../crds/a0.yaml", "../crds/z.yaml"], ["aas.g", "zs.h"], ["f/v1/as.ts", "h/v1/zs.ts"]);
    const { conflicts, text: content } = merged(ours, theirs);
    expect(conflicts).toBe(0);
    expect(content).toBe(printLock(both));
    expect(parseLock(content, "the lock")).toEqual(sorted(both));
  });

  test.each([[], ["--diff3"], ["--zdiff3"], ["--marker-size=7", "-L", "", "-L", "", "-L", ""]])(
    "that change one thing are a conflict, which is refused with its line and what to do (%j)",
    (...options) => {
      const { conflicts, text: content } = merged(
        { ...lock, generator: "1.3.0" },
        { ...lock, generator: "1.4.0" },
        ...options,
      );
      expect(conflicts).toBe(1);
      for (const any of [content, content.replaceAll("\n", "\r\n")]) {
        expect(refusalOf(any)).toBe(
          "out/crd-gen.lock:3: wanted a lock file that crd-gen has written, got a merge conflict; take either side, and run again with --force",
        );
      }
    },
  );
});
