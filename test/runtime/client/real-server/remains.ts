import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { Socket } from "node:net";
import { setImmediate } from "node:timers/promises";
import { expect } from "vitest";

/** Where undici tells of each connection that it has made. */
const channel = "undici:client:connected";

/** What clients leave behind in this thread, from the moment that this is made. */
export class Remains {
  readonly #before = counts();
  readonly #sockets = new Set<Socket>();
  readonly #connected = (message: unknown): void => {
    const { socket } = message as { readonly socket: Socket };
    this.#sockets.add(socket);
    socket.once("close", () => this.#sockets.delete(socket));
  };

  constructor() {
    subscribe(channel, this.#connected);
  }

  /** Fails unless there is nothing that was not there before; what was closed has a moment to go. */
  async expectNone(): Promise<void> {
    const end = performance.now() + 5_000;
    while (Object.keys(this.#found()).length > 0 && performance.now() < end) await setImmediate();
    unsubscribe(channel, this.#connected);
    expect(this.#found()).toEqual({});
  }

  #found(): Readonly<Record<string, number>> {
    const more = [...counts()].filter(([name, count]) => count > (this.#before.get(name) ?? 0));
    // One without a request keeps no process alive, and so is not among the others.
    const open: [string, number][] = this.#sockets.size === 0 ? [] : [["open connections", this.#sockets.size]];
    return Object.fromEntries([...more, ...open]);
  }
}

/** How many there are of everything that keeps this thread alive, as sockets and timers, and of the listeners of the process. */
function counts(): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const name of process.getActiveResourcesInfo()) counts.set(name, (counts.get(name) ?? 0) + 1);
  for (const event of process.eventNames()) counts.set(`on ${String(event)}`, process.listenerCount(event));
  return counts;
}
