import { chmodSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import type { Assets } from "./assets.ts";

/** Writes a program that stands for another, and gives its path. Its JavaScript may be read as either kind of module. */
export function fakeProgram(folder: string, name: string, source: string): string {
  const file = path.join(folder, name);
  writeFileSync(file, `#!${process.execPath}\n${source}\n`);
  chmodSync(file, 0o755);
  return file;
}

/** The source of a program that writes one line and goes on until it is killed. */
export const runsForever = `console.error("running"); setInterval(() => {}, 2 ** 30);`;

/** Programs in the place of a server's; what is not given runs forever and never gets ready. */
export function fakeAssets(
  folder: string,
  { etcd = runsForever, apiServer = runsForever }: { readonly etcd?: string; readonly apiServer?: string },
): Assets {
  return {
    version: "1.0.0",
    etcd: fakeProgram(folder, "etcd", etcd),
    apiServer: fakeProgram(folder, "kube-apiserver", apiServer),
    origin: "KUBEBUILDER_ASSETS",
  };
}
