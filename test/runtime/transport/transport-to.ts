import type { ClusterConfig, Credentials } from "../../../src/runtime/config/cluster-config.ts";
import { readText } from "../../../src/runtime/transport/read-body.ts";
import type { TransportRequest, TransportResponse } from "../../../src/runtime/transport/transport.ts";
import { UndiciTransport, type UndiciTransportOptions } from "../../../src/runtime/transport/undici-transport.ts";

/** How a transport of a test differs from the usual one. */
export interface TransportParts extends UndiciTransportOptions {
  readonly credentials?: ClusterConfig["credentials"];
  readonly proxy?: string;
}

/** Nobody in particular. */
export const nobody: Credentials = { headers: {}, tls: {} };

/** Makes a transport to a server that messages call `a test`. */
export function transportTo(server: string, parts: TransportParts = {}): UndiciTransport {
  const { credentials = async () => nobody, proxy, ...options } = parts;
  return new UndiciTransport({ server, name: "a test", namespace: undefined, proxy, credentials }, options);
}

/** A request that only reads. */
export function get(path: string, more: Partial<TransportRequest> = {}): TransportRequest {
  return { method: "GET", path, headers: {}, ...more };
}

/** Status and content of an answer, as `200 all of it`. */
export async function read(response: TransportResponse | Promise<TransportResponse>): Promise<string> {
  const { status, ...rest } = await response;
  return `${status} ${await readText(rest)}`;
}
