import { ConfigError } from "../errors/config-error.ts";
import type { Credentials } from "./cluster-config.ts";

// What a header cannot hold (RFC 9110, 5.5): line breaks and other control characters, and what is beyond Latin-1.
const noHeaderValue = /[^\t\x20-\x7e\x80-\xff]/;

/**
 * Makes sure that headers can be sent.
 *
 * @param where What to call the credentials in messages.
 * @throws ConfigError `invalid` with the name of the header that cannot be, and not with its value.
 */
export function checkHeaders(headers: Credentials["headers"], where: string): void {
  for (const [header, values] of Object.entries(headers)) {
    if ([values].flat().every(fitsHeader)) continue;
    const wanted = `wanted credentials that fit into the header ${JSON.stringify(header)}`;
    const got = "got a line break or another character that no header has";
    throw new ConfigError("invalid", `${where}: ${wanted}, ${got}; mend them`);
  }
}

/** Tells whether a header can have this value. */
export function fitsHeader(value: string): boolean {
  return !noHeaderValue.test(value);
}
