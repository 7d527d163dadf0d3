import type { ClusterConfig } from "../config/cluster-config.ts";
import type { DefaultConfigOptions } from "../config/default-config.ts";
import type { KubeConfigLike } from "../config/kubeconfig-like.ts";
import type { NotServedExplainer } from "../discovery/explain-not-served.ts";
import { ConnectionError } from "../errors/connection-error.ts";
import { InvalidArgumentError } from "../errors/invalid-argument.ts";
import type { DynamicClient as Contract, KindTypes, ResourceClient, ResourceDescriptor } from "../gen/v1.ts";
import type { UnsafeIntegers } from "../transport/parse-json.ts";
import type { Transport } from "../transport/transport.ts";
import { transportFor } from "../transport/transport-for.ts";
import type { UndiciTransportOptions } from "../transport/undici-transport.ts";
import type { Unstructured } from "../unstructured/unstructured.ts";
import type { UnstructuredList } from "../unstructured/unstructured-list.ts";
import type { ApiConnection, ConnectionOptions, Explain } from "./api-connection.ts";
import type { ApiAttempt } from "./attempts.ts";
import { checkClientOptions, ownOptions } from "./client-options.ts";
import { CallSignal } from "./deadline.ts";
import { checkNamespace, checkResource, type GroupVersionResource } from "./names.ts";
import { type RateLimit, RateLimiter } from "./rate-limiter.ts";
import type { RawAnswer, RawOptions } from "./raw.ts";
import { asSent, type Reader, ResourceHandle } from "./resource-handle.ts";
import type { UnstructuredClient } from "./unstructured-client.ts";
import { type ApiWarning, warnOnce } from "./warnings.ts";

/** How a client behaves. */
export interface ClientOptions extends UndiciTransportOptions {
  /**
   * Milliseconds that a call may take, its repetitions included, unless it says otherwise; 0 for no limit. Default: 60,000,
   * which is what the API server itself gives most requests. Watches have no limit of their own.
   */
  readonly timeoutMs?: number;
  /**
   * What requests say of who sends them. Up to the first `/` it is also the field manager of writes that name none. Default:
   * `crd-gen-runtime`.
   */
  readonly userAgent?: string;
  /** Told of every warning of the server. Default: each is printed once, as a warning of Node. */
  readonly onWarning?: (warning: ApiWarning) => void;
  /**
   * How many requests are sent at the most, the repeated ones and the connections of watches counted; a request above it waits,
   * as long as its call may. Default: no limit. The server has one of its own, and says by 429 when to come again.
   */
  readonly rateLimit?: RateLimit;
  /**
   * Told of every attempt when it is over, for logs and metrics. What it throws is a warning of Node and changes nothing for
   * the call. Default: nobody is told.
   */
  readonly onAttempt?: (attempt: ApiAttempt) => void;
  /**
   * What becomes of an integer of an answer that a number of JavaScript does not hold: the call fails with an
   * UnsafeIntegerError, or the integer is rounded, for programs that write back nothing of what they read. Default: `refuse`.
   */
  readonly unsafeIntegers?: UnsafeIntegers;
}

/** Where a client's requests go. */
export interface ClientParts {
  readonly transport: Transport;
  /** The namespace of the context, or of the pod. Default: `default`. */
  readonly namespace?: string | undefined;
}

const defaultTimeout = 60_000;
const defaultUserAgent = "crd-gen-runtime";

/**
 * A client for every resource of one cluster, what client-go's `dynamic.Interface` is: typed by descriptors of generated
 * code, untyped by group, version and plural. It keeps connections open, so make one and use it for everything; `close` ends it.
 */
export class DynamicClient implements Contract {
  /** The namespace of the context, or of the pod; `default` where they say none. No call uses it by itself. */
  readonly namespace: string;
  readonly #transport: Transport;
  readonly #connection: () => Promise<ApiConnection>;
  readonly #closing = new CallSignal();
  #explainer: NotServedExplainer | undefined;

  /**
   * Makes a client from a transport; see {@link DynamicClient.fromDefault} for the usual way.
   *
   * @throws InvalidArgumentError where there is no transport, or an option cannot be right.
   */
  constructor(parts: ClientParts, options: Omit<ClientOptions, keyof UndiciTransportOptions> = {}) {
    const { transport, namespace }: ClientParts = Object(parts);
    if (typeof transport?.request !== "function") {
      const remedy = "use DynamicClient.fromDefault, fromKubeConfig or fromConfig";
      throw new InvalidArgumentError("transport", `wanted { transport } that sends requests, found none; ${remedy}`);
    }
    checkClientOptions(options);
    const { timeoutMs = defaultTimeout, userAgent = defaultUserAgent, onWarning = warnOnce() } = options;
    const { unsafeIntegers = "refuse", rateLimit, onAttempt } = options;
    const rateLimiter = rateLimit === undefined ? undefined : new RateLimiter(rateLimit);
    this.namespace = checkNamespace(namespace ?? "default");
    this.#transport = transport;
    const closing = this.#closing;
    const connection = { timeoutMs, userAgent, onWarning, unsafeIntegers, rateLimiter, onAttempt, closing };
    this.#connection = once(() => connectionOver(transport, connection));
  }

  /**
   * Makes a client for the cluster that this program is in or, outside of one, for the current context of the kubeconfig
   * that `KUBECONFIG` names, or of `~/.kube/config`. With a context or a kubeconfig of its own it looks at the kubeconfig only.
   *
   * @throws ConfigError where there is no way to a cluster; InvalidArgumentError where an option cannot be right. It makes no
   * request.
   */
  static async fromDefault(options: ClientOptions & DefaultConfigOptions = {}): Promise<DynamicClient> {
    const { checkDefaultOptions } = await import("./default-options.ts");
    checkDefaultOptions(options);
    const { defaultConfig } = await import("../config/default-config.ts");
    const { context, kubeconfig, environment, serviceAccountFolder, execTimeoutMs, ...own } = options;
    const config = await defaultConfig({ context, kubeconfig, environment, serviceAccountFolder, execTimeoutMs });
    return DynamicClient.fromConfig(config, own);
  }

  /**
   * Makes a client for the current context of a KubeConfig of `@kubernetes/client-node`, 1.4 or 2.x.
   *
   * @throws ConfigError where its current context does not lead to a cluster; InvalidArgumentError where it is no KubeConfig. It
   * makes no request.
   */
  static async fromKubeConfig(kubeConfig: KubeConfigLike, options: ClientOptions = {}): Promise<DynamicClient> {
    const { configFromKubeConfig } = await import("../config/kubeconfig.ts");
    return DynamicClient.fromConfig(configFromKubeConfig(kubeConfig), options);
  }

  /**
   * Makes a client for a cluster that is described in the runtime's own terms.
   *
   * @throws ConfigError where the address of the server or of the proxy is none; InvalidArgumentError where a field is missing. It
   * makes no request.
   */
  static async fromConfig(config: ClusterConfig, options: ClientOptions = {}): Promise<DynamicClient> {
    const own = ownOptions(options);
    const transport = await transportFor(config, options);
    const client = new DynamicClient({ transport, namespace: config.namespace }, own);
    // With its first request it could be too late: a program that has run for days may find its files gone.
    await client.#connection();
    return client;
  }

  /**
   * Returns the typed client for a kind; it makes no request.
   *
   * @throws InvalidArgumentError where group, version or plural cannot be right.
   */
  resource<T extends KindTypes>(descriptor: ResourceDescriptor<T>): ResourceClient<T>;
  /**
   * Returns the untyped client for a resource; it makes no request.
   *
   * @throws InvalidArgumentError where group, version or plural cannot be right.
   */
  resource(resource: GroupVersionResource): UnstructuredClient;
  resource<T extends KindTypes>(
    resource: ResourceDescriptor<T> | GroupVersionResource,
  ): ResourceClient<T> | UnstructuredClient {
    checkResource(resource);
    const explain: Explain = async (request, signal) => {
      const explainer = await this.#notServed();
      if (isDescriptor(resource)) return explainer.explain(resource, signal);
      return explainer.explainUntyped(resource, request, signal);
    };
    const connection = once(async () => (await this.#connection()).explaining(explain));
    if (isDescriptor(resource)) {
      // That the server's objects are of the kind's read view is what the generator vouches for.
      const place = { resource, subresources: resource.subresources };
      return new ResourceHandle({ connection, place, reader: asSent<T["read"]> });
    }
    return new ResourceHandle({ connection, place: { resource }, reader: loadUnstructured });
  }

  /**
   * Reads a path of the server as it is, as `kubectl get --raw` does: `/version`, `/readyz`, `/openapi/v3`. The path is sent as it
   * stands, so what is special in a URL has to be escaped in it. The answer is read to its end, so this is not for watches.
   *
   * @throws ApiError with the verb `get` and the path as the resource; what other calls throw.
   */
  async getRaw(path: string, options: RawOptions = {}): Promise<RawAnswer> {
    const { rawRequest } = await import("./raw.ts");
    const connection = await this.#connection();
    return connection.sendRaw(rawRequest(path, options), options);
  }

  /** Ends watches, waits for the calls under way, and ends the connections. What comes after fails with a ConnectionError `closed`. */
  async close(): Promise<void> {
    this.#closing.abort(new ConnectionError("closed", "wanted a watch to go on, but its client has been closed"));
    await this.#transport.close();
  }

  /** The same, for `await using`. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async #notServed(): Promise<NotServedExplainer> {
    const { NotServedExplainer: Explainer } = await import("../discovery/explain-not-served.ts");
    this.#explainer ??= new Explainer(this);
    return this.#explainer;
  }
}

/** What sends requests and reads answers: it is not needed to say what a request is. */
async function connectionOver(transport: Transport, options: ConnectionOptions): Promise<ApiConnection> {
  const { ApiConnection: Connection } = await import("./api-connection.ts");
  return new Connection(transport, options);
}

/** Makes something when it is asked for first, and gives the same from then on. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** Typed clients get along without. To import it for each answer would take as long as all else of a small call. */
const loadUnstructured = /* @__PURE__ */ once(async (): Promise<Reader<Unstructured, UnstructuredList>> => {
  const { Unstructured } = await import("../unstructured/unstructured.ts");
  return { object: (object) => new Unstructured(object), list: (list) => new Unstructured(list).toList() };
});

/** What discovery tells of a resource has a scope too, and verbs, which no descriptor has. */
function isDescriptor<T extends KindTypes>(
  resource: ResourceDescriptor<T> | GroupVersionResource,
): resource is ResourceDescriptor<T> {
  return "scope" in resource && !("verbs" in resource);
}
