import type { DynamicClient } from "../../../../src/runtime/client/dynamic-client.ts";

const reviews = { group: "authentication.k8s.io", version: "v1", plural: "selfsubjectreviews" };

/** Who the server takes the user of a client for. */
export async function whoIs({ client }: { readonly client: DynamicClient }): Promise<string | undefined> {
  const review = { apiVersion: "authentication.k8s.io/v1", kind: "SelfSubjectReview" };
  const answer = await client.resource(reviews).create(review);
  return answer.nestedString("status", "userInfo", "username");
}
