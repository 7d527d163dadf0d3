import { afterEach, expect, test, vi } from "vitest";
import { type ApiWarning, warnOnce } from "../../../src/runtime/client/warnings.ts";

afterEach(() => void vi.restoreAllMocks());

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
