import { InvalidArgumentError } from "../errors/invalid-argument.ts";
import type { KindTypes, ResourceDescriptor } from "../gen/v1.ts";
import { apiVersionOf } from "./group-version-kind.ts";
import { isKind } from "./is-kind.ts";
import { type JsonObject, jsonTypeOf, ownValue } from "./json.ts";
import { namespacedName } from "./object-meta.ts";
import { Unstructured } from "./unstructured.ts";

/*
 * Between an Unstructured and the types of a kind. Both look at the same content, so that every field survives that the
 * types do not know; a change of one is a change of the other, and `deepCopy` makes them independent. Nothing is validated
 * but what is said here.
 */

/**
 * Why an object is not what it was to be converted to. `wrong-kind`: it is of another kind or version. `not-read`: it did
 * not come from a server.
 */
export type ConversionErrorCode = "wrong-kind" | "not-read";

/** An object that cannot be converted. The message names it, its kind and what it lacks, and holds nothing else of it. */
export class ConversionError extends Error {
  override readonly name = "ConversionError";
  readonly code: ConversionErrorCode;

  constructor(code: ConversionErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** Tells a ConversionError from other errors. */
export function isConversionError(error: unknown): error is ConversionError {
  return error instanceof ConversionError;
}

/**
 * Returns the content of an object that was read from a server, under the type of its kind; it is not copied.
 *
 * @throws ConversionError `wrong-kind` where group, version or kind are not the descriptor's, and `not-read` where the
 * metadata has no uid or no resourceVersion, which every object has that a server returned. InvalidArgumentError where it is no
 * Unstructured.
 */
export function fromUnstructured<T extends KindTypes>(descriptor: ResourceDescriptor<T>, u: Unstructured): T["read"] {
  checkUnstructured(u);
  if (!isKind(descriptor, u.object)) throw wrongKind(descriptor, u);
  if (!u.getUID()) throw notRead(u, "uid");
  if (!u.getResourceVersion()) throw notRead(u, "resourceVersion");
  return u.object;
}

/**
 * Returns the content of an object that is to be written, under the input type of its kind; it is not copied.
 *
 * @throws ConversionError `wrong-kind` where group, version or kind are not the descriptor's. InvalidArgumentError where it is
 * no Unstructured.
 */
export function inputFromUnstructured<T extends KindTypes>(
  descriptor: ResourceDescriptor<T>,
  u: Unstructured,
): T["input"] {
  checkUnstructured(u);
  const content: unknown = u.object;
  if (!isKind(descriptor, content)) throw wrongKind(descriptor, u);
  return content as T["input"];
}

/**
 * Returns an Unstructured over a typed object, whose content is the object itself. Only where `apiVersion` or `kind` is
 * absent, the content is a shallow copy that has them: the given object is not changed.
 *
 * @throws ConversionError `wrong-kind` where `apiVersion` or `kind` is there and not the descriptor's. InvalidArgumentError
 * where it is no JSON object, such as an instance of a class.
 */
export function toUnstructured<T extends KindTypes>(
  descriptor: ResourceDescriptor<T>,
  object: T["read"] | T["input"],
): Unstructured {
  const given = new Unstructured(object as unknown as JsonObject);
  const complete = withTypeMeta(descriptor, given);
  if (!isKind(descriptor, complete.object)) throw wrongKind(descriptor, given);
  return complete;
}

function checkUnstructured(u: unknown): void {
  if (u instanceof Unstructured) return;
  const remedy = "isKind tells whether an object without it is of the kind";
  throw new InvalidArgumentError("u", `wanted an Unstructured, got ${jsonTypeOf(u)}; ${remedy}`);
}

function withTypeMeta(descriptor: ResourceDescriptor<KindTypes>, u: Unstructured): Unstructured {
  const apiVersion = ownValue(u.object, "apiVersion") ?? apiVersionOf(descriptor);
  const kind = ownValue(u.object, "kind") ?? descriptor.kind;
  if (apiVersion === u.object.apiVersion && kind === u.object.kind) return u;
  const typeMeta = { apiVersion, kind };
  // The first puts them first, as in a manifest; the last replaces those that are undefined or null.
  return new Unstructured({ ...typeMeta, ...u.object, ...typeMeta });
}

function wrongKind(descriptor: ResourceDescriptor<KindTypes>, u: Unstructured): ConversionError {
  const wanted = `${apiVersionOf(descriptor)} ${descriptor.kind}`;
  const got = `${u.getApiVersion() || "(no apiVersion)"} ${u.getKind() || "(no kind)"}`;
  return new ConversionError("wrong-kind", `unstructured: ${subject(u)}: wanted ${wanted}, got ${got}`);
}

function notRead(u: Unstructured, lacking: string): ConversionError {
  const problem = `wanted an object that a server returned, got one without metadata.${lacking}`;
  const remedy = "use inputFromUnstructured for an object that is to be written";
  return new ConversionError("not-read", `unstructured: ${subject(u)}: ${problem}; ${remedy}`);
}

function subject(u: Unstructured): string {
  return namespacedName(u.object) ?? "(no name)";
}
