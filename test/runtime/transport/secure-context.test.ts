import { createPrivateKey, generateKeyPairSync, X509Certificate } from "node:crypto";
import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import type { TlsIdentity } from "../../../src/runtime/config/cluster-config.ts";
import { secureContextOf } from "../../../src/runtime/transport/secure-context.ts";
import { createAuthority } from "../../cluster/certificate.ts";

const authority = createAuthority("an authority");
const client = authority.client({ commonName: "a user" });
const other = authority.client({ commonName: "another user" });
const ca = authority.certificate;
const { certificate: cert, key } = client;
/** Of another type than the certificate's. */
const rsaKey = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({ type: "pkcs8", format: "pem" });
const passphrase = "a word";
const locked = (type: "pkcs8" | "sec1"): string =>
  createPrivateKey(key).export({ type, format: "pem", cipher: "aes-128-cbc", passphrase }).toString();
const canary = "-----BEGIN PRIVATE KEY-----\ncanary\n-----END PRIVATE KEY-----\n";

describe("an identity", () => {
  it.each<[string, TlsIdentity]>([
    ["nobody", {}],
    ["an authority", { ca }],
    [
      "several authorities with comments",
      { ca: `# the first\n${ca}# the second\n${createAuthority("second").certificate}` },
    ],
    ["a client", { ca, cert, key }],
    ["a client in bytes", { ca: Buffer.from(ca), cert: Buffer.from(cert), key: new TextEncoder().encode(key) }],
    ["a client with its authority", { cert: cert + ca, key }],
    ["a client in one file, its key first", { cert: key + cert + ca, key: key + cert + ca }],
    ["a client in one file, its key last", { cert: cert + ca + key, key: cert + ca + key }],
    ["a client with a locked key", { cert, key: locked("pkcs8"), passphrase }],
    ["a client with a locked key of the older form", { cert, key: Buffer.from(locked("sec1")), passphrase }],
  ])("is read: %s", (_, tls) => {
    expect(secureContextOf(tls, "a test").context).toBeDefined();
  });

  it.each<[TlsIdentity, string]>([
    [{ ca: "canary" }, "wanted a certificate in PEM as certificate-authority, got something else; mend the cluster"],
    [
      { ca: "", cert, key },
      "wanted a certificate in PEM as certificate-authority, got something else; mend the cluster",
    ],
    [
      { ca: new X509Certificate(ca).raw },
      "wanted a certificate in PEM as certificate-authority, got something else; mend the cluster",
    ],
    [{ cert: "canary", key }, "wanted a certificate in PEM as client-certificate, got something else; mend the user"],
    [{ cert: key, key }, "wanted a certificate in PEM as client-certificate, got something else; mend the user"],
    [
      { cert, key: canary },
      "wanted a private key in PEM as client-key, got something else or one with another passphrase; mend the user",
    ],
    [
      { cert, key: Buffer.from("canary") },
      "wanted a private key in PEM as client-key, got something else or one with another passphrase; mend the user",
    ],
    [
      { pfx: Buffer.from("canary"), passphrase: "canary" },
      "wanted the client's certificate in PKCS #12, got something else or one with another passphrase; mend the user",
    ],
    [
      { cert, key: other.key },
      "wanted the private key of client-certificate as client-key, got another; mend the user",
    ],
    [
      { cert: cert + ca, key: rsaKey.toString() },
      "wanted the private key of client-certificate as client-key, got another; mend the user",
    ],
    [
      { cert, key: locked("pkcs8"), passphrase: "canary" },
      "wanted a private key in PEM as client-key, got something else or one with another passphrase; mend the user",
    ],
  ])("that cannot be read is refused with the entry %#", (tls, problem) => {
    let error: unknown;
    try {
      secureContextOf(tls, "a test");
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toMatchObject({ name: "ConfigError", code: "invalid", message: `a test: ${problem}` });
    const shown = inspect(error, { showHidden: true, depth: Number.POSITIVE_INFINITY });
    expect(shown).not.toContain("canary");
    expect(shown).not.toContain(other.key.slice(40, 80));
  });
});
