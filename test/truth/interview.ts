import { isRecord } from "../fidelity/raw-schema.ts";
import type { Api, ApiRequest } from "./api.ts";
import { type Breakage, unknownKey } from "./breakages.ts";
import type { Version } from "./definitions.ts";
import { isObject, type Json, type JsonObject, ownValue } from "./json.ts";
import type { Subject } from "./subject.ts";
import type { Trial, View } from "./trial.ts";
import { type Answer, type Verdict, verdictOf } from "./verdict.ts";

/** How much is asked about each version. */
export interface Amount {
  /** Objects of each version. */
  readonly objects: number;
  /** Breakages of each object. */
  readonly breakages: number;
}

/** Who is asked, how much, and where what comes of it goes. */
export interface Interview {
  readonly api: Api;
  readonly amount: Amount;
  readonly trials: Trial[];
}

/** A value for the API server. */
export interface Question {
  readonly subject: Subject;
  readonly view: View;
  /** What the compiler sees. */
  readonly value: Json;
  readonly breakage?: Breakage;
  readonly request: Omit<ApiRequest, "body">;
}

/** Objects have about so many parts. */
export const parts = 40;

export const strict = "fieldValidation=Strict";
export const dryRun: string = `dryRun=All&${strict}`;

/** Puts a value to the API server, notes what it says, and returns whether it accepted. */
export async function put(interview: Interview, question: Question): Promise<boolean> {
  const { subject, view, value, breakage, request } = question;
  const answer = await interview.api.send({ ...request, body: completed(subject.version, value) });
  const verdict = isDropped(breakage, answer) ? droppedUnseen : verdictOf(answer);
  const changed = breakage === undefined ? undefined : { rule: breakage.rule, path: breakage.path };
  interview.trials.push({ subject, view, text: JSON.stringify(value), breakage: changed, verdict });
  return verdict.outcome === "accepted";
}

const droppedUnseen: Verdict = { outcome: "type", message: "accepted, and the unknown key dropped without a word" };

/**
 * Whether an unknown key is not in what the server says it has made of the object. Server-side apply drops such a key
 * without a word in some places: in an object without properties, and everywhere below an open root.
 */
function isDropped(breakage: Breakage | undefined, { code, body }: Answer): boolean {
  if (breakage?.rule !== "unknown key" || code >= 300 || !isRecord(body)) return false;
  // The server's notes of who manages which fields are no part of the object.
  const { metadata: _, ...content } = body;
  return !JSON.stringify(content).includes(unknownKey);
}

/** What the client sends of a value: with apiVersion and kind, unless they are there, right or wrong. */
export function completed(version: Version, value: Json): Json {
  return isObject(value) ? { ...identityOf(version), ...value } : value;
}

/** What a version calls its objects. */
export function identityOf({ definition, name }: Version): { readonly apiVersion: string; readonly kind: string } {
  return { apiVersion: `${definition.group}/${name}`, kind: definition.kind };
}

/** The name of an object; empty where it has none. */
export function nameOf({ metadata }: JsonObject): string {
  const name = isObject(metadata) ? ownValue(metadata, "name") : undefined;
  return typeof name === "string" ? name : "";
}
