import { InvalidArgumentError } from "../errors/invalid-argument.ts";
import type { ClusterConfig } from "./cluster-config.ts";
import type { KubeConfigLike } from "./kubeconfig-like.ts";

/**
 * Makes sure that a ClusterConfig is one, where no type says so. Never is a value quoted: it may be a credential.
 *
 * @throws InvalidArgumentError that names the field and the rule.
 */
export function checkClusterConfig(config: ClusterConfig): void {
  const { server, name, credentials }: ClusterConfig = Object(config);
  if (typeof server !== "string") throw wanted("server", "the address, as https://10.0.0.1:6443", server);
  const who = "a function that gives a promise of { headers, tls }";
  if (typeof credentials !== "function") throw wanted("credentials", who, credentials);
  if (typeof name !== "string") throw wanted("name", "what to call the cluster in messages", name);
}

/**
 * Makes sure that a KubeConfig is one.
 *
 * @throws InvalidArgumentError
 */
export function checkKubeConfig(kubeConfig: KubeConfigLike): void {
  const { getCurrentContext, getContexts, applyToHTTPSOptions }: KubeConfigLike = Object(kubeConfig);
  if ([getCurrentContext, getContexts, applyToHTTPSOptions].every((method) => typeof method === "function")) return;
  const remedy = "for a file use DynamicClient.fromDefault({ kubeconfig: path })";
  throw wanted("kubeConfig", "a KubeConfig of @kubernetes/client-node", kubeConfig, `; ${remedy}`);
}

function wanted(argument: string, rule: string, got: unknown, remedy = ""): InvalidArgumentError {
  const found = got === undefined ? "found none" : `got type ${typeof got}`;
  return new InvalidArgumentError(argument, `wanted ${rule}, ${found}${remedy}`);
}
