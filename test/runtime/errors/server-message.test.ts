import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { withoutValues } from "../../../src/runtime/errors/server-message.ts";
import { runs } from "../../properties/runs.ts";

/** A value that must not be seen, made of what the ends of values are looked for by. */
const odd = 'ca"n\\ary: {x} "};: must be';
/** The same as Go quotes it. */
const oddQuoted = JSON.stringify(odd);

const whole = `{"apiVersion":"v1","data":{"token":"Y2FuYXJ5"},"metadata":{"annotations":{"note":${oddQuoted}}},"unknown":"canary"}`;
const name =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
const typed = "failed to create typed patch object (/w; stable.example.com/v1, Kind=Vault): .spec.a:";
const decoded = 'ConfigMap in version "v1" cannot be handled as a ConfigMap:';

/** What kube-apiserver 1.34.4 and 1.37.2 say, by what they say it of; and what is shown of it. */
const said: readonly (readonly [what: string, message: string, shown: string])[] = [
  ["a rule of CEL, older", 'Invalid value: "object": forbid may not be set', "Invalid value: …: forbid may not be set"],
  ["a rule of CEL on an object", "Invalid value: forbid may not be set", "Invalid value: forbid may not be set"],
  ["a rule of CEL on a text", `Invalid value: ${oddQuoted}: immutable`, "Invalid value: …: immutable"],
  [
    "a rule of CEL without a message",
    "Invalid value: \"canary\": failed rule: self == 'x'",
    "Invalid value: …: failed rule: self == 'x'",
  ],
  [
    "a maximum",
    "Invalid value: 987654321: spec.num in body should be less than or equal to 5",
    "Invalid value: …: spec.num in body should be less than or equal to 5",
  ],
  [
    "a number with a fraction",
    "Invalid value: -98765.4321: spec.num in body should be less than or equal to 1.5",
    "Invalid value: …: spec.num in body should be less than or equal to 1.5",
  ],
  ["an exponent", "Invalid value: 1e+21: too large", "Invalid value: …: too large"],
  [
    "a pattern",
    `Invalid value: ${oddQuoted}: spec.pat in body should match '^x:+$'`,
    "Invalid value: …: spec.pat in body should match '^x:+$'",
  ],
  [
    "a pattern with a quote",
    `Invalid value: "canary": spec.pat in body should match '^x"y:+$'`,
    "Invalid value: …: spec.pat in body should match '^x…",
  ],
  [
    "a format",
    `Invalid value: ${oddQuoted}: spec.email in body must be of type email: ${oddQuoted}`,
    "Invalid value: …: spec.email in body must be of type email: …",
  ],
  [
    "a type",
    'Invalid value: "string": spec.num in body must be of type integer: "string"',
    'Invalid value: …: spec.num in body must be of type integer: "string"',
  ],
  [
    "one of two types",
    'Invalid value: "object": spec.ios in body must be of type integer,string: "object"',
    'Invalid value: …: spec.ios in body must be of type integer,string: "object"',
  ],
  [
    "a missing alternative",
    'Invalid value: "": "spec.any[0].b-c" must validate at least one schema (anyOf)',
    'Invalid value: …: "spec.any[0].b-c" must validate at least one schema (anyOf)',
  ],
  [
    "a forbidden alternative",
    'Invalid value: "": "spec.not" must not validate the schema (not)',
    'Invalid value: …: "spec.not" must not validate the schema (not)',
  ],
  [
    "rules that were left out",
    "Invalid value: null: some validation rules were not checked because the object was invalid",
    "Invalid value: …: some validation rules were not checked because the object was invalid",
  ],
  [
    "an enum",
    `Unsupported value: ${oddQuoted}: supported values: "a", "b\\"c", "d: e"`,
    'Unsupported value: …: supported values: "a", "b\\"c", "d: e"',
  ],
  [
    "an enum of numbers",
    'Unsupported value: 987654321: supported values: "1", "2"',
    'Unsupported value: …: supported values: "1", "2"',
  ],
  ["a set", `Duplicate value: ${oddQuoted}`, "Duplicate value: …"],
  ["a keyed list", `Duplicate value: {"name":${oddQuoted}}`, "Duplicate value: …"],
  ["a list that is too long", "Too many: 2: must have at most 1 item", "Too many: …: must have at most 1 item"],
  ["a text that is too long", "Too long: may not be more than 3 bytes", "Too long: may not be more than 3 bytes"],
  ["what is missing", "Required value: must not be empty", "Required value: must not be empty"],
  [
    "what is forbidden",
    "Forbidden: field is immutable when `immutable` is set",
    "Forbidden: field is immutable when `immutable` is set",
  ],
  ["a name", `Invalid value: "canary_Bad": ${name}`, `Invalid value: …: ${name}`],
  [
    "a label",
    `Invalid value: "${"canary".repeat(30)}": must be no more than 63 bytes`,
    "Invalid value: …: must be no more than 63 bytes",
  ],
  [
    "owners",
    `Invalid value: [{"apiVersion":"canary","name":${oddQuoted}}]: Only one reference can have Controller set to true. Found "true" in references for Pod/${odd}`,
    "Invalid value: …",
  ],
  [
    "a patched object as a whole",
    `Invalid value: ${JSON.stringify(whole)}: strict decoding error: unknown field "unknown"`,
    'Invalid value: …: strict decoding error: unknown field "unknown"',
  ],
  [
    "two fields of it",
    `Invalid value: ${JSON.stringify(whole)}: strict decoding error: unknown field "spec.a[0].b", duplicate field "c"`,
    'Invalid value: …: strict decoding error: unknown field "spec.a[0].b", duplicate field "c"',
  ],
  [
    "a field that is called oddly",
    `${decoded} strict decoding error: unknown field "spec.${odd}"`,
    `${decoded} strict decoding error: unknown field …`,
  ],
  [
    "base64",
    'Secret in version "v1" cannot be handled as a Secret: illegal base64 data at input byte 6',
    'Secret in version "v1" cannot be handled as a Secret: illegal base64 data at input byte 6',
  ],
  [
    "JSON in a Secret",
    "Invalid value: \"<secret contents redacted>\": invalid character 'c' looking for beginning of value",
    "Invalid value: …: invalid character '…' looking for beginning of value",
  ],
  [
    "a time",
    `${decoded} parsing time "canary" as "2006-01-02T15:04:05Z07:00": cannot parse "canary" as "2006"`,
    `${decoded} parsing time … as …: cannot parse … as …`,
  ],
  [
    "a text in place of a number",
    `${decoded} json: cannot unmarshal number 98765.4321 into Go struct field LeaseSpec.spec.leaseDurationSeconds of type int32`,
    `${decoded} json: cannot unmarshal number … into Go struct field LeaseSpec.spec.leaseDurationSeconds of type int32`,
  ],
  [
    "a number in place of a text",
    `${decoded} json: cannot unmarshal number into Go struct field ConfigMap.data of type string`,
    `${decoded} json: cannot unmarshal number into Go struct field ConfigMap.data of type string`,
  ],
  [
    "a body that is no object",
    'couldn\'t get version/kind; json parse error: json: cannot unmarshal string into Go value of type struct { Kind string "json:\\"kind,omitempty\\"" } (2263616e61727922)',
    "couldn't get version/kind; json parse error: json: cannot unmarshal string into Go value of type struct { Kind string … } (…)",
  ],
  [
    "a longer one",
    "json parse error (2263615c226e5c5c6172792d376633613a207b787d205c227d3b3a206d75 ...)",
    "json parse error (…)",
  ],
  ["apply of a text for a list", `${typed} expected list, got &{${odd}}`, `${typed} expected list, got …`],
  ["apply of a map for a list", `${typed} expected list, got &{map[a:${odd}]}`, `${typed} expected list, got …`],
  [
    "apply of an object for a text",
    `${typed} expected string, got &value.valueUnstructured{Value:map[string]interface {}{"a":${oddQuoted}}}`,
    `${typed} expected string, got …`,
  ],
  [
    "apply of a number for a text",
    `${typed} expected string, got &value.valueUnstructured{Value:987654321}`,
    `${typed} expected string, got …`,
  ],
  [
    "apply of a text for a number",
    `${typed} expected numeric (int or float), got string`,
    `${typed} expected numeric (int or float), got string`,
  ],
  [
    "apply of two items with one key",
    `${typed} duplicate entries for key [name=${oddQuoted}]`,
    `${typed} duplicate entries for key [name=…]`,
  ],
  [
    "apply of a set with one item twice",
    `${typed} duplicate entries for key [="canary"]`,
    `${typed} duplicate entries for key [=…]`,
  ],
  [
    "apply without a key",
    `${typed} element 0: associative list with keys has an element that omits all key fields ["name"]`,
    `${typed} element 0: associative list with keys has an element that omits all key fields […]`,
  ],
  [
    "apply of what somebody else has",
    'conflict with "kubectl-edit" with subresource "status" using v1',
    'conflict with "kubectl-edit" with subresource "status" using v1',
  ],
  ["a version", 'strconv.ParseUint: parsing "canary": invalid syntax', "strconv.ParseUint: parsing …: invalid syntax"],
  [
    "a selector for labels",
    'unable to parse requirement: values[0][a]: Invalid value: "canary !": a valid label must be an empty string',
    "unable to parse requirement: values[0][a]: Invalid value: …: a valid label must be an empty string",
  ],
  [
    "a selector for fields",
    '"spec.color" is not a known field selector: only "metadata.name", "metadata.namespace"',
    '"spec.color" is not a known field selector: only "metadata.name", "metadata.namespace"',
  ],
  [
    "what is not there",
    'mycoolapps.stable.example.com "web" not found',
    'mycoolapps.stable.example.com "web" not found',
  ],
  [
    "what is there",
    'mycoolapps.stable.example.com "web" already exists',
    'mycoolapps.stable.example.com "web" already exists',
  ],
  [
    "a conflict",
    'Operation cannot be fulfilled on mycoolapps.stable.example.com "web": the object has been modified; please apply your changes to the latest version and try again',
    'Operation cannot be fulfilled on mycoolapps.stable.example.com "web": the object has been modified; please apply your changes to the latest version and try again',
  ],
  [
    "what is not allowed",
    'secrets "token" is forbidden: User "jane" cannot get resource "secrets" in API group "" in the namespace "default"',
    'secrets "token" is forbidden: User "jane" cannot get resource "secrets" in API group "" in the namespace "default"',
  ],
  [
    "what is not allowed anywhere",
    'nodes is forbidden: User "jane" cannot list resource "nodes" in API group "" at the cluster scope',
    'nodes is forbidden: User "jane" cannot list resource "nodes" in API group "" at the cluster scope',
  ],
  [
    "several at once",
    `[spec.a: Invalid value: ${oddQuoted}: must be b, spec.c: Duplicate value: "canary", spec.d: Unsupported value: 987654321: supported values: "1"]`,
    '[spec.a: Invalid value: …: must be b, spec.c: Duplicate value: …, spec.d: Unsupported value: …: supported values: "1"]',
  ],
];

describe("what the server says of", () => {
  it.each(said)("%s", (_, message, shown) => {
    expect(withoutValues(message)).toBe(shown);
    expect(shown).not.toMatch(/canary|ary:|987654321|98765\.|[0-9a-f]{16}/);
  });
});

describe("what no server is known to say is left out where it is not clear", () => {
  it.each<[message: string, shown: string]>([
    ["Invalid value: {x: canary}: must be b", "Invalid value: …"],
    ["Invalid value: map[string]interface {}{}: must be b", "Invalid value: …"],
    ["Invalid value: v1.Secret{Data: canary}: must be b", "Invalid value: …"],
    ["Invalid value: 2026-11-25 22:07:48 +0000 UTC: must be b", "Invalid value: …"],
    ['Invalid value: "canary": b "c" d', "Invalid value: …: b … d"],
    ['Invalid value: "canary"canary: must be b', "Invalid value: …"],
    ['Invalid value: "canary', "Invalid value: …"],
    ['said "canary', "said …"],
    ['said "ca"nary" and b', "said …"],
    ['said "canary\\" Invalid value: " and b', "said … and b"],
    ["Duplicate value: canary", "Duplicate value: …"],
    ["", ""],
  ])("%s", (message, shown) => {
    expect(withoutValues(message)).toBe(shown);
  });
});

test("values that are named are left out wherever they stand", () => {
  const message = `Invalid value: "string": wanted x, got ${odd} and canary2`;
  expect(withoutValues(message, [odd, "canary2"])).toBe("Invalid value: …: wanted x, got … and …");
  expect(withoutValues("Invalid value: 98765: is 98765", ["98765"])).toBe("Invalid value: …: is …");
  expect(withoutValues('Invalid value: "a $& b": is a $& b', ["a $& b"])).toBe("Invalid value: …: is …");
});

test("values that are named stay in what is known not to quote any", () => {
  const message = 'mycoolapps.stable.example.com "web" already exists, mycoolapp';
  expect(withoutValues(message, ["mycoolapp"])).toBe('mycoolapps.stable.example.com "web" already exists, …');
  const unsupported = 'Unsupported value: "Norm": supported values: "Low", "Normal"';
  expect(withoutValues(unsupported, ["Norm"])).toBe('Unsupported value: …: supported values: "Low", "Normal"');
});

test("no quoted text is seen, whatever it is and whatever stands around it", () => {
  const around = fc.string({ unit: fc.constantFrom("a", " ", ":", ",", "[", "{", "(", "]", "}"), maxLength: 8 });
  const before = fc.constantFrom("Invalid value: ", "Duplicate value: ", "Unsupported value: ", "Too many: ", "got ");
  const value = fc.string({ unit: fc.constantFrom("§", '"', "\\", ":", " ", "{", "}", "]", ","), minLength: 1 });
  fc.assert(
    fc.property(around, before, value, around, (left, lead, text, right) => {
      expect(withoutValues(`${left}${lead}${JSON.stringify(text)}${right}`)).not.toContain("§");
    }),
    runs(1_000),
  );
});
