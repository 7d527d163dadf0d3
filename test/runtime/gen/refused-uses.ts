/** A use of the contract that must not compile. */
export interface RefusedUse {
  readonly name: string;
  /**
   * Statements of an async function that has the values of `prelude`. A line that the compilers must refuse ends in
   * `// error: `, the error's code and, where the code alone does not give the reason, words that the message or its
   * explanation must hold. No other line may be refused.
   */
  readonly code: string;
}

/** What stands before the uses. The specifiers are those of the consumer project that the test writes. */
export const prelude = `
import type {
  AbortSignalLike, Apply, ApplyOptions, Atomic, Condition, CreateOf, DynamicClient, JsonPatchOperation, KindTypes,
  LabelSelector, MapList, MergePatch, NamespacedObjectMeta, ObjectMeta, ObjectMetaInput, ObjectVerbs, OrInherited,
  ResourceDescriptor, ResourceRequirements, ScaleInput, StatusClient,
} from "@crd-gen/runtime/gen/v1";
import type { Gateway, GatewayTypes } from "./samples/gateways.ts";
import { GatewayResource, gatewayClient } from "./samples/gateways.ts";
import type { MyCoolApp, MyCoolAppInput, MyCoolAppTypes } from "./samples/mycoolapps.ts";
import { MyCoolAppResource, myCoolAppClient } from "./samples/mycoolapps.ts";
import type { Tenant } from "./samples/tenants.ts";
import { TenantResource, tenantClient } from "./samples/tenants.ts";

declare const client: DynamicClient;
declare const app: MyCoolApp;
declare const gateway: Gateway;
declare const tenant: Tenant;
declare const appInput: MyCoolAppInput;
declare const condition: Condition;
const apps = myCoolAppClient(client).namespace("default");
const gateways = gatewayClient(client).namespace("default");
const tenants = tenantClient(client);
const metadata = { name: "web" };
const manager = { fieldManager: "test" };
interface Overrides {
  constructor?: OrInherited<{ name: string }, "constructor">;
  toString?: OrInherited<string, "toString">;
}
`;

export const refusedUses: readonly RefusedUse[] = [
  {
    name: "get on a namespaced kind before namespace()",
    code: `await myCoolAppClient(client).get("web"); // error: TS2339`,
  },
  {
    name: "create on a namespaced kind before namespace()",
    code: `await myCoolAppClient(client).create(appInput); // error: TS2339`,
  },
  {
    name: "deleteCollection over all namespaces",
    code: `await myCoolAppClient(client).deleteCollection(); // error: TS2339`,
  },
  { name: "namespace() on a cluster-scoped kind", code: `tenants.namespace("default"); // error: TS2339` },
  { name: "namespace() twice", code: `apps.namespace("default"); // error: TS2339` },
  { name: "status of a kind without subresources", code: `await apps.status.get("web"); // error: TS2339` },
  { name: "scale of a kind without subresources", code: `await apps.scale.get("web"); // error: TS2339` },
  { name: "scale of a kind with status only", code: `await tenants.scale.get("a"); // error: TS2339` },
  {
    name: "apply on the scale",
    code: `await gateways.scale.apply({ metadata, spec: { replicas: 1 } }, manager); // error: TS2339`,
  },
  {
    name: "create without a required field",
    code: `
await apps.create({
  metadata,
  spec: { replicas: 1 }, // error: TS2741
});`,
  },
  {
    name: "create without a required object",
    code: `await gateways.create({ metadata }); // error: TS2345 Property 'spec' is missing`,
  },
  {
    name: "create without metadata",
    code: `await apps.create({ spec: { image: "a:b", replicas: 1 } }); // error: TS2345 Property 'metadata' is missing`,
  },
  {
    name: "a misspelt field in create",
    code: `
await apps.create({
  metadata,
  spec: { image: "a:b", replicas: 1, replicaz: 2 }, // error: TS2561 replicaz
});`,
  },
  {
    name: "the status of a kind that has it as a subresource, in create",
    code: `
await gateways.create({
  metadata,
  spec: { className: "a", listeners: [] },
  status: { replicas: 1 }, // error: TS2353
});`,
  },
  {
    name: "a resourceVersion in create",
    code: `
await apps.create({
  metadata: { name: "web", resourceVersion: "1" }, // error: TS2322 type 'never'
});`,
  },
  { name: "an object just read in create", code: `await apps.create(app); // error: TS2379 resourceVersion` },
  {
    name: "an object just read as what create takes",
    code: `const object: CreateOf<GatewayTypes> = gateway; // error: TS2322 CreateObjectMeta`,
  },
  { name: "the input view in replace", code: `await apps.replace(appInput); // error: TS2379 ReplaceObjectMeta` },
  {
    name: "replace without a resourceVersion",
    code: `
await apps.replace({
  metadata, // error: TS2322 Property 'resourceVersion' is missing
});`,
  },
  {
    name: "replace without a name",
    code: `
await apps.replace({
  metadata: { resourceVersion: "1" }, // error: TS2322 Property 'name' is missing
});`,
  },
  {
    name: "an object of another kind in replace",
    code: `await apps.replace(gateway); // error: TS2379 stable.example.com/v1`,
  },
  {
    name: "a resourceVersion in the input view",
    code: `const input: MyCoolAppInput = { metadata: { resourceVersion: "1" } }; // error: TS2353`,
  },
  {
    name: "a misspelt field in apply",
    code: `await apps.apply({ metadata, spec: { imagee: "a:b" } }, manager); // error: TS2561`,
  },
  {
    name: "a misspelt top-level field in apply",
    code: `await apps.apply({ metadata, spce: {} }, manager); // error: TS2353 'spce'`,
  },
  {
    name: "a misspelt field in an item of a keyed list in apply",
    code: `await gateways.apply({ metadata, spec: { listeners: [{ port: 1, targetport: 2 }] } }, manager); // error: TS2561`,
  },
  {
    name: "an item of a keyed list without its key in apply",
    code: `await gateways.apply({ metadata, spec: { listeners: [{ targetPort: 2 }] } }, manager); // error: TS2322 Property 'port' is missing`,
  },
  {
    name: "an open item of a keyed list without its key in apply",
    code: `await gateways.apply({ metadata, spec: { plugins: [{ level: 9 }] } }, manager); // error: TS2322 Property 'name' is missing`,
  },
  {
    name: "a declared field of an open item with another type in apply",
    code: `await gateways.apply({ metadata, spec: { plugins: [{ name: "a", enabled: "yes" }] } }, manager); // error: TS2322`,
  },
  {
    name: "an incomplete atomic object in apply",
    code: `await gateways.apply({ metadata, spec: { token: { name: "secret" } } }, manager); // error: TS2322 Property 'key' is missing`,
  },
  {
    name: "an incomplete item of an atomic list in apply",
    code: `await gateways.apply({ metadata, spec: { routes: [{ rewrite: "/" }] } }, manager); // error: TS2741`,
  },
  {
    name: "both sides of an exclusive union in apply",
    code: `
const backend = { service: { name: "a", port: 1 }, url: "https://example.com" };
await gateways.apply({ metadata, spec: { backend } }, manager); // error: TS2322 'url'`,
  },
  {
    name: "an unknown enum value in an open object in apply",
    code: `await apps.apply({ metadata, spec: { config: { logLevel: "TRACE" } } }, manager); // error: TS2322`,
  },
  {
    name: "null in apply where the field is not nullable",
    code: `await apps.apply({ metadata, spec: { replicas: null } }, manager); // error: TS2322`,
  },
  {
    name: "generateName in apply",
    code: `
await apps.apply({
  metadata: { name: "web", generateName: "web-" }, // error: TS2322 'never'
}, manager);`,
  },
  { name: "apply without a name", code: `await apps.apply({ metadata: { labels: {} } }, manager); // error: TS2741` },
  {
    name: "apply of an object just read",
    code: `await apps.apply(app, manager); // error: TS2379 ApplyObjectMeta`,
  },
  {
    name: "apply without a field manager",
    code: `
const options: ApplyOptions = { force: true }; // error: TS2741 'fieldManager'
await apps.apply({ metadata }, options);`,
  },
  { name: "apply without options", code: `await apps.apply({ metadata }); // error: TS2554` },
  { name: "force in replace", code: `await apps.replace(app, { force: true }); // error: TS2353` },
  { name: "force in patch", code: `await apps.patch("web", { merge: {} }, { force: true }); // error: TS2353` },
  {
    name: "an unknown field selector",
    code: `await apps.list({ fieldSelector: { "spec.image": "a:b" } }); // error: TS2353`,
  },
  {
    name: "an unknown field selector that excludes",
    code: `await apps.list({ fieldSelector: { "spec.image": { not: "a:b" } } }); // error: TS2353`,
  },
  {
    name: "a field selector that excludes no text",
    code: `await apps.list({ fieldSelector: { "metadata.name": { not: 5 } } }); // error: TS2322`,
  },
  {
    name: "a selectable field of another kind",
    code: `for await (const event of apps.watch({ fieldSelector: { "spec.className": "a" } })) event.type; // error: TS2353`,
  },
  {
    name: "the namespace as a field selector of a cluster-scoped kind",
    code: `await tenants.list({ fieldSelector: { "metadata.namespace": "a" } }); // error: TS2353`,
  },
  { name: "a limit for a watch", code: `gateways.watch({ limit: 5 }); // error: TS2353` },
  {
    name: "an unknown option",
    code: `await apps.get("web", { timeoutSeconds: 5 }); // error: TS2353 'timeoutSeconds'`,
  },
  {
    name: "a misspelt field in a merge patch",
    code: `await apps.patch("web", { merge: { spec: { replicaz: 2 } } }); // error: TS2561`,
  },
  {
    name: "an incomplete item of a list in a merge patch",
    code: `await gateways.patch("web", { merge: { spec: { listeners: [{ port: 1 }] } } }); // error: TS2741`,
  },
  {
    name: "null for a required field in a merge patch",
    code: `await apps.patch("web", { merge: { spec: { image: null } } }); // error: TS2322`,
  },
  {
    name: "null for a required object in a merge patch",
    code: `await gateways.patch("web", { merge: { spec: null } }); // error: TS2322`,
  },
  {
    name: "null for a required list in a merge patch",
    code: `await gateways.patch("web", { merge: { spec: { listeners: null } } }); // error: TS2322`,
  },
  {
    name: "null for a required field of a map's value in a merge patch",
    code: `await gateways.patch("web", { merge: { spec: { limits: { a: { rate: null } } } } }); // error: TS2322`,
  },
  {
    name: "null for a required field of an open object in a merge patch",
    code: `await tenants.patch("a", { merge: { owner: null } }); // error: TS2322`,
  },
  {
    name: "null for what is required and nullable in a merge patch",
    code: `const patch: MergePatch<{ a: string | null }> = { a: null }; // error: TS2322`,
  },
  {
    name: "null for a required key that is not declared in a merge patch",
    code: `const patch: MergePatch<{ [key: string]: unknown; a: unknown }> = { b: null, a: null }; // error: TS2322`,
  },
  {
    name: "null for both sides of an exclusive union in a merge patch",
    code: `await gateways.patch("web", { merge: { spec: { backend: { service: null, url: null } } } }); // error: TS2322`,
  },
  {
    name: "null for the kind in a merge patch",
    code: `await apps.patch("web", { merge: { kind: null } }); // error: TS2322`,
  },
  {
    name: "null for the apiVersion of a kind that is open at its root in a merge patch",
    code: `await tenants.patch("a", { merge: { apiVersion: null } }); // error: TS2322`,
  },
  {
    name: "another kind in a merge patch",
    code: `await apps.patch("web", { merge: { kind: "Gateway" } }); // error: TS2322`,
  },
  {
    name: "a wrong type under a name that every object inherits something under",
    code: `const written: Overrides = { toString: 5 }; // error: TS2322`,
  },
  {
    name: "the same in apply",
    code: `const applied: Apply<Overrides> = { toString: 5 }; // error: TS2322`,
  },
  {
    name: "the same in a merge patch",
    code: `const patch: MergePatch<Overrides> = { toString: 5 }; // error: TS2322`,
  },
  {
    name: "a scalar for an object under such a name in apply",
    code: `const applied: Apply<Overrides> = { constructor: "a" }; // error: TS2322`,
  },
  {
    name: "a misspelt field below such a name in apply",
    code: `const applied: Apply<Overrides> = { constructor: { nam: "a" } }; // error: TS2561`,
  },
  {
    name: "what may be inherited, read as what was written",
    code: `const text: string = ({} as Overrides).toString ?? ""; // error: TS2322`,
  },
  {
    name: "a new name in a merge patch",
    code: `await apps.patch("web", { merge: { metadata: { name: "other" } } }); // error: TS2353`,
  },
  {
    name: "the status in a merge patch of a kind that has it as a subresource",
    code: `await gateways.patch("web", { merge: { status: {} } }); // error: TS2353`,
  },
  {
    name: "both forms of a patch",
    code: `await apps.patch("web", { merge: {}, json: [] }); // error: TS2345 property 'json'`,
  },
  { name: "a strategic merge patch", code: `await apps.patch("web", { strategic: {} }); // error: TS2353` },
  {
    name: "a JSON patch that adds nothing",
    code: `const operation: JsonPatchOperation = { op: "add", path: "/spec" }; // error: TS2322 Property 'value' is missing`,
  },
  {
    name: "the spec in a status patch",
    code: `await gateways.status.patch("web", { merge: { spec: {} } }); // error: TS2353`,
  },
  {
    name: "a misspelt field in a status apply",
    code: `await gateways.status.apply({ metadata, status: { fase: "Ready" } }, manager); // error: TS2353`,
  },
  {
    name: "status.replace without a resourceVersion",
    code: `await gateways.status.replace({ metadata, status: { replicas: 1 } }); // error: TS2741`,
  },
  {
    name: "a field of an object that has not been narrowed to one",
    code: `(await apps.delete("web")).spec; // error: TS2339`,
  },
  {
    name: "the object of an event before its type is known",
    code: `for await (const event of gateways.watch()) event.object.spec; // error: TS2339`,
  },
  {
    name: "an unknown property of a closed object",
    code: `app.spec?.extra; // error: TS2339`,
  },
  { name: "an optional part without a check", code: `app.spec.image; // error: TS18048` },
  {
    name: "a namespace of a cluster-scoped object as a certain string",
    code: `const namespace: string = tenant.metadata.namespace; // error: TS2322`,
  },
  {
    name: "the metadata of a cluster-scoped object where a namespace is needed",
    code: `const namespaced: NamespacedObjectMeta = tenant.metadata; // error: TS2375 'namespace'`,
  },
  {
    name: "written metadata as metadata that was read",
    code: `const read: ObjectMeta = appInput.metadata; // error: TS2739`,
  },
  {
    name: "a condition with a status of another case",
    code: `const other: Condition = { ...condition, status: "true" }; // error: TS2820`,
  },
  {
    name: "a keyed list with a key that its items lack",
    code: `const list: MapList<Condition, "name"> = [condition]; // error: TS2344`,
  },
  {
    name: "an atomic object with a misspelt field",
    code: `const selector: Atomic<LabelSelector> = { matchLabel: {} }; // error: TS2561`,
  },
  {
    name: "an owner without a uid",
    code: `const input: ObjectMetaInput = { ownerReferences: [{ apiVersion: "v1", kind: "Pod", name: "a" }] }; // error: TS2322 Property 'uid' is missing`,
  },
  {
    name: "a claim without a name",
    code: `const resources: ResourceRequirements = { claims: [{ request: "a" }] }; // error: TS2741`,
  },
  {
    name: "a descriptor of another scope",
    code: `
const descriptor: ResourceDescriptor<GatewayTypes> = {
  ...GatewayResource,
  scope: "Cluster", // error: TS2322
};`,
  },
  {
    name: "a descriptor with a subresource that the kind lacks",
    code: `
const descriptor: ResourceDescriptor<MyCoolAppTypes> = {
  ...MyCoolAppResource,
  subresources: ["status"], // error: TS2322
};`,
  },
  {
    name: "a descriptor of one kind as that of another",
    code: `const descriptor: ResourceDescriptor<MyCoolAppTypes> = TenantResource; // error: TS2375 TenantTypes`,
  },
  {
    name: "a tie without metadata in the read view",
    code: `
interface Loose extends KindTypes { // error: TS2430
  read: { spec: string };
}
const loose = (types: Loose): string => types.scope;
loose;`,
  },
  {
    name: "verbs without a status where it is needed",
    code: `const verbs: ObjectVerbs<MyCoolAppTypes> & { status: StatusClient<MyCoolAppTypes> } = apps; // error: TS2322 Property 'status' is missing`,
  },
  {
    name: "a scale without a spec",
    code: `const scale: ScaleInput = { metadata }; // error: TS2741`,
  },
  {
    name: "a number as a signal",
    code: `const signal: AbortSignalLike = 5; // error: TS2322`,
  },
];
