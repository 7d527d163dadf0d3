import { getEventListeners } from "node:events";
import { describe, expect, it } from "vitest";
import { readText } from "../../../src/runtime/transport/read-body.ts";
import type { Transport } from "../../../src/runtime/transport/transport.ts";
import { get, read } from "./transport-to.ts";

/** What the other side of a transport under test does, once for each request. */
export interface ContractAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string | string[]>>;
  /** Resolves when the answer may begin. Default: at once. */
  readonly after?: Promise<void>;
  /** The content, piece by piece. */
  readonly pieces?: AsyncIterable<string> | Iterable<string>;
}

/** What the other side is asked: method, path and body as they arrived. */
export type ContractHandler = (method: string, path: string, body: string) => ContractAnswer;

const reason = new Error("enough");

/** A promise, and what resolves it. */
function gate(): { readonly opened: Promise<void>; readonly open: () => void } {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

async function* pieceAndSilence(piece: string): AsyncGenerator<string, void, undefined> {
  yield piece;
  await new Promise(() => undefined);
}

/**
 * What holds for every transport. The transports that are made are closed by the tests themselves.
 *
 * @param create Makes a transport whose requests are answered so.
 */
export function describeTransport(name: string, create: (answer: ContractHandler) => Promise<Transport>): void {
  describe(`${name} as a transport`, () => {
    it("hands over method, path as it stands and body, and hands back status and headers", async () => {
      const transport = await create((method, path, body) => ({
        status: 201,
        headers: { "content-type": "text/plain", warning: ['299 - "one"', '299 - "two"'] },
        pieces: [`${method} ${path} ${body}`],
      }));
      const path = "/a/%2e%2e/../b//c?limit=5&continue=a%2Fb";
      const response = await transport.request({ method: "PUT", path, headers: {}, body: '{"ä":1}' });
      expect(response).toMatchObject({
        status: 201,
        headers: { "content-type": "text/plain", warning: ['299 - "one"', '299 - "two"'] },
      });
      expect(await readText(response)).toBe(`PUT ${path} {"ä":1}`);
      await transport.close();
    });

    it.each([204, 307, 401, 404, 429, 500])("takes %i for an answer like others", async (status) => {
      const headers = { location: "/elsewhere", "retry-after": "1" };
      const transport = await create(() => ({ status, headers }));
      const response = await transport.request(get("/"));
      expect(response).toMatchObject({ status, headers });
      expect(await readText(response)).toBe("");
      await transport.close();
    });

    it("gives the pieces of the content as they come", async () => {
      const { opened, open } = gate();
      async function* pieces(): AsyncGenerator<string, void, undefined> {
        yield "one";
        await opened;
        yield "two";
      }
      const transport = await create(() => ({ pieces: pieces() }));
      const { body } = await transport.request(get("/"));
      const parts = body[Symbol.asyncIterator]();
      expect(Buffer.from((await parts.next()).value ?? []).toString()).toBe("one");
      open();
      expect(Buffer.from((await parts.next()).value ?? []).toString()).toBe("two");
      expect(await parts.next()).toEqual({ done: true, value: undefined });
      expect(await parts.next()).toEqual({ done: true, value: undefined });
      await transport.close();
    });

    it("asks for nothing where the signal was aborted before", async () => {
      let asked = 0;
      const transport = await create(() => {
        asked += 1;
        return {};
      });
      await expect(transport.request(get("/", { signal: AbortSignal.abort(reason) }))).rejects.toBe(reason);
      expect(asked).toBe(0);
      await transport.close();
    });

    it("fails with the signal's reason while the answer has not begun", async () => {
      const { opened: arrived, open: arrive } = gate();
      const transport = await create(() => {
        arrive();
        return { after: new Promise(() => undefined) };
      });
      const { signal, ...controller } = aborting();
      const answer = transport.request(get("/", { signal }));
      await arrived;
      controller.abort();
      await expect(answer).rejects.toBe(reason);
      expect(getEventListeners(signal, "abort")).toEqual([]);
      await transport.close();
    });

    it("fails with the signal's reason inside the content, and from then on", async () => {
      const transport = await create(() => ({ pieces: pieceAndSilence("one") }));
      const { signal, ...controller } = aborting();
      const { body } = await transport.request(get("/", { signal }));
      const parts = body[Symbol.asyncIterator]();
      await parts.next();
      const waiting = parts.next();
      controller.abort();
      await expect(waiting).rejects.toBe(reason);
      await expect(parts.next()).rejects.toBe(reason);
      expect(getEventListeners(signal, "abort")).toEqual([]);
      await transport.close();
    });

    it("fails with the signal's reason where content is read after it", async () => {
      const transport = await create(() => ({ pieces: pieceAndSilence("one") }));
      const { signal, ...controller } = aborting();
      const response = await transport.request(get("/", { signal }));
      controller.abort();
      await expect(readText(response)).rejects.toBe(reason);
      await transport.close();
    });

    it("leaves no listener on the signal of content that was read or left", async () => {
      const transport = await create(() => ({ pieces: ["one"] }));
      const { signal } = aborting();
      await read(transport.request(get("/", { signal })));
      const { body } = await transport.request(get("/", { signal }));
      await body[Symbol.asyncIterator]().return?.();
      // The other side may be told a turn later.
      await transport.close();
      expect(getEventListeners(signal, "abort")).toEqual([]);
    });

    it("lets content be left, in the middle, before the first piece and while a piece is waited for", async () => {
      const transport = await create(() => ({ pieces: pieceAndSilence("one") }));
      for await (const part of (await transport.request(get("/"))).body) {
        if (part.length > 0) break;
      }
      await (await transport.request(get("/"))).body[Symbol.asyncIterator]().return?.();
      const parts = (await transport.request(get("/"))).body[Symbol.asyncIterator]();
      await parts.next();
      const waiting = parts.next();
      await parts.return?.();
      expect(await waiting).toEqual({ done: true, value: undefined });
      // It would wait for content that was not left.
      await transport.close();
    });

    it("closes when what is under way has come to its end, and takes nothing more meanwhile", async () => {
      const { opened, open } = gate();
      const transport = await create(() => ({ after: opened, pieces: ["one", "two"] }));
      let ended = false;
      const answer = transport.request(get("/"));
      const closed = transport.close().then(() => {
        ended = true;
      });
      const refused = { name: "ConnectionError", code: "closed" };
      await expect(transport.request(get("/"))).rejects.toMatchObject(refused);
      open();
      const response = await answer;
      await new Promise((resolve) => setImmediate(resolve));
      expect(ended).toBe(false);
      expect(await readText(response)).toBe("onetwo");
      await closed;
      await expect(transport.request(get("/"))).rejects.toMatchObject(refused);
      await transport.close();
    });
  });
}

function aborting(): { readonly signal: AbortSignal; readonly abort: () => void } {
  const controller = new AbortController();
  return { signal: controller.signal, abort: () => controller.abort(reason) };
}
