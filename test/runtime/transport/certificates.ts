import { createPrivateKey, sign } from "node:crypto";
import { type Certificate, createAuthority } from "../../cluster/certificate.ts";

/**
 * A certificate for a server on the loopback interface that is valid between two moments, given as of RFC 5280, as
 * `200001010000Z`. It has signed itself, and so is its own authority.
 */
export function certificateValid(notBefore: string, notAfter: string): Certificate {
  // Issuer and subject have one name, so that another signature makes it its own.
  const { certificate, key } = createAuthority("a server").server({ commonName: "a server" });
  const der = Buffer.from(certificate.replaceAll(/-----.*-----|\s/g, ""), "base64");
  const content = contentOf(der);
  const unsigned = content.subarray(0, endOf(content));
  const algorithm = content.subarray(unsigned.length, unsigned.length + endOf(content.subarray(unsigned.length)));
  // Both moments are UTCTime of 13 characters, which is what the byte before them says.
  const moments = [notBefore, notAfter].values();
  const dated = Buffer.from(
    unsigned.toString("latin1").replaceAll(/(?<=\r)\d{12}Z/g, () => moments.next().value ?? ""),
    "latin1",
  );
  const signature = sign("sha256", dated, createPrivateKey(key));
  const bits = Buffer.concat([Buffer.from([0x03, signature.length + 1, 0]), signature]);
  const all = Buffer.concat([dated, algorithm, bits]);
  const header = Buffer.from([0x30, 0x82, all.length >> 8, all.length & 0xff]);
  const text = Buffer.concat([header, all])
    .toString("base64")
    .replaceAll(/.{1,64}/g, "$&\n");
  return { certificate: `-----BEGIN CERTIFICATE-----\n${text}-----END CERTIFICATE-----\n`, key };
}

/** The content of the value of DER that begins here. */
function contentOf(der: Buffer): Buffer {
  return der.subarray(headerLength(der), endOf(der));
}

/** Where the value of DER that begins here ends. */
function endOf(der: Buffer): number {
  const [, first = 0] = der;
  const length = first < 0x80 ? first : der.readUIntBE(2, first & 0x7f);
  return headerLength(der) + length;
}

function headerLength(der: Buffer): number {
  const [, first = 0] = der;
  return first < 0x80 ? 2 : 2 + (first & 0x7f);
}
