import { writeFileSync } from "node:fs";
import * as path from "node:path";
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";
import type { ClusterConfig } from "../../../src/runtime/config/cluster-config.ts";
import { defaultConfig } from "../../../src/runtime/config/default-config.ts";
import { loadKubeconfig } from "../../../src/runtime/config/kubeconfig.ts";
import { isForbidden, isUnauthorized } from "../../../src/runtime/errors/predicates.ts";
import { findAssets, kubernetesVersions } from "../../cluster/assets.ts";
import { createAuthority } from "../../cluster/certificate.ts";
import { startServer } from "../../cluster/server.ts";
import { temporaryFolder } from "../../temporary-folder.ts";
import { Remains } from "../client/real-server/remains.ts";
import { problemOf, Session, type TestClient } from "../client/real-server/session.ts";
import { canary } from "../guarded.ts";
import { certificateValid } from "../transport/certificates.ts";
import { httpsServer } from "../transport/servers.ts";
import { base64 } from "./kubeconfig-text.ts";
import { type KnownUser, knownUsers, kubeconfigOf } from "./real-server/known-users.ts";
import { proxies } from "./real-server/proxies.ts";
import { whoIs } from "./real-server/who-is.ts";

const releases = await Promise.all(
  Object.values(kubernetesVersions).map(async (version) => ({ version, assets: await findAssets({ version }) })),
);
const timeout = 180_000;

const configmaps = { group: "", version: "v1", plural: "configmaps" };

/** A config whose credentials are counted. */
function counted(
  config: ClusterConfig,
  before: (asked: number) => void = () => undefined,
): ClusterConfig & { asked: number } {
  const copy = {
    ...config,
    proxy: config.proxy,
    asked: 0,
    credentials: () => {
      copy.asked += 1;
      before(copy.asked);
      return config.credentials();
    },
  };
  return copy;
}

/** Has the clock that credentials are kept by go on, until the test ends. */
function passSeconds(seconds: number): void {
  const now = performance.now.bind(performance);
  const clock = vi.spyOn(performance, "now").mockImplementation(() => now() + seconds * 1_000);
  onTestFinished(() => void clock.mockRestore());
}

describe.skipIf(releases.some(({ assets }) => assets === undefined)).each(releases)(
  "credentials at kube-apiserver $version",
  { timeout },
  ({ assets }) => {
    let session: Session;
    let left: Remains;
    let namespace: string;
    /** A service account that may do nothing in particular. */
    let token: string;
    beforeAll(async () => {
      if (assets === undefined) return;
      const server = await startServer(assets);
      left = new Remains();
      session = new Session(server);
      namespace = await session.namespace("credentials-");
      token = await session.serviceAccountToken(namespace, "robot");
    }, timeout);
    afterAll(async () => {
      try {
        await session.close();
        await left.expectNone();
      } finally {
        await session.server.stop();
      }
    }, timeout);

    /** The way to the server by a kubeconfig with one user. */
    async function configOf(
      { user, files = {} }: Omit<KnownUser, "title" | "username">,
      cluster?: object,
    ): Promise<ClusterConfig> {
      const folder = temporaryFolder({ ...files, kubeconfig: kubeconfigOf(session.server, user, cluster) });
      return loadKubeconfig({ path: path.join(folder, "kubeconfig") });
    }

    const robot = (name = "robot"): string => `system:serviceaccount:${namespace}:${name}`;

    test("every credential of a kubeconfig is taken for its user", async () => {
      for (const { title, username, ...entry } of knownUsers(session.server)) {
        const client = session.connect(await configOf(entry));
        expect([title, await whoIs(client)]).toEqual([title, username]);
        expect(client.client.namespace).toBe("tests");
      }
    });

    test("in a pod it is the service account, whose token is read again", async () => {
      const folder = temporaryFolder({ token: `${token}\n`, "ca.crt": session.server.ca, namespace });
      const { hostname, port } = new URL(session.server.baseUrl);
      const environment = { KUBERNETES_SERVICE_HOST: hostname, KUBERNETES_SERVICE_PORT: port };
      const config = await defaultConfig({ environment, serviceAccountFolder: folder });
      const pod = session.connect(config);
      expect([pod.client.namespace, await whoIs(pod)]).toEqual([namespace, robot()]);
      writeFileSync(path.join(folder, "token"), await session.serviceAccountToken(namespace, "pod"));
      expect(await whoIs(pod)).toBe(robot());
      passSeconds(11);
      expect(await whoIs(pod)).toBe(robot("pod"));
    });

    test("a token file is read again without a restart", async () => {
      const folder = temporaryFolder({ token });
      const tokenFile = path.join(folder, "token");
      const client = session.connect(await configOf({ user: { tokenFile } }));
      expect(await whoIs(client)).toBe(robot());
      writeFileSync(tokenFile, session.server.adminToken);
      passSeconds(11);
      expect(await whoIs(client)).toBe("admin");
    });

    test("a token that is refused is read once more, and the call succeeds at its second attempt", async () => {
      const tokenFile = path.join(temporaryFolder({ token: canary }), "token");
      const config = counted(await configOf({ user: { tokenFile } }), (asked) => {
        if (asked === 2) writeFileSync(tokenFile, token);
      });
      const client = session.connect(config);
      expect(await whoIs(client)).toBe(robot());
      expect([config.asked, client.transport.requests.length]).toEqual([2, 2]);
    });

    test("a token that stays wrong is Unauthorized, after it was read once more", async () => {
      const config = counted(await configOf({ user: { token: canary } }));
      const client = session.connect(config);
      const error = await problemOf(whoIs(client));
      expect(isUnauthorized(error)).toBe(true);
      expect(error.message).toBe(
        "create selfsubjectreviews.authentication.k8s.io: 401 Unauthorized; the server does not know who asks: the credentials are missing, wrong or expired; log in again, or mend them",
      );
      expect([config.asked, client.transport.requests.length]).toEqual([2, 2]);
    });

    test("what a user may not do is Forbidden, and not asked again", async () => {
      const config = counted(await configOf({ user: { token } }));
      const client = session.connect(config);
      const maps = client.client.resource(configmaps).namespace(namespace);
      const map = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "a" }, data: { a: canary } };
      const calls = [() => maps.get("a"), () => maps.list(), () => maps.create(map), () => maps.deleteCollection()];
      for (const call of calls) expect(isForbidden(await problemOf(call()))).toBe(true);
      expect([config.asked, client.transport.requests.length]).toEqual([1, calls.length]);
    });

    test("nobody in particular may do nothing, and is known as such", async () => {
      const { message } = await problemOf(whoIs(session.connect(await configOf({ user: {} }))));
      expect(message).toContain('User "system:anonymous" cannot create resource "selfsubjectreviews"');
    });

    proxies(() => session);

    describe("the server itself is in doubt, which is final at once:", () => {
      async function expectFinal(client: TestClient, code: string, message: string): Promise<void> {
        const error = await whoIs(client).catch((error: unknown) => error);
        expect(error).toMatchObject({ name: "ConnectionError", code });
        expect(String(error)).toContain(message);
        expect(client.transport.requests).toHaveLength(1);
      }

      test("an authority that it is not from", async () => {
        const { certificate } = createAuthority("another");
        const cluster = { "certificate-authority-data": base64(certificate) };
        const config = await configOf({ user: { token } }, cluster);
        await expectFinal(
          session.connect(config),
          "untrusted",
          "wanted a certificate from an authority that is trusted",
        );
      });

      test("a host that it is not for", async () => {
        const config = await configOf({ user: { token } }, { "tls-server-name": "other.example.com" });
        const message = "wanted a certificate for this host, got one for another: DNS:localhost, IP Address:127.0.0.1";
        await expectFinal(session.connect(config), "wrong-host", message);
        const right = await configOf({ user: { token } }, { "tls-server-name": "localhost" });
        expect(await whoIs(session.connect(right))).toBe(robot());
      });

      test("a certificate that is over", async () => {
        const { certificate, key } = certificateValid("200101000000Z", "200102000000Z");
        const { origin, connections } = await httpsServer({ cert: certificate, key }, () => undefined);
        const cluster = { server: origin, "certificate-authority-data": base64(certificate) };
        const config = await configOf({ user: { token } }, cluster);
        await expectFinal(session.connect(config), "expired", "wanted a certificate that is valid now");
        expect(connections).toHaveLength(1);
      });

      test("a certificate of the client that the server does not know", async () => {
        const { certificate, key } = createAuthority("another").client({ commonName: "ada" });
        const user = { "client-certificate-data": base64(certificate), "client-key-data": base64(key) };
        const client = session.connect(await configOf({ user }));
        expect(isUnauthorized(await problemOf(whoIs(client)))).toBe(true);
        expect(client.transport.requests).toHaveLength(2);
      });
    });
  },
);
