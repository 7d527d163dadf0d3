import { generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";

/**
 * Certificates for one run of a server, as of RFC 5280, with keys on the curve P-256. Node reads certificates but makes
 * none, and a program that does need not be there.
 */

/** A certificate and its private key, both in PEM. */
export interface Certificate {
  readonly certificate: string;
  readonly key: string;
}

/** Who a certificate is for: Kubernetes reads the common name as the user, and the organizations as the groups. */
export interface Subject {
  readonly commonName: string;
  readonly organizations?: readonly string[];
}

/** What issues certificates. */
export interface Authority {
  /** The authority's own certificate in PEM. */
  readonly certificate: string;
  /** A certificate for a server on the loopback interface: `127.0.0.1` and `localhost`. */
  server(subject: Subject): Certificate;
  /** A certificate for a user. */
  client(subject: Subject): Certificate;
}

const sequence = 0x30;
const set = 0x31;
const octets = 0x04;
const bits = 0x03;

// Object identifiers, encoded.
const commonName = Buffer.from("0603550403", "hex");
const organization = Buffer.from("060355040a", "hex");
const ecdsaWithSha256 = Buffer.from("06082a8648ce3d040302", "hex");
const basicConstraints = Buffer.from("0603551d13", "hex");
const keyUsage = Buffer.from("0603551d0f", "hex");
const extendedKeyUsage = Buffer.from("0603551d25", "hex");
const subjectAlternativeName = Buffer.from("0603551d11", "hex");
const serverAuth = Buffer.from("06082b06010505070301", "hex");
const clientAuth = Buffer.from("06082b06010505070302", "hex");

const yes = Buffer.from("0101ff", "hex");
/** Milliseconds; a clock that is set back an hour does no harm. */
const validBefore = 3_600_000;
const validAfter = 30 * 24 * validBefore;

/** Makes an authority with a key that only it has. */
export function createAuthority(name: string): Authority {
  const own = keyPair();
  const issuer: Issuer = { name: { commonName: name }, key: own.privateKey };
  const certificate = issue(issuer, {
    subject: issuer.name,
    publicKey: own.publicKey,
    extensions: [
      tlv(sequence, basicConstraints, yes, tlv(octets, tlv(sequence, yes))),
      // keyCertSign: bit 5, two bits unused.
      tlv(sequence, keyUsage, yes, tlv(octets, tlv(bits, Buffer.from([2, 4])))),
    ],
  });
  const leaf = (subject: Subject, extensions: readonly Buffer[]): Certificate => {
    const { publicKey, privateKey } = keyPair();
    return {
      certificate: issue(issuer, { subject, publicKey, extensions }),
      key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    };
  };
  const loopback = tlv(sequence, tlv(0x82, Buffer.from("localhost")), tlv(0x87, Buffer.from([127, 0, 0, 1])));
  return {
    certificate,
    server: (subject) =>
      leaf(subject, [
        tlv(sequence, extendedKeyUsage, tlv(octets, tlv(sequence, serverAuth))),
        tlv(sequence, subjectAlternativeName, tlv(octets, loopback)),
      ]),
    client: (subject) => leaf(subject, [tlv(sequence, extendedKeyUsage, tlv(octets, tlv(sequence, clientAuth)))]),
  };
}

/** The keys that a server signs the tokens of service accounts with, both in PEM. */
export function signingKeys(): { readonly publicKey: string; readonly privateKey: string } {
  const { publicKey, privateKey } = keyPair();
  return {
    publicKey: publicKey.export({ type: "spki", format: "pem" }).toString(),
    privateKey: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
  };
}

interface Issuer {
  readonly name: Subject;
  readonly key: KeyObject;
}

interface Content {
  readonly subject: Subject;
  readonly publicKey: KeyObject;
  readonly extensions: readonly Buffer[];
}

function keyPair(): { readonly publicKey: KeyObject; readonly privateKey: KeyObject } {
  return generateKeyPairSync("ec", { namedCurve: "P-256" });
}

function issue({ name, key }: Issuer, { subject, publicKey, extensions }: Content): string {
  const now = Date.now();
  const algorithm = tlv(sequence, ecdsaWithSha256);
  const unsigned = tlv(
    sequence,
    tlv(0xa0, Buffer.from("020102", "hex")),
    // Positive and without leading zeros.
    tlv(0x02, Buffer.from([1]), randomBytes(8)),
    algorithm,
    distinguishedName(name),
    tlv(sequence, utcTime(now - validBefore), utcTime(now + validAfter)),
    distinguishedName(subject),
    publicKey.export({ type: "spki", format: "der" }),
    tlv(0xa3, tlv(sequence, ...extensions)),
  );
  const signature = tlv(bits, Buffer.from([0]), sign("sha256", unsigned, key));
  return pem(tlv(sequence, unsigned, algorithm, signature));
}

function distinguishedName({ commonName: name, organizations = [] }: Subject): Buffer {
  const attribute = (type: Buffer, value: string): Buffer =>
    tlv(set, tlv(sequence, type, tlv(0x0c, Buffer.from(value))));
  return tlv(sequence, ...organizations.map((value) => attribute(organization, value)), attribute(commonName, name));
}

/** The form that RFC 5280 wants until the year 2049. */
function utcTime(milliseconds: number): Buffer {
  const digits = new Date(milliseconds).toISOString().replace(/\D/g, "");
  return tlv(0x17, Buffer.from(`${digits.slice(2, 14)}Z`));
}

/** One value of the Distinguished Encoding Rules of X.690: tag, length, contents. */
function tlv(tag: number, ...contents: readonly Buffer[]): Buffer {
  const content = Buffer.concat(contents);
  const length = content.length;
  if (length < 0x80) return Buffer.concat([Buffer.from([tag, length]), content]);
  if (length < 0x100) return Buffer.concat([Buffer.from([tag, 0x81, length]), content]);
  return Buffer.concat([Buffer.from([tag, 0x82, length >> 8, length & 0xff]), content]);
}

function pem(der: Buffer): string {
  const text = der.toString("base64").replace(/.{1,64}/g, "$&\n");
  return `-----BEGIN CERTIFICATE-----\n${text}-----END CERTIFICATE-----\n`;
}
