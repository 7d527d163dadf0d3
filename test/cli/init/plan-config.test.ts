import * as path from "node:path";
import { describe, expect, it } from "vitest";
import {
  type AskedConfig,
  type PlannedInput,
  planInput,
  refuseOtherConfig,
} from "../../../src/cli/init/plan-config.ts";
import { readProject } from "../../../src/cli/init/project.ts";
import { temporaryFolder } from "../../temporary-folder.ts";
import { definitionText } from "./definition-text.ts";

const crd = definitionText("apps");
const asked: AskedConfig = { sources: [] };

async function planIn(
  files: Readonly<Record<string, string>>,
  changes: Partial<AskedConfig> = {},
  environment: NodeJS.ProcessEnv = {},
): Promise<PlannedInput> {
  return planInput({ ...asked, ...changes }, await readProject(temporaryFolder(files), environment), environment);
}

function home(): NodeJS.ProcessEnv {
  return { HOME: temporaryFolder({ ".kube/config": "" }) };
}

describe("a new config file reads", () => {
  it("what lies in the project", async () => {
    const { input, found, notes } = await planIn({ "crds/a.yaml": crd }, {}, home());
    expect({ input, notes }).toEqual({ input: { sources: ["crds"] }, notes: [] });
    expect(found).toMatchObject({ definitions: 1 });
  });

  it("what was named, and nothing is looked for", async () => {
    expect(await planIn({ "crds/a.yaml": crd }, { sources: ["k8s", "https://example.com/a.yaml"] })).toEqual({
      input: { sources: ["k8s", "https://example.com/a.yaml"] },
      found: undefined,
      notes: [],
    });
  });

  it("the cluster that was asked for, whatever lies in the project", async () => {
    const changes = { fromCluster: true, context: "staging", kubeconfig: "ci.kubeconfig" };
    expect(await planIn({ "crds/a.yaml": crd }, changes)).toEqual({ input: changes, found: undefined, notes: [] });
  });

  it("both where both were asked for", async () => {
    const { input } = await planIn({}, { fromCluster: true, sources: ["crds"] });
    expect(input).toEqual({ sources: ["crds"], fromCluster: true });
  });

  it("the cluster of the usual kubeconfig where there is nothing else, and says so", async () => {
    const environment = home();
    const { input, notes } = await planIn({}, {}, environment);
    expect(input).toEqual({ fromCluster: true });
    const file = path.join(environment.HOME ?? "", ".kube/config");
    expect(notes).toEqual([
      `no definitions below this folder, so the cluster of the current context of ${file} is read`,
    ]);
  });

  it("what is of use, and names what is not", async () => {
    const files = {
      "charts/a/crds/a.yaml": crd,
      "config/crd/bases/a.yaml": crd,
      "config/crd/patches/a.yaml": "kind: CustomResourceDefinition\n",
    };
    const { input, notes } = await planIn(files);
    expect(input).toEqual({ sources: ["config/crd/bases"] });
    expect(notes).toEqual([
      "left out charts/a/crds: all of their definitions are in config/crd/bases",
      "left out config/crd/patches/a.yaml (a part of a definition, such as a patch)",
    ]);
  });
});

describe("there is nothing to read, and the message says what to do,", () => {
  const ways = "name a source: crd-gen init crds (a file, a folder, a glob or a URL) or crd-gen init --from-cluster";
  const none = `nothing to generate from: no CustomResourceDefinition in a .yaml, .yml or .json file below this folder, and no kubeconfig; ${ways}`;

  it("without definitions and kubeconfig", async () => {
    await expect(planIn({ "a.yaml": "kind: Deployment\n" })).rejects.toThrow(none);
  });

  it("with definitions that are of no use", async () => {
    await expect(planIn({ "a.yaml": "kind: CustomResourceDefinition\n" })).rejects.toThrow(
      `left out a.yaml (a part of a definition, such as a patch)\n${none}`,
    );
  });

  it("where no cluster is wanted", async () => {
    await expect(planIn({}, { fromCluster: false }, home())).rejects.toThrow(none);
  });

  it.each([
    { "package.json": '{ "workspaces": ["packages/*"] }' },
    { "package.json": "{}", "pnpm-workspace.yaml": "packages: [packages/*]\n" },
  ])("at the root of a workspace %j", async (files) => {
    await expect(planIn(files, {}, home())).rejects.toThrow(
      `nothing to generate from: the root of a workspace without definitions of its own; run crd-gen init in the package that is to use the client, or ${ways}`,
    );
    expect((await planIn(files, { fromCluster: true })).input).toEqual({ fromCluster: true });
    expect((await planIn({ ...files, "crds/a.yaml": crd })).input).toEqual({ sources: ["crds"] });
  });

  it.each(["context", "kubeconfig"] as const)("with --%s and no cluster", async (name) => {
    await expect(planIn({ "crds/a.yaml": crd }, { [name]: "x" })).rejects.toThrow(
      `--${name}: wanted --from-cluster beside it, found none`,
    );
  });
});

describe("a config file that is there", () => {
  const loaded = {
    name: "crd-gen.config.js",
    folder: "/project",
    config: { sources: ["crds"], out: "src/generated", context: "staging" },
  };

  it.each<Partial<AskedConfig>>([
    {},
    { sources: ["crds"], out: "src/generated" },
    { fromCluster: false },
    { context: "staging" },
  ])("is accepted where it says what was asked for, %j", (changes) => {
    expect(() => refuseOtherConfig({ ...asked, ...changes }, loaded)).not.toThrow();
  });

  it.each<readonly [Partial<AskedConfig>, string]>([
    [{ sources: ["k8s"] }, 'sources: wanted ["k8s"], got ["crds"]'],
    [{ fromCluster: true }, "fromCluster: wanted true, got false"],
    [{ kubeconfig: "a" }, 'kubeconfig: wanted "a", got nothing'],
    [{ out: "generated" }, 'out: wanted "generated", got "src/generated"'],
  ])("is refused where it does not, %j", (changes, difference) => {
    expect(() => refuseOtherConfig({ ...asked, ...changes }, loaded)).toThrow(
      `crd-gen.config.js is there, and init never changes it: ${difference}; edit the file, or remove it and run crd-gen init again`,
    );
  });
});
