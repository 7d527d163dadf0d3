import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync } from "node:fs";
import { homedir } from "node:os";
import * as path from "node:path";
import { buildAssets } from "./build-assets.ts";

/** The releases of Kubernetes that everything is tested against; those between are expected to agree. */
export const kubernetesVersions: { readonly oldest: string; readonly newest: string } = {
  oldest: "1.34.4",
  newest: "1.37.2",
};

/** The programs of a server. */
export interface Assets {
  /** The release of kube-apiserver, as `1.34.4`. */
  readonly version: string;
  /** The paths of the programs. */
  readonly apiServer: string;
  readonly etcd: string;
  /** Where they are from: named by `KUBEBUILDER_ASSETS`, built by an earlier run, or built by this call. */
  readonly origin: "KUBEBUILDER_ASSETS" | "cache" | "build";
}

/** Which programs are wanted. */
export interface AssetsOptions {
  /** A release of Kubernetes; the oldest supported one where it is not given. */
  readonly version?: string;
  readonly environment?: NodeJS.ProcessEnv;
}

/**
 * Finds kube-apiserver and etcd and says on the terminal where: in the folder `KUBEBUILDER_ASSETS`, whatever release it
 * has; in the user's cache, `${XDG_CACHE_HOME:-~/.cache}/crd-gen/apiserver/<version>`; or else builds them into it with
 * Go, once, in some minutes.
 *
 * @returns undefined where there are none, after one line that says so: what needs them is to be skipped.
 * @throws Error where `KUBEBUILDER_ASSETS` has not both, and where there are none and `CRD_GEN_REQUIRE_APISERVER` is 1:
 * without a stack, so that the test runner shows it once and not for each test file.
 */
export async function findAssets({
  version = kubernetesVersions.oldest,
  environment = process.env,
}: AssetsOptions = {}): Promise<Assets | undefined> {
  const { KUBEBUILDER_ASSETS: given = "", CRD_GEN_REQUIRE_APISERVER: required } = environment;
  if (given !== "") return said(givenAssets(given));
  const cache = cacheFolder(environment);
  const cached = existsSync(path.join(cache, version));
  if (!cached) {
    const missing = await build(version, cache, environment);
    if (missing !== undefined) {
      if (required === "1") throw Object.assign(new Error(missing), { stack: missing });
      console.warn(`SKIPPED: tests against a real API server. ${missing}`);
      return undefined;
    }
  }
  const folder = path.join(cache, version);
  return said({ version, ...programsIn(folder), origin: cached ? "cache" : "build" });
}

function said(assets: Assets): Assets {
  console.info(`kube-apiserver ${assets.version}, from ${assets.origin}: ${path.dirname(assets.apiServer)}`);
  return assets;
}

function programsIn(folder: string): { readonly apiServer: string; readonly etcd: string } {
  return { apiServer: path.join(folder, "kube-apiserver"), etcd: path.join(folder, "etcd") };
}

function givenAssets(given: string): Assets {
  const folder = path.resolve(given);
  const programs = programsIn(folder);
  for (const program of Object.values(programs)) {
    try {
      accessSync(program, constants.X_OK);
    } catch {
      throw new Error(
        `KUBEBUILDER_ASSETS: wanted kube-apiserver and etcd in ${folder}, found no program ${program}; name a folder that has both, or unset it`,
      );
    }
  }
  const { stdout, error } = spawnSync(programs.apiServer, ["--version"], { encoding: "utf8", timeout: 10_000 });
  const version = /^Kubernetes v(\S+)/.exec(stdout ?? "")?.[1];
  if (version === undefined) {
    throw new Error(
      `KUBEBUILDER_ASSETS: wanted "Kubernetes v..." from ${programs.apiServer} --version, got ${error?.message ?? JSON.stringify(stdout)}; name a folder whose programs run on this machine`,
    );
  }
  return { version, ...programs, origin: "KUBEBUILDER_ASSETS" };
}

/** The XDG base directory specification has relative paths ignored. */
function cacheFolder({ XDG_CACHE_HOME: given = "" }: NodeJS.ProcessEnv): string {
  const base = path.isAbsolute(given) ? given : path.join(homedir(), ".cache");
  return path.join(base, "crd-gen", "apiserver");
}

/** Builds the programs, or says why there are none. */
async function build(version: string, cache: string, environment: NodeJS.ProcessEnv): Promise<string | undefined> {
  if (spawnSync("go", ["version"], { env: environment }).error !== undefined) {
    return `kube-apiserver ${version}: wanted KUBEBUILDER_ASSETS, a build in ${cache} or Go to build it with, found none; set KUBEBUILDER_ASSETS to a folder with kube-apiserver and etcd, or install Go and run again`;
  }
  console.info(`kube-apiserver ${version}: building it with Go into ${cache}; the first time takes about 8 minutes`);
  try {
    await buildAssets({ version, cache, environment });
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
