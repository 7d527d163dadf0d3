import { expect } from "vitest";
import { isResourceExpired } from "../../../../src/runtime/errors/predicates.ts";
import type { GetOptions, KindTypes, ListOptions, ResourceList } from "../../../../src/runtime/gen/v1.ts";
import { abortable, type Case, type CasePlace, future, heedsSignal, heedsTimeLimit } from "./case.ts";
import { content } from "./session.ts";
import type { CasesOf } from "./table.ts";

/** Reads one object. */
export const get: CasesOf<GetOptions> = {
  itself: async (at) => {
    const created = await at.created(at.queue("a"));
    const read = await at.queues.get(at.name("a"));
    expect(content(read)).toEqual(created);
    expect(created).toMatchObject({ kind: at.descriptor.kind, spec: { priority: "Normal", workers: 1 } });
    return read;
  },
  signal: async (at) => {
    await at.created(at.queue("a"));
    await heedsSignal((options) => at.queues.get(at.name("a"), options));
  },
  timeoutMs: async (at) => {
    await at.created(at.queue("a"));
    await heedsTimeLimit((options) => at.queues.get(at.name("a"), { ...options, resourceVersion: future }));
    return at.queues.get(at.name("a"), { timeoutMs: 60_000 });
  },
  resourceVersion: async (at) => {
    const { metadata } = await at.created(at.queue("a"));
    const { resourceVersion } = content(metadata) as { resourceVersion: string };
    return at.queues.get(at.name("a"), { resourceVersion });
  },
};

type Page = ResourceList<unknown>;

/** Reads a collection, in one answer or in several. */
type Read = (at: CasePlace, options: ListOptions<KindTypes>) => Promise<readonly Page[]>;

const once: Read = async (at, options) => [await at.queues.list(options)];

const pageByPage: Read = async (at, options) => {
  const pages: Page[] = [];
  for await (const page of at.queues.pages(options)) pages.push(page);
  return pages;
};

function versionOf({ metadata }: Page): string {
  return metadata.resourceVersion;
}

const five = ["a", "b", "c", "d", "e"];

/** Creates five queues and gives the token behind the first two. */
async function tokenOfSecondPage(at: CasePlace): Promise<string | undefined> {
  await at.created(...five.map((short) => at.queue(short)));
  const { metadata } = await at.queues.list({ ...at.mine, limit: 2 });
  expect(metadata.continue).toMatch(/./);
  return metadata.continue;
}

/** A token behind a name, in the first state of all: one is this in base64, with the state that all pages show. */
export function oldToken(start: string): string {
  return Buffer.from(JSON.stringify({ v: "meta.k8s.io/v1", rv: 1, start })).toString("base64url");
}

/** What both ways to read a collection have to do. */
function collection(read: Read): Omit<CasesOf<ListOptions<KindTypes>>, "limit" | "continue" | "signal"> {
  const names = async (at: CasePlace, options: ListOptions<KindTypes>): Promise<readonly string[]> =>
    at.names((await read(at, options)).flatMap(({ items }) => items));
  return {
    itself: async (at) => {
      await at.created(at.queue("a"), at.queue("b"));
      const [page] = await read(at, {});
      const { apiVersion, kind, items = [] } = content(page) as Partial<Page>;
      expect({ apiVersion, kind }).toEqual({ apiVersion: "stable.example.com/v1", kind: `${at.descriptor.kind}List` });
      expect(at.names(items)).toEqual(expect.arrayContaining(["a", "b"]));
      return (await read(at, at.mine)).map(({ items }) => items);
    },
    timeoutMs: async (at) => {
      const late = { resourceVersion: future, resourceVersionMatch: "NotOlderThan" } as const;
      await heedsTimeLimit((options) => read(at, { ...options, ...late }));
    },
    labelSelector: async (at) => {
      await at.created(
        at.queue("red", { metadata: { labels: { team: "red", old: "" } } }),
        at.queue("blue", { metadata: { labels: { team: "blue" } } }),
        at.queue("none"),
      );
      const selected = async (selector: string): Promise<unknown> =>
        names(at, { labelSelector: `${at.mine.labelSelector},${selector}` });
      expect(await selected("team=red")).toEqual(["red"]);
      expect(await selected("team in (blue,green),team!=red")).toEqual(["blue"]);
      expect(await selected("!team")).toEqual(["none"]);
      expect(await selected("team,!old")).toEqual(["blue"]);
    },
    fieldSelector: async (at) => {
      const odd = "a,b=c\\d";
      await at.created(at.queue("a"), at.queue("b", { spec: { queueName: odd, priority: "High" } }));
      const selected = (fieldSelector: NonNullable<ListOptions<KindTypes>["fieldSelector"]>): Promise<unknown> =>
        names(at, { ...at.mine, fieldSelector });
      expect(await selected({ "metadata.name": at.name("a") })).toEqual(["a"]);
      expect(await selected({ "spec.priority": "High", "spec.queueName": odd })).toEqual(["b"]);
      expect(await selected({ "spec.priority": "Low" })).toEqual([]);
      expect(await selected({ "spec.queueName": { not: odd } })).toEqual(["a"]);
      expect(await selected({ "spec.priority": { not: ["High", "Low"] } })).toEqual(["a"]);
      expect(await selected({ "spec.priority": { not: "Low" }, "metadata.name": { not: at.name("a") } })).toEqual([
        "b",
      ]);
    },
    resourceVersion: async (at) => {
      const { metadata } = await at.created(at.queue("a"));
      const { resourceVersion } = content(metadata) as { resourceVersion: string };
      expect(await names(at, { ...at.mine, resourceVersion })).toEqual(["a"]);
      // Of any age, and so it may be of before.
      expect(five).toEqual(expect.arrayContaining([...(await names(at, { ...at.mine, resourceVersion: "0" }))]));
    },
    resourceVersionMatch: {
      Exact: async (at) => {
        await at.created(at.queue("a"));
        const resourceVersion = versionOf(await at.queues.list(at.mine));
        await at.created(at.queue("b"));
        const pages = await read(at, { ...at.mine, resourceVersion, resourceVersionMatch: "Exact" });
        expect(pages.map(versionOf)).toEqual([resourceVersion]);
        expect(at.names(pages.flatMap(({ items }) => items))).toEqual(["a"]);
      },
      NotOlderThan: async (at) => {
        await at.created(at.queue("a"));
        const resourceVersion = versionOf(await at.queues.list(at.mine));
        expect(await names(at, { ...at.mine, resourceVersion, resourceVersionMatch: "NotOlderThan" })).toEqual(["a"]);
      },
    },
  };
}

/** Reads a collection in one answer. */
export const list: CasesOf<ListOptions<KindTypes>> = {
  ...collection(once),
  signal: async (at) => {
    await at.created(at.queue("a"));
    await heedsSignal((options) => at.queues.list({ ...at.mine, ...options }));
  },
  limit: async (at) => {
    await at.created(at.queue("a"), at.queue("b"), at.queue("c"));
    const page = await at.queues.list({ ...at.mine, limit: 2 });
    expect(at.names(page.items)).toEqual(["a", "b"]);
    expect(page.metadata.continue).toMatch(/./);
    return page;
  },
  continue: async (at) => {
    const token = await tokenOfSecondPage(at);
    const page = await at.queues.list({ ...at.mine, continue: token });
    expect(at.names(page.items)).toEqual(["c", "d", "e"]);
    return page;
  },
};

/** Reads a collection page by page. */
export const pages: CasesOf<ListOptions<KindTypes>> = {
  ...collection(pageByPage),
  signal: async (at) => {
    await at.created(at.queue("a"), at.queue("b"));
    await heedsSignal((options) => pageByPage(at, { ...at.mine, ...options }));
    const { signal, abort } = abortable();
    const seen: unknown[] = [];
    const reading = async (): Promise<void> => {
      for await (const page of at.queues.pages({ ...at.mine, limit: 1, signal })) {
        seen.push(at.names(page.items));
        abort("enough");
      }
    };
    await expect(reading()).rejects.toBe("enough");
    expect(seen).toEqual([["a"]]);
  },
  limit: async (at) => {
    await at.created(...five.map((short) => at.queue(short)));
    const pages = await pageByPage(at, { ...at.mine, limit: 2 });
    expect(pages.map(({ items }) => at.names(items))).toEqual([["a", "b"], ["c", "d"], ["e"]]);
    expect(new Set(pages.map(versionOf)).size).toBe(1);
    return pages;
  },
  continue: {
    "of a state that is there": async (at) => {
      const token = await tokenOfSecondPage(at);
      const pages = await pageByPage(at, { ...at.mine, limit: 2, continue: token });
      expect(pages.map(({ items }) => at.names(items))).toEqual([["c", "d"], ["e"]]);
    },
    "of a state that is forgotten": async (at) => {
      await at.created(...five.map((short) => at.queue(short)));
      await at.session.compact();
      const old = oldToken(`${at.name("b")}\0`);
      const error = await pageByPage(at, { ...at.mine, continue: old }).catch((error: unknown) => error);
      if (!isResourceExpired(error)) throw error;
      expect(error.message).toMatch(
        /You can start a new list without the continue parameter, or use the continue token/,
      );
      const pages = await pageByPage(at, { ...at.mine, limit: 2, continue: error.status?.metadata?.continue });
      expect(pages.map(({ items }) => at.names(items))).toEqual([["c", "d"], ["e"]]);
    },
  },
};

/** Reads a collection over all namespaces; a cluster-scoped kind has no other way to be read. */
export const listEverywhere: Case = async (at) => {
  const all = at.other(at.descriptor);
  await at.created(at.queue("a"));
  await (at.descriptor.scope === "Namespaced" ? all.namespace("default") : all).create(at.queue("b"));
  const { items } = await all.list(at.mine);
  expect(at.names(items)).toEqual(["a", "b"]);
  return items;
};
