import { connecting, noConnection, type Reason, reasonFor } from "./failure-reasons.ts";

/** What went wrong between a program and its proxy: the code of an error, or the status of an answer. */
export interface ProxyProblem {
  /** What the connection to the proxy failed with. */
  readonly error?: unknown;
  /** What the proxy answered in place of letting the request through. */
  readonly status?: number;
}

/**
 * There is no way through the proxy. It has no `code`, since undici connects again and again where that says that a socket
 * ended; and of the error behind it only the code is kept, as it may have bytes of the answer.
 */
export class ProxyFailure extends Error {
  readonly status: number | undefined;
  /** The code of what the connection failed with. */
  readonly reason: string | undefined;
  /** Whether what answers is not HTTP. */
  readonly noHttp: boolean;

  constructor({ error, status }: ProxyProblem) {
    super("no way through the proxy");
    this.status = status;
    this.reason = error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
    this.noHttp = error instanceof Error && error.name === "HTTPParserError";
  }

  /** Whether it took too long. */
  get timedOut(): boolean {
    return this.reason === "UND_ERR_CONNECT_TIMEOUT" || this.reason === "UND_ERR_HEADERS_TIMEOUT";
  }
}

const checkProxy = "check the proxy, and its address in proxy-url of the cluster, or else in HTTPS_PROXY or HTTP_PROXY";
const orWithout = "or have NO_PROXY name the server, if it can be reached without";

/** Says what a failure at the proxy means. */
export function reasonOfProxy({ status, reason, noHttp }: ProxyFailure): Reason {
  if (status !== undefined) return reasonOfStatus(status);
  if (noHttp) return noProxy("does not speak HTTP");
  // The connection was there: undici says so of one that ended.
  if (reason === "UND_ERR_SOCKET") {
    const what = "wanted a way through the proxy, but it ended the connection without an answer";
    return { code: "unreachable", what, remedy: `${checkProxy}, ${orWithout}` };
  }
  const { code, what } = reasonFor(reason, connecting) ?? noConnection;
  const shown = reason === undefined ? "" : ` (${reason})`;
  return { code, what: `of the proxy ${what}${shown}`, remedy: checkProxy };
}

function reasonOfStatus(status: number): Reason {
  if (status === 407) {
    const what = "wanted a way through the proxy, but it does not know who asks (407)";
    const remedy = "put user name and password that it knows into its address, as http://user:password@10.0.0.2:3128";
    return { code: "proxy", what, remedy };
  }
  if ([400, 404, 405, 501, 505].includes(status)) return noProxy(`knows no CONNECT (${status})`);
  if ([502, 503, 504].includes(status)) {
    const what = `wanted a way through the proxy, but it reaches no server there (${status})`;
    return { code: "unreachable", what, remedy: `check that the proxy's network leads to the server, ${orWithout}` };
  }
  // 511 is the answer of who wants a sign-in first.
  if ([408, 429].includes(status) || (status >= 500 && status !== 511)) {
    const what = `wanted a way through the proxy, but it lets nothing through at the moment (${status})`;
    const remedy = `try again later, and if it stays so look at the proxy, ${orWithout}`;
    return { code: "unreachable", what, remedy };
  }
  const what = `wanted a way through the proxy, but it lets nothing through to the server (${status})`;
  return { code: "proxy", what, remedy: `have the server allowed in the proxy's rules, ${orWithout}` };
}

function noProxy(but: string): Reason {
  return { code: "proxy", what: `wanted a proxy, but what answers there ${but}`, remedy: checkProxy };
}
