import { mkdirSync } from "node:fs";
import * as path from "node:path";
import { expect, test } from "vitest";
import { loadKubeconfig } from "../../../src/runtime/config/kubeconfig.ts";
import { temporaryFolder } from "../../temporary-folder.ts";
import { certificate, key, kubeconfigText } from "./kubeconfig-text.ts";

/** A kubeconfig whose names are all the same, so that a merge has to choose. */
function kubeconfigAt(server: string, token: string): string {
  return kubeconfigText({ cluster: `{ server: '${server}' }`, user: `{ token: ${token} }` });
}

test("~/.kube/config is read where KUBECONFIG is not set, or empty", async () => {
  const home = temporaryFolder({ ".kube/config": kubeconfigText() });
  for (const environment of [{ HOME: home }, { HOME: home, KUBECONFIG: "" }, { USERPROFILE: home }]) {
    expect(await loadKubeconfig({ environment })).toMatchObject({ server: "https://10.0.0.1:6443" });
  }
});

test("of the files that KUBECONFIG names the first wins for each name, and those that do not exist are left out", async () => {
  const folder = temporaryFolder({
    "1/config": `
users: [{ name: ada, user: { client-certificate: ada.crt, client-key: ada.key } }]
contexts: [{ name: half, context: { cluster: mars } }]
current-context: ""`,
    "1/ada.crt": certificate,
    "1/ada.key": key,
    "2/config": kubeconfigAt("https://10.0.0.2", "of-the-second"),
    "3/config": kubeconfigAt("https://10.0.0.3", "of-the-third").replace(
      "current-context: staging",
      "current-context: c",
    ),
    "4/config": "# nothing in here\n",
    "5/config": 'clusters: [{ name: mars, cluster: { server: "https://10.0.0.5" } }]',
  });
  const files = ["1/config", "none", "2/config", "3/config", "2/config", "4/config", "5/config"];
  const KUBECONFIG = ["", ...files.map((file) => path.join(folder, file))].join(path.delimiter);
  const config = await loadKubeconfig({ environment: { KUBECONFIG, HOME: folder } });
  expect(config).toMatchObject({ server: "https://10.0.0.2", name: 'context "staging"' });
  expect(await config.credentials()).toStrictEqual({
    headers: {},
    tls: { cert: Buffer.from(certificate), key: Buffer.from(key) },
  });
  const half = await loadKubeconfig({ environment: { KUBECONFIG }, context: "half" });
  expect(half.server).toBe("https://10.0.0.5");
});

test("a path is the only file that is read, and names itself in messages", async () => {
  const folder = temporaryFolder({ here: "kind: Config", ".kube/config": kubeconfigText() });
  const file = path.join(folder, "here");
  const environment = { HOME: folder, KUBECONFIG: path.join(folder, ".kube/config") };
  await expect(loadKubeconfig({ path: file, environment })).rejects.toMatchObject({
    code: "no-context",
    message: `kubeconfig ${file}: wanted a context, found none; give a kubeconfig with one`,
  });
});

test("messages about merged files name all of them", async () => {
  const folder = temporaryFolder({ a: kubeconfigText(), b: kubeconfigText() });
  const [a, b] = [path.join(folder, "a"), path.join(folder, "b")];
  const environment = { KUBECONFIG: `${a}${path.delimiter}${b}` };
  await expect(loadKubeconfig({ environment, context: "mars" })).rejects.toThrow(
    `kubeconfig ${a}, kubeconfig ${b}: wanted context "mars", found "staging"; choose one of them`,
  );
});

test.each([
  {
    of: "no kubeconfig at home",
    options: (folder: string) => ({ environment: { HOME: folder } }),
    code: "missing",
    message: (folder: string) =>
      `kubeconfig: wanted a file named by KUBECONFIG or ${folder}/.kube/config, found neither; set KUBECONFIG, or pass a path`,
  },
  {
    of: "no home",
    options: () => ({ environment: {} }),
    code: "missing",
    message: () =>
      "kubeconfig: wanted a file named by KUBECONFIG or ~/.kube/config, found neither; set KUBECONFIG, or pass a path",
  },
  {
    of: "none of the files of KUBECONFIG",
    options: (folder: string) => ({ environment: { KUBECONFIG: `${folder}/a${path.delimiter}${folder}/b/c` } }),
    code: "missing",
    message: (folder: string) =>
      `kubeconfig: wanted a file named by KUBECONFIG, found none of ${folder}/a, ${folder}/b/c; mend KUBECONFIG, or pass a path`,
  },
  {
    of: "a KUBECONFIG without a name",
    options: (folder: string) => ({ environment: { HOME: folder, KUBECONFIG: path.delimiter } }),
    code: "missing",
    message: () =>
      "kubeconfig: wanted the path of a file in KUBECONFIG, found none in it; mend or unset KUBECONFIG, or pass a path",
  },
  {
    of: "no file at a path",
    options: (folder: string) => ({ path: `${folder}/a` }),
    code: "missing",
    message: (folder: string) =>
      `kubeconfig: wanted the file ${folder}/a, found none; pass the path of one that exists`,
  },
  {
    of: "a folder",
    options: (folder: string) => ({ path: `${folder}/folder` }),
    code: "unreadable",
    message: (folder: string) =>
      `kubeconfig: ${folder}/folder cannot be read (EISDIR); make it a file that this program may read`,
  },
])("a problem: $of", async ({ options, code, message }) => {
  const folder = temporaryFolder();
  mkdirSync(path.join(folder, "folder"));
  await expect(loadKubeconfig(options(folder))).rejects.toMatchObject({ code, message: message(folder) });
});
