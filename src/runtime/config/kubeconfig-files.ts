import * as path from "node:path";
import { ConfigError } from "../errors/config-error.ts";
import { readIfThere } from "./config-file.ts";

/** The text of one kubeconfig. */
export interface KubeconfigText {
  /** What to call it in messages, as `kubeconfig /home/me/.kube/config`. */
  readonly source: string;
  readonly text: string;
  /** The folder that relative paths in it start from. */
  readonly folder: string;
}

/**
 * The texts of the files that kubectl would read: those that KUBECONFIG names, of which some may not exist, or else
 * `.kube/config` in the home folder.
 *
 * @throws ConfigError `missing` where none exists, `unreadable` where one cannot be read.
 */
export async function readDefaultFiles(environment: NodeJS.ProcessEnv): Promise<readonly KubeconfigText[]> {
  const list = environment.KUBECONFIG ?? "";
  const home = environment.HOME ?? environment.USERPROFILE;
  const usual = home === undefined ? [] : [path.join(home, ".kube", "config")];
  const files = list === "" ? usual : [...new Set(list.split(path.delimiter).filter((file) => file !== ""))];
  const texts = await Promise.all(files.map(readFileText));
  const found = texts.filter((text) => text !== undefined);
  if (found.length > 0) return found;
  throw new ConfigError("missing", `kubeconfig: ${problemOf(list, files)}, or pass a path`);
}

function problemOf(list: string, files: readonly string[]): string {
  if (list === "") {
    return `wanted a file named by KUBECONFIG or ${files[0] ?? "~/.kube/config"}, found neither; set KUBECONFIG`;
  }
  if (files.length === 0) return "wanted the path of a file in KUBECONFIG, found none in it; mend or unset KUBECONFIG";
  return `wanted a file named by KUBECONFIG, found none of ${files.join(", ")}; mend KUBECONFIG`;
}

/**
 * The text of this file.
 *
 * @throws ConfigError `missing` where it does not exist, `unreadable` where it cannot be read.
 */
export async function readOneFile(file: string): Promise<KubeconfigText> {
  const text = await readFileText(file);
  if (text !== undefined) return text;
  throw new ConfigError("missing", `kubeconfig: wanted the file ${file}, found none; pass the path of one that exists`);
}

async function readFileText(file: string): Promise<KubeconfigText | undefined> {
  const content = await readIfThere(file, "kubeconfig");
  if (content === undefined) return undefined;
  return { source: `kubeconfig ${file}`, text: content.toString(), folder: path.resolve(path.dirname(file)) };
}
