import fc from "fast-check";
import { describe, expect, expectTypeOf, it, test } from "vitest";
import { InvalidArgumentError } from "../../../src/runtime/errors/invalid-argument.ts";
import {
  type ConversionError,
  type ConversionErrorCode,
  fromUnstructured,
  inputFromUnstructured,
  isConversionError,
  toUnstructured,
} from "../../../src/runtime/unstructured/conversion.ts";
import { deepCopy } from "../../../src/runtime/unstructured/deep-copy.ts";
import type { JsonObject } from "../../../src/runtime/unstructured/json.ts";
import { Unstructured } from "../../../src/runtime/unstructured/unstructured.ts";
import { runs } from "../../properties/runs.ts";
import { type MyCoolApp, type MyCoolAppInput, MyCoolAppResource } from "../gen/samples/mycoolapps.ts";
import { type Tenant, TenantResource } from "../gen/samples/tenants.ts";
import { jsonObjects } from "./arbitrary-json.ts";

const typeMeta = { apiVersion: "stable.example.com/v1", kind: "MyCoolApp" } as const;
const metadata = {
  name: "backend-service",
  namespace: "default",
  uid: "5d1b4bb4-6b1a-4d1c-9f5e-0c2f3a1b2c3d",
  resourceVersion: "41",
};
const read = (): JsonObject => ({
  ...typeMeta,
  metadata: { ...metadata },
  spec: { image: "supersecret-prod", replicas: 2, unknown: { deeper: ["supersecret-prod"] } },
  unknown: true,
});

describe.each([
  ["fromUnstructured", fromUnstructured],
  ["inputFromUnstructured", inputFromUnstructured],
] as const)("%s", (_, convert) => {
  it("returns the content itself, unknown fields included", () => {
    const u = new Unstructured(read());
    expect(convert(MyCoolAppResource, u)).toBe(u.object);
    expect(u.object).toEqual(read());
  });

  it.each<[JsonObject, string]>([
    [{ kind: "WorkQueue" }, "stable.example.com/v1 WorkQueue"],
    [{ apiVersion: "stable.example.com/v1beta1" }, "stable.example.com/v1beta1 MyCoolApp"],
    [{ apiVersion: "v1", kind: "Secret" }, "v1 Secret"],
    [{ apiVersion: undefined }, "(no apiVersion) MyCoolApp"],
    [{ apiVersion: undefined, kind: 7 }, "(no apiVersion) (no kind)"],
  ])("refuses an object with %j", (changes, got) => {
    const error = failure(() => convert(MyCoolAppResource, new Unstructured({ ...read(), ...changes })));
    expect(error.code).toBe("wrong-kind");
    expect(error.message).toBe(
      `unstructured: default/backend-service: wanted stable.example.com/v1 MyCoolApp, got ${got}`,
    );
  });
});

describe("an object that did not come from a server", () => {
  it.each<[JsonObject, string]>([
    [{ uid: undefined }, "uid"],
    [{ uid: "" }, "uid"],
    [{ uid: 7 }, "uid"],
    [{ resourceVersion: undefined }, "resourceVersion"],
    [{ resourceVersion: "" }, "resourceVersion"],
  ])("with %j in its metadata is refused by fromUnstructured alone", (changes, lacking) => {
    const u = new Unstructured({ ...read(), metadata: { ...metadata, ...changes } });
    const error = failure(() => fromUnstructured(MyCoolAppResource, u));
    expect(error.code).toBe("not-read");
    expect(error.message).toBe(
      `unstructured: default/backend-service: wanted an object that a server returned, got one without metadata.${lacking}; use inputFromUnstructured for an object that is to be written`,
    );
    expect(inputFromUnstructured(MyCoolAppResource, u)).toBe(u.object);
  });

  it("may have no metadata at all", () => {
    const u = new Unstructured({ ...typeMeta });
    const wanted = "unstructured: (no name): wanted an object that a server returned, got one without metadata.uid";
    expect(failure(() => fromUnstructured(MyCoolAppResource, u)).message).toContain(wanted);
    expect(inputFromUnstructured(MyCoolAppResource, u)).toBe(u.object);
  });
});

describe("toUnstructured", () => {
  it("makes an object its own content where apiVersion and kind are there", () => {
    const object = inputFromUnstructured(MyCoolAppResource, new Unstructured(read()));
    expect(toUnstructured(MyCoolAppResource, object).object).toBe(object);
  });

  it.each<[string, MyCoolAppInput]>([
    ["both", { metadata: { name: "web" } }],
    ["apiVersion", { kind: "MyCoolApp", metadata: { name: "web" } }],
    ["kind", { apiVersion: "stable.example.com/v1", metadata: { name: "web" } }],
    ["both, which are undefined", { apiVersion: undefined, kind: undefined, metadata: {} } as object as MyCoolAppInput],
    ["both, which are null", { apiVersion: null, kind: null, metadata: {} } as object as MyCoolAppInput],
  ])("fills in %s first, in a shallow copy", (_, object) => {
    const before = deepCopy(object);
    const u = toUnstructured(MyCoolAppResource, Object.freeze(object));
    expect(Object.keys(u.object).sort()).toEqual(["apiVersion", "kind", "metadata"]);
    expect(Object.keys(u.object).at(-1)).toBe("metadata");
    expect(u.object).toMatchObject(typeMeta);
    expect(u.object.metadata).toBe(object.metadata);
    expect(deepCopy(object)).toEqual(before);
  });

  it("keeps a key __proto__ while it fills in", () => {
    const object: MyCoolAppInput = JSON.parse('{"metadata":{},"__proto__":{"a":1}}');
    expect(JSON.stringify(toUnstructured(MyCoolAppResource, object))).toBe(
      '{"apiVersion":"stable.example.com/v1","kind":"MyCoolApp","metadata":{},"__proto__":{"a":1}}',
    );
  });

  it.each<[object, string]>([
    [{ apiVersion: "v1", kind: "MyCoolApp" }, "v1 MyCoolApp"],
    [{ kind: "Secret" }, "(no apiVersion) Secret"],
    [{ apiVersion: "v1" }, "v1 (no kind)"],
    [{ apiVersion: "", kind: "MyCoolApp" }, "(no apiVersion) MyCoolApp"],
  ])("refuses an object with %j", (object, got) => {
    const error = failure(() => toUnstructured(MyCoolAppResource, object as MyCoolApp));
    expect(error.code).toBe("wrong-kind");
    expect(error.message).toBe(`unstructured: (no name): wanted stable.example.com/v1 MyCoolApp, got ${got}`);
  });

  it.each<[unknown]>([[new Unstructured(read())], [[]], [null]])("refuses what is no JSON object", (object) => {
    expect(() => toUnstructured(MyCoolAppResource, object as MyCoolApp)).toThrow(InvalidArgumentError);
  });
});

test("there and back, an object is the same", () => {
  fc.assert(
    fc.property(jsonObjects, jsonObjects, (more, moreMetadata) => {
      const object = { ...more, ...typeMeta, metadata: { ...moreMetadata, ...metadata } };
      const text = JSON.stringify(object);
      const u = new Unstructured(object);
      expect(JSON.stringify(toUnstructured(MyCoolAppResource, fromUnstructured(MyCoolAppResource, u)))).toBe(text);
      expect(JSON.stringify(toUnstructured(MyCoolAppResource, inputFromUnstructured(MyCoolAppResource, u)))).toBe(text);
    }),
    runs(300),
  );
});

test("an error holds nothing of an object but what it is", () => {
  const codes: ConversionErrorCode[] = [];
  for (const changes of [{ kind: "Secret" }, { metadata: { name: "web" } }]) {
    const u = new Unstructured({ ...read(), ...changes });
    const error = failure(() => fromUnstructured(MyCoolAppResource, u));
    codes.push(error.code);
    expect(`${error.stack}${JSON.stringify(error)}`).not.toContain("supersecret-prod");
  }
  expect(codes).toEqual(["wrong-kind", "not-read"]);
  expect(isConversionError(new Error("wrong-kind"))).toBe(false);
});

test("the types are the kind's", () => {
  const u = new Unstructured(read());
  expectTypeOf(fromUnstructured(MyCoolAppResource, u)).toEqualTypeOf<MyCoolApp>();
  expectTypeOf(inputFromUnstructured(MyCoolAppResource, u)).toEqualTypeOf<MyCoolAppInput>();
  expectTypeOf(() => fromUnstructured(TenantResource, u)).returns.toEqualTypeOf<Tenant>();
  // @ts-expect-error an object of another kind
  expect(() => toUnstructured(TenantResource, fromUnstructured(MyCoolAppResource, u))).toThrow(
    "wanted org.example.com",
  );
  // @ts-expect-error an Unstructured is one already
  expect(() => toUnstructured(MyCoolAppResource, u)).toThrow(InvalidArgumentError);
});

function failure(call: () => unknown): ConversionError {
  try {
    call();
  } catch (error) {
    if (isConversionError(error)) return error;
    throw error;
  }
  throw new Error("wanted a ConversionError, got none");
}

test("what is no Unstructured is refused", () => {
  for (const [given, got] of [
    [{ apiVersion: "stable.example.com/v1", kind: "MyCoolApp" }, "an object"],
    [undefined, "undefined"],
    ["canary", "a string"],
  ]) {
    const message = `u: wanted an Unstructured, got ${got}; isKind tells whether an object without it is of the kind`;
    const refused = expect.objectContaining({ name: "InvalidArgumentError", message });
    expect(() => fromUnstructured(MyCoolAppResource, given as never)).toThrow(refused);
    expect(() => inputFromUnstructured(MyCoolAppResource, given as never)).toThrow(refused);
  }
});
