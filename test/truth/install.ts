import { setTimeout as delay } from "node:timers/promises";
import { isRecord, listOf } from "../fidelity/raw-schema.ts";
import type { Api } from "./api.ts";
import { type Definition, objectsPath } from "./definitions.ts";
import { type InstallOptions, installedDefinition } from "./installed.ts";
import type { Json } from "./json.ts";

const collection = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
/** Milliseconds between two questions. */
const pause = 200;
/** Milliseconds that a definition may take until it is served; with some hundreds of them most takes the queue. */
const patience = 300_000;

/** A definition that is not served, and why. */
export interface Refused {
  readonly definition: Definition;
  readonly message: string;
}

/** What became of definitions that were to be installed. */
export interface Installed {
  readonly served: readonly Definition[];
  readonly refused: readonly Refused[];
}

/** Creates definitions and waits until their objects can be created. */
export async function install(
  api: Api,
  definitions: readonly Definition[],
  options: InstallOptions,
): Promise<Installed> {
  const served: Definition[] = [];
  const refused: Refused[] = [];
  await Promise.all(
    definitions.map(async (definition) => {
      const body = installedDefinition(definition, options);
      const { code, body: answer } = await api.send({ method: "POST", path: collection, body });
      const message = code === 201 ? await whyNeverServed(api, definition) : messageOf(answer);
      if (message === undefined) served.push(definition);
      else refused.push({ definition, message });
    }),
  );
  return { served, refused };
}

/** Changes what is installed to another form of the same definitions, and waits until every version shows its warning. */
export async function reinstall(
  api: Api,
  definitions: readonly Definition[],
  options: InstallOptions & { readonly warning: string },
): Promise<void> {
  await Promise.all(
    definitions.map(async (definition) => {
      const { spec } = installedDefinition(definition, options);
      const path = `${collection}/${definition.name}`;
      const versions = isRecord(spec) ? (spec.versions as Json) : [];
      const contentType = "application/merge-patch+json";
      await api.expect({ method: "PATCH", path, body: { spec: { versions } }, contentType });
      const shown = await asked(definition, async (list) => {
        const { warning = "" } = await api.send({ method: "GET", path: list });
        return warning.includes(options.warning);
      });
      if (!shown)
        throw new Error(`${definition.name}: wanted it to be served with its defaults in ${patience / 1000} s`);
    }),
  );
}

/** Waits until a definition is served; undefined then, else why it is not. */
async function whyNeverServed(api: Api, definition: Definition): Promise<string | undefined> {
  if (definition.versions.length === 0) return "it serves no version that has a schema";
  let conditions = "";
  const isServed = await asked(definition, async (list) => {
    if ((await api.send({ method: "GET", path: list })).code === 200) return true;
    const { body } = await api.send({ method: "GET", path: `${collection}/${definition.name}` });
    const listed = isRecord(body) ? listOf(body.status, "conditions").filter(isRecord) : [];
    conditions = listed.map(({ type, status, message }) => `${type}=${status}: ${message}`).join("; ");
    // Another definition has the names; that does not change by itself.
    if (listed.some(({ type, status }) => type === "NamesAccepted" && status === "False")) throw new NeverServed();
    return false;
  }).catch((error: unknown) => {
    if (error instanceof NeverServed) return false;
    throw error;
  });
  return isServed ? undefined : conditions;
}

class NeverServed extends Error {}

/** Asks again until the lists of all versions are as wanted, or until nobody can believe that they will be. */
async function asked(definition: Definition, isAsWanted: (list: string) => Promise<boolean>): Promise<boolean> {
  const end = performance.now() + patience;
  for (const version of definition.versions) {
    const list = `${objectsPath(version, false)}?limit=1`;
    while (!(await isAsWanted(list))) {
      if (performance.now() > end) return false;
      await delay(pause);
    }
  }
  return true;
}

function messageOf(answer: unknown): string {
  return isRecord(answer) && typeof answer.message === "string" ? answer.message : JSON.stringify(answer);
}
