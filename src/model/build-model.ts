import type { GenerateOptions, Loss } from "../generated.ts";
import type { Docs, ObjectSchema, StructuralSchema } from "../normalize/structural-schema.ts";
import type { CustomResource, CustomResourceVersion } from "../parse/custom-resource.ts";
import { DeclarationBuilder } from "./build-declarations.ts";
import type { CoreTypes } from "./core-match.ts";
import { kindFilePath } from "./file-names.ts";
import { clientName, kindTypeName, nameObjects } from "./names.ts";
import { declareObject, type ObjectMembers } from "./object-declarations.ts";
import type { Member, ResourceModel, TypeExpression } from "./resource-model.ts";

/** A version of a kind with everything that its model depends on. */
export interface ModelInput {
  readonly resource: CustomResource;
  readonly version: CustomResourceVersion;
  readonly schema: ObjectSchema;
  /** The schema of the version that the server stores. */
  readonly stored: ObjectSchema | undefined;
}

/** Decides every name and view of one version of a kind. */
export function buildModel(input: ModelInput, core: CoreTypes, options: GenerateOptions): ResourceModel {
  const { resource, version, schema, stored } = input;
  const typeName = kindTypeName(resource.kind);
  const losses: Loss[] = [];
  const builder = new DeclarationBuilder(
    {
      names: nameObjects(schema, typeName),
      stored,
      core,
      mapped: mappingOf(resource, version, options),
      onLoss: (loss) => losses.push({ crd: resource.crd, version: version.name, ...loss }),
    },
    [...version.document.prefix, ...version.schemaPath],
  );
  const properties = schema.properties.filter(({ key }) => key !== "metadata");
  const members = builder.members({ ...schema, properties }, stored, true);
  const root = rootMembers(input, members);
  const docs = rootDocs(schema.docs, version);
  const declarations = declareObject(
    { ...schema, exclusive: [] },
    { name: typeName, members: root, alwaysInput: true, docs },
  );
  return {
    resource,
    version,
    typeName,
    path: kindFilePath(resource, version),
    deprecation: deprecationOf(resource, version),
    clientName: clientName(typeName),
    declarations: [...declarations, ...builder.declarations()],
    statusInput: version.hasStatus ? members.input.find(({ key }) => key === "status")?.type : undefined,
    losses,
  };
}

function deprecationOf(resource: CustomResource, version: CustomResourceVersion): string | undefined {
  if (!version.deprecated) return undefined;
  return version.deprecationWarning ?? `${resource.group}/${version.name} ${resource.kind} is deprecated`;
}

function rootDocs(docs: Docs, version: CustomResourceVersion): Docs {
  if (!version.deprecated) return docs;
  const text = version.deprecationWarning ?? "";
  return { ...docs, tags: [...docs.tags, { name: "deprecated", text }] };
}

function mappingOf(
  resource: CustomResource,
  version: CustomResourceVersion,
  { types }: GenerateOptions,
): (name: string) => TypeExpression | undefined {
  if (types === undefined) return () => undefined;
  return (name) => {
    const mapping = types[`${resource.group}/${version.name}/${name}`] ?? types[name];
    if (mapping === undefined) return undefined;
    return { kind: "external", name: mapping.name, from: mapping.from, alias: `_${name}` };
  };
}

/** The members of the kind itself: literal apiVersion and kind, the contract's metadata, and what the schema declares. */
function rootMembers({ resource, version, schema }: ModelInput, members: ObjectMembers): ObjectMembers {
  const docsOf = (key: string): Docs => {
    const declared = schema.properties.find((property) => property.key === key);
    return declared === undefined ? { description: "", tags: [] } : headDocs(declared.schema);
  };
  const head = (key: string, type: TypeExpression, optional: boolean): Member => ({
    key,
    type,
    optional,
    readonly: false,
    docs: docsOf(key),
  });
  const apiVersion: TypeExpression = { kind: "literals", values: [`${resource.group}/${version.name}`] };
  const kind: TypeExpression = { kind: "literals", values: [resource.kind] };
  const metadata = resource.scope === "Namespaced" ? "NamespacedObjectMeta" : "ObjectMeta";
  const heads = new Set(["apiVersion", "kind", "metadata"]);
  const rest = ({ key }: Member): boolean => !heads.has(key);
  const written = ({ key }: Member): boolean => !heads.has(key) && !(version.hasStatus && key === "status");
  return {
    read: [
      head("apiVersion", apiVersion, false),
      head("kind", kind, false),
      head("metadata", { kind: "contract", name: metadata }, false),
      ...members.read.filter(rest),
    ],
    input: [
      head("apiVersion", apiVersion, true),
      head("kind", kind, true),
      head("metadata", { kind: "contract", name: "ObjectMetaInput" }, false),
      ...members.input.filter(written),
    ],
    differs: true,
    identity: members.identity,
  };
}

/** The comment of apiVersion, kind or metadata; what a schema says of metadata's name stands there as `@name maxLength 63`. */
function headDocs(schema: StructuralSchema): Docs {
  if (schema.kind !== "object") return schema.docs;
  const tags = schema.properties.flatMap(({ key, schema: property }) =>
    property.docs.tags.map(({ name, text }) => {
      const said = `${name} ${text}`.trimEnd();
      // The server allows no others, but files hold them, and the name of a tag is never a text of theirs.
      return key === "name" || key === "generateName"
        ? { name: key, text: said }
        : { name: "field", text: `${key} ${said}` };
    }),
  );
  return { ...schema.docs, tags: [...schema.docs.tags, ...tags] };
}
