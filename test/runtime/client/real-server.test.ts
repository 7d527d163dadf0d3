import { afterAll, beforeAll, describe } from "vitest";
import { findAssets, kubernetesVersions } from "../../cluster/assets.ts";
import { startServer } from "../../cluster/server.ts";
import { failures } from "./real-server/failures.ts";
import { leaks } from "./real-server/leaks.ts";
import { options } from "./real-server/options.ts";
import { fixture, Session } from "./real-server/session.ts";
import { verbs } from "./real-server/verbs.ts";
import { watching } from "./real-server/watching.ts";

const releases = await Promise.all(
  Object.values(kubernetesVersions).map(async (version) => ({ version, assets: await findAssets({ version }) })),
);

/** Generous: a machine that is busy with other things takes several times as long as one that is not. */
const timeout = 180_000;

describe.each(releases)("against kube-apiserver $version", { timeout }, ({ assets }) => {
  let session: Session | undefined;
  beforeAll(async () => {
    if (assets === undefined) return;
    session = new Session(await startServer(assets));
    for (const name of ["mycoolapp", "workqueue", "clusterpolicy"]) await session.install(fixture(name));
  }, timeout);
  afterAll(async () => {
    await session?.close();
    await session?.server.stop();
  }, timeout);

  const current = (): Session => {
    if (session === undefined) throw new Error("wanted a server, found none");
    return session;
  };
  describe.skipIf(assets === undefined)("verbs,", () => verbs(current));
  describe.skipIf(assets === undefined)("options,", () => options(current));
  describe.skipIf(assets === undefined)("watches,", () => watching(current));
  describe.skipIf(assets === undefined)("failures,", () => failures(current));
  describe.skipIf(assets === undefined)("leaks,", () => leaks(current));
});
