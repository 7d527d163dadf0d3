import { stat } from "node:fs/promises";
import { isIPv6 } from "node:net";
import * as path from "node:path";
import type { ClusterConfig, Credentials } from "./cluster-config.ts";
import { readBearer, readIfThere } from "./config-file.ts";
import { environmentProxy } from "./environment-proxy.ts";
import { withProxy } from "./with-proxy.ts";

/** Where the signs of being in a pod are looked for. */
export interface InClusterOptions {
  /** The variables that the kubelet sets, and those of a proxy. Default: `process.env`. */
  readonly environment?: NodeJS.ProcessEnv | undefined;
  /** The folder with the files of the service account. Default: `/var/run/secrets/kubernetes.io/serviceaccount`. */
  readonly folder?: string | undefined;
}

const serviceAccountFolder = "/var/run/secrets/kubernetes.io/serviceaccount";
const name = "the pod's service account";

/**
 * The way to the cluster that this program runs in a pod of; undefined where it does not: without KUBERNETES_SERVICE_HOST,
 * KUBERNETES_SERVICE_PORT or the file `token`. It is the way of client-go's `rest.InClusterConfig`: always https, the token
 * read again for each call of `credentials` as the kubelet replaces it, without `ca.crt` the authorities that Node trusts, and
 * through the proxy of the environment where that has one.
 *
 * @throws ConfigError `unreadable` where a file is there but cannot be read; `invalid` where the proxy's address is none.
 * @see https://kubernetes.io/docs/tasks/run-application/access-api-from-pod/
 */
export async function inClusterConfig(options: InClusterOptions = {}): Promise<ClusterConfig | undefined> {
  const { environment = process.env, folder = serviceAccountFolder } = options;
  const { KUBERNETES_SERVICE_HOST: host, KUBERNETES_SERVICE_PORT: port } = environment;
  const token = path.join(folder, "token");
  if (!host || !port || !(await isFile(token))) return undefined;
  const namespace = await readIfThere(path.join(folder, "namespace"), name);
  const server = `https://${isIPv6(host) ? `[${host}]` : host}:${port}`;
  const config = {
    server,
    name,
    namespace: namespace?.toString().trim() || undefined,
    credentials: async (): Promise<Credentials> => {
      const authorization = await readBearer(token, name);
      const ca = await readIfThere(path.join(folder, "ca.crt"), name);
      return { headers: { authorization }, tls: ca === undefined ? {} : { ca } };
    },
  };
  return withProxy(config, environmentProxy(server, environment));
}

async function isFile(file: string): Promise<boolean> {
  return stat(file).then(
    (found) => found.isFile(),
    () => false,
  );
}
