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
    "Invalid value: …: spec.pat in body should match '…",
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
    'Secret in version "v1" cannot be handled as a Secret: illegal base64 data at input byte …',
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
  ["a version", 'strconv.ParseUint: parsing "canary": invalid syntax', "…: parsing …: invalid syntax"],
  [
    "a selector for labels",
    'unable to parse requirement: values[0][a]: Invalid value: "canary !": a valid label must be an empty string',
    "unable to parse requirement: values[0][…]: Invalid value: …: a valid label must be an empty string",
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
    `[spec.a: Invalid value: ${oddQuoted}: must be set, spec.c: Duplicate value: "canary", spec.d: Unsupported value: 987654321: supported values: "1"]`,
    "[spec.a: Invalid value: …: must be set, spec.c: Duplicate value: …, spec.d: Unsupported value: …: supported values: …]",
  ],
  [
    "several at once, of an object",
    `pods "a" is invalid: [spec.a: Unsupported value: ${oddQuoted}: supported values: "1", "2", spec.b: Duplicate value: "canary"]`,
    'pods "a" is invalid: [spec.a: Unsupported value: …: supported values: "1", "2", spec.b: Duplicate value: …]',
  ],
  [
    "a name of a label",
    "Invalid value: \"canary!\": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')",
    "Invalid value: …: name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')",
  ],
  [
    "a length",
    'Invalid value: "canary": spec.a in body should be at least 10 chars long',
    "Invalid value: …: spec.a in body should be at least 10 chars long",
  ],
  [
    "a number of properties",
    'Invalid value: "object": spec.a in body should have at most 3 properties',
    "Invalid value: …: spec.a in body should have at most 3 properties",
  ],
];

const post = 'Post "https://hook.default.svc:443/validate?timeout=10s"';

test.each([
  `Internal error occurred: failed calling webhook "v.example.com": failed to call webhook: ${post}: dial tcp 10.96.0.1:443: connect: connection refused`,
  `Internal error occurred: failed calling webhook "v.example.com": failed to call webhook: ${post}: x509: certificate signed by unknown authority`,
  `Internal error occurred: failed calling webhook "v.example.com": failed to call webhook: ${post}: context deadline exceeded`,
  `conversion webhook for stable.example.com/v1, Kind=MyCoolApp failed: ${post}: no endpoints available for service "hook"`,
  "etcdserver: request timed out",
  "Internal error occurred: etcdserver: mvcc: database space exceeded",
  "Timeout: request did not complete within requested timeout - context deadline exceeded",
  "apiserver not ready",
  `failed calling webhook "v.example.com": failed to call webhook: ${post}: tls: failed to verify certificate: x509: certificate signed by unknown authority`,
  "the server rejected our request due to an error in our request",
  "Client sent an HTTP request to an HTTPS server.",
  "the server is currently unable to handle the request",
])("of what fails behind the server nothing is left out: %s", (message) => {
  expect(withoutValues(message)).toBe(message);
});

test("what a webhook itself says of addresses is left out as any other text", () => {
  const message = `admission webhook "v.example.com" denied the request: ${post}: dial tcp 10.96.0.1:443`;
  expect(withoutValues(message)).toBe('admission webhook "v.example.com" denied the request: … …: dial tcp …');
});

describe("what the server says of", () => {
  it.each(said)("%s", (_, message, shown) => {
    expect(withoutValues(message)).toBe(shown);
    expect(shown).not.toMatch(/canary|ary:|987654321|98765\.|[0-9a-f]{16}/);
  });
});

describe("what no server is known to say is left out where it is not clear", () => {
  it.each<[message: string, shown: string]>([
    ["Invalid value: {x: canary}: must be set", "Invalid value: …"],
    ["Invalid value: map[string]interface {}{}: must be set", "Invalid value: …"],
    ["Invalid value: v1.Secret{Data: canary}: must be set", "Invalid value: …"],
    ["Invalid value: 2026-11-25 22:07:48 +0000 UTC: must be set", "Invalid value: …"],
    ['Invalid value: "canary": b "c" d', "Invalid value: …: … … …"],
    ['Invalid value: "canary"canary: must be set', "Invalid value: …"],
    ['Invalid value: "canary', "Invalid value: …"],
    ['got "canary', "got …"],
    ['got "ca"nary" and b', "got …"],
    ['got "canary\\" Invalid value: " and b', "got … and …"],
    ["Duplicate value: canary", "Duplicate value: …"],
    ["", ""],
  ])("%s", (message, shown) => {
    expect(withoutValues(message)).toBe(shown);
  });
});

describe("of a sentence of unknown origin only what can be no value is shown:", () => {
  const denied = 'admission webhook "policy.example.com" denied the request: ';
  const policy = "ValidatingAdmissionPolicy 'weak' with binding 'all' denied request: ";
  it.each<[message: string, shown: string]>([
    ["password hunter22-canary is too weak", "password … is too weak"],
    ["password monkey is too weak", "password … is too weak"],
    ["Invalid value: monkey is too weak", "Invalid value: … is too weak"],
    [`${denied}password hunter22 was used before`, `${denied}password … was used before`],
    [`apps.example.com "web" is forbidden: ${policy}not ${odd}`, `apps.example.com "web" is forbidden: ${policy}not …`],
    [`${policy}pin 123 was used`, `${policy}pin … was used`.replace("pin ", "… ")],
    ["token canary-123 invalid", "token … invalid"],
    ['wanted "a b", got CorrectHorse and xX and s3cr3t!', "wanted …, got … and … and …!"],
    ["may not shrink from 5 to 3", "may not … from … to …"],
    ['got secrets "canary" not found', "got secrets … not found"],
    ["got canary", "got …"],
    ["got \u{e000}canary", "got …"],
    ["a 漢字 must not be", "a … must not be"],
    ["it is !!!!! or ***", "it is … or …"],
    ["spec.tokens.canary-123.a must be set", "spec.tokens.….a must be set"],
    ["/spec/tokens/canary-123 must be set", "/spec/tokens/… must be set"],
  ])("%s", (message, shown) => {
    expect(withoutValues(message)).toBe(shown);
  });
});

describe("what the author of a definition or of a policy has to say stays readable:", () => {
  it.each([
    "replicas must not exceed maxReplicas",
    "spec.forProvider.agentName is a required parameter",
    "queueName may not be changed",
    "at least one of hostPorts or containerPort must be set",
    "Invalid value: field is immutable",
    "Required value: must be specified when `name` is unset, or if type is not 'HTTP'",
  ])("%s", (message) => {
    expect(withoutValues(message, new Set(["queueName", "agentName"]))).toBe(message);
  });

  it("names of fields that are known besides are words, too", () => {
    expect(withoutValues("frobs must not exceed maxFrobs")).toBe("… must not exceed …");
    expect(withoutValues("frobs must not exceed maxFrobs", new Set(["frobs", "maxFrobs"]))).toBe(
      "frobs must not exceed maxFrobs",
    );
  });
});

describe("what only servers say is shown as it is:", () => {
  it.each([
    'pods "a" is forbidden: exceeded quota: q, requested: pods=1,requests.memory=1Gi, used: pods=5,requests.memory=2Gi, limited: pods=5,requests.memory=3Gi',
    "the server does not allow this method on the requested resource",
    "Too many requests, please try again later.",
    "storage is (re)initializing",
    'forbidden: User "jane doe" cannot get path "/metrics"',
    "unable to create new content because it is being terminated",
    "policy/v1beta1 PodSecurityPolicy is deprecated in v1.21+, unavailable in v1.25+",
    "stable.example.com/v1beta1 WorkQueue is deprecated; use v1",
    'unknown field "spec.colour"',
    "404 page not found",
    "Client sent an HTTP request to an HTTPS server.",
  ])("%s", (message) => {
    expect(withoutValues(message)).toBe(message);
  });
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

test("no text is seen that holds a digit or a letter beyond ASCII, whatever the sentence is", () => {
  const word = fc.constantFrom("must", "be", "set", "spec.a", "Invalid value:", "got", "in body", "not", ":", "'", "(");
  const odd = fc.string({ unit: fc.constantFrom("§", "a", "-", ".", "/", "[", "]", "'", "="), minLength: 1 });
  fc.assert(
    fc.property(fc.array(fc.oneof(word, odd), { maxLength: 8 }), (words) => {
      expect(withoutValues(words.join(" "))).not.toContain("§");
    }),
    runs(1_000),
  );
});
