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
import { noAnswer } from "./no-answer.ts";
import { type ApiRequest, getRequest, listRequest, type Place, type Subresource } from "./requests.ts";
import {
  type AnyPatch,
  applyRequest,
  createRequest,
  deleteCollectionRequest,
  deleteRequest,
  patchRequest,
  replaceRequest,
} from "./write-requests.ts";

/** What a client of a resource stands on. */
export interface HandleOptions<Read, List> {
  /** What sends requests. It is asked for when there is a request, so that it may be loaded then. */
  readonly connection: () => Promise<ApiConnection>;
  readonly place: Place;
  /** Gives what makes what callers get. It is asked for when there is an answer, so that it may be loaded then. */
  readonly reader: () => Reader<Read, List> | Promise<Reader<Read, List>>;
}

/** Makes what callers get of what the server sent; it gets that itself, and may keep it. */
export interface Reader<Read, List> {
  readonly object: (object: JsonObject) => Read;
  /** Each item of the list says what it is. */
  readonly list: (list: JsonObject) => List;
}

/** How many objects a page has where the caller does not say (client-go, `tools/pager`). */
const pageSize = 500;

/**
 * Every verb of one resource, in one place. The clients that a program sees are this one behind the interfaces of the
 * contract, which show of it what the kind has. It has no state: `namespace`, `status` and `scale` give others.
 */
export class ResourceHandle<Read, List extends Pick<ResourceList<Read>, "metadata">> {
  readonly #options: HandleOptions<Read, List>;

  constructor(options: HandleOptions<Read, List>) {
    this.#options = options;
  }

  /** The same for the objects in one namespace. */
  namespace(name: string): ResourceHandle<Read, List> {
    const { place } = this.#options;
    if (place.resource.scope === "Cluster") {
      const rule = `wanted none, as ${resourceName(place.resource)} is cluster-scoped`;
      throw new InvalidArgumentError("namespace", rule);
    }
    return this.#at({ ...place, namespace: checkNamespace(name) });
  }

  /** The status of the objects. */
  get status(): ResourceHandle<Read, List> {
    return this.#at(this.#below("status"));
  }

  /** The scale of the objects. */
  get scale(): ResourceHandle<Scale, ResourceList<Scale>> {
    const { connection } = this.#options;
    // The server says what it is in its own words, whatever the kind.
    return new ResourceHandle({ connection, place: this.#below("scale"), reader: asSent<Scale> });
  }

  /** Reads an object. */
  get(name: string, options: GetOptions = {}): Promise<Read> {
    return this.#object(() => getRequest(this.#options.place, name, options), options);
  }

  /** Reads the objects, or a page of them. */
  list(options: ListOptions<KindTypes> = {}): Promise<List> {
    return this.#objects(() => listRequest(this.#options.place, options), options);
  }

  /** Reads the objects page by page. */
  async *pages(options: ListOptions<KindTypes> = {}): AsyncGenerator<List, void, undefined> {
    // With the version 0 there are no pages: the server does not heed a limit beside it.
    const size = options.resourceVersion === "0" ? undefined : pageSize;
    let step: ListOptions<KindTypes> = { ...options, limit: options.limit ?? size };
    for (;;) {
      const page = await this.list(step);
      const { continue: token } = page.metadata;
      if (token === step.continue && token) {
        throw noAnswer("another continue token", "that of the page before");
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
    const { object: read } = await reader();
    yield* watchEvents({ connection: await connection(), place, read, options });
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
    const asked = deleteRequest(this.#options.place, name, options);
    const connection = await this.#options.connection();
    const answer = await connection.send(asked, options);
    return isStatus(answer) ? answer : (await this.#options.reader()).object(answer);
  }

  /** Deletes the objects that are selected. */
  deleteCollection(options: DeleteCollectionOptions<KindTypes> = {}): Promise<List> {
    return this.#objects(() => deleteCollectionRequest(this.#options.place, options), options);
  }

  /** The place of a subresource, which has none itself. */
  #below(subresource: Subresource): Place {
    const { place } = this.#options;
    if (place.subresource === undefined) return { ...place, subresource };
    throw new InvalidArgumentError(
      "subresource",
      `wanted that of an object, got ${subresource} of ${place.subresource}`,
    );
  }

  #at(place: Place): ResourceHandle<Read, List> {
    return new ResourceHandle({ ...this.#options, place });
  }

  /**
   * Makes a request at once, of what the caller's objects are at the call, and sends it. One that cannot be right is an error of
   * the promise, like every other error.
   */
  async #object(request: () => ApiRequest, options: CallLimits): Promise<Read> {
    const asked = request();
    const connection = await this.#options.connection();
    const answer = await connection.send(asked, options);
    const reader = await this.#options.reader();
    return reader.object(answer);
  }

  async #objects(
    request: () => ApiRequest,
    options: Pick<ListOptions<KindTypes>, "labelSelector"> & CallLimits,
  ): Promise<List> {
    const asked = request();
    if (options.labelSelector !== undefined) {
      const { checkLabelSelector } = await import("./label-selector.ts");
      checkLabelSelector(options.labelSelector);
    }
    const connection = await this.#options.connection();
    const answer = await connection.send(asked, options);
    if (!isList(answer) && !(asked.verb === "deleteCollection" && isStatus(answer))) {
      throw noAnswer("a list", "another object", asked);
    }
    const reader = await this.#options.reader();
    return reader.list(listOf(answer));
  }
}

const sent: Reader<unknown, unknown> = {
  object: (object) => object,
  list: (list) => ({ ...list, metadata: list.metadata ?? { resourceVersion: "" } }),
};

/** Gives what the server sent, under a type that the caller vouches for. */
export function asSent<Read>(): Reader<Read, ResourceList<Read>> {
  return sent as Reader<Read, ResourceList<Read>>;
}

/**
 * A list without an item has null for them, where its type is one of Go, or no such field, and some servers send no metadata.
 * Its kind may be any, as a definition can give it, where something else tells that it is a list.
 */
function isList({ kind, metadata, items }: JsonObject): boolean {
  const hasMetadata = isJsonObject(metadata);
  if (!hasMetadata && (metadata ?? null) !== null) return false;
  if (Array.isArray(items)) return true;
  return (items ?? null) === null && (String(kind).endsWith("List") || (items === null && hasMetadata));
}

/** An answer as a list: one that has no items has an empty list of them, and every item says what it is. */
function listOf(answer: JsonObject): JsonObject {
  const { items } = answer;
  return { ...answer, items: Array.isArray(items) ? items.map((item) => itemOf(answer, item)) : [] };
}

/** Items of the lists of built-in kinds do not say what they are; it follows from the list. */
function itemOf({ apiVersion, kind }: JsonObject, item: unknown): JsonObject {
  if (!isJsonObject(item)) {
    throw noAnswer("objects as the items of a list", "another JSON value");
  }
  if (item.kind !== undefined || typeof kind !== "string") return item;
  return { apiVersion, kind: kind.replace(/List$/, ""), ...item };
}

function isStatus(answer: JsonObject): answer is JsonObject & Status {
  return answer.kind === "Status" && answer.apiVersion === "v1";
}
