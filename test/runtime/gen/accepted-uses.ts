/*
 * Uses of the contract that must compile, under every supported compiler. Nothing here runs. The values are parameters,
 * because a declared variable is narrowed by what it is initialized with and an argument is not.
 */
import type {
  AbortSignalLike,
  Apply,
  ApplyOf,
  Atomic,
  Condition,
  CreateOf,
  DynamicClient,
  KindTypes,
  LabelSelector,
  MapList,
  MergePatch,
  ObjectClient,
  ObjectMeta,
  ObjectMetaInput,
  ObjectVerbs,
  OrInherited,
  ReplaceOf,
  ResourceClient,
  ResourceDescriptor,
  ResourceList,
  Scale,
  ScaleInput,
  Status,
  StatusClient,
  WatchEvent,
} from "../../../src/runtime/gen/v1.ts";
import type {
  Gateway,
  GatewayInput,
  GatewaySpecInput,
  GatewayStatus,
  GatewayStatusInput,
  GatewayTypes,
} from "./samples/gateways.ts";
import { GatewayResource, gatewayClient } from "./samples/gateways.ts";
import type { MyCoolApp, MyCoolAppInput, MyCoolAppTypes } from "./samples/mycoolapps.ts";
import { MyCoolAppResource, myCoolAppClient } from "./samples/mycoolapps.ts";
import type { Tenant, TenantInput, TenantTypes } from "./samples/tenants.ts";
import { TenantResource, tenantClient } from "./samples/tenants.ts";

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const same = <A, B>(..._proof: Same<A, B> extends true ? [] : ["the types differ"]): void => {};

export async function readAndWrite(client: DynamicClient, signal: AbortSignalLike): Promise<void> {
  const everywhere = myCoolAppClient(client);
  const apps = everywhere.namespace("default");
  const list: ResourceList<MyCoolApp> = await everywhere.list({ labelSelector: "app=mycoolapp", limit: 500, signal });
  for await (const page of everywhere.pages({ limit: 100, continue: list.metadata.continue })) page.items.slice();

  const app = await apps.get("backend-service", { timeoutMs: 5_000 });
  const namespace: string = app.metadata.namespace;
  const environment: string | undefined = app.spec?.config?.environment;
  const database: unknown = app.spec?.config?.database;
  if (namespace !== environment) await apps.replace(app, { fieldManager: "test" });
  await apps.replace({ ...app, spec: { image: "web:v2", replicas: 2, config: { database } } });

  await apps.create({ metadata: { generateName: "web-" }, spec: { image: "web:v1", replicas: 1 } }, { dryRun: true });
  const { resourceVersion: _version, uid: _uid, ...metadata } = app.metadata;
  await apps.create({ ...app, metadata });

  const answer = await apps.delete("web", {
    propagationPolicy: "Foreground",
    preconditions: { uid: app.metadata.uid },
  });
  if (answer.kind === "Status") answer.details?.causes?.map((cause) => cause.field);
  else answer.spec?.image.trim();
  (await apps.deleteCollection({ fieldSelector: { "metadata.name": "web" } })).items.map((item) => item.metadata.uid);
  await apps.list({ fieldSelector: { "metadata.name": { not: "web" }, "metadata.namespace": { not: ["a", "b"] } } });
}

export async function clusterScoped(client: DynamicClient): Promise<void> {
  const tenants = tenantClient(client);
  const tenant = await tenants.get("a");
  const owner: string = tenant.owner;
  await tenants.create({ metadata: { name: "b" }, owner, budget: 5 });
  await tenants.replace(tenant);
  await tenants.apply({ metadata: { name: "b" }, owner, budget: 6 }, { fieldManager: "test" });
  await tenants.patch("b", { merge: { owner: "c", budget: null } });
  await tenants.patch("b", { merge: { apiVersion: "org.example.com/v1beta1", kind: "Tenant" } });
  await tenants.status.apply({ metadata: { name: "b" }, status: { namespaces: ["x"] } }, { fieldManager: "test" });
}

export async function watch(client: DynamicClient): Promise<string | undefined> {
  for await (const event of gatewayClient(client).watch({ fieldSelector: { "spec.className": "internal" } })) {
    switch (event.type) {
      case "ADDED":
      case "MODIFIED":
      case "DELETED":
        return event.object.spec.className;
      case "BOOKMARK":
        return event.object.metadata.resourceVersion;
      case "ERROR":
        return event.object.reason;
      default:
        return event satisfies never;
    }
  }
  return undefined;
}

export async function applyAndPatch(client: DynamicClient): Promise<void> {
  const gateways = gatewayClient(client).namespace("default");
  const metadata = { name: "edge" };
  const options = { fieldManager: "test", force: true };
  await gateways.apply({ metadata }, options);
  await gateways.apply(
    { apiVersion: "net.example.com/v1", kind: "Gateway", metadata, spec: { timeout: null } },
    options,
  );
  await gateways.apply({ metadata, spec: { listeners: [{ port: 443, tls: { mode: "Terminate" } }] } }, options);
  await gateways.apply({ metadata, spec: { listeners: [{ port: 53, protocol: "UDP", targetPort: "dns" }] } }, options);
  await gateways.apply({ metadata, spec: { backend: { service: { port: 80 } } } }, options);
  await gateways.apply(
    { metadata, spec: { token: { key: "t" }, routes: [{ path: "/" }], limits: { a: { rate: 1 } } } },
    options,
  );
  await gateways.apply({ metadata, spec: { plugins: [{ name: "gzip", level: 9 }] } }, options);

  await gateways.patch("edge", { merge: { spec: { replicas: 3, timeout: null, selector: null } } });
  await gateways.patch("edge", {
    merge: { apiVersion: "net.example.com/v1", kind: "Gateway", spec: { replicas: null } },
  });
  await gateways.patch("edge", { merge: { metadata: { labels: { a: null, b: "c" }, resourceVersion: "1" } } });
  await gateways.patch("edge", { merge: { spec: { backend: { service: null, url: "https://example.com" } } } });
  await gateways.patch("edge", { merge: { spec: { backend: { service: { name: "a", port: 80 }, url: null } } } });
  await gateways.patch("edge", { merge: { spec: { backend: { weight: null } } } });
  await gateways.patch("edge", { merge: { spec: { selector: { matchLabels: { old: null } }, limits: { a: null } } } });
  await gateways.patch("edge", {
    json: [
      { op: "test", path: "/metadata/resourceVersion", value: "1" },
      { op: "add", path: "/spec/addresses/-", value: "10.0.0.1" },
      { op: "move", from: "/spec/token", path: "/spec/other" },
      { op: "remove", path: "/spec/timeout" },
    ],
  });
}

export async function subresources(client: DynamicClient, condition: Condition): Promise<void> {
  const gateways = gatewayClient(client).namespace("default");
  const gateway = await gateways.get("edge");
  await gateways.status.replace({ ...gateway, status: { replicas: 1, conditions: [condition] } });
  await gateways.status.replace(gateway);
  await gateways.status.patch("edge", { merge: { status: { phase: null, conditions: [condition] } } });
  const partly = [{ type: "Ready", status: "True" as const }];
  await gateways.status.apply({ metadata: { name: "edge" }, status: { conditions: partly } }, { fieldManager: "test" });

  const scale = await gateways.scale.get("edge");
  await gateways.scale.replace({ ...scale, spec: { replicas: (scale.spec.replicas ?? 0) + 1 } });
  await gateways.scale.replace({ metadata: { name: "edge" }, spec: { replicas: 3 } });
  await gateways.scale.patch("edge", { merge: { spec: { replicas: 0 } } });
}

/** What was read is a value of every view that takes it, and ordinary values pass the marks. */
export function assignability(
  app: MyCoolApp,
  gateway: Gateway,
  tenant: Tenant,
  inputs: { app: MyCoolAppInput; gateway: GatewayInput; tenant: TenantInput },
  plain: { conditions: Condition[]; selector: LabelSelector; metadata: ObjectMeta; scale: Scale },
): unknown[] {
  const read: [MyCoolAppInput, GatewayInput, TenantInput] = [app, gateway, tenant];
  const replace: [ReplaceOf<MyCoolAppTypes>, ReplaceOf<GatewayTypes>, ReplaceOf<TenantTypes>] = [app, gateway, tenant];
  const create: [CreateOf<MyCoolAppTypes>, CreateOf<GatewayTypes>, CreateOf<TenantTypes>] = [
    inputs.app,
    inputs.gateway,
    inputs.tenant,
  ];
  const status: GatewayStatusInput | undefined = gateway.status;
  const conditions: MapList<Condition, "type"> = plain.conditions.filter((item) => item.status === "True");
  const selector: Atomic<LabelSelector> = plain.selector;
  const back: [Condition[], LabelSelector] = [conditions, selector];
  const metadata: ObjectMetaInput = plain.metadata;
  const scale: ScaleInput = plain.scale;
  return [read, replace, create, status, back, metadata, scale];
}

export function descriptors(): ResourceDescriptor<KindTypes>[] {
  return [MyCoolAppResource, GatewayResource, TenantResource];
}

/** Code over any kind. */
export async function anyKind<T extends KindTypes>(
  client: DynamicClient,
  descriptor: ResourceDescriptor<T>,
  verbs: ObjectVerbs<T> & { status: StatusClient<T> },
  input: T["input"],
): Promise<string[]> {
  const resource: ResourceClient<T> = client.resource(descriptor);
  const created: T["read"] = await verbs.create(input);
  const read = await verbs.status.get(created.metadata.name);
  const names = [read.metadata.name, descriptor.plural];
  for (const item of (await verbs.list()).items) names.push(item.metadata.uid);
  for await (const event of verbs.watch()) if (event.type === "ADDED") names.push(event.object.metadata.name);
  return resource === undefined ? [] : names;
}

export function oneClientOfAnother(client: ObjectClient<GatewayTypes>, tenants: ObjectClient<TenantTypes>): void {
  const verbs: ObjectVerbs<GatewayTypes> & { status: StatusClient<GatewayTypes> } = client;
  const withStatus: ObjectVerbs<TenantTypes> & { status: StatusClient<TenantTypes> } = tenants;
  void [verbs, withStatus];
}

/** Properties that are called like something in every object. */
interface Overrides {
  constructor?: OrInherited<{ name: string; arguments?: string[] }, "constructor">;
  hasOwnProperty?: OrInherited<boolean, "hasOwnProperty">;
  toString?: OrInherited<string | null, "toString">;
  plain?: string;
}

/** They can be left out of every view, and whether a value is there can be seen. */
export function overrides(read: Overrides): (string | null)[] {
  const absent: [Overrides, Apply<Overrides>, MergePatch<Overrides>] = [{}, { plain: "a" }, { plain: null }];
  const written: Overrides = { constructor: { name: "a" }, hasOwnProperty: true, toString: null };
  const applied: Apply<Overrides> = { constructor: { arguments: [] }, hasOwnProperty: false, toString: "a" };
  const patch: MergePatch<Overrides> = { constructor: { arguments: null }, hasOwnProperty: null, toString: null };
  const text = typeof read.toString === "function" ? "absent" : read.toString;
  void [absent, written, applied, patch];
  return [text ?? null];
}

export function views(): void {
  same<Apply<unknown>, unknown>();
  same<Apply<string | null>, string | null>();
  same<Apply<string[]>, string[]>();
  same<Apply<GatewaySpecInput>["routes"], GatewaySpecInput["routes"]>();
  same<Apply<GatewaySpecInput>["token"], GatewaySpecInput["token"]>();
  same<Apply<{ a: { b: number }; c?: "x" | "y" }>, { a?: { b?: number }; c?: "x" | "y" }>();
  same<MergePatch<unknown>, unknown>();
  same<MergePatch<{ a: { b: number }; c: string[] }>, { a?: { b?: number }; c?: string[] }>();
  same<MergePatch<{ a?: { b?: number }; c?: string[] }>, { a?: { b?: number | null } | null; c?: string[] | null }>();
  same<MergePatch<{ a: string | null; b?: string | null }>, { a?: string; b?: string | null }>();
  same<MergePatch<{ a: unknown; b?: unknown }>, { a?: NonNullable<unknown>; b?: unknown }>();
  same<ApplyOf<MyCoolAppTypes>["kind"], "MyCoolApp" | undefined>();
  same<NonNullable<Gateway["status"]>, GatewayStatus>();
  same<Extract<WatchEvent<Gateway>, { type: "ERROR" }>["object"], Status>();
}
