import { setImmediate } from "node:timers/promises";
import { expect } from "vitest";

/** How many of each kind of thing keep this thread alive, and who listens to the process. */
export type Remains = ReadonlyMap<string, number>;

/** Counts sockets, timers, processes and everything else that would keep this thread alive, and listeners of the process. */
export function remains(): Remains {
  const counts = new Map<string, number>();
  for (const name of process.getActiveResourcesInfo()) counts.set(name, (counts.get(name) ?? 0) + 1);
  for (const event of process.eventNames()) counts.set(`on ${String(event)}`, process.listenerCount(event));
  return counts;
}

/** Fails unless there is nothing that was not there before: what was closed has a moment to go. */
export async function expectNothingNew(before: Remains): Promise<void> {
  const more = (): object =>
    Object.fromEntries([...remains()].filter(([name, count]) => count > (before.get(name) ?? 0)));
  const end = performance.now() + 5_000;
  while (Object.keys(more()).length > 0 && performance.now() < end) await setImmediate();
  expect(more()).toEqual({});
}
