import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { beforeEach, expect, test, vi } from "vitest";
import { contentsOf, temporaryFolder } from "../temporary-folder.ts";
import { findAssets, kubernetesVersions } from "./assets.ts";
import { fakeProgram } from "./fake-program.ts";

const said = vi.spyOn(console, "info");
const warned = vi.spyOn(console, "warn");

beforeEach(() => {
  said.mockReset().mockImplementation(() => undefined);
  warned.mockReset().mockImplementation(() => undefined);
});

/** A folder with an empty cache and a PATH of its own. */
function workplace(): { folder: string; cache: string; environment: NodeJS.ProcessEnv } {
  const folder = temporaryFolder({ "bin/": "" });
  return {
    folder,
    cache: path.join(folder, "cache/crd-gen/apiserver"),
    environment: { PATH: path.join(folder, "bin"), XDG_CACHE_HOME: path.join(folder, "cache") },
  };
}

function programs(folder: string): void {
  mkdirSync(folder, { recursive: true });
  fakeProgram(folder, "kube-apiserver", `console.log("Kubernetes v1.2.3")`);
  fakeProgram(folder, "etcd", "");
}

const goMod = `module k8s.io/kubernetes

go 1.24.0

godebug default=go1.24

require k8s.io/api v0.0.0

replace (
	k8s.io/api => ./staging/src/k8s.io/api
	k8s.io/client-go => ./staging/src/k8s.io/client-go
)

replace k8s.io/one => ./staging/src/k8s.io/one
`;

/**
 * A Go that writes each of its calls to the file `calls`, the go.mod that it finds to the file `module`, and programs
 * to where they are wanted, unless the build is to fail.
 */
function fakeGo(folder: string, build = ""): void {
  writeFileSync(path.join(folder, "go.mod"), goMod);
  fakeProgram(
    path.join(folder, "bin"),
    "go",
    `const { appendFileSync, copyFileSync, writeFileSync } = process.getBuiltinModule("node:fs");
     const [, , command, ...args] = process.argv;
     const { CGO_ENABLED, GOTMPDIR } = process.env;
     appendFileSync("${folder}/calls", [command, ...args].join(" ") + "\\n");
     if (command === "mod") console.log(JSON.stringify({ GoMod: "${folder}/go.mod" }));
     if (command === "build") {
       copyFileSync(args[1] + "/go.mod", "${folder}/module");
       ${build}
       const out = args[args.indexOf("-o") + 1];
       for (const name of ["kube-apiserver", "server"]) writeFileSync(out + name, CGO_ENABLED + " " + GOTMPDIR);
     }`,
  );
}

function calls(folder: string, command: string): readonly string[] {
  const lines = readFileSync(path.join(folder, "calls"), "utf8").split("\n");
  return lines.filter((line) => line.startsWith(command));
}

test("the folder of KUBEBUILDER_ASSETS comes first, and its server says which release it is", async () => {
  const { folder, cache, environment } = workplace();
  programs(path.join(folder, "given"));
  programs(path.join(cache, kubernetesVersions.oldest));
  const given = path.join(folder, "given");
  expect(await findAssets({ environment: { ...environment, KUBEBUILDER_ASSETS: given } })).toEqual({
    version: "1.2.3",
    apiServer: path.join(given, "kube-apiserver"),
    etcd: path.join(given, "etcd"),
    origin: "KUBEBUILDER_ASSETS",
  });
  expect(said.mock.calls).toEqual([[`kube-apiserver 1.2.3, from KUBEBUILDER_ASSETS: ${given}`]]);
});

test("a KUBEBUILDER_ASSETS without a program, or with one that does not run, is an error and not a skip", async () => {
  const { folder, environment } = workplace();
  const given = path.join(folder, "given");
  const options = { environment: { ...environment, KUBEBUILDER_ASSETS: given } };
  programs(given);
  chmodSync(path.join(given, "etcd"), 0o644);
  await expect(findAssets(options)).rejects.toThrow(
    `KUBEBUILDER_ASSETS: wanted kube-apiserver and etcd in ${given}, found no program ${given}/etcd; name a folder that has both, or unset it`,
  );
  programs(given);
  chmodSync(path.join(given, "etcd"), 0o755);
  fakeProgram(given, "kube-apiserver", `console.log("something else")`);
  await expect(findAssets(options)).rejects.toThrow(
    /wanted "Kubernetes v\.\.\." from .*--version, got "something else/,
  );
});

test("a build in the cache comes next", async () => {
  const { cache, environment } = workplace();
  programs(path.join(cache, "9.8.7"));
  expect(await findAssets({ version: "9.8.7", environment })).toMatchObject({
    version: "9.8.7",
    origin: "cache",
    etcd: path.join(cache, "9.8.7/etcd"),
  });
  expect(said.mock.calls).toEqual([[`kube-apiserver 9.8.7, from cache: ${path.join(cache, "9.8.7")}`]]);
});

test("without assets and Go there is one loud line, and an error where they are required", async () => {
  const { cache, environment } = workplace();
  const missing = `kube-apiserver ${kubernetesVersions.oldest}: wanted KUBEBUILDER_ASSETS, a build in ${cache} or Go to build it with, found none; set KUBEBUILDER_ASSETS to a folder with kube-apiserver and etcd, or install Go and run again`;
  expect(await findAssets({ environment })).toBeUndefined();
  expect(warned.mock.calls).toEqual([[`SKIPPED: tests against a real API server. ${missing}`]]);
  const required = { ...environment, CRD_GEN_REQUIRE_APISERVER: "1" };
  await expect(findAssets({ environment: required })).rejects.toMatchObject({ message: missing, stack: missing });
  expect(warned).toHaveBeenCalledTimes(1);
  expect(existsSync(cache)).toBe(false);
});

test("they are built with Go last, as a module that has the staging modules as published, and are cached", async () => {
  const { folder, cache, environment } = workplace();
  fakeGo(folder);
  expect(await findAssets({ version: "1.34.4", environment })).toMatchObject({ origin: "build", version: "1.34.4" });
  expect(contentsOf(cache)).toEqual({
    "1.34.4": null,
    "1.34.4/etcd": expect.stringMatching(/^0 .*\.build-1\.34\.4-.*go-build$/),
    "1.34.4/kube-apiserver": expect.any(String),
  });
  expect(readFileSync(path.join(folder, "module"), "utf8").split("\n")).toEqual([
    "module crd-gen.invalid/apiserver",
    "go 1.24.0",
    "godebug default=go1.24",
    "require k8s.io/kubernetes v1.34.4",
    ...["api", "client-go", "one"].map((name) => `replace k8s.io/${name} => k8s.io/${name} v0.34.4`),
    "",
  ]);
  expect(calls(folder, "build")).toEqual([
    expect.stringContaining("version.gitMajor=1 -X k8s.io/component-base/version.gitMinor=34 -o "),
  ]);
  expect(await findAssets({ version: "1.34.4", environment })).toMatchObject({ origin: "cache" });
  expect(calls(folder, "build")).toHaveLength(1);
});

test("two that build at once share one build; another release does not wait", async () => {
  const { folder, cache, environment } = workplace();
  fakeGo(folder);
  const versions = ["1.34.4", "1.34.4", "1.37.2"];
  const found = await Promise.all(versions.map((version) => findAssets({ version, environment })));
  expect(found.map((assets) => assets?.version)).toEqual(versions);
  expect(calls(folder, "build")).toHaveLength(2);
  expect(readdirSync(cache).sort()).toEqual(["1.34.4", "1.37.2"]);
});

test("the lock of a process that was killed is taken over", async () => {
  const { folder, cache, environment } = workplace();
  fakeGo(folder);
  mkdirSync(cache, { recursive: true });
  // Above the largest id that a process has.
  writeFileSync(path.join(cache, "1.34.4.lock"), `${2 ** 22 + 1}\n`);
  expect(await findAssets({ version: "1.34.4", environment })).toMatchObject({ origin: "build" });
  expect(readdirSync(cache)).toEqual(["1.34.4"]);
});

test("a build that fails leaves nothing and says the last lines of Go and what to do", async () => {
  const { folder, cache, environment } = workplace();
  fakeGo(folder, `for (let line = 1; line <= 40; line++) console.error("line " + line); process.exit(2);`);
  const message =
    /^kube-apiserver 1\.34\.4: wanted go build to succeed, but it ended with exit code 2; mend what it says and run again, or set KUBEBUILDER_ASSETS .*; the last lines of go's log:\n( {2}line \d+\n){14} {2}line 40$/;
  const required = { ...environment, CRD_GEN_REQUIRE_APISERVER: "1" };
  await expect(findAssets({ environment: required })).rejects.toThrow(message);
  expect(await findAssets({ environment })).toBeUndefined();
  expect(warned.mock.calls).toEqual([[expect.stringContaining("SKIPPED: tests against a real API server. kube-api")]]);
  expect(readdirSync(cache)).toEqual([]);
});
