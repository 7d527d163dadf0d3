import { describe, expect, test } from "vitest";
import { loadKubeconfig } from "../../../../src/runtime/config/kubeconfig.ts";
import { createAuthority } from "../../../cluster/certificate.ts";
import { metadataOf, type Session, type TestClient } from "../../client/real-server/session.ts";
import { type ProxyOptions, proxyServer } from "../../transport/proxies.ts";
import { base64 } from "../kubeconfig-text.ts";
import { knownUsers, kubeconfigOf } from "./known-users.ts";
import { whoIs } from "./who-is.ts";

const namespaces = { group: "", version: "v1", plural: "namespaces" };
const authority = createAuthority("the authority of a proxy");
const { certificate: cert, key } = authority.server({ commonName: "a proxy" });

const user = "ada:word";
const kinds: readonly (ProxyOptions & { readonly title: string })[] = [
  { title: "http proxy" },
  { title: "http proxy that wants a password", user },
  { title: "https proxy", tls: { cert, key } },
  { title: "https proxy that wants a password", tls: { cert, key }, user },
];

/** The address of a proxy with what it wants in it. */
function withUser(origin: string, { user }: ProxyOptions): string {
  return user === undefined ? origin : origin.replace("//", `//${user}@`);
}

/** The ways to the server through proxies, which are in a process of their own. */
export function proxies(session: () => Session): void {
  /** A client by a kubeconfig, whose cluster has the proxies' authority beside its own. */
  async function connect(user: object, cluster: object, environment: NodeJS.ProcessEnv = {}): Promise<TestClient> {
    const { server } = session();
    const ca = base64(`${server.ca}${authority.certificate}`);
    const text = kubeconfigOf(server, user, { "certificate-authority-data": ca, ...cluster });
    const config = await loadKubeconfig({ text, environment });
    return session().connect({ ...config, proxy: config.proxy });
  }

  describe.each(kinds)("through an $title", ({ title: _, ...options }) => {
    const authorization = options.user === undefined ? null : `Basic ${btoa(options.user)}`;
    const names = options.tls === undefined ? [] : [false];

    test("every user is known to the server, over a tunnel", async () => {
      const host = new URL(session().server.baseUrl).host;
      for (const { user, username } of knownUsers(session().server).filter(({ files }) => files === undefined)) {
        const proxy = await proxyServer(options);
        const client = await connect(user, { "proxy-url": withUser(proxy.origin, options) });
        expect(await whoIs(client)).toBe(username);
        const seen = { asked: [`CONNECT ${host}`], authorizations: [authorization], names, connections: 1 };
        expect(await proxy.seen()).toEqual(seen);
        await client.client.close();
        await proxy.ended();
      }
    });

    test("the server is watched, over a tunnel", async () => {
      const proxy = await proxyServer(options);
      const { server } = session();
      const { client } = await connect({ token: server.adminToken }, { "proxy-url": withUser(proxy.origin, options) });
      const found: unknown[] = [];
      for await (const { type, object } of client.resource(namespaces).watch({ resourceVersion: "0" })) {
        found.push(type, metadataOf(object).name);
        break;
      }
      expect(found).toEqual(["ADDED", expect.any(String)]);
      expect((await proxy.seen()).asked).toEqual([`CONNECT ${new URL(server.baseUrl).host}`]);
      await client.close();
      await proxy.ended();
    });

    test("a server of http, which etcd is, is asked in absolute form", async () => {
      const proxy = await proxyServer(options);
      const etcd = `http://127.0.0.1:${session().server.ports.etcd}`;
      const { client } = session().connect({
        server: etcd,
        proxy: withUser(proxy.origin, options),
        credentials: async () => ({ headers: {}, tls: { ca: authority.certificate } }),
      });
      expect((await client.getRaw("/version")).text).toContain("etcdserver");
      const asked = [`GET ${etcd}/version`];
      expect(await proxy.seen()).toEqual({ asked, authorizations: [authorization], names, connections: 1 });
      await client.close();
      await proxy.ended();
    });
  });

  test("a proxy that knows another user lets nobody through", async () => {
    const proxy = await proxyServer({ user: "grace:word" });
    const client = await connect({}, { "proxy-url": withUser(proxy.origin, { user }) });
    await expect(whoIs(client)).rejects.toMatchObject({ name: "ConnectionError", code: "proxy" });
    expect((await proxy.seen()).authorizations).toEqual([`Basic ${btoa(user)}`]);
  });

  test.each([
    ["https:", "HTTPS_PROXY", "0.0.0.0", false],
    ["https:", "HTTPS_PROXY", "0.0.0.0/8", false],
    ["https:", "HTTPS_PROXY", "10.0.0.0/8", true],
    ["https:", "HTTP_PROXY", "", false],
    ["http:", "HTTP_PROXY", "0.0.0.0", false],
    ["http:", "HTTP_PROXY", "10.0.0.0/8", true],
  ])("a server of %s with %s and NO_PROXY=%s: the proxy is asked: %s", async (protocol, variable, noProxy, through) => {
    const proxy = await proxyServer({ user });
    const { server } = session();
    // It leads to the loopback interface and is none of the addresses that need no proxy.
    const host = `0.0.0.0:${protocol === "https:" ? new URL(server.baseUrl).port : server.ports.etcd}`;
    const cluster = { server: `${protocol}//${host}`, "tls-server-name": "localhost" };
    const environment = { [variable]: withUser(proxy.origin, { user }), NO_PROXY: noProxy };
    const { client } = await connect({ token: server.adminToken }, cluster, environment);
    expect((await client.getRaw("/version")).status).toBe(200);
    const asked = through ? [protocol === "https:" ? `CONNECT ${host}` : `GET http://${host}/version`] : [];
    expect(await proxy.seen()).toMatchObject({ asked, connections: asked.length });
    await client.close();
    await proxy.ended();
  });
}
