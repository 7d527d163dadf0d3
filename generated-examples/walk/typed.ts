/*
 * A walk through the reference example with the typed client. dynamic.ts is the same walk without generated code; `npm run
 * walk` runs both against a real server.
 */
import {
  CustomResourceDefinitionResource,
  DynamicClient,
  fromUnstructured,
  isNotFound,
  toUnstructured,
} from "@crd-gen/runtime";
import { type MyCoolApp, MyCoolAppResource, myCoolAppClient } from "../mycoolapp/stable.example.com/v1/mycoolapps.js";

const client = await DynamicClient.fromDefault();
const apps = myCoolAppClient(client);
const inDefault = apps.namespace("default");

// One object, with ten seconds for all of it. The compiler knows what may be absent.
const backend = await inDefault.get("backend-service", { timeoutMs: 10_000 });
console.log(`${backend.metadata.name} runs ${backend.spec?.image}`);
console.log(`replicas: ${backend.spec?.replicas}`);
for (const [key, value] of Object.entries(backend.spec?.config ?? {})) {
  // A key for somebody else's service is nothing to print.
  console.log(`config ${key}: ${key === "externalAPIKey" ? "(not shown)" : value}`);
}

const everywhere = await apps.list();
console.log(`in all namespaces: ${everywhere.items.map(placeOf).join(", ")}`);
const staging = await apps.namespace("my-namespace").list({ labelSelector: "env=staging" });
console.log(`staging in my-namespace: ${staging.items.map(placeOf).join(", ")}`);

// The definition itself is an object too, of a kind that is in no namespace.
const definition = await client.resource(CustomResourceDefinitionResource).get("mycoolapps.stable.example.com");
console.log(`scope of ${definition.metadata.name}: ${definition.spec.scope}`);

// To an unstructured object and back: both look at the same content, so that nothing is lost on the way.
const app = fromUnstructured(MyCoolAppResource, toUnstructured(MyCoolAppResource, structuredClone(backend)));
if (app.spec !== undefined) app.spec.replicas += 1;
app.status = { availableReplicas: 3, message: "scaling up" };
const updated = await inDefault.replace(app);
console.log(`replicas: ${updated.spec?.replicas}, ${updated.status?.message}`);
console.log(`config database: ${updated.spec?.config?.database}`);

try {
  await inDefault.get("no-such-app");
} catch (error) {
  if (!isNotFound(error)) throw error;
  console.log("no-such-app: not found");
}

await client.close();

function placeOf({ metadata }: MyCoolApp): string {
  return `${metadata.namespace}/${metadata.name}`;
}
