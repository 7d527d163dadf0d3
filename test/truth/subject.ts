import type { GeneratedKind } from "../../src/generated.ts";
import { Breaker } from "./breakages.ts";
import type { Version } from "./definitions.ts";
import { rootSchema } from "./installed.ts";
import { Random } from "./random.ts";
import { metadataNode, type ObjectNode, type PropertyNode, type SchemaNode, schemaNode } from "./schema-node.ts";
import { ValueMaker } from "./values.ts";

/** A version whose types are checked, and what its objects are made with. */
export interface Subject {
  readonly version: Version;
  readonly generated: GeneratedKind;
  readonly seed: number;
  /** What `create` takes. */
  readonly input: ObjectNode;
  /** The same without apiVersion, kind and metadata: what a partial object is made of. */
  readonly content: ObjectNode;
  /** What the status subresource takes, where there is one. */
  readonly status: SchemaNode | undefined;
  readonly random: Random;
  readonly maker: ValueMaker;
  readonly breaker: Breaker;
}

/** Prepares the check of a version. The same seed gives the same objects, whatever else is checked. */
export function subjectOf(version: Version, generated: GeneratedKind, seed: number): Subject {
  const random = new Random(`${seed} ${version.definition.name} ${version.name}`);
  const root = schemaNode(rootSchema(version.schema, { defaults: true }), "");
  if (root.kind !== "object") throw new Error(`${version.definition.name}: wanted a schema of an object`);
  const properties = new Map(root.properties);
  const status = properties.get("status")?.node;
  for (const key of ["apiVersion", "kind", "metadata"]) properties.delete(key);
  if (version.statusSubresource) properties.delete("status");
  const content = { ...root, properties };
  return {
    version,
    generated,
    seed,
    content,
    input: { ...content, properties: new Map([...properties, ...identity(version)]) },
    status: version.statusSubresource ? status : undefined,
    random,
    maker: new ValueMaker(random),
    breaker: new Breaker(random),
  };
}

function identity({ definition, name }: Version): readonly (readonly [string, PropertyNode])[] {
  const text = { kind: "scalar", type: "string", nullable: false } as const;
  // The client fills these in where they are left out, so they are not required of an input.
  const optional = { required: false, defaulted: true };
  return [
    ["apiVersion", { ...optional, node: { ...text, path: ".apiVersion", enum: [`${definition.group}/${name}`] } }],
    ["kind", { ...optional, node: { ...text, path: ".kind", enum: [definition.kind] } }],
    ["metadata", { node: metadataNode(".metadata"), required: true, defaulted: false }],
  ];
}
