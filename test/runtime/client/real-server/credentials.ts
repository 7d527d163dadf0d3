import { expect, test } from "vitest";
import { DynamicClient } from "../../../../src/runtime/client/dynamic-client.ts";
import { loadKubeconfig } from "../../../../src/runtime/config/kubeconfig.ts";
import type { JsonObject } from "../../../../src/runtime/unstructured/json.ts";
import { proxyServer } from "../../transport/proxies.ts";
import { content, metadataOf, type Session } from "./session.ts";

const reviews = { group: "authentication.k8s.io", version: "v1", plural: "selfsubjectreviews" };
const namespaces = { group: "", version: "v1", plural: "namespaces" };

/** Whom the server takes the client of a kubeconfig for. */
async function userOf(text: string): Promise<JsonObject> {
  await using client = await DynamicClient.fromConfig(await loadKubeconfig({ text }));
  const review = { apiVersion: "authentication.k8s.io/v1", kind: "SelfSubjectReview", metadata: { name: "me" } };
  const { status } = content(await client.resource(reviews).create(review));
  return (status as JsonObject).userInfo as JsonObject;
}

/** What kubeconfigs say of who asks and by which way, as the server sees it. */
export function credentials(session: () => Session): void {
  test("a user is asked as, with its groups, uid and extras", async () => {
    const user =
      "as: zoë 漢, as-uid: u-1, as-groups: [devs, 'a,b'], as-user-extra: { example.com/Ä%: [one, 'two,three'] }";
    const text = session().server.kubeconfigs.token.replace(
      "  user:\n",
      `  user:\n${user.replaceAll(/(?:^|, )(?=as)/g, "\n    ")}\n`,
    );
    expect(await userOf(text)).toEqual({
      username: "zoë 漢",
      uid: "u-1",
      groups: ["devs", "a,b", "system:authenticated"],
      extra: { "example.com/ä%": ["one", "two,three"] },
    });
  });

  test.each(["clientCertificate", "token"] as const)("a proxy is gone through, with the %s", async (way) => {
    const proxy = await proxyServer({ user: "ada:word" });
    const { baseUrl, kubeconfigs } = session().server;
    const address = proxy.origin.replace("//", "//ada:word@");
    const text = kubeconfigs[way].replace("    server:", `    proxy-url: ${address}\n    server:`);
    expect(await userOf(text)).toMatchObject({ groups: expect.arrayContaining(["system:masters"]) });
    const client = await DynamicClient.fromConfig(await loadKubeconfig({ text }));
    const found: unknown[] = [];
    for await (const { type, object } of client.resource(namespaces).watch({ resourceVersion: "0" })) {
      found.push(type, metadataOf(object).name);
      break;
    }
    expect(found).toEqual(["ADDED", expect.any(String)]);
    await client.close();
    expect(new Set(proxy.asked)).toEqual(new Set([`CONNECT ${new URL(baseUrl).host}`]));
    await proxy.ended();
  });
}
