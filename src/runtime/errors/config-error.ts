/**
 * What is wrong with the way to a cluster.
 * `missing`: there is no kubeconfig, or no service account. `unreadable`: a file of it cannot be read. `invalid`: it is not
 * what a kubeconfig is. `no-context`: it has no current context. `unknown-context`, `unknown-cluster` and `unknown-user`: it
 * names what it does not have. `plugin`: the program that gives the credentials failed. `client-node`: what reads
 * kubeconfigs is not installed, or does not load. A kubeconfig that wants what is not supported is `invalid`.
 */
export type ConfigErrorCode =
  | "missing"
  | "unreadable"
  | "invalid"
  | "no-context"
  | "unknown-context"
  | "unknown-cluster"
  | "unknown-user"
  | "plugin"
  | "client-node";

/** A kubeconfig or a service account that does not lead to a cluster. Its message holds no credential. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
  readonly code: ConfigErrorCode;

  constructor(code: ConfigErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** Tells a ConfigError from other errors. */
export function isConfigError(error: unknown): error is ConfigError {
  return error instanceof ConfigError;
}
