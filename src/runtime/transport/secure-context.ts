import { X509Certificate } from "node:crypto";
import { createSecureContext, type SecureContext } from "node:tls";
import type { TlsIdentity } from "../config/cluster-config.ts";
import { ConfigError } from "../errors/config-error.ts";

/**
 * Reads the certificates and the key of an identity, once for all of its connections.
 *
 * @param name What to call the cluster in messages.
 * @throws ConfigError `invalid` that says which of them cannot be read.
 */
export function secureContextOf(tls: TlsIdentity, name: string): SecureContext {
  const problem = problemOf(tls);
  if (problem !== undefined) throw new ConfigError("invalid", `${name}: ${problem}`);
  return contextOf(tls);
}

function problemOf({ ca, cert, key, pfx, passphrase }: TlsIdentity): string | undefined {
  const secret = passphrase === undefined ? {} : { passphrase };
  // Node takes an authority that it cannot read for none at all.
  if (ca !== undefined && !succeeds(() => new X509Certificate(ca))) {
    return "wanted a certificate in PEM as certificate-authority, got something else; mend the cluster";
  }
  if (cert !== undefined && !succeeds(() => contextOf({ cert }))) {
    return "wanted a certificate in PEM as client-certificate, got something else; mend the user";
  }
  if (key !== undefined && !succeeds(() => contextOf({ key, ...secret }))) {
    return "wanted a private key in PEM as client-key, got something else or one with another passphrase; mend the user";
  }
  if (pfx !== undefined && !succeeds(() => contextOf({ pfx, ...secret }))) {
    return "wanted the client's certificate in PKCS #12, got something else or one with another passphrase; mend the user";
  }
  if (cert !== undefined && key !== undefined && !succeeds(() => contextOf({ cert, key, ...secret }))) {
    return "wanted the private key of client-certificate as client-key, got another; mend the user";
  }
  return undefined;
}

function contextOf({ ca, cert, key, pfx, passphrase }: TlsIdentity): SecureContext {
  return createSecureContext({ ca: buffer(ca), cert: buffer(cert), key: buffer(key), pfx: buffer(pfx), passphrase });
}

function buffer(part: string | Uint8Array | undefined): string | Buffer | undefined {
  return part instanceof Uint8Array ? Buffer.from(part.buffer, part.byteOffset, part.length) : part;
}

function succeeds(read: () => unknown): boolean {
  try {
    read();
    return true;
  } catch {
    return false;
  }
}
