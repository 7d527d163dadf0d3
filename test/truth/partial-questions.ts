import { objectsPath } from "./definitions.ts";
import { dryRun, type Interview, identityOf, nameOf, parts, put } from "./interview.ts";
import { isObject, type Json, type JsonObject, ownValue } from "./json.ts";
import { applied, type MergePatch, mergePatch } from "./partial.ts";
import type { ObjectNode, SchemaNode } from "./schema-node.ts";
import type { Subject } from "./subject.ts";
import type { View } from "./trial.ts";

/** A part of a stored object that is to be changed, and how a change of it is sent. */
interface Target<Node extends SchemaNode = SchemaNode> {
  readonly subject: Subject;
  readonly view: View;
  readonly node: Node;
  readonly stored: Json;
  /** The path of the object or of its status. */
  readonly path: string;
  /** Makes the body of a change. */
  readonly body: (change: Json) => Json;
}

/** What a merge patch must not take away of any object. */
const identityNulls = [
  { path: ".apiVersion", patch: { apiVersion: null } },
  { path: ".kind", patch: { kind: null } },
  { path: ".metadata", patch: { metadata: null } },
  { path: ".metadata.name", patch: { metadata: { name: null } } },
];

const fieldManager = "fieldManager=truth&force=true";

/** Changes a stored object in every way that changes only parts of it, as a dry run. */
export async function askChanges(interview: Interview, subject: Subject, stored: JsonObject): Promise<void> {
  const { version, content, status, random } = subject;
  const name = nameOf(stored);
  const path = objectsPath(version, true, name);
  const object = { subject, node: content, stored: onlyContent(subject, stored), path };
  const owned = random.oneIn(2) ? { name } : { name, labels: { app: "apply" }, finalizers: ["example.com/apply"] };
  const spread = (change: Json): JsonObject => (isObject(change) ? change : {});
  const identity = identityOf(version);
  await askApply(interview, {
    ...object,
    view: "apply",
    body: (change) => ({ ...identity, metadata: owned, ...spread(change) }),
  });
  const metadata = random.pick<JsonObject>([{}, { metadata: { labels: { app: null }, annotations: null } }]);
  await askMergePatch(interview, {
    ...object,
    view: "merge patch",
    body: (change) => ({ ...metadata, ...spread(change) }),
  });
  if (status === undefined) return;
  await askStatus(interview, { subject, status, stored, path: `${path}/status` });
}

interface StatusOfObject {
  readonly subject: Subject;
  readonly status: SchemaNode;
  readonly stored: JsonObject;
  readonly path: string;
}

/** Changes the status of a stored object in one of the three ways: to try each with each object takes too long. */
async function askStatus(interview: Interview, { subject, status, stored, path }: StatusOfObject): Promise<void> {
  const identity = identityOf(subject.version);
  const before = ownValue(stored, "status");
  const name = nameOf(stored);
  const target = { subject, path };
  const way = subject.random.below(before === undefined ? 1 : 3);
  if (way === 0 || before === undefined) {
    const metadata = isObject(stored.metadata) ? stored.metadata : {};
    const state = { name, resourceVersion: metadata.resourceVersion ?? "" };
    const body = (change: Json): Json => ({ ...identity, metadata: state, status: change });
    const value = subject.maker.make(status, { parts });
    const request = { method: "PUT", path: `${path}?${dryRun}` } as const;
    const question = { subject, view: "status replace", request } as const;
    if (!(await put(interview, { ...question, value: body(value) }))) return;
    for (const breakage of subject.breaker.breakagesOf(status, value, interview.amount.breakages)) {
      await put(interview, { ...question, value: body(breakage.value), breakage });
    }
  } else if (way === 1) {
    const body = (change: Json): Json => ({ ...identity, metadata: { name }, status: change });
    await askApply(interview, { ...target, node: status, stored: before, view: "status apply", body });
  } else if (status.kind === "object" && isObject(before)) {
    const body = (change: Json): Json => ({ status: change });
    await askMergePatch(interview, { ...target, node: status, stored: before, view: "status merge patch", body });
  }
}

/** The part of an object that is neither identity nor metadata nor a status that has requests of its own. */
function onlyContent({ version }: Subject, stored: JsonObject): JsonObject {
  const identity = ["apiVersion", "kind", "metadata", ...(version.statusSubresource ? ["status"] : [])];
  return Object.fromEntries(Object.entries(stored).filter(([key]) => !identity.includes(key)));
}

async function askApply(interview: Interview, { subject, view, node, stored, path, body }: Target): Promise<void> {
  const contentType = "application/apply-patch+yaml";
  const request = { method: "PATCH", path: `${path}?${dryRun}&${fieldManager}`, contentType } as const;
  const value = applied(node, stored, subject);
  if (!(await put(interview, { subject, view, request, value: body(value) }))) return;
  for (const breakage of subject.breaker.breakagesOf(node, value, 1)) {
    await put(interview, { subject, view, request, value: body(breakage.value), breakage });
  }
}

async function askMergePatch(interview: Interview, target: Target<ObjectNode>): Promise<void> {
  const { subject, view, node, stored, path, body } = target;
  if (!isObject(stored)) return;
  const contentType = "application/merge-patch+json";
  const question = { subject, view, request: { method: "PATCH", path: `${path}?${dryRun}`, contentType } } as const;
  const { patch, forbidden } = mergePatch(node, stored, subject);
  if (!(await put(interview, { ...question, value: body(patch) }))) return;
  // Whether there is an object to merge with, no type knows: what a new one lacks cannot be refused.
  const ofNewObjects = ["required property dropped", "none of the alternatives"] as const;
  for (const breakage of subject.breaker.breakagesOf(node, patch, 1, ofNewObjects)) {
    await put(interview, { ...question, value: body(breakage.value), breakage });
  }
  const nulls = view === "merge patch" && subject.random.oneIn(5) ? identityNulls : forbidden;
  if (nulls.length === 0) return;
  const { path: place, patch: value } = subject.random.pick<MergePatch["forbidden"][number]>(nulls);
  const breakage = { rule: "null on a required property", path: place, value } as const;
  await put(interview, { ...question, value: body(value), breakage });
}
