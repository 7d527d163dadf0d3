import { type Declared, declare } from "../../src/declare/declare.ts";
import { TypeShapes } from "../../src/declare/type-shapes.ts";
import type { GenerateOptions } from "../../src/generated.ts";
import { buildModel } from "../../src/model/build-model.ts";
import { coreTypes } from "../../src/model/core-types.ts";
import type { ResourceModel } from "../../src/model/resource-model.ts";
import { normalize } from "../../src/normalize/normalize.ts";
import { customResource, type DefinitionParts } from "../definition.ts";

/** The declarations of a definition's first version, and what the model lost. */
export interface DeclaredKind {
  readonly model: ResourceModel;
  readonly declared: Declared;
  readonly losses: readonly string[];
}

/** Declares the first version of a definition. */
export async function declareKind(parts: DefinitionParts, options: GenerateOptions = {}): Promise<DeclaredKind> {
  const resource = customResource(parts);
  const [version] = resource.versions;
  const storedVersion = resource.versions.find(({ storage }) => storage);
  if (version === undefined || storedVersion === undefined) throw new Error("the definition has no stored version");
  const stored = normalize(resource, storedVersion, false);
  const normalized = version === storedVersion ? stored : normalize(resource, version, false);
  const model = buildModel(
    { resource, version, schema: normalized.schema, stored: stored.schema },
    coreTypes(),
    options,
  );
  const losses = [...normalized.context.losses, ...model.losses].map(
    ({ path, what, emitted }) => `${path}: ${what} → ${emitted}`,
  );
  return { model, declared: await declare(model, new TypeShapes()), losses };
}

/** The text of the declarations below a kind whose spec has these properties, as far as their names begin with AnvilSpec. */
export async function specText(properties: object, spec: object = {}): Promise<string> {
  const schema = { type: "object", properties: { spec: { type: "object", properties, ...spec } } };
  return belowRoot((await declareKind({ schema })).declared.text);
}

/** The declarations without those of the root, which are the first two. */
export function belowRoot(text: string): string {
  return text.split("\n\n").slice(2).join("\n\n");
}
