import { expect, test } from "vitest";
import { portable } from "../../../src/cli/init/portable-path.ts";

test.each([
  ["config\\crd", "\\", "config/crd"],
  ["C:\\crds\\*.yaml", "\\", "C:/crds/*.yaml"],
  ["https://example.com/a\\b.yaml", "\\", "https://example.com/a\\b.yaml"],
  ["odd\\name.yaml", "/", "odd\\name.yaml"],
])("%s, where %s separates", (name, separator, wanted) => {
  expect(portable(name, separator)).toBe(wanted);
});
