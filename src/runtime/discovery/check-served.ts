import { resourceName } from "../client/names.ts";
import { checkEach, oneOf, rules } from "../client/options.ts";
import { InvalidArgumentError } from "../errors/invalid-argument.ts";
import { NotServedError } from "../errors/not-served-error.ts";
import type { CallOptions, KindTypes, ResourceDescriptor } from "../gen/v1.ts";
import { checkDescriptors } from "../unstructured/is-kind.ts";
import { jsonTypeOf } from "../unstructured/json.ts";
import { differencesOf } from "./differences.ts";
import { type RawClient, readGroups } from "./read-groups.ts";

/** Options of {@link checkServed}. */
export interface CheckServedOptions extends CallOptions {
  /** What comes of differences: nothing, and no request either; one warning; one error. Each deprecated version has a warning of its own. */
  readonly mode: "off" | "warn" | "fail";
  /** Told of what is no error. Default: it is printed as a warning of Node. */
  readonly onWarning?: ((message: string) => void) | undefined;
}

/** The rules of what calls do not have. */
const ownRules = {
  mode: oneOf("off", "warn", "fail"),
  onWarning: { wanted: "a function", accepts: (value: unknown) => typeof value === "function" },
};
const names = ["mode", "onWarning", "signal", "timeoutMs"] as const;

/**
 * Compares what a program was generated for with what the server serves, as a guard at the start: version, kind, plural,
 * scope, and whether there are the subresources status and scale. A version that its descriptor calls deprecated still works, so that
 * it is told of as a warning in both modes.
 *
 * @throws NotServedError `differs` with all that differs, in the mode `fail`; in the modes `warn` and `fail` what calls of the
 * client throw, as when there is no server.
 */
export async function checkServed(
  client: RawClient,
  descriptors: readonly ResourceDescriptor<KindTypes>[],
  options: CheckServedOptions,
): Promise<void> {
  checkEach(options, { owner: "checkServed", rules: { ...rules, ...ownRules }, names });
  const { mode, onWarning = warn, ...limits } = options;
  if (!Array.isArray(descriptors)) {
    throw new InvalidArgumentError("descriptors", `wanted a list, got ${jsonTypeOf(descriptors)}`);
  }
  checkDescriptors(descriptors);
  if (mode === undefined) throw new InvalidArgumentError("mode", `wanted ${ownRules.mode.wanted}`);
  if (mode === "off") return;
  const { groups } = await readGroups(client, limits);
  const differences = descriptors.flatMap((descriptor) =>
    differencesOf(descriptor, groups).map((difference) => `${nameOf(descriptor)}: ${difference}`),
  );
  const deprecated = descriptors.filter((descriptor) => descriptor.deprecated).map(describeDeprecation);
  for (const warning of deprecated) onWarning(warning);
  if (differences.length === 0) return;
  if (mode === "fail") throw new NotServedError("differs", messageOf(differences));
  onWarning(messageOf(differences));
}

function nameOf(descriptor: ResourceDescriptor<KindTypes>): string {
  return `${resourceName(descriptor)}/${descriptor.version}`;
}

function describeDeprecation(descriptor: ResourceDescriptor<KindTypes>): string {
  const { deprecationWarning } = descriptor;
  const why = deprecationWarning === undefined ? "" : `, ${deprecationWarning}`;
  return `${nameOf(descriptor)}: the version is deprecated${why}`;
}

function messageOf(lines: readonly string[]): string {
  const [first = "", ...others] = lines;
  if (others.length === 0) return first;
  return ["the server and the generated code differ:", ...lines.map((line) => `  ${line}`)].join("\n");
}

function warn(message: string): void {
  process.emitWarning(message, "KubernetesWarning");
}
