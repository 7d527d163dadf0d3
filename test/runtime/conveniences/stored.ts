import type { JsonObject } from "../../../src/runtime/unstructured/json.ts";
import { failed, json, type MemoryAnswer, MemoryTransport } from "../memory-transport.ts";

/** One object of a server that others write to as well. */
export class StoredObject {
  readonly transport: MemoryTransport;
  /** What the server has; undefined for nothing. */
  content: JsonObject | undefined;
  /** What somebody else does before each writing, as long as there is something. */
  readonly others: ((stored: StoredObject) => void)[] = [];
  #version = 1;

  constructor(content?: JsonObject) {
    this.put(content);
    this.transport = new MemoryTransport(({ method, body }) => {
      if (method === "GET") return this.content === undefined ? failed(404, "NotFound") : json(this.content);
      this.others.shift()?.(this);
      return this.#write(method, JSON.parse(body ?? ""));
    });
  }

  /** What the methods of the requests were, in their order. */
  get methods(): readonly string[] {
    return this.transport.requests.map(({ method }) => method);
  }

  /** Makes this what the server has. */
  put(content: JsonObject | undefined): void {
    const resourceVersion = String(this.#version++);
    const metadata = { name: "web", namespace: "default", ...(content?.metadata as JsonObject), resourceVersion };
    this.content = content && { apiVersion: "stable.example.com/v1", kind: "MyCoolApp", ...content, metadata };
  }

  #write(method: string, body: JsonObject): MemoryAnswer {
    if (method === "POST" && this.content !== undefined) return failed(409, "AlreadyExists");
    if (method === "PUT" && this.content === undefined) return failed(404, "NotFound");
    const { resourceVersion } = body.metadata as JsonObject;
    const current = this.content?.metadata as JsonObject | undefined;
    if (method === "PUT" && resourceVersion !== current?.resourceVersion) return failed(409, "Conflict");
    this.put(body);
    return json(this.content);
  }
}
