import { createPrivateKey, X509Certificate } from "node:crypto";
import { createSecureContext, type SecureContext } from "node:tls";
import type { TlsIdentity } from "./cluster-config.ts";

/** What of an identity cannot be used, in the words of a message. */
export interface TlsProblem {
  /** The field of a kubeconfig that it is from; undefined for PKCS #12, which no kubeconfig has. */
  readonly field: "certificate-authority" | "client-certificate" | "client-key" | undefined;
  readonly wanted: string;
  readonly got: string;
}

const other = "something else";
const otherOrLocked = "something else or one with another passphrase";

/** Finds the first certificate or key that cannot be read; undefined where all can. */
export function tlsProblemOf({ ca, cert, key, pfx, passphrase }: TlsIdentity): TlsProblem | undefined {
  const secret = passphrase === undefined ? {} : { passphrase };
  // Node takes an authority that it cannot read for none at all, and it reads PEM only.
  if (ca !== undefined && !(isPem(ca) && succeeds(() => new X509Certificate(ca)))) {
    return { field: "certificate-authority", wanted: "a certificate in PEM", got: other };
  }
  if (cert !== undefined && !succeeds(() => readIdentity({ cert }))) {
    return { field: "client-certificate", wanted: "a certificate in PEM", got: other };
  }
  if (key !== undefined && !succeeds(() => readIdentity({ key, ...secret }))) {
    return { field: "client-key", wanted: "a private key in PEM", got: otherOrLocked };
  }
  if (pfx !== undefined && !succeeds(() => readIdentity({ pfx, ...secret }))) {
    return { field: undefined, wanted: "the client's certificate in PKCS #12", got: otherOrLocked };
  }
  if (cert !== undefined && key !== undefined && !belongTogether(cert, { key: bytes(key), ...secret })) {
    return { field: "client-key", wanted: "the private key of client-certificate", got: "another" };
  }
  return undefined;
}

/** Has Node read an identity; its errors quote nothing, but do not say which part they mean. */
export function readIdentity({ ca, cert, key, pfx, passphrase }: TlsIdentity): SecureContext {
  return createSecureContext({ ca: buffer(ca), cert: buffer(cert), key: buffer(key), pfx: buffer(pfx), passphrase });
}

/** Whether a key is that of the first certificate of a chain. A context would be made of two that have not even one type. */
function belongTogether(
  cert: string | Uint8Array,
  key: { readonly key: Buffer; readonly passphrase?: string },
): boolean {
  return new X509Certificate(cert).checkPrivateKey(createPrivateKey(key));
}

function isPem(part: string | Uint8Array): boolean {
  return bytes(part).includes("-----BEGIN");
}

function buffer(part: string | Uint8Array | undefined): string | Buffer | undefined {
  return part instanceof Uint8Array ? bytes(part) : part;
}

function bytes(part: string | Uint8Array): Buffer {
  return typeof part === "string" ? Buffer.from(part) : Buffer.from(part.buffer, part.byteOffset, part.length);
}

function succeeds(read: () => unknown): boolean {
  try {
    read();
    return true;
  } catch {
    return false;
  }
}
