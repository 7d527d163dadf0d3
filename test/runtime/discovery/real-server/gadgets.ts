import type {
  CustomResourceDefinitionToInstall,
  CustomResourceDefinitionVersion,
  KindTypes,
  ResourceDescriptor,
} from "../../../../src/runtime/gen/v1.ts";

/** A version of a definition; it is served, and no object is stored in it, unless that is said. */
export function version(
  name: string,
  more: Partial<CustomResourceDefinitionVersion> = {},
): CustomResourceDefinitionVersion {
  const schema = { openAPIV3Schema: { type: "object", "x-kubernetes-preserve-unknown-fields": true } };
  return { name, served: true, storage: false, schema, ...more };
}

/** A definition of a namespaced kind in a group of its own. */
export function definitionOf(
  kind: string,
  versions: CustomResourceDefinitionVersion[],
): CustomResourceDefinitionToInstall {
  const plural = `${kind.toLowerCase()}s`;
  const group = `${plural}.example.com`;
  return {
    metadata: { name: `${plural}.${group}` },
    spec: {
      group,
      scope: "Namespaced",
      names: { kind, plural, shortNames: [kind.toLowerCase().slice(0, 3)] },
      versions,
    },
  };
}

/** The kind as a program knows it that was generated for a version. */
export function descriptorOf(kind: string, ofVersion: string): ResourceDescriptor<KindTypes> {
  const plural = `${kind.toLowerCase()}s`;
  return { group: `${plural}.example.com`, version: ofVersion, kind, plural, scope: "Namespaced", subresources: [] };
}
