import * as path from "node:path";
import { expect, test } from "vitest";
import { usualKubeconfig } from "../../../src/cli/init/kubeconfig.ts";
import { temporaryFolder } from "../../temporary-folder.ts";

test("is the one in the home folder", () => {
  const home = temporaryFolder({ ".kube/config": "" });
  const file = path.join(home, ".kube/config");
  expect(usualKubeconfig({ HOME: home })).toBe(file);
  expect(usualKubeconfig({ USERPROFILE: home, KUBECONFIG: "" })).toBe(file);
});

test("is the first of KUBECONFIG that exists, and then no other", () => {
  const home = temporaryFolder({ ".kube/config": "", one: "" });
  const one = path.join(home, "one");
  const list = ["", path.join(home, "gone"), one].join(path.delimiter);
  expect(usualKubeconfig({ HOME: home, KUBECONFIG: list })).toBe(one);
  expect(usualKubeconfig({ HOME: home, KUBECONFIG: path.join(home, "gone") })).toBeUndefined();
});

test("need not be there", () => {
  expect(usualKubeconfig({})).toBeUndefined();
  expect(usualKubeconfig({ HOME: temporaryFolder() })).toBeUndefined();
});
