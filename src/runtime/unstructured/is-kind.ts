import { InvalidArgumentError } from "../errors/invalid-argument.ts";
import type { KindTypes, ResourceDescriptor } from "../gen/v1.ts";
import { apiVersionOf } from "./group-version-kind.ts";
import { isJsonObject, jsonTypeOf, ownValue } from "./json.ts";

type ReadOf<D> = D extends ResourceDescriptor<infer T> ? T["read"] : never;

/**
 * Makes sure that descriptors are some, where no type says so.
 *
 * @throws InvalidArgumentError
 */
export function checkDescriptors(descriptors: readonly unknown[]): void {
  for (const descriptor of descriptors) {
    if (typeof Object(descriptor).kind === "string") continue;
    const rule = `wanted descriptors of kinds, as generated code has them, got ${jsonTypeOf(descriptor)}`;
    throw new InvalidArgumentError("descriptors", rule);
  }
}

/**
 * Whether an object is of the kind, by its `apiVersion` and `kind` alone: neither whether it came from a server nor
 * whether it is valid is looked at. An Unstructured is none; ask for its content, `isKind(descriptor, u.object)`.
 */
export function isKind<T extends KindTypes>(descriptor: ResourceDescriptor<T>, object: unknown): object is T["read"];
/** Whether an object is of one of the kinds, by its `apiVersion` and `kind` alone. */
export function isKind<D extends ResourceDescriptor<KindTypes>>(
  descriptors: readonly D[],
  object: unknown,
): object is ReadOf<D>;
export function isKind(
  descriptors: ResourceDescriptor<KindTypes> | readonly ResourceDescriptor<KindTypes>[],
  object: unknown,
): boolean {
  const candidates = Array.isArray(descriptors) ? descriptors : [descriptors];
  checkDescriptors(candidates);
  if (!isJsonObject(object)) return false;
  const apiVersion = ownValue(object, "apiVersion");
  const kind = ownValue(object, "kind");
  return candidates.some((descriptor) => apiVersion === apiVersionOf(descriptor) && kind === descriptor.kind);
}
