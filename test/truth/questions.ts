import { isRecord, listOf } from "../fidelity/raw-schema.ts";
import { objectsPath } from "./definitions.ts";
import { completed, dryRun, type Interview, nameOf, parts, put, strict } from "./interview.ts";
import { isObject, type Json, type JsonObject, withKey } from "./json.ts";
import type { Subject } from "./subject.ts";
import type { MakeOptions } from "./values.ts";

/** A whole object of a version, as a program would write it: now and then without apiVersion and kind. */
function wholeObject({ input, maker, version }: Subject, name: string, options: Partial<MakeOptions> = {}): JsonObject {
  const made = maker.make(input, { parts, ...options });
  if (!isObject(made)) throw new Error(`${version.definition.name}: wanted an object, got ${JSON.stringify(made)}`);
  const metadata = isObject(made.metadata) ? made.metadata : {};
  return withKey(made, "metadata", withKey(metadata, "name", name));
}

/** Puts whole objects to the server, and of each that it accepts some that are broken in one way. Nothing is stored. */
export async function askCreate(interview: Interview, subject: Subject): Promise<void> {
  const { objects, breakages } = interview.amount;
  const request = { method: "POST", path: `${objectsPath(subject.version, true)}?${dryRun}` } as const;
  for (let count = 0; count < objects; count++) {
    const value = wholeObject(subject, "truth");
    if (!(await put(interview, { subject, view: "create", value, request }))) continue;
    for (const breakage of subject.breaker.breakagesOf(subject.input, value, breakages)) {
      await put(interview, { subject, view: "create", value: breakage.value, breakage, request });
    }
  }
}

/**
 * Stores half as many objects as are wanted through a version, those that the server accepts. All but the first get a
 * status where that is a subresource.
 */
export async function store(interview: Interview, subject: Subject, prefix: string): Promise<void> {
  const { version, maker, status } = subject;
  const path = objectsPath(version, true);
  for (let count = 0; count < Math.ceil(interview.amount.objects / 2); count++) {
    const name = `${prefix}-${owner(subject)}-${count}`;
    const body = completed(version, wholeObject(subject, name, { apply: true }));
    const created = await interview.api.send({ method: "POST", path: `${path}?${strict}`, body });
    if (created.code !== 201 || !isRecord(created.body)) continue;
    if (status === undefined || count === 0) continue;
    const written = withKey(created.body as JsonObject, "status", maker.make(status, { parts, apply: true }));
    await interview.api.send({ method: "PUT", path: `${path}/${name}/status?${strict}`, body: written });
  }
}

/** What of the name of an object tells who has stored it. */
function owner({ version, seed }: Subject): string {
  return `${version.name}-${seed}`;
}

/** Reads all objects of its seed through a version, whatever version they were stored through, and returns its own. */
export async function read(interview: Interview, subject: Subject): Promise<readonly JsonObject[]> {
  const { version, seed } = subject;
  const answer = await interview.api.expect({ method: "GET", path: objectsPath(version, true) });
  const own: JsonObject[] = [];
  for (const value of listOf(answer, "items") as readonly JsonObject[]) {
    const [, storedThrough = "", storedBy] = nameOf(value).split("-");
    if (storedBy !== String(seed)) continue;
    const verdict = { outcome: "accepted", message: "" } as const;
    const text = JSON.stringify(value);
    interview.trials.push({ subject, view: "read", text, breakage: undefined, verdict, storedThrough });
    if (storedThrough === version.name) own.push(value);
  }
  return own;
}

/**
 * Whether a version would take an object, that was read through it, as its own. What has been stored through another
 * version and converted by changing its apiVersion alone need not be one.
 */
export async function wouldTake(interview: Interview, subject: Subject, value: Json): Promise<boolean> {
  const { version, status } = subject;
  if (!isObject(value)) return false;
  const path = objectsPath(version, true);
  const metadata = { name: "truth-again" };
  const again: Json = withKey(value, "metadata", metadata);
  const created = await interview.api.send({ method: "POST", path: `${path}?${dryRun}`, body: again });
  if (created.code !== 201 || status === undefined || value.status === undefined) return created.code === 201;
  // An update may keep what was wrong before (ratcheting), so the status goes to an object without one.
  const plain = `${path}/after-${owner(subject)}-0`;
  const before = await interview.api.send({ method: "GET", path: plain });
  if (before.code !== 200 || !isRecord(before.body)) return false;
  const written = withKey(before.body as JsonObject, "status", value.status);
  return (await interview.api.send({ method: "PUT", path: `${plain}/status?${dryRun}`, body: written })).code === 200;
}
