import { existsSync } from "node:fs";
import * as path from "node:path";

/** The first kubeconfig that kubectl would read, by the variable KUBECONFIG or in the home folder; undefined where there is none. */
export function usualKubeconfig({ KUBECONFIG = "", HOME, USERPROFILE }: NodeJS.ProcessEnv): string | undefined {
  const home = HOME ?? USERPROFILE;
  const usual = home === undefined ? [] : [path.join(home, ".kube", "config")];
  const files = KUBECONFIG === "" ? usual : KUBECONFIG.split(path.delimiter);
  return files.find((file) => file !== "" && existsSync(file));
}
