import type { ClusterConfig } from "./cluster-config.ts";

/**
 * Gives a config its proxy, whose address may have a password. It is read as every other property is, but who prints the
 * config, as JSON too, or a copy of it, does not print the address.
 */
export function withProxy(config: Omit<ClusterConfig, "proxy">, proxy: string | undefined): ClusterConfig {
  // A getter: of a value `util.inspect` would show even what is not enumerable where it is told to.
  return Object.defineProperty(config, "proxy", { enumerable: false, get: () => proxy });
}
