import * as path from "node:path";
import { describe, expect, test } from "vitest";
import { refuseInsideOther } from "../../src/output/other-lock.ts";
import { OutputFolder } from "../../src/output/output-folder.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { lockListing } from "./lock-listing.ts";

describe("an output folder inside of another one", () => {
  test.each(["out", "out/deep/down", "out/not/there/yet"])("is refused where the other has files: %s", (name) => {
    const cwd = temporaryFolder({ "crd-gen.lock": lockListing(`${name}/a.ts`, "b.ts"), "out/deep/down/": "" });
    expect(() => refuseInsideOther(new OutputFolder(name, cwd))).toThrow(
      expect.objectContaining({
        code: "lock",
        message: `${name}: belongs to the output of ${path.join(cwd, "crd-gen.lock")}; choose another folder with --out`,
      }),
    );
  });

  test.each<readonly [string, string]>([
    ["the other has none there", lockListing("other/a.ts", "outer/a.ts", "out.ts")],
    ["the other's lock is none, which is for its own run to say", "<<<<<<< HEAD\n"],
    ["what stands there is no lock file of ours", "version: 1\n"],
  ])("is not where %s", (_, lock) => {
    const cwd = temporaryFolder({ "crd-gen.lock": lock, "out/": "" });
    expect(() => refuseInsideOther(new OutputFolder("out", cwd))).not.toThrow();
  });

  test("is not where its own lock lists its files", () => {
    const cwd = temporaryFolder({ "out/crd-gen.lock": lockListing("a.ts", "out/a.ts") });
    expect(() => refuseInsideOther(new OutputFolder("out", cwd))).not.toThrow();
  });
});
