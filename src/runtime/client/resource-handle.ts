import { ConnectionError } from "../errors/connection-error.ts";
import { InvalidArgumentError } from "../errors/invalid-argument.ts";
import type {
  ApplyOptions,
  CreateOptions,
  DeleteCollectionOptions,
  DeleteOptions,
  GetOptions,
  KindTypes,
  ListOptions,
  PatchOptions,
  ReplaceOptions,
  ResourceList,
  Scale,
  Status,
  WatchEvent,
  WatchOptions,
} from "../gen/v1.ts";
import { isJsonObject, type JsonObject } from "../unstructured/json.ts";
import type { ApiConnection, CallLimits } from "./api-connection.ts";
import { checkNamespace, resourceName } from "./names.ts";
import {
  type AnyPatch,
  type ApiRequest,
  applyRequest,
  createRequest,
  deleteCollectionRequest,
  deleteRequest,
  getRequest,
  listRequest,
  type Place,
  patchRequest,
  replaceRequest,
} from "./requests.ts";

/** What a client of a resource stands on. */
export interface HandleOptions<Read> {
  readonly connection: ApiConnection;
  readonly place: Place;
  /** Gives the function that makes what callers get. It is asked for when there is an answer, so that it may be loaded then. */
  readonly reader: () => Reader<Read> | Promise<Reader<Read>>;
}

/** Makes what the caller gets of an object that the server sent; it gets the object itself, and may keep it. */
export type Reader<Read> = (object: JsonObject) => Read;

/** How many objects a page has where the caller does not say (client-go, `tools/pager`). */
const pageSize = 500;

/**
 * Every verb of one resource, in one place. The clients that a program sees are this one behind the interfaces of the
 * contract, which show of it what the kind has. It has no state: `namespace`, `status` and `scale` give others.
 */
export class ResourceHandle<Read> {
  readonly #options: HandleOptions<Read>;

  constructor(options: HandleOptions<Read>) {
    this.#options = options;
  }

  /** The same for the objects in one namespace. */
  namespace(name: string): ResourceHandle<Read> {
    const { place } = this.#options;
    if (place.resource.scope === "Cluster") {
      const rule = `wanted none, as ${resourceName(place.resource)} is cluster-scoped`;
      throw new InvalidArgumentError("namespace", rule);
    }
    return this.#at({ ...place, namespace: checkNamespace(name) });
  }

  /** The status of the objects. */
  get status(): ResourceHandle<Read> {
    return this.#at({ ...this.#options.place, subresource: "status" });
  }

  /** The scale of the objects. */
  get scale(): ResourceHandle<Scale> {
    const { connection, place } = this.#options;
    // The server says what it is in its own words, whatever the kind.
    const read = (object: JsonObject): Scale => object as unknown as Scale;
    return new ResourceHandle({ connection, place: { ...place, subresource: "scale" }, reader: () => read });
  }

  /** Reads an object. */
  get(name: string, options: GetOptions = {}): Promise<Read> {
    return this.#object(() => getRequest(this.#options.place, name, options), options);
  }

  /** Reads the objects, or a page of them. */
  list(options: ListOptions<KindTypes> = {}): Promise<ResourceList<Read>> {
    return this.#objects(() => listRequest(this.#options.place, options), options);
  }

  /** Reads the objects page by page. */
  async *pages(options: ListOptions<KindTypes> = {}): AsyncGenerator<ResourceList<Read>, void, undefined> {
    let step: ListOptions<KindTypes> = { ...options, limit: options.limit ?? pageSize };
    for (;;) {
      const page = await this.list(step);
      const { continue: token } = page.metadata;
      if (token === step.continue && token) {
        throw new ConnectionError("not-json", "wanted a new continue token, got that of the page before");
      }
      yield page;
      if (token === undefined || token === "") return;
      // What the first page was asked for is in the token.
      step = { ...step, continue: token, resourceVersion: undefined, resourceVersionMatch: undefined };
    }
  }

  /** Follows changes. */
  async *watch(options: WatchOptions<KindTypes> = {}): AsyncGenerator<WatchEvent<Read>, void, undefined> {
    const { watchEvents } = await import("../watch/watch-events.ts");
    const { connection, place, reader } = this.#options;
    yield* watchEvents({ connection, place, read: await reader(), options });
  }

  /** Creates an object. */
  create(object: object, options: CreateOptions = {}): Promise<Read> {
    return this.#object(() => createRequest(this.#options.place, object, options), options);
  }

  /** Replaces an object as a whole. */
  replace(object: object, options: ReplaceOptions = {}): Promise<Read> {
    return this.#object(() => replaceRequest(this.#options.place, object, options), options);
  }

  /** Changes parts of an object. */
  patch(name: string, patch: AnyPatch, options: PatchOptions = {}): Promise<Read> {
    return this.#object(() => patchRequest(this.#options.place, { name, patch }, options), options);
  }

  /** Makes an object have fields. */
  apply(object: object, options: ApplyOptions): Promise<Read> {
    return this.#object(() => applyRequest(this.#options.place, object, options), options);
  }

  /** Deletes an object. */
  async delete(name: string, options: DeleteOptions = {}): Promise<Status | Read> {
    const answer = await this.#send(() => deleteRequest(this.#options.place, name, options), options);
    return isStatus(answer) ? answer : (await this.#options.reader())(answer);
  }

  /** Deletes the objects that are selected. */
  deleteCollection(options: DeleteCollectionOptions<KindTypes> = {}): Promise<ResourceList<Read>> {
    return this.#objects(() => deleteCollectionRequest(this.#options.place, options), options);
  }

  #at(place: Place): ResourceHandle<Read> {
    return new ResourceHandle({ ...this.#options, place });
  }

  /** To be called in an async function: a request that cannot be right is an error of the promise, like every other error. */
  #send(request: () => ApiRequest, limits: CallLimits): Promise<JsonObject> {
    return this.#options.connection.send(request(), limits);
  }

  async #object(request: () => ApiRequest, options: CallLimits): Promise<Read> {
    const answer = await this.#send(request, options);
    const read = await this.#options.reader();
    return read(answer);
  }

  async #objects(
    request: () => ApiRequest,
    options: Pick<ListOptions<KindTypes>, "labelSelector"> & CallLimits,
  ): Promise<ResourceList<Read>> {
    const asked = request();
    if (options.labelSelector !== undefined) {
      const { checkLabelSelector } = await import("./label-selector.ts");
      checkLabelSelector(options.labelSelector);
    }
    const { items, ...list } = await this.#options.connection.send(asked, options);
    const read = await this.#options.reader();
    const readItem = (item: unknown): Read => read(itemOf(list, item));
    return { ...list, items: Array.isArray(items) ? items.map(readItem) : [] } as unknown as ResourceList<Read>;
  }
}

/** Items of the lists of built-in kinds do not say what they are; it follows from the list. */
function itemOf({ apiVersion, kind }: JsonObject, item: unknown): JsonObject {
  if (!isJsonObject(item)) {
    throw new ConnectionError("not-json", "wanted objects as the items of a list, got another JSON value");
  }
  if (item.kind !== undefined || typeof kind !== "string") return item;
  return { apiVersion, kind: kind.replace(/List$/, ""), ...item };
}

function isStatus(answer: JsonObject): answer is JsonObject & Status {
  return answer.kind === "Status" && answer.apiVersion === "v1";
}
