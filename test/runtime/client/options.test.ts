import { describe, expect, it } from "vitest";
import { type AnyOptions, checkOptions, type Verb } from "../../../src/runtime/client/options.ts";

/** A right value of each option. */
const right: Required<AnyOptions> = {
  signal: new AbortController().signal,
  timeoutMs: 1,
  resourceVersion: "1",
  resourceVersionMatch: "NotOlderThan",
  labelSelector: "app=web",
  fieldSelector: { "metadata.name": "web" },
  limit: 1,
  continue: "",
  sendInitialEvents: true,
  dryRun: true,
  fieldManager: "m",
  fieldValidation: "Strict",
  force: true,
  gracePeriodSeconds: 0,
  propagationPolicy: "Foreground",
  preconditions: { uid: "u" },
};

const known: Readonly<Record<Verb, readonly (keyof AnyOptions)[]>> = {
  get: ["signal", "timeoutMs", "resourceVersion"],
  list: [
    "signal",
    "timeoutMs",
    "labelSelector",
    "fieldSelector",
    "resourceVersion",
    "resourceVersionMatch",
    "limit",
    "continue",
  ],
  watch: ["signal", "timeoutMs", "labelSelector", "fieldSelector", "resourceVersion", "sendInitialEvents"],
  create: ["signal", "timeoutMs", "dryRun", "fieldManager", "fieldValidation"],
  replace: ["signal", "timeoutMs", "dryRun", "fieldManager", "fieldValidation"],
  patch: ["signal", "timeoutMs", "dryRun", "fieldManager", "fieldValidation"],
  apply: ["signal", "timeoutMs", "dryRun", "fieldManager", "fieldValidation", "force"],
  delete: ["signal", "timeoutMs", "dryRun", "gracePeriodSeconds", "propagationPolicy", "preconditions"],
  deleteCollection: [
    "signal",
    "timeoutMs",
    "dryRun",
    "gracePeriodSeconds",
    "propagationPolicy",
    "labelSelector",
    "fieldSelector",
  ],
};

/** Options with what else the verb or the option wants beside it. */
function beside(verb: Verb, options: object): AnyOptions {
  const version = "resourceVersionMatch" in options && verb === "list" ? { resourceVersion: "1" } : {};
  return { ...(verb === "apply" ? { fieldManager: "m" } : {}), ...version, ...options };
}

describe.each(Object.entries(known) as [Verb, (keyof AnyOptions)[]][])("%s", (verb, names) => {
  it("takes none of its options, all of them as undefined, and each", () => {
    expect(() => checkOptions(verb, beside(verb, {}))).not.toThrow();
    expect(() =>
      checkOptions(
        verb,
        beside(
          verb,
          Object.fromEntries(names.filter((name) => name !== "fieldManager").map((name) => [name, undefined])),
        ),
      ),
    ).not.toThrow();
    for (const name of names) expect(() => checkOptions(verb, beside(verb, { [name]: right[name] }))).not.toThrow();
  });

  const others = [...Object.keys(right), "wrong", "toString", "__proto__"].filter(
    (name) => !(names as string[]).includes(name),
  );
  it.each(others)("refuses %s", (name) => {
    const options = Object.defineProperty(beside(verb, {}), name, { value: "canary", enumerable: true });
    expect(() => checkOptions(verb, options)).toThrow(
      expect.objectContaining({
        name: "InvalidArgumentError",
        argument: name,
        message: `${name}: ${verb} has no such option; it has ${names.join(", ")}`,
      }),
    );
  });

  it("takes an option of others that is undefined, which is one that was not given", () => {
    expect(() => checkOptions(verb, { ...beside(verb, {}), wrong: undefined } as object)).not.toThrow();
  });
});

const manager128 = "m".repeat(128);
const times = "timeoutMs: wanted milliseconds: a number above 0 and at most 2147483647";
const managers = "fieldManager: wanted printable characters, 1 to 128 bytes of them in UTF-8";
const limits = "limit: wanted a whole number of at least 1";
const seconds = "gracePeriodSeconds: wanted seconds: a whole number of at least 0";
const fields =
  "fieldSelector: wanted an object of field names, which hold no comma, sign or backslash, and values, or { not: values }";
const conditions = "preconditions: wanted an object with a uid, a resourceVersion or both";

it.each<[Verb, object]>([
  ["get", { timeoutMs: 0.5 }],
  ["get", { timeoutMs: 2 ** 31 - 1 }],
  ["get", { signal: { aborted: false, addEventListener: () => undefined, removeEventListener: () => undefined } }],
  ["create", { fieldManager: manager128 }],
  ["create", { fieldManager: "é".repeat(64) }],
  ["create", { fieldManager: "Müller & Söhne (β) 😀" }],
  ["list", { fieldSelector: {} }],
  ["list", { fieldSelector: { "spec.ports[0].name": "a=b,c\\" } }],
  ["list", { fieldSelector: { a: "", b: undefined } }],
  ["list", { fieldSelector: { a: { not: "" }, b: { not: ["a=b", "c"] }, c: { not: [] } } }],
  ["list", { resourceVersion: "1", resourceVersionMatch: "Exact" }],
  ["list", { resourceVersion: "0", resourceVersionMatch: "NotOlderThan" }],
  ["list", { resourceVersion: "1", continue: "" }],
  ["list", { resourceVersion: "", labelSelector: "" }],
  ["list", { limit: 5, resourceVersion: "7" }],
  ["delete", { preconditions: { uid: undefined, resourceVersion: "1" } }],
])("%s takes %j", (verb, options) => {
  expect(() => checkOptions(verb, options)).not.toThrow();
});

it.each<[Verb, unknown, string]>([
  ["get", null, "options: wanted an object, got object"],
  ["get", "canary", "options: wanted an object, got string"],
  ["get", ["canary"], "options: wanted an object, got object"],
  ["get", { timeoutMs: 0 }, times],
  ["get", { timeoutMs: -1 }, times],
  ["get", { timeoutMs: Number.NaN }, times],
  ["get", { timeoutMs: Number.POSITIVE_INFINITY }, times],
  ["get", { timeoutMs: 2 ** 31 }, times],
  ["get", { timeoutMs: "1" }, times],
  ["get", { signal: true }, "signal: wanted an AbortSignal"],
  ["get", { signal: { aborted: false } }, "signal: wanted an AbortSignal"],
  ["get", { resourceVersion: 5 }, "resourceVersion: wanted a text"],
  ["list", { labelSelector: { app: "canary" } }, "labelSelector: wanted a text"],
  ["list", { fieldSelector: "a=canary" }, fields],
  ["list", { fieldSelector: ["canary"] }, fields],
  ["list", { fieldSelector: { a: 1 } }, fields],
  ["list", { fieldSelector: { a: { not: 1 } } }, fields],
  ["list", { fieldSelector: { a: { not: undefined } } }, fields],
  ["list", { fieldSelector: { a: { not: ["canary", 1] } } }, fields],
  ["list", { fieldSelector: { a: { not: [["canary"]] } } }, fields],
  ["list", { fieldSelector: { a: { not: "canary", in: "b" } } }, fields],
  ["list", { fieldSelector: { a: {} } }, fields],
  ["list", { fieldSelector: { a: ["canary"] } }, fields],
  ["list", { fieldSelector: { a: null } }, fields],
  ["list", { fieldSelector: { "": "a" } }, fields],
  ["list", { fieldSelector: { "a=canary,b": "c" } }, fields],
  ["list", { fieldSelector: { "a!": "c" } }, fields],
  ["list", { fieldSelector: { "a\\": "c" } }, fields],
  ["list", { limit: 0 }, limits],
  ["list", { limit: -1 }, limits],
  ["list", { limit: 1.5 }, limits],
  ["list", { limit: Number.POSITIVE_INFINITY }, limits],
  ["list", { limit: "5" }, limits],
  ["list", { continue: 5 }, "continue: wanted a text"],
  [
    "list",
    { resourceVersion: "1", resourceVersionMatch: "canary" },
    "resourceVersionMatch: wanted Exact, NotOlderThan",
  ],
  ...["Exact", "NotOlderThan"].map((resourceVersionMatch): [Verb, unknown, string] => [
    "list",
    { resourceVersion: "", resourceVersionMatch },
    "resourceVersionMatch: wanted a resourceVersion beside it, found none",
  ]),
  [
    "list",
    { limit: 5, resourceVersion: "0" },
    'limit: wanted no resourceVersion "0" beside it, with which the server gives all',
  ],
  ["list", { resourceVersionMatch: "Exact" }, "resourceVersionMatch: wanted a resourceVersion beside it, found none"],
  [
    "list",
    { resourceVersion: undefined, resourceVersionMatch: "NotOlderThan" },
    "resourceVersionMatch: wanted a resourceVersion beside it, found none",
  ],
  [
    "list",
    { resourceVersion: "0", resourceVersionMatch: "Exact" },
    'resourceVersionMatch: wanted NotOlderThan for the resourceVersion "0"',
  ],
  [
    "list",
    { resourceVersion: "1", continue: "canary" },
    "continue: wanted no resourceVersion beside it: the token has its own",
  ],
  ["watch", { sendInitialEvents: "true" }, "sendInitialEvents: wanted true or false"],
  ["create", { dryRun: "All" }, "dryRun: wanted true or false"],
  ["create", { fieldManager: "" }, managers],
  ["create", { fieldManager: "m".repeat(129) }, managers],
  ["create", { fieldManager: "é".repeat(65) }, managers],
  ["create", { fieldManager: "can\nary" }, managers],
  ["create", { fieldManager: "can\u00a0ary" }, managers],
  ["create", { fieldManager: 5 }, managers],
  ["create", { fieldValidation: "strict" }, "fieldValidation: wanted Ignore, Warn, Strict"],
  ["apply", {}, "fieldManager: wanted the name of who applies, found none"],
  ["apply", { fieldManager: undefined }, "fieldManager: wanted the name of who applies, found none"],
  ["apply", { fieldManager: "m", force: 1 }, "force: wanted true or false"],
  ["delete", { gracePeriodSeconds: -1 }, seconds],
  ["delete", { gracePeriodSeconds: 0.5 }, seconds],
  ["delete", { propagationPolicy: "canary" }, "propagationPolicy: wanted Orphan, Background, Foreground"],
  ["delete", { preconditions: {} }, conditions],
  ["delete", { preconditions: { uid: undefined, resourceVersion: undefined } }, conditions],
  ["delete", { preconditions: "canary" }, conditions],
  ["delete", { preconditions: { name: "canary" } }, conditions],
  ["delete", { preconditions: { uid: 5 } }, conditions],
])("%s refuses %j", (verb, options, message) => {
  expect(() => checkOptions(verb, options as AnyOptions)).toThrow(
    expect.objectContaining({ name: "InvalidArgumentError", code: "invalid-argument", message }),
  );
});
