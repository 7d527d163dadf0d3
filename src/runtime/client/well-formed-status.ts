import type { Status } from "../gen/v1.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../unstructured/json.ts";

/**
 * A Status without what is not of the type that it has to be: webhooks, and what stands before a server, may send anything, and
 * whoever asks an error about it is to get an answer all the same.
 */
export function wellFormedStatus(status: JsonObject): Status {
  const { details, ...rest } = status;
  const kept = only(rest, {
    apiVersion: isText,
    kind: isText,
    metadata: isJsonObject,
    status: isText,
    message: isText,
    reason: isText,
    code: Number.isFinite,
  });
  // Checked field by field above, but for words for programs, of which newer servers may have others.
  return { ...kept, ...(isJsonObject(details) && { details: wellFormedDetails(details) }) } as unknown as Status;
}

function wellFormedDetails({ causes, ...details }: JsonObject): JsonObject {
  const texts = { name: isText, group: isText, kind: isText, uid: isText };
  const kept = only(details, { ...texts, retryAfterSeconds: Number.isFinite });
  if (!Array.isArray(causes)) return kept;
  const rules = { reason: isText, message: isText, field: isText };
  return { ...kept, causes: causes.filter(isJsonObject).map((cause) => only(cause, rules)) };
}

type Rules = Readonly<Record<string, (value: JsonValue | undefined) => boolean>>;

/** An object without the fields that break a rule; one that has no rule stays. */
function only(object: JsonObject, rules: Rules): JsonObject {
  const kept = Object.entries(object).filter(([field, value]) => !Object.hasOwn(rules, field) || rules[field]?.(value));
  return Object.fromEntries(kept);
}

function isText(value: unknown): boolean {
  return typeof value === "string";
}
