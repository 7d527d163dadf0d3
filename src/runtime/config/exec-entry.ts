import { ConfigError } from "../errors/config-error.ts";
import type { KubeConfigExec } from "./kubeconfig-like.ts";

/** The versions in which a plugin and its caller can speak, as client-go has them. */
const apiVersions = ["client.authentication.k8s.io/v1", "client.authentication.k8s.io/v1beta1"];
const interactiveModes = ["Never", "IfAvailable", "Always"];

/**
 * Refuses an exec plugin that kubectl refuses. Of the types of its fields nothing is known before.
 *
 * @param where What to call the plugin in messages.
 * @throws ConfigError `invalid` that names the field.
 * @see https://kubernetes.io/docs/reference/config-api/kubeconfig.v1/#ExecConfig
 */
export function checkExec(exec: KubeConfigExec, where: string): void {
  const problem = problemOf(exec);
  if (problem !== undefined) throw new ConfigError("invalid", `${where}: ${problem}`);
}

function problemOf(exec: Readonly<Partial<Record<keyof KubeConfigExec, unknown>>>): string | undefined {
  const { command, apiVersion, interactiveMode, args, env } = exec;
  if (typeof command !== "string" || command === "") return "command: wanted the name or path of a program; add it";
  if (!isOneOf(apiVersions, apiVersion)) {
    const got =
      apiVersion === "client.authentication.k8s.io/v1alpha1" ? "v1alpha1, which is no more" : gotOf(apiVersion);
    return `apiVersion: wanted ${apiVersions.join(" or ")}, got ${got}; write the one that the plugin speaks`;
  }
  // Of v1beta1 it may be absent, and is IfAvailable then.
  const open = !interactiveMode && apiVersion === apiVersions[1];
  if (!open && !isOneOf(interactiveModes, interactiveMode)) {
    return `interactiveMode: wanted Never, IfAvailable or Always, got ${gotOf(interactiveMode)}; mend it`;
  }
  if (!isListOf(args, isText)) return "args: wanted a list of texts in quotes; mend it";
  if (!isListOf(env, isVariable)) return "env: wanted a list of name and value, both texts in quotes; mend it";
  return undefined;
}

function gotOf(value: unknown): string {
  return value ? "something else" : "none";
}

function isOneOf(known: readonly string[], value: unknown): boolean {
  return known.some((one) => one === value);
}

/** Absent and null are lists without items. */
function isListOf(value: unknown, isItem: (item: unknown) => boolean): boolean {
  return value === undefined || value === null || (Array.isArray(value) && value.every(isItem));
}

function isText(value: unknown): boolean {
  return typeof value === "string";
}

function isVariable(item: unknown): boolean {
  const { name, value }: { name?: unknown; value?: unknown } = Object(item);
  return isText(name) && name !== "" && isText(value ?? "");
}
