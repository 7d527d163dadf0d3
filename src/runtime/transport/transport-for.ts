import type { ClusterConfig } from "../config/cluster-config.ts";
import type { Transport } from "./transport.ts";
import type { UndiciTransportOptions } from "./undici-transport.ts";

/**
 * Makes the transport that a client for this cluster has by itself, for a program that puts something around it. It makes no
 * connection.
 *
 * @throws ConfigError where the address of the server or of the proxy is none; InvalidArgumentError for a limit that is none.
 */
export async function transportFor(config: ClusterConfig, options: UndiciTransportOptions = {}): Promise<Transport> {
  const { UndiciTransport } = await import("./undici-transport.ts");
  return new UndiciTransport(config, options);
}
