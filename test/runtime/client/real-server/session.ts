import { readFileSync } from "node:fs";
import * as path from "node:path";
import { inspect } from "node:util";
import { parse } from "yaml";
import { DynamicClient } from "../../../../src/runtime/client/dynamic-client.ts";
import type { GroupVersionResource } from "../../../../src/runtime/client/names.ts";
import type { UnstructuredVerbs } from "../../../../src/runtime/client/unstructured-client.ts";
import type { ApiWarning } from "../../../../src/runtime/client/warnings.ts";
import type { ClusterConfig, Credentials } from "../../../../src/runtime/config/cluster-config.ts";
import { ApiError } from "../../../../src/runtime/errors/api-error.ts";
import { isNotFound } from "../../../../src/runtime/errors/predicates.ts";
import {
  type CustomResourceDefinitionInput,
  CustomResourceDefinitionResource,
} from "../../../../src/runtime/kinds/custom-resource-definition.ts";
import { NamespaceResource } from "../../../../src/runtime/kinds/namespace.ts";
import type { JsonObject } from "../../../../src/runtime/unstructured/json.ts";
import type { ApiServer } from "../../../cluster/server.ts";
import { WorkQueueResource } from "./workqueues.ts";

export const workqueues: GroupVersionResource = { group: "stable.example.com", version: "v1", plural: "workqueues" };

/** Clients of a server that is under test. */
export class Session {
  readonly server: ApiServer;
  /** As the user of the client certificate. */
  readonly client: DynamicClient;
  /** What the server has warned that client of. */
  readonly warnings: ApiWarning[] = [];
  readonly #others: DynamicClient[] = [];

  constructor(server: ApiServer) {
    this.server = server;
    const { certificate: cert, key } = server.clientCertificate;
    const config = this.#config({ headers: {}, tls: { ca: server.ca, cert, key } });
    this.client = DynamicClient.fromConfig(config, { onWarning: (warning) => void this.warnings.push(warning) });
  }

  /** A client that shows a token; with headers beside it. It is closed with the session. */
  tokenClient(token: string, headers: Readonly<Record<string, string>> = {}): DynamicClient {
    const { ca } = this.server;
    const credentials = { headers: { authorization: `Bearer ${token}`, ...headers }, tls: { ca } };
    const client = DynamicClient.fromConfig(this.#config(credentials), { onWarning: () => undefined });
    this.#others.push(client);
    return client;
  }

  /** Creates a namespace; it goes with the server. */
  async namespace(generateName: string): Promise<string> {
    const { metadata } = await this.client.resource(NamespaceResource).create({ metadata: { generateName } });
    return metadata.name;
  }

  /** The typed and the untyped client for work queues, which have the same verbs. */
  queues(namespace: string): Readonly<Record<"typed" | "untyped", UnstructuredVerbs>> {
    // What is typed gives the content itself, which the tests look at as JSON.
    const typed = this.client.resource(WorkQueueResource).namespace(namespace) as unknown as UnstructuredVerbs;
    return { typed, untyped: this.client.resource(workqueues).namespace(namespace) };
  }

  /** Installs a definition and waits until it is served. */
  async install(definition: CustomResourceDefinitionInput): Promise<void> {
    const definitions = this.client.resource(CustomResourceDefinitionResource);
    const { metadata, spec } = await definitions.create(definition);
    const { name, resourceVersion } = metadata;
    const options = { fieldSelector: { "metadata.name": name }, resourceVersion, timeoutMs: 30_000 };
    for await (const event of definitions.watch(options)) {
      if (event.type !== "MODIFIED" && event.type !== "ADDED") continue;
      const conditions = event.object.status?.conditions ?? [];
      if (conditions.some(({ type, status }) => type === "Established" && status === "True")) break;
    }
    const { group, names, versions } = spec;
    for (const version of versions) {
      await untilFound(() => this.client.resource({ group, version: version.name, plural: names.plural }).list());
    }
  }

  async close(): Promise<void> {
    await Promise.all([this.client, ...this.#others].map((client) => client.close()));
  }

  #config(credentials: Credentials): ClusterConfig {
    return {
      server: this.server.baseUrl,
      name: "the server under test",
      namespace: undefined,
      credentials: async () => credentials,
    };
  }
}

/** A definition that is Established is not served at once. */
async function untilFound(ask: () => Promise<unknown>): Promise<void> {
  const end = performance.now() + 30_000;
  for (;;) {
    try {
      await ask();
      return;
    } catch (error) {
      if (!isNotFound(error) || performance.now() > end) throw error;
    }
  }
}

/** A definition of the reference example. */
export function fixture(name: string): CustomResourceDefinitionInput {
  const file = path.join(import.meta.dirname, "../../../../fixtures/mycoolapp", `${name}.yaml`);
  return parse(readFileSync(file, "utf8"));
}

/** The error of a call, which has to be the server's. */
export async function problemOf(call: Promise<unknown>): Promise<ApiError> {
  const outcome = await call.catch((error: unknown) => error);
  if (outcome instanceof ApiError) return outcome;
  throw new Error(`wanted an ApiError, got ${inspect(outcome)}`);
}

/** The content of an object, whatever it was read as. */
export function content(object: unknown): JsonObject {
  return JSON.parse(JSON.stringify(object));
}

/** The metadata of an object. */
export function metadataOf(object: unknown): JsonObject {
  return content(object).metadata as JsonObject;
}

/** A work queue to write. */
export function queue(name: string, more: { readonly metadata?: object; readonly spec?: object } = {}): JsonObject {
  return content({
    apiVersion: "stable.example.com/v1",
    kind: "WorkQueue",
    metadata: { name, ...more.metadata },
    spec: { queueName: name, ...more.spec },
  });
}
