import { beforeAll, expect, test } from "vitest";
import type { UnstructuredVerbs } from "../../../../src/runtime/client/unstructured-client.ts";
import { ApiError } from "../../../../src/runtime/errors/api-error.ts";
import type { JsonObject } from "../../../../src/runtime/unstructured/json.ts";
import { canary } from "../../guarded.ts";
import { problemOf, type Session } from "./session.ts";
import { vaults } from "./vaults.ts";

const registration = { group: "admissionregistration.k8s.io", version: "v1" };
const policies = { ...registration, plural: "validatingadmissionpolicies" };
const bindings = { ...registration, plural: "validatingadmissionpolicybindings" };
const apiVersion = "admissionregistration.k8s.io/v1";
const subject = "patch vaults.stable.example.com";

function vault(name: string, spec: JsonObject): JsonObject {
  return { apiVersion: "stable.example.com/v1", kind: "Vault", metadata: { name }, spec };
}

/** Installs a policy that refuses what has a label, in a sentence that says a value of the stored object, and warns likewise. */
async function installPolicy({ client }: Session): Promise<void> {
  const metadata = { name: "used-before" };
  const rule = { apiGroups: [vaults.group], apiVersions: ["*"], operations: ["UPDATE"], resources: [vaults.plural] };
  const expression = "!has(object.metadata.labels)";
  const validation = { expression, messageExpression: "'password ' + oldObject.spec.immutable + ' was used before'" };
  const spec = { matchConstraints: { resourceRules: [rule] }, validations: [validation], failurePolicy: "Fail" };
  await client.resource(policies).create({ apiVersion, kind: "ValidatingAdmissionPolicy", metadata, spec });
  for (const validationActions of [["Deny"], ["Warn"]]) {
    await client.resource(bindings).create({
      apiVersion,
      kind: "ValidatingAdmissionPolicyBinding",
      metadata: { name: `${metadata.name}-${validationActions[0]?.toLowerCase()}` },
      spec: { policyName: metadata.name, validationActions },
    });
  }
}

/** A server heeds a policy a moment after it has it: changes until there is what is looked for. */
async function until<T>(change: () => Promise<T | undefined>): Promise<T> {
  const end = performance.now() + 30_000;
  for (;;) {
    const found = await change();
    if (found !== undefined) return found;
    if (performance.now() > end) throw new Error("wanted the policy to be heeded, found that it was not");
  }
}

/** What is shown of sentences that the author of a definition or of a policy has written, which may say any value. */
export function sentences(session: () => Session): void {
  let namespace: string;
  let locked: UnstructuredVerbs;
  beforeAll(async () => {
    namespace = await session().namespace("sentences-");
    locked = session().client.resource(vaults).namespace(namespace);
    await locked.create(vault("stored", { immutable: canary }));
  });

  const merge = (patch: JsonObject): Promise<ApiError> => problemOf(locked.patch("stored", { merge: patch }));

  test("of a rule, about what is stored and was not sent", async () => {
    const error = await merge({ spec: { locked: true } });
    const invalid = "422 Invalid, spec: Invalid value: ";
    expect(error.message.replace("Invalid value: …: ", "Invalid value: ")).toBe(
      `${subject} ${namespace}/stored: ${invalid}password … is too weak`,
    );
    expect(error.causes[0]?.message).toContain(`password ${canary} is too weak`);
  });

  test("of a rule, about a short value", async () => {
    const error = await merge({ spec: { pin: "123" } });
    expect(error.message).toContain("spec.pin: Invalid value: …: value … was used");
  });

  test("of a schema, about a key of a map", async () => {
    const error = await merge({ spec: { tokens: { "canary-123": "long" } } });
    expect(error.message).toContain("spec.tokens.…: Too long: may not be more than 1 byte");
  });

  test("of a policy, in its denial and in its warning", async () => {
    await installPolicy(session());
    const { warnings } = session().admin;
    const patch = { merge: { metadata: { labels: { team: "green" } } } };
    const change = () => locked.patch("stored", patch, { dryRun: true }).catch((error: unknown) => error);
    const error = await until(async () => ((await change()) instanceof ApiError ? problemOf(change()) : undefined));
    const policy = "ValidatingAdmissionPolicy 'used-before' with binding 'used-before";
    const sentence = "password … was used before";
    const told = `${policy}-deny' denied request: ${sentence}`;
    expect(error.message).toBe(`${subject} ${namespace}/stored: 422 Invalid, ${told}`);
    expect(JSON.stringify(error.status)).toContain(canary);
    const warning = await until(async () => {
      await change();
      return warnings.find(({ message }) => message.includes("used-before"));
    });
    expect(warning.message).toBe(`Validation failed for ${policy}-warn': ${sentence}`);
  });
}
