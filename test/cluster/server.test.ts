import { once } from "node:events";
import { type RequestOptions, request } from "node:https";
import { createServer } from "node:net";
import { json } from "node:stream/consumers";
import { describe, expect, onTestFinished, test } from "vitest";
import { type Assets, findAssets, kubernetesVersions } from "./assets.ts";
import { remains } from "./remains.ts";
import { type ApiServer, type StartOptions, startServer } from "./server.ts";

const oldest = await findAssets({ version: kubernetesVersions.oldest });
const newest = await findAssets({ version: kubernetesVersions.newest });

/** Generous: a machine that is busy with other things takes several times as long as one that is not. */
const timeout = 180_000;

async function started(options: StartOptions = {}, assets: Assets | undefined = oldest): Promise<ApiServer> {
  if (assets === undefined) throw new Error("wanted the programs of a server, found none");
  const server = await startServer(assets, { readyWithin: timeout, ...options });
  onTestFinished(() => server.stop());
  return server;
}

async function ask(url: string, options: RequestOptions, body = ""): Promise<unknown> {
  return new Promise((resolve, reject) => {
    request(url, { ...options, agent: false }, (response) => void json(response).then(resolve, reject))
      .on("error", reject)
      .end(body);
  });
}

/** What the server says of who asks. */
function whoAmI({ baseUrl, ca }: ApiServer, options: RequestOptions): Promise<unknown> {
  const headers = { "content-type": "application/json", ...options.headers };
  const review = { apiVersion: "authentication.k8s.io/v1", kind: "SelfSubjectReview" };
  const url = `${baseUrl}/apis/authentication.k8s.io/v1/selfsubjectreviews`;
  return ask(url, { ...options, method: "POST", ca, headers }, JSON.stringify(review));
}

describe.each([
  { release: "oldest", assets: oldest },
  { release: "newest", assets: newest },
])("a server of the $release release", ({ assets }) => {
  test.skipIf(assets === undefined)(
    "is of that release and knows its two users and nobody else",
    { timeout },
    async () => {
      const server = await started({}, assets);
      expect(await ask(`${server.baseUrl}/version`, { ca: server.ca })).toMatchObject({
        gitVersion: `v${assets?.version}`,
      });
      const { certificate: cert, key } = server.clientCertificate;
      const groups = ["system:masters", "system:authenticated"];
      const authorization = `Bearer ${server.adminToken}`;
      expect(await whoAmI(server, { headers: { authorization } })).toMatchObject({
        status: { userInfo: { username: "admin", groups } },
      });
      expect(await whoAmI(server, { cert, key })).toMatchObject({
        status: { userInfo: { username: "certificate-admin", groups } },
      });
      expect(await whoAmI(server, {})).toMatchObject({ kind: "Status", code: 403 });
      expect(await whoAmI(server, { headers: { authorization: "Bearer none" } })).toMatchObject({ code: 401 });
    },
  );
});

describe.skipIf(oldest === undefined)("a server", { timeout }, () => {
  test("is started and stopped again and again, and nothing is left", async () => {
    for (let times = 0; times < 3; times++) {
      const server = await started();
      expect(await remains(server)).toHaveLength(6);
      await Promise.all([server.stop(), server.stop()]);
      expect(await remains(server)).toEqual([]);
    }
  });

  test("stands beside three others", async () => {
    const servers = await Promise.all(Array.from({ length: 4 }, () => started()));
    expect(new Set(servers.flatMap(({ ports }) => Object.values(ports))).size).toBe(8);
    await Promise.all(servers.map((server) => server.stop()));
    expect(await Promise.all(servers.map(remains))).toEqual([[], [], [], []]);
  });

  test("says when one of its programs has ended by itself", async () => {
    const server = await started();
    const etcd = server.processIds[1] ?? Number.NaN;
    process.kill(etcd, "SIGKILL");
    expect(await server.crashed).toMatch(
      /^kube-apiserver: wanted it to run until stop\(\), but etcd ended with SIGKILL; /,
    );
    expect(await remains(server)).toEqual([]);
  });

  test("listens on a port that is asked for, and says so where another program has it", async () => {
    // Whoever connects is hung up on.
    const other = createServer((socket) => void socket.destroy()).listen(0, "127.0.0.1");
    await once(other, "listening");
    const address = other.address();
    if (address === null || typeof address === "string") throw new Error("wanted a port");
    const { port } = address;
    await expect(started({ port })).rejects.toThrow(
      /but kube-apiserver ended with exit code 1; choose another port, or end the program that has it; the last lines of kube-apiserver's log:\n(?:.*\n)*.*address already in use/,
    );
    other.close();
    await once(other, "close");
    expect(await started({ port })).toMatchObject({ baseUrl: `https://127.0.0.1:${port}` });
  });
});
