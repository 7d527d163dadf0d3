import { isAscii, isUtf8 } from "node:buffer";
import { ReadError, sourceDiagnostic } from "./read-error.ts";

/**
 * The text of a source's bytes. UTF-8 with or without a byte order mark, and UTF-16 with one, as Kubernetes' reader
 * takes them; anything else is a ReadError.
 */
export function decodeText(bytes: Buffer, name: string): string {
  // One byte per character is what Node reads, keeps and parses fastest.
  if (isAscii(bytes)) return bytes.toString("latin1");
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return decodeUtf16(bytes, "utf-16le", name);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return decodeUtf16(bytes, "utf-16be", name);
  if (!isUtf8(bytes)) throw encodingError(name, `got a byte that is not UTF-8 in line ${lineOfInvalidByte(bytes)}`);
  return bytes.toString("utf8", bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0);
}

function decodeUtf16(bytes: Buffer, encoding: string, name: string): string {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw encodingError(name, "got a byte order mark of UTF-16 and text that is not UTF-16");
  }
}

function encodingError(name: string, got: string): ReadError {
  return new ReadError(sourceDiagnostic("source-encoding", `${name}: expected UTF-8, ${got}; save it as UTF-8`));
}

function lineOfInvalidByte(bytes: Buffer): number {
  let line = 1;
  let start = 0;
  for (let end = bytes.indexOf(10); end !== -1; end = bytes.indexOf(10, start)) {
    if (!isUtf8(bytes.subarray(start, end))) break;
    line++;
    start = end + 1;
  }
  return line;
}
