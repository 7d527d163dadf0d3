import { InvalidArgumentError } from "../errors/invalid-argument.ts";
import type { GroupVersion } from "../unstructured/group-version-kind.ts";

/** One resource of one version of an API. */
export interface GroupVersionResource extends GroupVersion {
  /** The resource's name in URLs, such as `mycoolapps`. */
  readonly plural: string;
}

const label = /^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/;
const letterFirst = /^[a-z](?:[-a-z0-9]{0,61}[a-z0-9])?$/;

/**
 * Makes sure that a name can stand in a URL (apimachinery, path.IsValidPathSegmentName): other names would lead to another
 * resource, and some to a whole collection.
 *
 * @throws InvalidArgumentError
 */
export function checkName(name: unknown): string {
  if (typeof name !== "string" || name === "") throw wanted("name", "a name", name);
  if (name === "." || name === ".." || /[/%]/.test(name)) {
    throw wanted("name", 'a name that is not "." or ".." and holds no "/" and no "%"', name);
  }
  if (/\p{Surrogate}/u.test(name)) {
    throw new InvalidArgumentError("name", "wanted a name of whole characters, got one with half of a surrogate pair");
  }
  return name;
}

/**
 * Makes sure that a namespace can be one, a DNS label (RFC 1123): for another the server would answer with an empty list.
 *
 * @throws InvalidArgumentError
 */
export function checkNamespace(namespace: unknown): string {
  if (typeof namespace === "string" && label.test(namespace)) return namespace;
  throw wanted("namespace", "a DNS label: up to 63 lower-case letters, digits and dashes", namespace);
}

/**
 * Makes sure that group, version and plural can be what a cluster serves: a DNS subdomain or nothing, and two DNS labels
 * that begin with a letter (RFC 1035).
 *
 * @throws InvalidArgumentError
 */
export function checkResource(resource: GroupVersionResource): void {
  const { group, version, plural }: GroupVersionResource = Object(resource);
  if (group === undefined && version === undefined && plural === undefined) {
    throw wanted("resource", "a descriptor of generated code, or { group, version, plural }", resource);
  }
  const isGroup = typeof group === "string" && group.length <= 253 && (group === "" || group.split(".").every(isLabel));
  if (!isGroup) throw wanted("group", 'a DNS subdomain such as stable.example.com, or "" for the core group', group);
  if (!isLetterFirst(version)) throw wanted("version", "a version such as v1", version);
  if (!isLetterFirst(plural)) throw wanted("plural", "the plural of a resource, such as mycoolapps", plural);
}

/** The resource as Kubernetes writes it: `<plural>.<group>`, and for the core group the plural alone. */
export function resourceName({ group, plural }: GroupVersionResource): string {
  return group === "" ? plural : `${plural}.${group}`;
}

function isLabel(text: string): boolean {
  return label.test(text);
}

function isLetterFirst(text: unknown): boolean {
  return typeof text === "string" && letterFirst.test(text);
}

function wanted(argument: string, rule: string, got: unknown): InvalidArgumentError {
  return new InvalidArgumentError(argument, `wanted ${rule}, got ${shownArgument(got)}`);
}

/** What came in place of a name, in part, or its type alone: it may be something else than what it was taken for. */
export function shownArgument(got: unknown): string {
  return typeof got === "string" ? JSON.stringify(got.length > 40 ? `${got.slice(0, 39)}…` : got) : typeof got;
}
