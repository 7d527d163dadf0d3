import { inspect } from "node:util";
import type { ApiAttempt } from "../../../../src/runtime/client/attempts.ts";
import { DynamicClient } from "../../../../src/runtime/client/dynamic-client.ts";
import type { GroupVersionResource } from "../../../../src/runtime/client/names.ts";
import type { UnstructuredClient } from "../../../../src/runtime/client/unstructured-client.ts";
import type { ApiWarning } from "../../../../src/runtime/client/warnings.ts";
import type { ClusterConfig, Credentials } from "../../../../src/runtime/config/cluster-config.ts";
import { ApiError } from "../../../../src/runtime/errors/api-error.ts";
import { isNotFound } from "../../../../src/runtime/errors/predicates.ts";
import type { KindTypes, ResourceDescriptor } from "../../../../src/runtime/gen/v1.ts";
import {
  type CustomResourceDefinitionInput,
  CustomResourceDefinitionResource,
} from "../../../../src/runtime/kinds/custom-resource-definition.ts";
import { NamespaceResource } from "../../../../src/runtime/kinds/namespace.ts";
import { readText } from "../../../../src/runtime/transport/read-body.ts";
import type { Transport, TransportRequest, TransportResponse } from "../../../../src/runtime/transport/transport.ts";
import { UndiciTransport } from "../../../../src/runtime/transport/undici-transport.ts";
import type { JsonObject } from "../../../../src/runtime/unstructured/json.ts";
import type { ApiServer } from "../../../cluster/server.ts";
import { expectNoSecret, guarded, planted } from "../../guarded.ts";

/** Whether a client is asked by the descriptor of a kind, or by group, version and plural. */
export type Way = "typed" | "untyped";
export const ways: readonly Way[] = ["typed", "untyped"];

/** A transport that keeps what was asked for. */
class CountedTransport implements Transport {
  /** In their order; what a client sends again counts again. */
  readonly requests: TransportRequest[] = [];
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  request(request: TransportRequest): Promise<TransportResponse> {
    this.requests.push(request);
    return this.#transport.request(request);
  }

  /** Sends what no verb can, and gives the answer, which has to be one of success. */
  async post(path: string, body: string): Promise<JsonObject> {
    const headers = { accept: "application/json", "content-type": "application/json" };
    const response = await this.request({ method: "POST", path, headers, body });
    const text = await readText(response);
    if (response.status > 299) throw new Error(`POST ${path}: wanted success, got ${text}`);
    return JSON.parse(text);
  }

  close(): Promise<void> {
    return this.#transport.close();
  }
}

/** A client of a server under test: whatever it throws or warns of is looked through for secrets. */
export interface TestClient {
  readonly client: DynamicClient;
  readonly transport: CountedTransport;
  readonly warnings: readonly ApiWarning[];
}

/** Clients of a server under test. What they create goes with the server. */
export class Session {
  readonly server: ApiServer;
  /** As the user of the client certificate. */
  readonly admin: TestClient;
  /** What may be in no error and no warning. Tokens that are made later come to it. */
  readonly secrets: string[];
  readonly #clients: DynamicClient[] = [];
  readonly #attempts: ApiAttempt[] = [];

  constructor(server: ApiServer) {
    this.server = server;
    const { certificate: cert, key } = server.clientCertificate;
    this.secrets = [...planted, server.adminToken, ...key.trim().split("\n").slice(1, -1)];
    this.admin = this.connect({ credentials: async () => ({ headers: {}, tls: { ca: server.ca, cert, key } }) });
  }

  /** The client of the user of the client certificate. */
  get client(): DynamicClient {
    return this.admin.client;
  }

  /** Makes a client, which is closed with the session. */
  connect(config: Partial<ClusterConfig> & Pick<ClusterConfig, "credentials">): TestClient {
    const { baseUrl } = this.server;
    const transport = new CountedTransport(
      new UndiciTransport({ server: baseUrl, name: "the server under test", namespace: undefined, ...config }),
    );
    const warnings: ApiWarning[] = [];
    const onWarning = (warning: ApiWarning): void => {
      expectNoSecret(warning.message, this.secrets);
      warnings.push(warning);
    };
    const onAttempt = (attempt: ApiAttempt): void => void this.#attempts.push(attempt);
    const bare = new DynamicClient({ transport, namespace: config.namespace }, { onWarning, onAttempt });
    const client = guarded(bare, this.secrets);
    this.#clients.push(client);
    return { client, transport, warnings };
  }

  /** A client that shows a token; with headers beside it. */
  tokenClient(token: string, headers: Readonly<Record<string, string>> = {}): TestClient {
    const shown = { headers: { authorization: `Bearer ${token}`, ...headers }, tls: { ca: this.server.ca } };
    return this.connect({ credentials: async () => shown });
  }

  /** Creates a namespace. */
  async namespace(generateName: string): Promise<string> {
    const { metadata } = await this.client.resource(NamespaceResource).create({ metadata: { generateName } });
    return metadata.name;
  }

  /** Creates a service account that may do nothing in particular, and gives a token of it. */
  async serviceAccountToken(namespace: string, name: string): Promise<string> {
    const accounts = { group: "", version: "v1", plural: "serviceaccounts" };
    const account = { apiVersion: "v1", kind: "ServiceAccount", metadata: { name } };
    await this.client.resource(accounts).namespace(namespace).create(account);
    const review = { apiVersion: "authentication.k8s.io/v1", kind: "TokenRequest", spec: {} };
    const path = `/api/v1/namespaces/${namespace}/serviceaccounts/${name}/token`;
    const { status } = await this.admin.transport.post(path, JSON.stringify(review));
    const token = String((status as JsonObject).token);
    // What it says, and the signature; its header is the same for all.
    this.secrets.push(...token.split(".").slice(1));
    return token;
  }

  /** Has etcd forget every state before this one. */
  async compact(): Promise<void> {
    const { metadata } = await this.client
      .resource(NamespaceResource)
      .create({ metadata: { generateName: "compact-" } });
    const server = `http://127.0.0.1:${this.server.ports.etcd}`;
    const credentials = async (): Promise<Credentials> => ({ headers: {}, tls: {} });
    const etcd = new CountedTransport(new UndiciTransport({ server, name: "etcd", namespace: undefined, credentials }));
    try {
      await etcd.post("/v3/kv/compaction", JSON.stringify({ revision: metadata.resourceVersion }));
    } finally {
      await etcd.close();
    }
  }

  /** Installs definitions and waits until they are served. */
  async install(...definitions: readonly CustomResourceDefinitionInput[]): Promise<void> {
    await Promise.all(definitions.map((definition) => this.#install(definition)));
  }

  /** Throws where what was told of an attempt holds a secret: what a listener itself throws does not fail a test. */
  async close(): Promise<void> {
    await Promise.all(this.#clients.map((client) => client.close()));
    for (const attempt of this.#attempts) expectNoSecret(JSON.stringify(attempt), this.secrets);
  }

  async #install(definition: CustomResourceDefinitionInput): Promise<void> {
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
}

/** The client of a resource by either way; what is typed gives the content itself, which tests look at as JSON. */
export function resourceOf(
  client: DynamicClient,
  descriptor: ResourceDescriptor<KindTypes>,
  way: Way,
): UnstructuredClient {
  if (way === "typed") return client.resource(descriptor) as unknown as UnstructuredClient;
  const { group, version, plural }: GroupVersionResource = descriptor;
  return client.resource({ group, version, plural });
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
