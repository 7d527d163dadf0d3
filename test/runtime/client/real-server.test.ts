import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findAssets, kubernetesVersions } from "../../cluster/assets.ts";
import { startServer } from "../../cluster/server.ts";
import { builtins } from "./real-server/builtins.ts";
import { CasePlace } from "./real-server/case.ts";
import { credentials } from "./real-server/credentials.ts";
import { fixture, kinds } from "./real-server/kinds.ts";
import { leaks } from "./real-server/leaks.ts";
import { Remains } from "./real-server/remains.ts";
import { sentences } from "./real-server/sentences.ts";
import { Session, ways } from "./real-server/session.ts";
import { cases } from "./real-server/table.ts";
import { traps } from "./real-server/traps.ts";
import { vault } from "./real-server/vaults.ts";

const releases = await Promise.all(
  Object.values(kubernetesVersions).map(async (version) => ({ version, assets: await findAssets({ version }) })),
);

/** Generous: a machine that is busy with other things takes several times as long as one that is not. */
const timeout = 180_000;

describe.each(releases)("against kube-apiserver $version", { timeout }, ({ assets }) => {
  let session: Session | undefined;
  let left: Remains;
  let namespace: string;
  let places = 0;
  beforeAll(async () => {
    if (assets === undefined) return;
    const server = await startServer(assets);
    left = new Remains();
    session = new Session(server);
    await session.install(fixture("mycoolapp"), vault, ...kinds.map(({ definition }) => definition));
    namespace = await session.namespace("cases-");
  }, timeout);
  afterAll(async () => {
    try {
      await session?.close();
      if (session !== undefined) await left.expectNone();
    } finally {
      await session?.server.stop();
    }
  }, timeout);

  const current = (): Session => {
    if (session === undefined) throw new Error("wanted a server, found none");
    return session;
  };

  describe.skipIf(assets === undefined).each(kinds)("$descriptor.plural:", ({ descriptor }) => {
    test.each(cases)("%s", async (_, run) => {
      const answers: unknown[] = [];
      for (const way of ways) {
        places += 1;
        const inNamespace = descriptor.scope === "Namespaced" ? namespace : undefined;
        const id = `case-${String(places).padStart(4, "0")}`;
        const at = new CasePlace({ session: current(), descriptor, way, namespace: inNamespace, id });
        answers.push(at.comparable(await run(at)));
      }
      expect(answers[1], "the answer of the untyped client, which should be that of the typed one").toEqual(answers[0]);
    });
  });

  describe.skipIf(assets === undefined)("traps,", () => traps(current));
  describe.skipIf(assets === undefined)("credentials,", () => credentials(current));
  describe.skipIf(assets === undefined)("built-in kinds,", () => builtins(current));
  describe.skipIf(assets === undefined)("leaks,", () => leaks(current));
  describe.skipIf(assets === undefined)("sentences of others,", () => sentences(current));
});
