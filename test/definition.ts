import type { CustomResource } from "../src/parse/custom-resource.ts";
import { parse } from "../src/parse/parse.ts";
import type { RawDocument } from "../src/read/raw-document.ts";

/** The parts of a definition; what is left out is as in {@link definition}. */
export interface DefinitionParts {
  readonly metadata?: object;
  readonly spec?: object;
  readonly names?: object;
  /** Stands in place of the versions; each is completed by the fields of the one version. */
  readonly versions?: readonly object[];
  readonly schema?: unknown;
}

/** A small definition of the kind Anvil, in one served and stored version. */
export function definition({ metadata, spec, names, versions, schema }: DefinitionParts = {}): {
  readonly [key: string]: unknown;
} {
  const version = {
    name: "v1",
    served: true,
    storage: true,
    schema: { openAPIV3Schema: schema ?? { type: "object" } },
  };
  return {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: "anvils.forge.example.com", ...metadata },
    spec: {
      group: "forge.example.com",
      scope: "Namespaced",
      names: { kind: "Anvil", plural: "anvils", ...names },
      versions: (versions ?? [{}]).map((part) => ({ ...version, ...part })),
      ...spec,
    },
  };
}

/** A document without a text behind it. */
export function rawDocument(tree: unknown, place: Partial<RawDocument> = {}): RawDocument {
  return { tree, source: "crd.yaml", document: 1, prefix: [], ...place };
}

/** A definition as the parse stage gives it; throws where that finds anything wrong. */
export function customResource(parts: DefinitionParts = {}): CustomResource {
  const { resources, diagnostics } = parse([rawDocument(definition(parts))]);
  const [resource] = resources;
  if (resource === undefined || diagnostics.length > 0) throw new Error(JSON.stringify(diagnostics));
  return resource;
}
