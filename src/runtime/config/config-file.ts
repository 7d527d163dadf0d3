import { readFile } from "node:fs/promises";
import { ConfigError } from "../errors/config-error.ts";
import { checkHeaders } from "./header-value.ts";

/**
 * Reads a file that is part of the way to a cluster; undefined where it does not exist.
 *
 * @param subject - what to call it in messages
 * @throws ConfigError `unreadable`.
 */
export async function readIfThere(file: string, subject: string): Promise<Buffer | undefined> {
  try {
    return await readFile(file);
  } catch (error) {
    const reason = reasonOf(error);
    if (reason === "ENOENT" || reason === "ENOTDIR") return undefined;
    const message = `${subject}: ${file} cannot be read (${reason}); make it a file that this program may read`;
    throw new ConfigError("unreadable", message, { cause: error });
  }
}

/**
 * Reads a file that has to be there.
 *
 * @param subject - what to call it in messages
 * @throws ConfigError `unreadable`.
 */
export async function readNeeded(file: string, subject: string): Promise<Buffer> {
  const content = await readIfThere(file, subject);
  if (content !== undefined) return content;
  throw new ConfigError(
    "unreadable",
    `${subject}: wanted the file ${file}, found none; mend the path, or put it there`,
  );
}

/**
 * Reads the authorization header that a file with a bearer token stands for, without the white space around the token. It is
 * to be read again and again, since the token is replaced before it expires.
 *
 * @param subject - what to call it in messages
 * @throws ConfigError `unreadable`, also where it is empty; `invalid` where it holds what no header does.
 */
export async function readBearer(file: string, subject: string): Promise<string> {
  const token = (await readNeeded(file, subject)).toString().trim();
  checkHeaders({ authorization: token }, `${subject}: ${file}`);
  if (token !== "") return `Bearer ${token}`;
  throw new ConfigError("unreadable", `${subject}: wanted a token in ${file}, found it empty; have it written anew`);
}

/**
 * What may be said of an error that was not made here: its code, as ENOENT, or the name of its class. Its message may hold
 * credentials.
 */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  return "code" in error && typeof error.code === "string" ? error.code : error.constructor.name;
}
