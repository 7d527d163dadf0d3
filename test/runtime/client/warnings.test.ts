import { afterEach, expect, it, test, vi } from "vitest";
import { type ApiWarning, warningsOf, warnOnce } from "../../../src/runtime/client/warnings.ts";

afterEach(() => void vi.restoreAllMocks());

it.each<[string | readonly string[] | undefined, readonly string[]]>([
  [undefined, []],
  ["", []],
  ["no warning at all", []],
  ['299 - "unknown field \\"spec.colour\\""', ['unknown field "spec.colour"']],
  ['299 kube-apiserver "a"', ["a"]],
  ['299 - ""', [""]],
  ['299 - "a, b", 299 - "c"', ["a, b", "c"]],
  [
    ['299 - "a"', '299 - "b", 299 - "c"'],
    ["a", "b", "c"],
  ],
  ['299 - "a back\\\\slash and a \\"quote\\""', ['a back\\slash and a "quote"']],
  ['299 - "says 299 - \\"b\\" itself"', ['says 299 - "b" itself']],
  ['299 - "a" "Tue, 24 Nov 2026 05:40:49 GMT"', ["a"]],
  ['110 - "Response is stale", 299 - "a"', ["a"]],
  ['1299 - "a"', []],
  ['299 - "without an end', []],
])("%j has the warnings %j", (header, warnings) => {
  expect(warningsOf(header)).toEqual(warnings);
});

function warn(message: string): ApiWarning {
  return { message, verb: "create", resource: "mycoolapps.stable.example.com" };
}

test("each warning is told once, by each of those who tell", () => {
  const told = vi.spyOn(process, "emitWarning").mockReturnValue();
  const [first, second] = [warnOnce(), warnOnce()];
  for (const message of ["a", "b", "a"]) first(warn(message));
  second(warn("a"));
  expect(told.mock.calls).toEqual([
    ["a", "KubernetesWarning"],
    ["b", "KubernetesWarning"],
    ["a", "KubernetesWarning"],
  ]);
});

test("a thousand different ones are remembered, and then forgotten", () => {
  const told = vi.spyOn(process, "emitWarning").mockReturnValue();
  const tell = warnOnce();
  for (let count = 0; count < 1_000; count++) tell(warn(`${count}`));
  tell(warn("0"));
  expect(told).toHaveBeenCalledTimes(1_000);
  tell(warn("one more"));
  tell(warn("0"));
  expect(told).toHaveBeenCalledTimes(1_002);
});
