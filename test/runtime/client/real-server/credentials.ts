import { expect, test } from "vitest";
import { DynamicClient } from "../../../../src/runtime/client/dynamic-client.ts";
import { loadKubeconfig } from "../../../../src/runtime/config/kubeconfig.ts";
import type { JsonObject } from "../../../../src/runtime/unstructured/json.ts";
import { content, type Session } from "./session.ts";

const reviews = { group: "authentication.k8s.io", version: "v1", plural: "selfsubjectreviews" };

/** Whom the server takes the client of a kubeconfig for. */
async function userOf(text: string): Promise<JsonObject> {
  await using client = await DynamicClient.fromConfig(await loadKubeconfig({ text }));
  const review = { apiVersion: "authentication.k8s.io/v1", kind: "SelfSubjectReview" };
  const { status } = content(await client.resource(reviews).create(review));
  return (status as JsonObject).userInfo as JsonObject;
}

/** What kubeconfigs say of who asks, as the server sees it. */
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
}
