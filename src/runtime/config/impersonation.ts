import { ConfigError } from "../errors/config-error.ts";
import type { Credentials } from "./cluster-config.ts";
import type { UserEntry } from "./kubeconfig-entries.ts";

/**
 * Refuses what kubectl refuses: groups, a uid or extras without a user to impersonate.
 *
 * @param where What to call the context in messages.
 * @throws ConfigError `invalid`.
 */
export function checkImpersonation(user: UserEntry, where: string): void {
  const { name, impersonateUser, impersonateGroups = [], impersonateUid, impersonateExtra = {} } = user;
  if (impersonateUser) return;
  const [field] = [
    ...(impersonateGroups.length > 0 ? ["as-groups"] : []),
    ...(impersonateUid ? ["as-uid"] : []),
    ...(Object.keys(impersonateExtra).length > 0 ? ["as-user-extra"] : []),
  ];
  if (field === undefined) return;
  const problem = `wanted the name of a user as \`as\` beside ${field}, found none; add it, or remove ${field}`;
  throw new ConfigError("invalid", `${where}: user ${JSON.stringify(name)}: ${problem}`);
}

/**
 * The headers that ask as another user.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/user-impersonation/
 */
export function impersonationOf(user: UserEntry): Credentials["headers"] {
  const { impersonateUser, impersonateGroups = [], impersonateUid, impersonateExtra = {} } = user;
  if (!impersonateUser) return {};
  const headers: Record<string, string | readonly string[]> = { "impersonate-user": inUtf8(impersonateUser) };
  if (impersonateUid) headers["impersonate-uid"] = inUtf8(impersonateUid);
  if (impersonateGroups.length > 0) headers["impersonate-group"] = impersonateGroups.map(inUtf8);
  for (const [key, values] of Object.entries(impersonateExtra)) {
    if (values.length > 0) headers[`impersonate-extra-${escapedKey(key)}`] = values.map(inUtf8);
  }
  return headers;
}

/** Each character of a header is sent as one byte (Latin-1), and client-go sends the bytes of UTF-8. */
function inUtf8(value: string): string {
  return Buffer.from(value).toString("latin1");
}

/** As the API server unescapes it: every byte that the name of a header does not take, and `%` itself, percent-encoded. */
function escapedKey(key: string): string {
  return Array.from(Buffer.from(key.toLowerCase()), (byte) => {
    const character = String.fromCharCode(byte);
    if (/[a-z\d!#$&'*+.^_`|~-]/.test(character)) return character;
    return `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
  }).join("");
}
