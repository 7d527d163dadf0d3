import { ConfigError } from "../errors/config-error.ts";

/** A proxy that requests go through. */
export interface ProxyAddress {
  /** Where it is, without credentials, as `http://10.0.0.2:3128`. */
  readonly origin: string;
  /** What proves to it who asks, as the header `Proxy-Authorization` has it; undefined where the address names nobody. */
  readonly authorization: string | undefined;
}

const wanted = "wanted the address of an http or https proxy as http://10.0.0.2:3128";

/**
 * Reads the address of a proxy, with or without credentials. No message quotes it.
 *
 * @param subject What to call it in messages, as `HTTPS_PROXY`.
 * @throws ConfigError `invalid` where it is none, and for socks5, which is not supported.
 */
export function parseProxyAddress(address: string, subject: string): ProxyAddress {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    const got = url?.protocol.startsWith("socks") === true ? "one for SOCKS, which is not supported" : "something else";
    throw new ConfigError("invalid", `${subject}: ${wanted}, got ${got}; mend it, or remove it`);
  }
  const named = url.username !== "" || url.password !== "";
  return { origin: url.origin, authorization: named ? basic(url, subject) : undefined };
}

/** As of RFC 7617; the address has both parts percent-encoded. */
function basic({ username, password }: URL, subject: string): string {
  try {
    const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
    return `Basic ${Buffer.from(credentials).toString("base64")}`;
  } catch {
    const problem = "wanted user name and password percent-encoded, got a % that begins no character";
    throw new ConfigError("invalid", `${subject}: ${problem}; write it as %25`);
  }
}
