/*
 * A walk through the reference example with the dynamic client, which needs no generated code but for the one step that
 * converts to its types. typed.ts is the same walk with the typed client; `npm run walk` runs both against a real server.
 */
import {
  CustomResourceDefinitionResource,
  DynamicClient,
  fromUnstructured,
  isNotFound,
  toUnstructured,
  type Unstructured,
} from "@crd-gen/runtime";
import { MyCoolAppResource } from "../mycoolapp/stable.example.com/v1/mycoolapps.js";

const client = await DynamicClient.fromDefault();
const apps = client.resource({ group: "stable.example.com", version: "v1", plural: "mycoolapps" });
const inDefault = apps.namespace("default");

// One object, with ten seconds for all of it. A field that is absent is undefined, and one of another type an error.
const backend = await inDefault.get("backend-service", { timeoutMs: 10_000 });
console.log(`${backend.getName()} runs ${backend.nestedString("spec", "image")}`);
console.log(`replicas: ${backend.nestedInt64("spec", "replicas")}`);
for (const [key, value] of Object.entries(backend.nestedMap("spec", "config") ?? {})) {
  // A key for somebody else's service is nothing to print.
  console.log(`config ${key}: ${key === "externalAPIKey" ? "(not shown)" : value}`);
}

const everywhere = await apps.list();
console.log(`in all namespaces: ${everywhere.items.map(placeOf).join(", ")}`);
const staging = await apps.namespace("my-namespace").list({ labelSelector: "env=staging" });
console.log(`staging in my-namespace: ${staging.items.map(placeOf).join(", ")}`);

// The definition itself is an object too, of a kind that is in no namespace.
const { group, version, plural } = CustomResourceDefinitionResource;
const definition = await client.resource({ group, version, plural }).get("mycoolapps.stable.example.com");
console.log(`scope of ${definition.getName()}: ${definition.nestedString("spec", "scope")}`);

// To the generated types and back: what they do not know, such as config.database, stays where it is.
const app = fromUnstructured(MyCoolAppResource, backend.deepCopy());
if (app.spec !== undefined) app.spec.replicas += 1;
app.status = { availableReplicas: 3, message: "scaling up" };
const updated = await inDefault.replace(toUnstructured(MyCoolAppResource, app));
console.log(`replicas: ${updated.nestedInt64("spec", "replicas")}, ${updated.nestedString("status", "message")}`);
console.log(`config database: ${updated.nestedString("spec", "config", "database")}`);

try {
  await inDefault.get("no-such-app");
} catch (error) {
  if (!isNotFound(error)) throw error;
  console.log("no-such-app: not found");
}

await client.close();

function placeOf(object: Unstructured): string {
  return `${object.getNamespace()}/${object.getName()}`;
}
