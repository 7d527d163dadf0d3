import fc from "fast-check";
import type { JsonObject, JsonValue } from "../../../src/runtime/unstructured/json.ts";

/** Keys, those among them that every object inherits something under. */
export const keys: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom("spec", "a/b", "", "0", "__proto__", "constructor", "hasOwnProperty", "toString"),
  fc.string({ maxLength: 5 }),
);

const { object, value } = fc.letrec<{ object: JsonObject; value: JsonValue }>((tie) => ({
  object: fc.array(fc.tuple(keys, tie("value")), { maxLength: 4 }).map((entries) => Object.fromEntries(entries)),
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.oneof(
      fc.string(),
      fc.integer(),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.boolean(),
      fc.constant(null),
    ),
    tie("object"),
    fc.array(tie("value"), { maxLength: 4 }),
  ),
}));

/** Objects of JSON texts. */
export const jsonObjects: fc.Arbitrary<JsonObject> = object;

/** Values of JSON texts. */
export const jsonValues: fc.Arbitrary<JsonValue> = value;
