import type { IncomingMessage } from "node:http";
import * as path from "node:path";
import { describe, expect, test } from "vitest";
import {
  type ClusterPage,
  firstPageSize,
  pageSize,
  type ReadClusterOptions,
  readCluster,
} from "../../src/read/cluster.ts";
import { createAuthority } from "../cluster/certificate.ts";
import { kubeconfig } from "../cluster/kubeconfig.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import {
  type Answer,
  collection,
  json,
  type OwnCluster,
  pageOf,
  pages,
  refusal,
  silence,
  startOwnCluster,
} from "./own-cluster.ts";

/** Starts to read a cluster. */
function reading(
  { baseUrl }: Pick<OwnCluster, "baseUrl">,
  options: Partial<ReadClusterOptions> = {},
  ca = "",
): AsyncGenerator<ClusterPage, void, undefined> {
  const folder = temporaryFolder({ config: kubeconfig({ baseUrl, ca }, { token: "a-token" }) });
  const source = { kind: "cluster", name: "<cluster>", kubeconfig: path.join(folder, "config") } as const;
  return readCluster(source, { signal: new AbortController().signal, ...options });
}

async function all(steps: AsyncIterable<ClusterPage>): Promise<ClusterPage[]> {
  const read: ClusterPage[] = [];
  for await (const page of steps) read.push(page);
  return read;
}

function named(...names: readonly string[]): readonly object[] {
  return names.map((name) => ({ metadata: { name } }));
}

function namesOf(read: readonly ClusterPage[]): string[][] {
  return read.map(({ documents }) =>
    documents.map(({ tree }) => (tree as { metadata: { name: string } }).metadata.name),
  );
}

const firstPage = `GET ${collection}?limit=${firstPageSize}`;
const page = (token: number): string => `GET ${collection}?continue=${token}&limit=${pageSize}`;

test("reads page after page, of definitions that do not say what they are", async () => {
  const cluster = await startOwnCluster(
    pages(
      pageOf(named("a", "b"), { continue: "1", remainingItemCount: 3 }),
      pageOf(named("c", "d"), { continue: "2" }),
      pageOf(named("e")),
    ),
  );
  const given = await all(reading(cluster));
  expect(cluster.requests).toEqual([firstPage, page(1), page(2)]);
  expect(namesOf(given)).toEqual([["a", "b"], ["c", "d"], ["e"]]);
  expect(given.map(({ remaining }) => remaining)).toEqual([3, undefined, 0]);
  expect(given[0]?.cluster).toMatchObject({ name: 'context "crd-gen"', server: cluster.baseUrl });
  expect(given.flatMap(({ documents }) => documents)).toEqual(
    ["a", "b", "c", "d", "e"].map((name, index) => ({
      tree: { apiVersion: "apiextensions.k8s.io/v1", kind: "CustomResourceDefinition", metadata: { name } },
      source: "<cluster>",
      document: index + 1,
      prefix: [],
    })),
  );
  await cluster.disconnected();
});

test("a cluster without definitions is one empty page", async () => {
  const cluster = await startOwnCluster(pages(pageOf([], { continue: "" })));
  expect(await all(reading(cluster))).toMatchObject([{ documents: [], remaining: 0 }]);
});

test("takes the bounds of int64 as the server prints them, which keeps doubles of them", async () => {
  const cluster = await startOwnCluster(pages(pageOf([{ maximum: 2 ** 63, minimum: -(2 ** 63) }])));
  const [page] = await all(reading(cluster));
  expect(page?.documents).toMatchObject([{ tree: { maximum: 2 ** 63, minimum: -(2 ** 63) } }]);
});

test("asks over TLS, as whom the kubeconfig says, for JSON", async () => {
  const authority = createAuthority("an authority");
  const asked: IncomingMessage[] = [];
  const listener = pages(pageOf(named("a")));
  const cluster = await startOwnCluster(
    (request, response) => {
      asked.push(request);
      listener(request, response);
    },
    authority.server({ commonName: "own" }),
  );
  expect(namesOf(await all(reading(cluster, {}, authority.certificate)))).toEqual([["a"]]);
  expect(asked.map(({ headers }) => headers)).toMatchObject([
    { authorization: "Bearer a-token", accept: "application/json", "user-agent": expect.stringMatching(/^crd-gen/) },
  ]);
});

test("asks for the next page before the one before it is worked on", async () => {
  let arrived: (() => void) | undefined;
  const second = new Promise<void>((resolve) => {
    arrived = resolve;
  });
  const answer: Answer = (response) => {
    arrived?.();
    pageOf(named("b"))(response);
  };
  const cluster = await startOwnCluster(pages(pageOf(named("a"), { continue: "1" }), answer));
  const steps = reading(cluster);
  expect((await steps.next()).value).toMatchObject({ documents: [{ tree: { metadata: { name: "a" } } }] });
  // Nobody has asked for the next page here.
  await second;
  expect(cluster.requests).toEqual([firstPage, page(1)]);
  expect(namesOf(await all(steps))).toEqual([["b"]]);
});

test("an error of the next page comes when that page is asked for", async () => {
  const cluster = await startOwnCluster(
    pages(pageOf(named("a"), { continue: "1" }), refusal(410, "Expired", "too old")),
  );
  const steps = reading(cluster);
  expect(await steps.next()).toMatchObject({ done: false });
  await expect(steps.next()).rejects.toMatchObject({
    name: "ClusterError",
    message: `${cluster.baseUrl} (context "crd-gen"): the list of definitions became too old while it was read (410 Gone); run again`,
  });
  await cluster.disconnected();
});

describe("leaving", () => {
  test("early gives the next page up, and closes the connections", async () => {
    const cluster = await startOwnCluster(pages(pageOf(named("a"), { continue: "1" }), silence));
    for await (const { documents } of reading(cluster)) {
      expect(documents).toHaveLength(1);
      break;
    }
    await cluster.disconnected();
  });

  test("before the beginning makes no request", async () => {
    const cluster = await startOwnCluster(pages(pageOf(named("a"))));
    const signal = AbortSignal.abort(new Error("no more"));
    await expect(all(reading(cluster, { signal }))).rejects.toThrow("no more");
    expect(cluster.requests).toEqual([]);
  });

  test.each([0, 1])("by the signal while page %i does not come gives the signal's reason", async (silent) => {
    const controller = new AbortController();
    const reason = new Error("no more");
    const hang: Answer = () => controller.abort(reason);
    const cluster = await startOwnCluster(
      silent === 0 ? pages(hang) : pages(pageOf(named("a"), { continue: "1" }), hang),
    );
    await expect(all(reading(cluster, { signal: controller.signal }))).rejects.toBe(reason);
    await cluster.disconnected();
  });

  test("because a page takes too long", async () => {
    const cluster = await startOwnCluster(pages(pageOf(named("a"), { continue: "1" }), silence));
    await expect(all(reading(cluster, { timeoutMs: 300 }))).rejects.toThrow(
      `${cluster.baseUrl} (context "crd-gen"): wanted an answer in 0.3 s, got none; check that the server works and that nothing between slows it down`,
    );
    await cluster.disconnected();
  });
});

describe("definitions that are asked for by name", () => {
  /** Answers for the definitions that there are, one by one. */
  function definitions(...names: readonly string[]) {
    return startOwnCluster(({ url = "" }, response) => {
      const name = names.find((known) => url === `${collection}/${known}`);
      if (name === undefined) refusal(404, "NotFound", "not found")(response);
      else
        json({ apiVersion: "apiextensions.k8s.io/v1", kind: "CustomResourceDefinition", metadata: { name } })(response);
    });
  }

  test("are read one by one, each once; those that are not there are left out", async () => {
    const cluster = await definitions("as.g", "bs.g");
    const given = await all(reading(cluster, { crds: ["bs.g", "none.g", "as.g", "bs.g"] }));
    expect(namesOf(given)).toEqual([["bs.g", "as.g"]]);
    expect([...cluster.requests].sort()).toEqual(["as.g", "bs.g", "none.g"].map((name) => `GET ${collection}/${name}`));
    await cluster.disconnected();
  });

  test("come in pages too, and the rest is known", async () => {
    const names = Array.from({ length: 20 }, (_, index) => `d${index}.g`);
    const given = await all(reading(await definitions(...names), { crds: names }));
    expect(namesOf(given).flat()).toEqual(names);
    expect(given.map(({ documents, remaining }) => [documents.length, remaining])).toEqual([
      [8, 12],
      [8, 4],
      [4, 0],
    ]);
  });

  test("of names that none can have are not asked for", async () => {
    const cluster = await definitions("as.g");
    const given = await all(reading(cluster, { crds: ["as.g", "a/b", "..", "100%"] }));
    expect(namesOf(given)).toEqual([["as.g"]]);
    expect(cluster.requests).toEqual([`GET ${collection}/as.g`]);
  });

  test("cannot be left out where what answers is no API server", async () => {
    const cluster = await startOwnCluster((_, response) => response.writeHead(404).end("404 page not found\n"));
    await expect(all(reading(cluster, { crds: ["as.g"] }))).rejects.toThrow(
      `${cluster.baseUrl} (context "crd-gen"): wanted the definitions, but got get customresourcedefinitions.apiextensions.k8s.io as.g: 404`,
    );
  });

  test.each([
    [50, "one by one"],
    [51, "as a list"],
  ])("%i of them come %s", async (count, how) => {
    const cluster = await startOwnCluster(pages(pageOf(named("a"))));
    await all(reading(cluster, { crds: Array.from({ length: count }, (_, index) => `d${index}.g`) }));
    expect(cluster.requests).toHaveLength(how === "as a list" ? 1 : count);
    expect(cluster.requests.includes(firstPage)).toBe(how === "as a list");
  });
});
