import { InvalidArgumentError } from "../errors/invalid-argument.ts";
import { apiVersionOf } from "../unstructured/group-version-kind.ts";

import { jsonTypeOf } from "../unstructured/json.ts";
import { isUnseen } from "./body.ts";
import { checkName, shownArgument } from "./names.ts";
import { isObject } from "./options.ts";

import type { Place } from "./requests.ts";

/** What is sent of an object, and its name where it has one. */
export interface ObjectBody<Name = string> {
  readonly body: object;
  readonly name: Name;
}

/** What the server takes for no resourceVersion at all. */
const noVersions: readonly unknown[] = [undefined, null, "", "0"];

/**
 * The body that creates an object.
 *
 * @throws InvalidArgumentError where it has a resourceVersion, which the server answers with an internal error, or no name,
 * as each object of a typed client has one. Other kinds may have none, such as reviews, which are answered and not kept.
 */
export function created(place: Place, object: object): ObjectBody<string | undefined> {
  const { body, metadata } = identified(place, object);
  if (!noVersions.includes(metadata.resourceVersion)) {
    const rule = "wanted none in an object to create: one that was read is there already; take it away, or use replace";
    throw new InvalidArgumentError("metadata.resourceVersion", rule);
  }
  const name = textOf(metadata.name);
  if (name !== undefined) checkName(name);
  else if (isTyped(place) && textOf(metadata.generateName) === undefined) throw missingName("a name or a generateName");
  return { body, name };
}

/**
 * The body that replaces an object or a subresource.
 *
 * @throws InvalidArgumentError where it has no name or, of a typed client, no resourceVersion, which its types demand of all but
 * a scale. Of other kinds some, such as ConfigMap, are replaced without one, whatever they are at the time.
 */
export function replaced(place: Place, object: object): ObjectBody {
  const { body, metadata } = identified(place, object);
  const name = textOf(metadata.name);
  if (name === undefined) throw missingName("the name of the object to replace");
  if (isTyped(place) && place.subresource !== "scale" && textOf(metadata.resourceVersion) === undefined) {
    const rule = "wanted that of the object as it was read, found none; read it first, change it, and replace it";
    throw new InvalidArgumentError("metadata.resourceVersion", rule);
  }
  return { body, name };
}

/**
 * The body of a server-side apply.
 *
 * @throws InvalidArgumentError where it has no name, or says who manages its fields, as an object does that was read.
 */
export function applied(place: Place, object: object): ObjectBody {
  const { body, metadata } = identified(place, object);
  const name = textOf(metadata.name);
  if (name === undefined) throw missingName("the name of the object to apply");
  if ((metadata.managedFields ?? null) !== null) {
    const rule = "wanted none in an object to apply: apply the fields that you mean to own, and not what was read";
    throw new InvalidArgumentError("metadata.managedFields", rule);
  }
  return { body, name };
}

/** An object with apiVersion and kind, filled in where they are left out; what it says has to be what the client is for. */
function identified(
  place: Place,
  object: object,
): { readonly body: object; readonly metadata: Readonly<Record<string, unknown>> } {
  const content = contentOf(object);
  if (!isFields(content)) throw new InvalidArgumentError("object", "wanted an object with metadata");
  const wanted = identityOf(place);
  const apiVersion = agreed("apiVersion", content.apiVersion, wanted.apiVersion);
  const kind = agreed("kind", content.kind, wanted.kind);
  const metadata = contentOf(content.metadata ?? {});
  if (!isFields(metadata)) throw new InvalidArgumentError("metadata", `wanted an object, got ${jsonTypeOf(metadata)}`);
  if (metadata.namespace !== undefined && metadata.namespace !== "" && metadata.namespace !== place.namespace) {
    const own = place.namespace === undefined ? "none: the client is for no namespace" : place.namespace;
    throw new InvalidArgumentError("metadata.namespace", `wanted ${own}, got ${shownArgument(metadata.namespace)}`);
  }
  const { apiVersion: _, kind: __, ...rest } = content;
  return { body: { apiVersion, kind, ...rest }, metadata };
}

/** What an object is as JSON: an Unstructured and its like say it by `toJSON`. */
function contentOf(object: unknown): unknown {
  const { toJSON } = Object(object);
  return typeof toJSON === "function" ? toJSON.call(object) : object;
}

/** Whether it is what is written field by field. */
function isFields(content: unknown): content is Readonly<Record<string, unknown>> {
  return isObject(content) && !isUnseen(content);
}

/** Whether the client is for a descriptor, which alone tells of subresources. */
function isTyped({ subresources }: Place): boolean {
  return subresources !== undefined;
}

function identityOf({ resource, subresource }: Place): {
  readonly apiVersion: string;
  readonly kind: string | undefined;
} {
  if (subresource === "scale") return { apiVersion: "autoscaling/v1", kind: "Scale" };
  return { apiVersion: apiVersionOf(resource), kind: resource.kind };
}

function agreed(field: "apiVersion" | "kind", given: unknown, wanted: string | undefined): string {
  if (given === undefined && wanted !== undefined) return wanted;
  if (typeof given === "string" && given !== "" && (wanted === undefined || given === wanted)) return given;
  const got = given === undefined ? "found none" : `got ${shownArgument(given)}`;
  throw new InvalidArgumentError(field, `wanted ${wanted ?? `the object's ${field}`}, ${got}`);
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function missingName(wanted: string): InvalidArgumentError {
  return new InvalidArgumentError("metadata.name", `wanted ${wanted}, found none`);
}
