import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { acquireLock } from "./build-lock.ts";
import { lastLines } from "./log.ts";
import { type Supervised, supervise } from "./supervised.ts";

/** What to build, and where to. */
export interface BuildOptions {
  /** A release of Kubernetes, as `1.34.4`. */
  readonly version: string;
  /** The folder that has a folder for each version. */
  readonly cache: string;
  readonly environment: NodeJS.ProcessEnv;
}

const whatToDo =
  "mend what it says and run again, or set KUBEBUILDER_ASSETS to a folder with kube-apiserver and etcd (a build needs Go, the Go module proxy and 4 GB of disk)";

/**
 * Builds kube-apiserver and the etcd that it was released with, and puts them into `<cache>/<version>` at once when both
 * are complete. A build that fails or is interrupted leaves nothing. While another one builds the same, waits for it and
 * takes what that one has built.
 *
 * @throws Error with the last lines of Go's output and what to do.
 */
export async function buildAssets(options: BuildOptions): Promise<void> {
  const { version, cache } = options;
  mkdirSync(cache, { recursive: true });
  const release = await acquireLock(path.join(cache, `${version}.lock`));
  try {
    if (existsSync(path.join(cache, version))) return;
    const work = await supervise(path.join(cache, `.build-${version}-`));
    try {
      await buildIn(work, options);
    } finally {
      await work.end();
    }
  } finally {
    release();
  }
}

async function buildIn(work: Supervised, options: BuildOptions): Promise<void> {
  const { version, cache } = options;
  const inFolder = (name: string): string => path.join(work.folder, name);
  for (const name of ["go-build", "module", "binaries"]) mkdirSync(inFolder(name));

  const downloaded = inFolder("kubernetes.json");
  await go(work, options, {
    name: "go mod download",
    args: ["mod", "download", "-json", `k8s.io/kubernetes@v${version}`],
    stdout: downloaded,
  });
  const { GoMod } = JSON.parse(readFileSync(downloaded, "utf8")) as { readonly GoMod: string };
  writeFileSync(inFolder("module/go.mod"), moduleFile(version, readFileSync(GoMod, "utf8")));

  const component = "k8s.io/component-base/version";
  const [major, minor] = version.split(".");
  const stamps = { gitVersion: `v${version}`, gitMajor: major, gitMinor: minor };
  const flags = ["-s", "-w", ...Object.entries(stamps).map(([name, value]) => `-X ${component}.${name}=${value}`)];
  const packages = ["k8s.io/kubernetes/cmd/kube-apiserver", "go.etcd.io/etcd/server/v3"];
  await go(work, options, {
    name: "go build",
    args: [
      ...["build", "-C", inFolder("module"), "-mod=mod", "-trimpath", "-ldflags", flags.join(" ")],
      ...["-o", `${inFolder("binaries")}/`, ...packages],
    ],
  });
  // Go names a program after its package.
  renameSync(inFolder("binaries/server"), inFolder("binaries/etcd"));
  renameSync(inFolder("binaries"), path.join(cache, version));
}

/** A call of Go. */
interface GoCall {
  readonly name: string;
  readonly args: readonly string[];
  readonly stdout?: string;
}

/** Calls Go in its own work folder, so that nothing is left elsewhere where it is killed. */
async function go(work: Supervised, { version, environment }: BuildOptions, call: GoCall): Promise<void> {
  const own = { CGO_ENABLED: "0", GOWORK: "off", GOTMPDIR: path.join(work.folder, "go-build") };
  const { exited } = await work.run({ ...call, file: "go", environment: { ...environment, ...own } });
  const { code, signal, error } = await exited;
  if (code === 0) return;
  const logs = await work.end();
  throw new Error(
    `kube-apiserver ${version}: wanted ${call.name} to succeed, but it ended with ${error ?? signal ?? `exit code ${code}`}; ${whatToDo}; ${lastLines("go", logs[call.name] ?? "")}`,
  );
}

/**
 * A module that requires Kubernetes as a library. Kubernetes' own go.mod replaces its staging modules by folders, which
 * holds for the main module only: here they are replaced by what has been published of them under the same minor and
 * patch version. Language version and runtime defaults are those of the release.
 */
function moduleFile(version: string, kubernetes: string): string {
  const lines = kubernetes.split("\n").map((line) => line.trim());
  const settings = lines.filter((line) => /^(?:go|godebug) \S/.test(line));
  const staging = lines.flatMap((line) => /^(?:replace )?(\S+) => \.\/staging\//.exec(line)?.[1] ?? []);
  const published = `v0.${version.slice(version.indexOf(".") + 1)}`;
  return [
    "module crd-gen.invalid/apiserver",
    ...settings,
    `require k8s.io/kubernetes v${version}`,
    ...staging.map((name) => `replace ${name} => ${name} ${published}`),
    "",
  ].join("\n");
}
