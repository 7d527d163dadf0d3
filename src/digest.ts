import { Buffer } from "node:buffer";
import { hash } from "node:crypto";

const carriageReturn = 0x0d;

/**
 * The SHA-256 of a text, as UTF-8, or of bytes: 64 hexadecimal digits. The line ends of Windows count as those of other systems, since
 * version control changes them on the way to a disk and back; elsewhere it is what `sha256sum` prints.
 */
export function digestOf(content: string | Uint8Array): string {
  if (typeof content === "string")
    return hash("sha256", content.includes("\r\n") ? content.replaceAll("\r\n", "\n") : content, "hex");
  return hash("sha256", withUnixLineEnds(content), "hex");
}

/** The same bytes with LF in place of CR LF. */
export function withUnixLineEnds(bytes: Uint8Array): Uint8Array {
  // Every byte of a character beyond ASCII differs from it in UTF-8, and in Latin-1 each byte stays what it is.
  if (!bytes.includes(carriageReturn)) return bytes;
  return Buffer.from(Buffer.from(bytes).toString("latin1").replaceAll("\r\n", "\n"), "latin1");
}
