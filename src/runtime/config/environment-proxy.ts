import { BlockList, isIP } from "node:net";
import { parseProxyAddress } from "./proxy-address.ts";

/** The server that a proxy would stand before. */
interface Target {
  /** In lower case; an address of IPv6 without brackets. */
  readonly host: string;
  readonly port: string;
  /** The family where the host is an address. */
  readonly family: "ipv4" | "ipv6" | undefined;
}

/**
 * The address of the proxy that the environment has for a server, as Go's net/http and so client-go take it: HTTPS_PROXY for
 * https, HTTP_PROXY for http, also in lower case; without a scheme it is an http proxy. Undefined where there is none, where
 * NO_PROXY names the server, and for localhost and the loopback interface.
 *
 * Where Go takes no notice of an address that it cannot read, and goes without a proxy, this throws.
 *
 * @throws ConfigError `invalid` where the address is none; it does not quote it.
 * @see https://pkg.go.dev/golang.org/x/net/http/httpproxy
 */
export function environmentProxy(server: string, environment: NodeJS.ProcessEnv): string | undefined {
  const url = URL.canParse(server) ? new URL(server) : undefined;
  const name = url?.protocol === "https:" ? "HTTPS_PROXY" : "HTTP_PROXY";
  const found = variable(environment, name);
  if (url === undefined || found === undefined || isDirect(targetOf(url), variable(environment, "NO_PROXY"))) {
    return undefined;
  }
  const address = /^[a-z][a-z\d+.-]*:\/\/./i.test(found) ? found : `http://${found}`;
  parseProxyAddress(address, name);
  return address;
}

/** An empty variable counts as one that is not there. */
function variable(environment: NodeJS.ProcessEnv, name: string): string | undefined {
  return environment[name] || environment[name.toLowerCase()] || undefined;
}

function targetOf({ hostname, port, protocol }: URL): Target {
  const host = hostname.replace(/^\[|\]$/g, "");
  return { host, port: port || (protocol === "https:" ? "443" : "80"), family: familyOf(host) };
}

function isDirect(target: Target, noProxy = ""): boolean {
  const entries = noProxy.split(",").map((entry) => entry.trim().toLowerCase());
  return isLoopback(target) || entries.includes("*") || entries.some((entry) => names(entry, target));
}

function isLoopback({ host, family }: Target): boolean {
  if (family === undefined) return host === "localhost";
  const loopback = new BlockList();
  loopback.addSubnet("127.0.0.0", 8, "ipv4");
  loopback.addAddress("::1", "ipv6");
  return loopback.check(host, family);
}

/** Whether an entry of NO_PROXY names the server: a block of addresses, an address, or a domain with all below it. */
function names(entry: string, target: Target): boolean {
  const block = blockOf(entry);
  if (block !== undefined) return target.family !== undefined && block.check(target.host, target.family);
  const { host, port } = splitPort(entry);
  if (host === "" || (port !== undefined && port !== "" && port !== target.port)) return false;
  const address = familyOf(host);
  if (address === undefined) return target.family === undefined && isBelow(host, target.host);
  const single = new BlockList();
  single.addAddress(host, address);
  return target.family !== undefined && single.check(target.host, target.family);
}

/** The addresses of a block as 10.0.0.0/8. */
function blockOf(entry: string): BlockList | undefined {
  const [, address = "", digits] = /^([^/]+)\/(\d{1,3})$/.exec(entry) ?? [];
  const family = familyOf(address);
  const length = Number(digits);
  if (family === undefined || length > (family === "ipv4" ? 32 : 128)) return undefined;
  const block = new BlockList();
  block.addSubnet(address, length, family);
  return block;
}

function splitPort(entry: string): { readonly host: string; readonly port: string | undefined } {
  const [, bracketed, plain, port] = /^(?:\[([^\]]*)\]|([^:]*)):([^:]*)$/.exec(entry) ?? [];
  return { host: bracketed ?? plain ?? entry, port };
}

/** `example.com` and below; with `.` or `*.` before it only what is below. */
function isBelow(domain: string, host: string): boolean {
  const suffix = domain.startsWith("*.") ? domain.slice(1) : domain;
  return suffix.startsWith(".") ? host.endsWith(suffix) : host === suffix || host.endsWith(`.${suffix}`);
}

function familyOf(host: string): Target["family"] {
  if (isIP(host) === 0) return undefined;
  return isIP(host) === 4 ? "ipv4" : "ipv6";
}
