import { ConfigError } from "../errors/config-error.ts";
import { type ContextEntries, whose } from "./context-entries.ts";

/**
 * The address of a context's server, with the path that everything stands below. One without a scheme is of https where the
 * entries say something of TLS, and else of http, as by client-go's `rest.DefaultServerURL`.
 *
 * @throws ConfigError `invalid` that says what is wrong and quotes nothing.
 */
export function serverAddress(entries: Omit<ContextEntries, "server">): string {
  const { server } = entries.cluster;
  const schemeless = !/^(?:https?:|[a-z][a-z\d+.-]*:\/\/)/i.test(server);
  const written = schemeless ? `${hasTls(entries) ? "https" : "http"}://${server}` : server;
  // A URL passes over slashes that are too many or too few.
  const url = /^[^/]+:\/\/[^/]/.test(written) && URL.canParse(written) ? new URL(written) : undefined;
  const got = server ? problemOf(url, schemeless) : "none";
  if (url !== undefined && got === undefined) return `${url.origin}${url.pathname.replace(/\/$/, "")}`;
  const problem = `wanted a server as https://10.0.0.1:6443, got ${got}; mend it`;
  throw new ConfigError("invalid", `${whose(entries, "cluster")}: ${problem}`);
}

function hasTls({ cluster, user }: Omit<ContextEntries, "server">): boolean {
  const { caData, caFile, skipTLSVerify } = cluster;
  return Boolean(caData || caFile || skipTLSVerify || user?.certData || user?.certFile);
}

function problemOf(url: URL | undefined, schemeless: boolean): string | undefined {
  if (url === undefined) return "what is no address";
  // A password would be shown wherever the address is.
  if (url.username || url.password) return "one with a user name or password, which belongs to the user";
  if (url.search || url.hash) return "one with a query or fragment";
  if (!/^https?:$/.test(url.protocol)) return "one that is neither of https nor of http";
  return schemeless && url.pathname !== "/" ? "one with a path but without https:// or http://" : undefined;
}
