import { ConfigError } from "../errors/config-error.ts";
import { type ContextEntries, whose } from "./context-entries.ts";
import { checkExec } from "./exec-entry.ts";
import { checkHeaders } from "./header-value.ts";
import type { UserEntry } from "./kubeconfig-entries.ts";

/**
 * Refuses a user that kubectl refuses: of two ways to prove who asks where only one can be meant, and with an exec plugin that
 * is none. A token that no header takes is refused too.
 *
 * @throws ConfigError `invalid`.
 */
export function checkUser(entries: ContextEntries): void {
  const { user } = entries;
  if (user === undefined) return;
  const where = whose(entries, "user");
  const two = twoOf(user);
  if (two !== undefined) throw new ConfigError("invalid", `${where}: wanted ${two}, found both; remove one of them`);
  checkHeaders({ authorization: user.token?.trim() ?? "" }, `${where}: token`);
  if (user.exec) checkExec(user.exec, `${where}: exec`);
}

function twoOf({ token, tokenFile, username, password, exec, authProvider }: UserEntry): string | undefined {
  if ((token || tokenFile) && (username || password))
    return `${token ? "token" : "tokenFile"} or username and password`;
  return exec && authProvider ? "exec or auth-provider" : undefined;
}

/** Whether a user proves by itself who asks, so that its exec plugin is not run, as by client-go. */
export function needsNoPlugin(user: UserEntry): boolean {
  const { token, tokenFile, username, certData, certFile } = user;
  return Boolean(token || tokenFile || username || certData || certFile);
}
