import * as path from "node:path";
import { ConfigError } from "../errors/config-error.ts";
import type { ClientNode, KubeConfigEntries } from "./client-node.ts";
import type { KubeconfigText } from "./kubeconfig-files.ts";
import type { KubeConfigCluster, KubeConfigContext, KubeConfigUser } from "./kubeconfig-like.ts";

/** A cluster of a kubeconfig, with what client-node does not read of it. */
export interface ClusterEntry extends KubeConfigCluster {
  /** What the cluster has for exec plugins, which is theirs to understand. */
  readonly execConfig?: unknown;
}

/** A user of a kubeconfig, with what client-node does not read of it. */
export interface UserEntry extends KubeConfigUser {
  /** The path of a file with a bearer token, which is read again and again; it goes before `token`. */
  readonly tokenFile?: string | undefined;
  /** The groups that are asked as, with `impersonateUser`. */
  readonly impersonateGroups?: readonly string[] | undefined;
  readonly impersonateUid?: string | undefined;
  readonly impersonateExtra?: Readonly<Record<string, readonly string[]>> | undefined;
}

/**
 * Reads the text of a kubeconfig. Relative paths become absolute: those of files, and that of an exec plugin unless PATH is
 * to be searched for it. Half-made entries are kept, since only the ones that are used need to be whole; what has another
 * type than kubectl takes is refused. Nothing of the text is quoted but names.
 *
 * @throws ConfigError `invalid`.
 */
export function parseKubeconfig(kubeconfig: KubeconfigText, loadYaml: ClientNode["loadYaml"]): KubeConfigEntries {
  const { source, folder } = kubeconfig;
  const content = contentOf(kubeconfig, loadYaml);
  return {
    contexts: namedEntries(content, "context", source).map(contextOf),
    clusters: namedEntries(content, "cluster", source).map((entry) => clusterOf(entry, folder)),
    users: namedEntries(content, "user", source).map((entry) => userOf(entry, folder)),
    currentContext: textOf(content, "current-context", source),
  };
}

/** Puts kubeconfigs together as kubectl does: of each name, and of the current contexts, the first that there is. */
export function mergeKubeconfigs(kubeconfigs: readonly KubeConfigEntries[]): KubeConfigEntries {
  return {
    contexts: firstOfEachName(kubeconfigs.flatMap(({ contexts }) => contexts)),
    clusters: firstOfEachName(kubeconfigs.flatMap(({ clusters }) => clusters)),
    users: firstOfEachName(kubeconfigs.flatMap(({ users }) => users)),
    currentContext: kubeconfigs.find(({ currentContext }) => currentContext !== undefined)?.currentContext,
  };
}

function firstOfEachName<Entry extends { readonly name: string }>(entries: readonly Entry[]): readonly Entry[] {
  const byName = new Map<string, Entry>();
  for (const entry of entries) {
    if (!byName.has(entry.name)) byName.set(entry.name, entry);
  }
  return [...byName.values()];
}

type Fields = Readonly<Record<string, unknown>>;

/** An entry of one of the three lists. */
interface NamedEntry {
  readonly name: string;
  readonly fields: Fields;
  /** What to call it in messages. */
  readonly where: string;
}

function contentOf({ source, text }: KubeconfigText, loadYaml: ClientNode["loadYaml"]): Fields {
  // To kubectl a file without content is a kubeconfig without entries; to loadYaml it is an error.
  if (text.split("\n").every((line) => /^(\s*|(---|\.\.\.)\s*)(#|$)/.test(line))) return {};
  const content = fieldsOf(yamlOf(text, source, loadYaml), source);
  if (content.kind !== undefined && content.kind !== "Config") {
    throw new ConfigError("invalid", `${source}: wanted kind Config, got another kind; give a kubeconfig`);
  }
  return content;
}

function yamlOf(text: string, source: string, loadYaml: ClientNode["loadYaml"]): unknown {
  try {
    return loadYaml(text);
  } catch (error) {
    // Not as the cause: it has the text, and with it credentials.
    const place = placeOf(error);
    const problem = place === "" ? "wanted one YAML document, got none or several" : `cannot be read as YAML${place}`;
    throw new ConfigError("invalid", `${source}: ${problem}; mend it`);
  }
}

function placeOf(error: unknown): string {
  const mark: { line?: unknown; column?: unknown } =
    error instanceof Error && "mark" in error ? Object(error.mark) : {};
  const { line, column } = mark;
  return typeof line === "number" && typeof column === "number" ? ` (line ${line + 1}, column ${column + 1})` : "";
}

function namedEntries(content: Fields, kind: "context" | "cluster" | "user", source: string): readonly NamedEntry[] {
  const list = content[`${kind}s`] ?? [];
  if (!Array.isArray(list)) throw typeError(`${source}: ${kind}s`, "a list", list);
  return list.map((item: unknown, index) => {
    const place = `${source}: ${kind}s[${index}]`;
    const entry = fieldsOf(item, place);
    const name = textOf(entry, "name", place);
    if (name === undefined) throw new ConfigError("invalid", `${place}: wanted a name, found none; add it`);
    const where = `${source}: ${kind} ${JSON.stringify(name)}`;
    return { name, where, fields: fieldsOf(entry[kind] ?? {}, where) };
  });
}

function contextOf({ name, fields, where }: NamedEntry): KubeConfigContext {
  const text = (field: string): string | undefined => textOf(fields, field, where);
  return { name, cluster: text("cluster"), user: text("user"), namespace: text("namespace") };
}

function clusterOf({ name, fields, where }: NamedEntry, folder: string): ClusterEntry {
  const text = (field: string): string | undefined => textOf(fields, field, where);
  const skipTLSVerify = fields["insecure-skip-tls-verify"] ?? false;
  if (typeof skipTLSVerify !== "boolean") {
    throw typeError(`${where}: insecure-skip-tls-verify`, "true or false", skipTLSVerify);
  }
  return {
    name,
    server: text("server") ?? "",
    caData: text("certificate-authority-data"),
    caFile: absolute(text("certificate-authority"), folder),
    skipTLSVerify,
    tlsServerName: text("tls-server-name"),
    proxyUrl: text("proxy-url"),
    execConfig: execConfigOf(fields.extensions, `${where}: extensions`),
  };
}

function userOf({ name, fields, where }: NamedEntry, folder: string): UserEntry {
  const text = (field: string): string | undefined => textOf(fields, field, where);
  return {
    name,
    certData: text("client-certificate-data"),
    certFile: absolute(text("client-certificate"), folder),
    keyData: text("client-key-data"),
    keyFile: absolute(text("client-key"), folder),
    token: text("token"),
    tokenFile: absolute(text("tokenFile"), folder),
    username: text("username"),
    password: text("password"),
    impersonateUser: text("as"),
    exec: execOf(fields.exec, `${where}: exec`, folder),
    authProvider: providerOf(fields["auth-provider"], `${where}: auth-provider`),
    impersonateGroups: textsOf(fields["as-groups"], `${where}: as-groups`),
    impersonateUid: text("as-uid"),
    impersonateExtra: extraOf(fields["as-user-extra"], `${where}: as-user-extra`),
  };
}

/** The extension that client-go hands to plugins (`client.authentication.k8s.io/v1`, Cluster.config). */
function execConfigOf(value: unknown, where: string): unknown {
  if (value === undefined || value === null) return undefined;
  if (!Array.isArray(value)) throw typeError(where, "a list", value);
  const entries = value.map((item: unknown) => fieldsOf(item, where));
  return entries.find(({ name }) => name === "client.authentication.k8s.io/exec")?.extension;
}

function execOf(value: unknown, where: string, folder: string): KubeConfigUser["exec"] {
  if (value === undefined || value === null) return undefined;
  const exec = fieldsOf(value, where);
  const command = textOf(exec, "command", where) ?? "";
  return { ...exec, command: command.includes(path.sep) ? path.resolve(folder, command) : command };
}

function providerOf(value: unknown, where: string): KubeConfigUser["authProvider"] {
  if (value === undefined || value === null) return undefined;
  const provider = fieldsOf(value, where);
  return { ...provider, name: textOf(provider, "name", where) ?? "" };
}

function extraOf(value: unknown, where: string): UserEntry["impersonateExtra"] {
  if (value === undefined || value === null) return undefined;
  const lists = Object.entries(fieldsOf(value, where));
  return Object.fromEntries(lists.map(([key, list]) => [key, textsOf(list, `${where}: ${JSON.stringify(key)}`) ?? []]));
}

function textsOf(value: unknown, where: string): readonly string[] | undefined {
  if (value === undefined || value === null) return undefined;
  if (!Array.isArray(value)) throw typeError(where, "a list", value);
  return value.map((item: unknown) => {
    if (typeof item !== "string") throw typeError(where, "a list of texts in quotes", item);
    return item;
  });
}

function absolute(file: string | undefined, folder: string): string | undefined {
  return file === undefined ? undefined : path.resolve(folder, file);
}

function fieldsOf(value: unknown, where: string): Fields {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw typeError(where, "a mapping", value);
  return { ...value };
}

/** The text of a field; undefined where it is absent, null or empty, which are one to kubectl. */
function textOf(fields: Fields, field: string, where: string): string | undefined {
  const value = fields[field] ?? "";
  if (typeof value !== "string") throw typeError(`${where}: ${field}`, "text in quotes", value);
  return value === "" ? undefined : value;
}

function typeError(where: string, wanted: string, got: unknown): ConfigError {
  const type = Array.isArray(got) ? "list" : typeof got;
  return new ConfigError("invalid", `${where}: wanted ${wanted}, got type ${type}; mend it`);
}
