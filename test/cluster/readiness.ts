import { get } from "node:https";
import { setTimeout as pause } from "node:timers/promises";

/** Where to look, and how long. */
export interface ReadinessOptions {
  readonly baseUrl: string;
  readonly ca: string;
  readonly token: string;
  /** Milliseconds. */
  readonly within: number;
  /** Aborted when there is nothing more to wait for. */
  readonly signal: AbortSignal;
}

/** Milliseconds between two looks. */
const lookAgain = 50;

/**
 * Asks a server's `/readyz`, then for the namespace `default`, which it makes beside that, until it answers with status 200.
 *
 * @returns undefined when it is ready; else what it last said, when the time is over or the signal comes.
 */
export async function waitUntilReady({ within, signal, ...server }: ReadinessOptions): Promise<string | undefined> {
  // By hand: under Node 20 an AbortSignal.any of an AbortSignal.timeout may be collected before it comes.
  const over = new AbortController();
  const abort = (): void => over.abort();
  const timer = setTimeout(abort, within);
  signal.addEventListener("abort", abort);
  if (signal.aborted) abort();
  try {
    return await askUntilReady({ ...server, signal: over.signal });
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", abort);
  }
}

async function askUntilReady({ baseUrl, ...request }: Omit<ReadinessOptions, "within">): Promise<string | undefined> {
  let answer = "nothing";
  for (const path of ["/readyz", "/api/v1/namespaces/default"]) {
    for (;;) {
      const status = await statusOf(`${baseUrl}${path}`, request).catch((error: Error) => error.message);
      if (status === 200) break;
      // An interrupted request says nothing of the server.
      if (request.signal.aborted) return answer;
      answer = typeof status === "number" ? `status ${status} of ${path}` : `${status}`;
      await pause(lookAgain, undefined, { signal: request.signal }).catch(() => undefined);
    }
  }
  return undefined;
}

interface Request {
  readonly ca: string;
  readonly token: string;
  readonly signal: AbortSignal;
}

function statusOf(url: string, { ca, token, signal }: Request): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    // A connection of its own each time: one from before the server was ready must not be kept.
    const request = get(
      url,
      { ca, signal, agent: false, headers: { authorization: `Bearer ${token}` } },
      (response) => {
        response
          .resume()
          .on("end", () => resolve(response.statusCode))
          .on("error", reject);
      },
    );
    request.on("error", reject);
  });
}
