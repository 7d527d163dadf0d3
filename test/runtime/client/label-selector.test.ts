import { describe, expect, it } from "vitest";
import { checkLabelSelector } from "../../../src/runtime/client/label-selector.ts";
import { refusedSelectors, rightSelectors } from "./label-selectors.ts";

describe("a label selector", () => {
  it.each(rightSelectors)("may be %j", (selector) => {
    expect(() => checkLabelSelector(selector)).not.toThrow();
  });

  it.each(refusedSelectors)("may not be %j: wanted %s", (selector, wanted) => {
    expect(problemOf(selector)).toMatchObject({ name: "InvalidArgumentError", argument: "labelSelector" });
    expect(String(problemOf(selector))).toContain(`: labelSelector: wanted ${wanted}`);
  });

  it("is told of with the form that was wanted, and without what it holds", () => {
    const name = 'up to 63 letters, digits, "-", "_" and ".", with a letter or digit at both ends';
    const of = "InvalidArgumentError: labelSelector: wanted";
    expect(String(problemOf("canary=#"))).toBe(`${of} a value at character 8: nothing, or ${name}`);
    const key = `${name}; before it may stand a DNS subdomain and a slash`;
    expect(String(problemOf("#canary"))).toBe(`${of} a key at character 1: ${key}`);
    expect(String(problemOf("a (canary"))).toBe(`${of} in, notin, =, ==, !=, < or > at character 3`);
  });
});

function problemOf(selector: string): unknown {
  try {
    checkLabelSelector(selector);
  } catch (error) {
    return error;
  }
  throw new Error("wanted an InvalidArgumentError, got none");
}
