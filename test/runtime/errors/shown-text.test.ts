import { expect, test } from "vitest";
import { shownTextOf } from "../../../src/runtime/errors/shown-text.ts";

const definitions = "customresourcedefinitions.apiextensions.k8s.io";
const field = "spec.validation.openAPIV3Schema.properties[state].type";
const message = 'Unsupported value: "BoolString": supported values: "array", "boolean"';

test.each([definitions, `${definitions}/status`])("of what is said of %s nothing is left out", (resource) => {
  const { sentence, path } = shownTextOf({ resource });
  expect(path(field)).toBe(field);
  expect(sentence(message)).toBe(message);
  expect(sentence("pagers v1beta1 goes away next year; use v1")).toBe("pagers v1beta1 goes away next year; use v1");
  expect(sentence("a ".repeat(10_000)).length).toBeLessThan(5_000);
});

test.each(["secrets", `${definitions}.example.com`, `my${definitions}`])("of %s no value is shown", (resource) => {
  const { sentence, path } = shownTextOf({ resource, body: '{"frobs":"canary"}' });
  expect(path("metadata.annotations[canary-7f3a]")).toBe("metadata.annotations[…]");
  expect(sentence('Invalid value: "canary": canary')).toBe("Invalid value: …: …");
  expect(sentence("frobs must not exceed maxFrobs")).toBe("frobs must not exceed …");
  expect(sentence("frobs must not exceed maxFrobs", ["maxFrobs"])).toBe("frobs must not exceed maxFrobs");
});
