import type { DynamicClient } from "../client/dynamic-client.ts";
import { checkEach, rules } from "../client/options.ts";
import type { ApplyOptions, CustomResourceDefinitionToInstall } from "../gen/v1.ts";
import { type CustomResourceDefinition, CustomResourceDefinitionResource } from "./custom-resource-definition.ts";
import { waitForCrd } from "./wait-for-crd.ts";

/** Options of {@link ensureCrd}. */
export type EnsureCrdOptions = Pick<ApplyOptions, "fieldManager" | "force" | "signal" | "timeoutMs">;

/**
 * Installs a CustomResourceDefinition, or makes the one that is there the same, waits until it can be used
 * ({@link waitForCrd}), and returns it. It is applied (server-side apply): several programs may do that at the same time, and what
 * others have added stays, as the certificate of a conversion webhook. The versions are replaced as a whole; one in which objects may be
 * stored is not removed, for the server refuses that.
 *
 * @param options `fieldManager`: who applies; `force`: takes over fields that others own; `timeoutMs`: milliseconds for all of it,
 * 60,000 by default.
 * @throws ApiError where the server refuses: 409 where others own fields that would change, 422 where the definition is invalid
 * or lacks a stored version; what waitForCrd throws.
 */
export async function ensureCrd(
  client: DynamicClient,
  definition: CustomResourceDefinitionToInstall,
  options: EnsureCrdOptions,
): Promise<CustomResourceDefinition> {
  checkEach(options ?? {}, { owner: "ensureCrd", rules, names: ["fieldManager", "force", "signal", "timeoutMs"] });
  const { fieldManager, force, signal, timeoutMs = 60_000 }: EnsureCrdOptions = Object(options);
  const begun = performance.now();
  const definitions = client.resource(CustomResourceDefinitionResource);
  await definitions.apply(definition, { fieldManager, force, signal, timeoutMs });
  const left = Math.max(1, Math.round(timeoutMs - (performance.now() - begun)));
  return waitForCrd(client, definition.metadata.name, { signal, timeoutMs: left });
}
