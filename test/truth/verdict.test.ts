import { expect, test } from "vitest";
import { verdictOf } from "./verdict.ts";

interface Given {
  readonly name: string;
  readonly code: number;
  readonly message: string;
  readonly causes?: readonly { readonly reason: string; readonly message: string }[];
  readonly outcome: string;
}

// The answers of kube-apiserver 1.34.4 and 1.37.2.
const given: readonly Given[] = [
  { name: "created", code: 201, message: "", outcome: "accepted" },
  {
    name: "a required property is missing",
    code: 422,
    message: 'Cup.example.com "truth" is invalid: spec.handle: Required value',
    causes: [{ reason: "FieldValueRequired", message: "Required value" }],
    outcome: "type",
  },
  {
    name: "another type",
    code: 422,
    message:
      'Cup.example.com "truth" is invalid: spec: Invalid value: "array": spec in body must be of type object: "array"',
    causes: [
      { reason: "FieldValueTypeInvalid", message: 'Invalid value: "array": spec in body must be of type object' },
    ],
    outcome: "type",
  },
  {
    name: "an unknown field",
    code: 400,
    message: 'Cup in version "v1" cannot be handled as a Cup: strict decoding error: unknown field "spec.zz"',
    outcome: "type",
  },
  {
    name: "an unknown field that a patch has brought, behind the object in which another field is wrong in words only",
    code: 422,
    message: ' "" is invalid: patch: Invalid value: "{}": strict decoding error: unknown field "spec.zz"',
    causes: [
      {
        reason: "FieldValueInvalid",
        message: 'Invalid value: "{\\"note\\":\\"x\\"}": strict decoding error: unknown field "spec.zz"',
      },
    ],
    outcome: "type",
  },
  {
    name: "a name that is too long",
    code: 422,
    message: 'Cup.example.com "truth" is invalid: metadata.name: Too long: may not be more than 253 bytes',
    causes: [{ reason: "FieldValueTooLong", message: "Too long: may not be more than 253 bytes" }],
    outcome: "value",
  },
  {
    name: "a value rule, where the object quoted before it speaks of types",
    code: 422,
    message: ' "" is invalid: patch: Invalid value: "{}": metadata.name: bad',
    causes: [
      { reason: "FieldValueInvalid", message: 'Invalid value: "{\\"a\\":\\"must be of type\\"}": metadata.name: bad' },
    ],
    outcome: "value",
  },
  { name: "a conflict", code: 409, message: "the object has been modified", outcome: "unknown" },
  { name: "an error inside the server", code: 500, message: "etcdserver: request timed out", outcome: "unknown" },
];

test.for(given)("$name: $outcome", ({ code, message, causes, outcome }) => {
  const body = causes === undefined ? { message } : { message, details: { causes } };
  expect(verdictOf({ code, body, warning: undefined }).outcome).toBe(outcome);
});
