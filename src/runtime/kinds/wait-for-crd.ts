import { pause, startDeadline } from "../client/deadline.ts";
import type { DynamicClient } from "../client/dynamic-client.ts";
import { checkName, type GroupVersionResource } from "../client/names.ts";
import { checkOptions } from "../client/options.ts";
import { findResource } from "../discovery/find-resource.ts";
import { type GroupsRead, readGroups } from "../discovery/read-groups.ts";
import { isApiError } from "../errors/api-error.ts";
import { InvalidArgumentError } from "../errors/invalid-argument.ts";
import { NotServedError } from "../errors/not-served-error.ts";
import { TimeoutError } from "../errors/timeout-error.ts";
import type { AbortSignalLike, CallOptions, CustomResourceDefinitionNames } from "../gen/v1.ts";
import { throwIfAborted } from "../transport/abort.ts";
import {
  type CustomResourceDefinition,
  type CustomResourceDefinitionCondition,
  CustomResourceDefinitionResource,
} from "./custom-resource-definition.ts";

/** Milliseconds between two looks; the first is the shortest, and they double. */
const firstPause = 50;
const longestPause = 1_000;

/** A wait for one definition. */
interface Wait {
  readonly client: DynamicClient;
  readonly name: string;
  readonly signal: AbortSignalLike;
  /** How far it is, for the error when the time is over. */
  seen: string;
}

/**
 * Waits until a CustomResourceDefinition can be used, and returns it: until it is there and Established, and the server tells
 * of and answers for its resource in every version that is served. It needs to watch definitions; whether it may list the
 * objects does not matter.
 *
 * @param name `<plural>.<group>`.
 * @param options `timeoutMs`: milliseconds, 60,000 by default.
 * @throws NotServedError `names-not-accepted` at once where another definition has its names; TimeoutError that says how
 * far it is, with reason and message of the last condition; what calls throw.
 */
export async function waitForCrd(
  client: DynamicClient,
  name: string,
  options: CallOptions = {},
): Promise<CustomResourceDefinition> {
  checkName(name);
  if (!/^[^.]+\../.test(name)) {
    throw new InvalidArgumentError(
      "name",
      "wanted <plural>.<group>, such as mycoolapps.stable.example.com, got no group",
    );
  }
  checkOptions("get", options);
  const { signal, timeoutMs = 60_000 } = options;
  const deadline = startDeadline({ timeoutMs, signal, subject: () => `wait for ${name}` });
  const wait: Wait = { client, name, signal: deadline.signal, seen: "found no such definition" };
  try {
    const definition = await untilEstablished(wait);
    await untilServed(wait, definition);
    return definition;
  } catch (error) {
    if (!deadline.signal.aborted || signal?.aborted === true) throw error;
    const message = `${name}: wanted a definition that can be used within ${timeoutMs} ms, ${wait.seen}`;
    throw new TimeoutError(message, { phase: "call", timeoutMs });
  } finally {
    deadline.end();
  }
}

async function untilEstablished(wait: Wait): Promise<CustomResourceDefinition> {
  const { client, name, signal } = wait;
  const options = { fieldSelector: { "metadata.name": name }, signal };
  for (;;) {
    for await (const event of client.resource(CustomResourceDefinitionResource).watch(options)) {
      if (event.type === "DELETED") wait.seen = "it was deleted";
      if (event.type !== "ADDED" && event.type !== "MODIFIED") continue;
      if (isEstablished(event.object)) return event.object;
      wait.seen = describe(event.object);
    }
    // The server has ended the watch, as it does when its state is too old, or the time is over.
    throwIfAborted(signal);
    await pause(longestPause, signal);
  }
}

/** @throws NotServedError where it will not come to that. */
function isEstablished({ metadata, spec, status }: CustomResourceDefinition): boolean {
  const conditions = status?.conditions ?? [];
  const refused = conditions.find(({ type, status: is }) => type === "NamesAccepted" && is === "False");
  if (refused !== undefined) {
    if (!isAbout(spec.names, refused)) return false;
    const remedy = "choose other names, or remove the definition that has them";
    const message = `${metadata.name}: wanted its names accepted, got ${describeCondition(refused)}; ${remedy}`;
    throw new NotServedError("names-not-accepted", message);
  }
  if (metadata.deletionTimestamp !== undefined) return false;
  return conditions.some(({ type, status: is }) => type === "Established" && is === "True");
}

/**
 * Whether a condition is about these names. The server looks at names a moment after they were changed, and the condition
 * from before does not say which names it is for, but its message quotes the one that is taken.
 */
function isAbout(names: CustomResourceDefinitionNames, { message }: CustomResourceDefinitionCondition): boolean {
  return (
    message === undefined ||
    Object.values(names)
      .flat()
      .some((name) => message.includes(`"${name}"`))
  );
}

function describe({ metadata, status }: CustomResourceDefinition): string {
  if (metadata.deletionTimestamp !== undefined) return "it is being deleted";
  const conditions = status?.conditions ?? [];
  const last = conditions.find(({ type }) => type === "Established") ?? conditions.at(-1);
  return last === undefined ? "got no condition of it" : `got ${describeCondition(last)}`;
}

function describeCondition({ type, status, reason, message }: CustomResourceDefinitionCondition): string {
  return [`${type} ${status}`, reason, message].filter((part) => part !== undefined && part !== "").join(", ");
}

/** What is Established is not served at once, and not in all versions at the same time. */
async function untilServed(wait: Wait, { spec }: CustomResourceDefinition): Promise<void> {
  const { client, signal } = wait;
  const { group, names, versions } = spec;
  const resources = versions
    .filter(({ served }) => served)
    .map(({ name: version }) => ({ group, version, plural: names.plural }));
  let before: GroupsRead | undefined;
  for (let next = firstPause; ; next = Math.min(longestPause, next * 2)) {
    const read: GroupsRead = await readGroups(client, { before, signal });
    before = read;
    const isTold = ({ version }: GroupVersionResource): boolean =>
      findResource(read.groups, { group, version, by: "plural", name: names.plural }) !== undefined;
    const answering = await Promise.all(resources.map((resource) => isTold(resource) && answers(wait, resource)));
    const missing = resources.filter((_, index) => answering[index] !== true).map(({ version }) => version);
    if (missing.length === 0) return;
    wait.seen = `it is Established, and not served yet in ${missing.join(", ")}`;
    await pause(next, signal);
  }
}

/** Whether there is any answer, even that the caller may not ask, but for those of a resource that is not ready. */
async function answers({ client, signal }: Wait, resource: GroupVersionResource): Promise<boolean> {
  const { group, version, plural } = resource;
  try {
    // Not by a client of the resource, which would find out why nothing serves it.
    await client.getRaw(`/apis/${group}/${version}/${plural}?limit=1`, { signal });
    return true;
  } catch (error) {
    if (!isApiError(error)) throw error;
    return ![429, 503, 504].includes(error.code) && !(error.code === 404 && error.reason === undefined);
  }
}
