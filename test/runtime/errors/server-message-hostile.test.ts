import { describe, expect, it } from "vitest";
import { withoutValues } from "../../../src/runtime/errors/server-message.ts";

describe("a form that servers are known to say shows nothing in the middle of a sentence of another, or alone:", () => {
  const denied = 'admission webhook "policy.example.com" denied the request: ';
  const forms: readonly (readonly [form: string, shown: string])[] = [
    ['"correcthorse" must validate one', "… must validate one"],
    ['decoding error: unknown field "correcthorse"', "decoding error: unknown field …"],
    ['Unsupported value: supported values: "hunter2"', "Unsupported value: supported values: …"],
    ["field in body should match 'hunter2canary'", "field in body should match '…'"],
    ["Too long: may not be more than 1234567890", "Too long: may not be more than …"],
    ["x (e.g. 'hunter2canary', regex used for validation is 'abc')", "… (e.g. '…', regex used for validation is '…')"],
    ["canarySecret in body is forbidden", "… in body is forbidden"],
    ["in body should have correct horse battery staple 1234567890", "in body should have correct … … … …"],
    ["into Go struct field correcthorse of type battery", "into Go struct field … of type …"],
    ['"correcthorse" is not a known field selector: only "battery"', "… is not a known field selector: only …"],
    ["dial tcp correcthorse:443: refused", "dial tcp …: refused"],
    ['no endpoints available for service "correcthorse"', "no endpoints available for service …"],
    ["password is .correcthorsebatterystaple", "password is .…"],
    ["password is metadata.correcthorse", "password is metadata.…"],
    ["metadata.annotations[correcthorse] must not be", "metadata.annotations[…] must not be"],
    ["correcthorse is forbidden", "… is forbidden"],
  ];
  it.each(forms)("%s", (form, shown) => {
    expect(withoutValues(`${denied}${form}`)).toBe(`${denied}${shown}`);
  });

  const alone = forms.filter(([form]) => !/^(?:Unsupported|Too long|"correcthorse" is not)/.test(form));
  it.each(alone)("%s (alone)", (form, shown) => {
    expect(withoutValues(form)).toBe(shown);
  });

  it.each([
    ["Internal error occurred: cannot read correcthorse", "Internal error occurred: cannot … …"],
    ["Internal error occurred: lookup correcthorse: no", "Internal error occurred: … …: no"],
    ['Invalid value: supported values: "hunter2"', "Invalid value: supported values: …"],
    [
      "Invalid value: 5: spec.a in body should have correct horse battery staple 1234567890",
      "Invalid value: …: spec.a in body should have correct … … … …",
    ],
  ])("%s", (message, shown) => {
    expect(withoutValues(message)).toBe(shown);
  });

  it("though paths of metadata do, where their names are known", () => {
    const message = "metadata.deletionTimestamp, .metadata.labels.team and .data.token must not be";
    expect(withoutValues(message, new Set(["team", "token"]))).toBe(message);
  });
});

describe("of a text that is too long", () => {
  it("the beginning is shown, up to the end of a word", () => {
    expect(withoutValues("must be ".repeat(600))).toBe(`${"must be ".repeat(512).trimEnd()} …`);
    expect(withoutValues(`${"a ".repeat(2046)}passwordhunter22`)).toBe(`${"a ".repeat(2046)}…`);
    expect(withoutValues(`a "${"must be ".repeat(600)}"`)).toBe("a …");
  });

  const denied = 'admission webhook "v.example.com" denied the request: ';
  const hostile: readonly string[] = [
    ...[
      "a",
      "a.",
      "[]",
      "[",
      "]",
      "[a",
      "a]",
      "(",
      '"',
      '\\"',
      '" ',
      "'a', ",
      "a,b=",
      "a ",
      " ",
      "\n",
      ".",
      ":]",
      "a=1,",
      "…",
    ],
    ...[
      "[a]",
      "{[a]}",
      "a[b]]",
      "Invalid value: ",
      "Invalid value: a ",
      "a in body ",
      "invalid character '",
      "(ab",
      "got &",
    ],
    ...[
      "unknown field ",
      'unknown field "a", ',
      "Internal error occurred: ",
      "dial tcp ",
      "spec.a[",
      "aB",
      "/a",
      "\u{e000}",
    ],
  ];
  const starts = [
    "",
    denied,
    "Invalid value: ",
    'Invalid value: "a": ',
    "Internal error occurred: ",
    'a "b" is invalid: ["',
    '"',
  ];
  it.each(hostile)("it takes no longer than one that is not, though it is %j again and again", (part) => {
    for (const start of starts) {
      for (const length of [4_000, 100_000]) {
        const begun = performance.now();
        withoutValues(`${start}${part.repeat(length / part.length)}!`);
        // It takes a few milliseconds: what a second tells is only whether it grows with the square of the length, or more.
        expect(performance.now() - begun).toBeLessThan(1_000);
      }
    }
  });
});
