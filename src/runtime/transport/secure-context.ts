import type { SecureContext } from "node:tls";
import type { TlsIdentity } from "../config/cluster-config.ts";
import { readIdentity, tlsProblemOf } from "../config/tls-problem.ts";
import { ConfigError } from "../errors/config-error.ts";

/**
 * Reads the certificates and the key of an identity, once for all of its connections.
 *
 * @param name What to call the cluster in messages.
 * @throws ConfigError `invalid` that says which of them cannot be read.
 */
export function secureContextOf(tls: TlsIdentity, name: string): SecureContext {
  const problem = tlsProblemOf(tls);
  if (problem === undefined) return readIdentity(tls);
  const { field, wanted, got } = problem;
  const place = field === undefined ? "" : ` as ${field}`;
  const entry = field === "certificate-authority" ? "cluster" : "user";
  throw new ConfigError("invalid", `${name}: wanted ${wanted}${place}, got ${got}; mend the ${entry}`);
}
