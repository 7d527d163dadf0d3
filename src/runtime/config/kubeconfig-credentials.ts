import { ConfigError } from "../errors/config-error.ts";
import type { Credentials, TlsIdentity } from "./cluster-config.ts";
import { readBearer, reasonOf } from "./config-file.ts";
import { type ContextEntries, whose } from "./context-entries.ts";
import type { PluginCredentials } from "./exec-credential.ts";
import { checkHeaders } from "./header-value.ts";
import { impersonationOf } from "./impersonation.ts";
import type { UserEntry } from "./kubeconfig-entries.ts";
import type { HttpsOptions, KubeConfigLike } from "./kubeconfig-like.ts";
import { tlsOfEntries } from "./kubeconfig-tls.ts";

/** What the credentials of a context depend on besides its entries. */
interface CredentialWays {
  /** The address of the proxy. */
  readonly proxy: string | undefined;
  /** Runs the user's exec plugin. */
  readonly runPlugin: (() => Promise<PluginCredentials>) | undefined;
}

/**
 * The credentials of this moment. The KubeConfig is asked for headers and for what authentication providers give; the rest is
 * read here, as it says nothing of a cluster without a user, refuses plain http, and reads files without saying what for. Plain
 * http gets no credentials but whom to impersonate, and the cluster's authority for a proxy of https, as in client-go.
 *
 * @throws ConfigError `unreadable` for files, `plugin` for everything that is run or asked, `invalid` for what cannot be sent.
 */
export async function credentialsOf(
  kubeConfig: KubeConfigLike,
  entries: ContextEntries,
  { proxy, runPlugin }: CredentialWays,
): Promise<Credentials> {
  const { server, user } = entries;
  const impersonation = user === undefined ? {} : impersonationOf(user);
  checkHeaders(impersonation, whose(entries, "user"));
  const secure = server.startsWith("https:");
  const tls = secure || /^https:/i.test(proxy ?? "") ? await tlsOfEntries(entries) : {};
  if (!secure) return { headers: impersonation, tls };
  if (user === undefined) return { headers: {}, tls };
  const options = await apply(kubeConfig, user, entries.where);
  const headers = headersOf(options);
  checkHeaders(headers, whose(entries, "user"));
  const given = await runPlugin?.();
  if (given?.token !== undefined) headers.authorization = `Bearer ${given.token}`;
  if (user.tokenFile) headers.authorization = await readBearer(user.tokenFile, `${whose(entries, "user")}: tokenFile`);
  return { headers: { ...headers, ...impersonation }, tls: { ...tls, ...tlsOfOptions(options), ...given?.tls } };
}

/** Has the KubeConfig prove that this user asks, whatever its current context is. */
async function apply(kubeConfig: KubeConfigLike, user: UserEntry, where: string): Promise<HttpsOptions> {
  // These are done by us, and to client-node a user without password has the password "undefined".
  const { certData, certFile, keyData, keyFile, exec, impersonateUser, ...rest } = user;
  const asked = { ...rest, password: user.password ?? "" };
  const view: KubeConfigLike = Object.create(kubeConfig, {
    getCurrentCluster: { value: () => null },
    getCurrentUser: { value: () => asked },
  });
  const options: HttpsOptions = {};
  try {
    await view.applyToHTTPSOptions(options);
  } catch (error) {
    // Not with the cause: it may have credentials.
    throw new ConfigError("plugin", `${where}: user ${JSON.stringify(user.name)}: ${problemOf(user, error)}`);
  }
  if (user.authProvider && !hasCredentials(options)) {
    // Without them the request would be nobody's, and the server's answer would not say why.
    throw new ConfigError("plugin", `${where}: user ${JSON.stringify(user.name)}: ${silenceOf(user.authProvider)}`);
  }
  return options;
}

function hasCredentials({ headers = {}, auth, cert, pfx }: HttpsOptions): boolean {
  return Object.keys(headers).length > 0 || Boolean(auth || cert || pfx);
}

function silenceOf({ name = "" }: NonNullable<UserEntry["authProvider"]>): string {
  const advice = /^(?:azure|gcp|oidc)$/.test(name)
    ? signIn
    : "it is unknown here, and kubectl has dropped such providers: use an exec plugin";
  return `auth-provider ${JSON.stringify(name)} gave no credentials; ${advice}`;
}

const signIn = "sign in again with the tool that wrote this user";

function problemOf({ authProvider }: UserEntry, error: unknown): string {
  const reason = reasonOf(error);
  const failed = reason === "Error" ? "failed" : `failed (${reason})`;
  if (authProvider) {
    const name = JSON.stringify(authProvider.name ?? "");
    return `auth-provider ${name} ${failed}; ${signIn}`;
  }
  return `authentication ${failed}; mend the user, or what was added to the KubeConfig to authenticate`;
}

function headersOf({ headers = {}, auth }: HttpsOptions): Record<string, string> {
  const byName: Record<string, string> = {};
  if (auth) byName.authorization = `Basic ${Buffer.from(auth).toString("base64")}`;
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) byName[name.toLowerCase()] = (Array.isArray(value) ? value.join(", ") : `${value}`).trim();
  }
  return byName;
}

function tlsOfOptions(options: HttpsOptions): TlsIdentity {
  const { ca, cert, key, pfx, passphrase, servername, rejectUnauthorized } = options;
  return withoutAbsent({ ca, cert, key, pfx, passphrase, servername, rejectUnauthorized });
}

function withoutAbsent<T extends object>(object: T): { [Key in keyof T]?: Exclude<T[Key], undefined> } {
  const present = Object.entries(object).filter(([, value]) => value !== undefined);
  return Object.fromEntries(present) as { [Key in keyof T]?: Exclude<T[Key], undefined> };
}
