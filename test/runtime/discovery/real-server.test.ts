import { afterAll, beforeAll, describe } from "vitest";
import { findAssets, kubernetesVersions } from "../../cluster/assets.ts";
import { startServer } from "../../cluster/server.ts";
import { Session } from "../client/real-server/session.ts";
import { builtInKinds } from "./real-server/built-in-kinds.ts";
import { definitions } from "./real-server/definitions.ts";
import { served } from "./real-server/served.ts";

const releases = await Promise.all(
  Object.values(kubernetesVersions).map(async (version) => ({ version, assets: await findAssets({ version }) })),
);

/** Generous: a machine that is busy with other things takes several times as long as one that is not. */
const timeout = 180_000;

describe.each(releases)("against kube-apiserver $version", { timeout }, ({ assets }) => {
  let session: Session | undefined;
  beforeAll(async () => {
    if (assets !== undefined) session = new Session(await startServer(assets));
  }, timeout);
  afterAll(async () => {
    await session?.close();
    await session?.server.stop();
  }, timeout);

  const current = (): Session => {
    if (session === undefined) throw new Error("wanted a server, found none");
    return session;
  };
  describe.skipIf(assets === undefined)("what is served,", () => served(current));
  describe.skipIf(assets === undefined)("definitions,", () => definitions(current));
  describe.skipIf(assets === undefined)("built-in kinds,", () => builtInKinds(current));
});
