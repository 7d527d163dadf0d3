import type { TlsIdentity } from "./cluster-config.ts";
import { fitsHeader } from "./header-value.ts";
import { tlsProblemOf } from "./tls-problem.ts";

/** What a plugin gave. */
export interface PluginCredentials {
  readonly token: string | undefined;
  /** Certificate and key, or neither. */
  readonly tls: Pick<TlsIdentity, "cert" | "key">;
}

/** Credentials, and for how long they hold. */
export interface ExecCredential {
  readonly credentials: PluginCredentials;
  /** Milliseconds since 1970; infinite where they hold until they are refused. */
  readonly expires: number;
}

/** How the output of a plugin is read. */
export interface ExecCredentialOptions {
  /** The version that the plugin was asked in. */
  readonly apiVersion: string | undefined;
  /** Makes the error of what is wrong with the plugin's answer. */
  readonly failure: (problem: string) => Error;
}

type Fields = Readonly<Record<string, unknown>>;

const byHand = "run it by hand to see";
/** What Go reads as a time. */
const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

/**
 * Reads the output of a plugin, as strictly as client-go does. Nothing of it is quoted.
 *
 * @throws What `failure` gives.
 * @see https://kubernetes.io/docs/reference/config-api/client-authentication.v1/
 */
export function readExecCredential(output: string, { apiVersion, failure }: ExecCredentialOptions): ExecCredential {
  const answer = parsed(output, failure);
  if (answer.kind !== "ExecCredential") throw failure(`gave no ExecCredential; ${byHand} what it says`);
  if (answer.apiVersion !== apiVersion) {
    throw failure(`gave an ExecCredential of another version than ${apiVersion}; mend the apiVersion of exec`);
  }
  const status: Fields = Object(answer.status);
  const text = (field: string): string | undefined => {
    const value = status[field] ?? "";
    if (typeof value !== "string") throw failure(`gave a ${field} that is no text; mend the plugin`);
    return value === "" ? undefined : value;
  };
  const token = text("token");
  const tls = pairOf(text("clientCertificateData"), text("clientKeyData"), failure);
  if (token === undefined && tls.cert === undefined) {
    throw failure(`gave neither a token nor a certificate with its key; ${byHand} why`);
  }
  if (token !== undefined && !fitsHeader(token)) {
    throw failure("gave a token with a line break or another character that no header has; mend the plugin");
  }
  return { credentials: { token, tls }, expires: expiryOf(status.expirationTimestamp ?? undefined, failure) };
}

function parsed(output: string, failure: ExecCredentialOptions["failure"]): Fields {
  try {
    return Object(JSON.parse(output));
  } catch {
    throw failure(`gave what is not JSON; ${byHand} what it says`);
  }
}

function pairOf(
  cert: string | undefined,
  key: string | undefined,
  failure: ExecCredentialOptions["failure"],
): PluginCredentials["tls"] {
  if (cert === undefined && key === undefined) return {};
  if (key === undefined || cert === undefined) {
    throw failure(
      `gave a ${key === undefined ? "certificate without its key" : "key without its certificate"}; ${byHand} why`,
    );
  }
  const problem = tlsProblemOf({ cert, key });
  if (problem === undefined) return { cert, key };
  const field = problem.field === "client-key" ? "clientKeyData" : "clientCertificateData";
  throw failure(`gave a ${field} that is not ${problem.wanted}; mend the plugin`);
}

function expiryOf(timestamp: unknown, failure: ExecCredentialOptions["failure"]): number {
  if (timestamp === undefined) return Number.POSITIVE_INFINITY;
  const expires = typeof timestamp === "string" && time.test(timestamp) ? Date.parse(timestamp) : Number.NaN;
  if (Number.isNaN(expires)) throw failure("gave an expirationTimestamp that is no time of RFC 3339; mend the plugin");
  return expires;
}
