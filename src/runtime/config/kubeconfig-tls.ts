import { isDeepStrictEqual } from "node:util";
import { ConfigError } from "../errors/config-error.ts";
import type { TlsIdentity } from "./cluster-config.ts";
import { readNeeded } from "./config-file.ts";
import { type ContextEntries, whose } from "./context-entries.ts";
import { type TlsProblem, tlsProblemOf } from "./tls-problem.ts";

/** A certificate or a key of an entry. */
interface TlsField {
  readonly field: NonNullable<TlsProblem["field"]>;
  readonly entry: "cluster" | "user";
  readonly part: "ca" | "cert" | "key";
  /** Base64, which goes before the file. */
  readonly data: string | undefined;
  /** A path. */
  readonly file: string | undefined;
}

function fieldsOf({ cluster, user }: ContextEntries): readonly TlsField[] {
  return [
    { field: "certificate-authority", entry: "cluster", part: "ca", data: cluster.caData, file: cluster.caFile },
    { field: "client-certificate", entry: "user", part: "cert", data: user?.certData, file: user?.certFile },
    { field: "client-key", entry: "user", part: "key", data: user?.keyData, file: user?.keyFile },
  ];
}

/**
 * Refuses what kubectl refuses, before anything is asked: base64 that is none, and a certificate without its key; and, where the
 * server is one of https, an authority that is not to be asked, and what the entries hold themselves if it cannot be read.
 *
 * @throws ConfigError `invalid` that names the entry and its field.
 */
export function checkTlsFields(entries: ContextEntries): void {
  const { cluster, server, user } = entries;
  const fields = fieldsOf(entries);
  for (const field of fields) {
    if (field.data && !isBase64(field.data)) throw failure(entries, field, { wanted: "base64", got: "something else" });
  }
  if ((user?.certData || user?.certFile) && !(user.keyData || user.keyFile)) {
    const problem = "wanted client-key or client-key-data beside client-certificate, found none; add it";
    throw new ConfigError("invalid", `${whose(entries, "user")}: ${problem}`);
  }
  if (!server.startsWith("https:")) return;
  if (cluster.skipTLSVerify && (cluster.caData || cluster.caFile)) {
    const problem = "wanted certificate-authority or insecure-skip-tls-verify, found both; remove one of them";
    throw new ConfigError("invalid", `${whose(entries, "cluster")}: ${problem}`);
  }
  const held = fields.filter(({ data }) => data).map(({ part, data = "" }) => [part, Buffer.from(data, "base64")]);
  checkReadable(entries, Object.fromEntries(held));
}

/**
 * Reads the certificates and the key of the entries. Where the server is one of plain http only a proxy can be secured, which is
 * told nothing of the user.
 *
 * @throws ConfigError `unreadable` for files that are not there; `invalid` for what is neither certificate nor key.
 */
export async function tlsOfEntries(entries: ContextEntries): Promise<TlsIdentity> {
  const parts: { ca?: Buffer; cert?: Buffer; key?: Buffer } = {};
  const secure = entries.server.startsWith("https:");
  for (const { field, entry, part, data, file } of fieldsOf(entries)) {
    if (entry === "user" && !secure) continue;
    if (data) parts[part] = Buffer.from(data, "base64");
    else if (file) parts[part] = await readNeeded(file, `${whose(entries, entry)}: ${field}`);
  }
  checkReadable(entries, parts);
  const { tlsServerName: servername, skipTLSVerify } = entries.cluster;
  return {
    ...parts,
    ...(servername ? { servername } : {}),
    ...(skipTLSVerify ? { rejectUnauthorized: false } : {}),
  };
}

/** What of the entries was read last and can be used: to check it takes milliseconds, in which nothing else goes on. */
const readable = new WeakMap<ContextEntries, TlsIdentity>();

function checkReadable(entries: ContextEntries, tls: TlsIdentity): void {
  if (isDeepStrictEqual(readable.get(entries), tls)) return;
  const problem = tlsProblemOf(tls);
  const field = fieldsOf(entries).find((known) => known.field === problem?.field);
  if (problem !== undefined && field !== undefined) throw failure(entries, field, problem);
  readable.set(entries, tls);
}

function failure(
  entries: ContextEntries,
  { field, entry, data, file }: TlsField,
  { wanted, got }: Pick<TlsProblem, "wanted" | "got">,
): ConfigError {
  const place = data ? `${field}-data: wanted ${wanted}` : `${field}: wanted ${wanted} in ${file}`;
  return new ConfigError("invalid", `${whose(entries, entry)}: ${place}, got ${got}; mend it`);
}

/** As Go reads it: with its padding, and in lines of any length. */
function isBase64(data: string): boolean {
  const text = data.replaceAll(/\s/g, "");
  return text.length % 4 === 0 && /^[A-Za-z\d+/]*={0,2}$/.test(text);
}
