import { describe, expect, test } from "vitest";
import { isOutputIntact, type Origin, type Reason, reasonsBetween, reasonText } from "../../src/cli/comparison.ts";
import type { Lock, LockedSource } from "../../src/output/lock.ts";
import type { LockState } from "../../src/output/lock-state.ts";

function source(name: string, digest = name): LockedSource {
  return { name, digest, skipped: 0 };
}

const lock: Lock = {
  generator: "1.2.3",
  contract: "v1",
  options: "{}",
  warnings: 0,
  sources: [source("../a.yaml"), source("../b.yaml"), source("<stdin>")],
  definitions: [],
  files: [
    { path: "a.ts", digest: "1" },
    { path: "g/b.ts", digest: "2" },
  ],
};
const state: LockState = {
  lock,
  text: "",
  present: new Map([
    ["a.ts", "1"],
    ["g/b.ts", "2"],
  ]),
  interrupted: false,
};

describe("why an output differs", () => {
  test.each<readonly [string, Partial<LockState>, Partial<Origin>, readonly Reason[]]>([
    ["not at all", {}, {}, []],
    ["not in the order of sources", {}, { sources: [...lock.sources].reverse() }, []],
    [
      "not in what a source holds beside definitions",
      {},
      { sources: lock.sources.map((one) => ({ ...one, skipped: 1 })) },
      [],
    ],
    ["there is no lock", { lock: undefined }, { generator: "2" }, [{ kind: "no-lock" }]],
    ["a run was ended", { interrupted: true }, { generator: "2" }, [{ kind: "interrupted" }]],
    ["crd-gen", {}, { generator: "2" }, [{ kind: "generator", locked: "1.2.3", now: "2" }]],
    ["contract", {}, { contract: "v2" }, [{ kind: "contract", locked: "v1", now: "v2" }]],
    ["options", {}, { options: '{"unserved":true}' }, [{ kind: "options", locked: "{}", now: '{"unserved":true}' }]],
    [
      "a source more",
      {},
      { sources: [...lock.sources, source("../c.yaml")] },
      [{ kind: "source-new", source: "../c.yaml" }],
    ],
    [
      "a source that has changed",
      {},
      { sources: [source("../a.yaml", "other"), ...lock.sources.slice(1)] },
      [{ kind: "source-changed", source: "../a.yaml" }],
    ],
    ["a source less", {}, { sources: lock.sources.slice(1) }, [{ kind: "source-gone", source: "../a.yaml" }]],
    [
      "a source that has another name",
      {},
      { sources: [source("../c.yaml", "../a.yaml"), ...lock.sources.slice(1)] },
      [
        { kind: "source-new", source: "../c.yaml" },
        { kind: "source-gone", source: "../a.yaml" },
      ],
    ],
    [
      "everything, crd-gen first",
      {},
      { generator: "2", contract: "v2", options: "[]", sources: [] },
      [
        { kind: "generator", locked: "1.2.3", now: "2" },
        { kind: "contract", locked: "v1", now: "v2" },
        { kind: "options", locked: "{}", now: "[]" },
        ...lock.sources.map(({ name }): Reason => ({ kind: "source-gone", source: name })),
      ],
    ],
  ])("%s", (_, changes, now, reasons) => {
    expect(reasonsBetween({ ...state, ...changes }, { ...lock, ...now })).toEqual(reasons);
  });

  test("two addresses of one name are told apart by what they hold", () => {
    const address = "https://example.com/a.yaml?…";
    const two = { ...lock, sources: [source(address, "1"), source(address, "2")] };
    expect(reasonsBetween({ ...state, lock: two }, two)).toEqual([]);
    const changed = { ...two, sources: [source(address, "1"), source(address, "3")] };
    expect(reasonsBetween({ ...state, lock: two }, changed)).toEqual([{ kind: "source-changed", source: address }]);
  });
});

test.each<readonly [Reason, string, string]>([
  [{ kind: "no-lock" }, "out", "there is no crd-gen.lock in out"],
  [{ kind: "interrupted" }, "out", "a run was ended while it put its files in place"],
  [{ kind: "generator", locked: "1.2.3", now: "1.3.0" }, "out", "the output is of crd-gen 1.2.3, this is 1.3.0"],
  [{ kind: "contract", locked: "v1", now: "v2" }, "out", "the output is of the contract v1, this crd-gen has v2"],
  [{ kind: "options", locked: "{}", now: '{"unserved":true}' }, "out", 'the options were {} and are {"unserved":true}'],
  [{ kind: "source-new", source: "../crds/a.yaml" }, "out", "the source crds/a.yaml is new"],
  [{ kind: "source-changed", source: "../../crds/a.yaml" }, "src/out", "the source crds/a.yaml has changed"],
  [{ kind: "source-gone", source: "../../crds/a.yaml" }, "../out", "the source ../../crds/a.yaml is gone"],
  [{ kind: "source-gone", source: "../crds/a.yaml" }, "/work/out", "the source /work/crds/a.yaml is gone"],
  [{ kind: "source-changed", source: "<stdin>" }, "src/out", "the source <stdin> has changed"],
  [{ kind: "source-changed", source: "<cluster>" }, "src/out", "the source <cluster> has changed"],
  [
    { kind: "source-new", source: "https://example.com/a.yaml" },
    "src/out",
    "the source https://example.com/a.yaml is new",
  ],
])("%j of %s in words", (reason, out, text) => {
  expect(reasonText(reason, out)).toBe(text);
});

test.each<readonly [string, Partial<LockState>, boolean]>([
  ["with every file as it was left", {}, true],
  ["with a file more that it does not list", { present: new Map([...state.present, ["c.ts", "3"]]) }, true],
  ["with a file that was edited", { present: new Map([...state.present, ["a.ts", "other"]]) }, false],
  ["with a file less", { present: new Map([["a.ts", "1"]]) }, false],
  ["without a lock", { lock: undefined }, false],
  ["that has no files", { lock: { ...lock, files: [] }, present: new Map() }, true],
])("an output %s: intact %s", (_, changes, intact) => {
  expect(isOutputIntact({ ...state, ...changes })).toBe(intact);
});
