import { Agent, request } from "node:https";
import { text } from "node:stream/consumers";
import type { ApiServer } from "../cluster/server.ts";
import type { Json } from "./json.ts";
import type { Answer } from "./verdict.ts";

/** A request of the API server. */
export interface ApiRequest {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Path and query. */
  readonly path: string;
  readonly body?: Json;
  /** Default: `application/json`. */
  readonly contentType?: string;
}

/** How many requests are under way at once; more wait for these. */
const inFlight = 8;

/** Plain HTTP to a server, as its administrator. */
export class Api {
  readonly #server: ApiServer;
  readonly #agent: Agent;

  constructor(server: ApiServer) {
    this.#server = server;
    this.#agent = new Agent({ keepAlive: true, maxSockets: inFlight, ca: server.ca });
  }

  /** Sends a request and reads the answer, whatever its code. */
  send({ method, path, body, contentType = "application/json" }: ApiRequest): Promise<Answer> {
    const content = body === undefined ? "" : JSON.stringify(body).replaceAll(yamlBreaks, escaped);
    const headers = {
      authorization: `Bearer ${this.#server.adminToken}`,
      accept: "application/json",
      ...(body === undefined ? {} : { "content-type": contentType, "content-length": Buffer.byteLength(content) }),
    };
    return new Promise((resolve, reject) => {
      request(this.#server.baseUrl + path, { method, agent: this.#agent, headers }, (response) => {
        const { statusCode: code = 0 } = response;
        const { warning } = response.headers;
        text(response).then((answer) => resolve({ code, body: parsed(answer), warning }), reject);
      })
        .on("error", reject)
        .end(content);
    });
  }

  /** Sends a request that is to succeed. @throws Error with what the server said where it does not. */
  async expect(wanted: ApiRequest): Promise<unknown> {
    const { code, body } = await this.send(wanted);
    if (code >= 200 && code < 300) return body;
    throw new Error(`${wanted.method} ${wanted.path}: ${code} ${JSON.stringify(body).slice(0, 1000)}`);
  }

  /** Ends the connections. */
  close(): void {
    this.#agent.destroy();
  }
}

// The body of server-side apply is YAML, where these end a line; JSON takes them both ways.
const yamlBreaks = /[\u0085\u2028\u2029]/g;

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

function parsed(answer: string): unknown {
  try {
    return JSON.parse(answer);
  } catch {
    // Of a path that nothing serves: plain text.
    return { message: answer };
  }
}
