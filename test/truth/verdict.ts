/** What the API server said of a request. */
export interface Answer {
  readonly code: number;
  /** The decoded body: an object, or a Status. */
  readonly body: unknown;
  /** The texts of the `Warning` headers. */
  readonly warning: string | undefined;
}

/**
 * What the API server thinks of an object.
 * `type`: refused for what a type can say. `value`: refused for what no type says, and so of no interest.
 * `unknown`: an answer that this does not understand, which is to be looked at.
 */
export interface Verdict {
  readonly outcome: "accepted" | "type" | "value" | "unknown";
  /** What the server said; empty where it accepted. */
  readonly message: string;
}

interface Cause {
  readonly reason: string;
  readonly message: string;
}

interface Status {
  readonly message: string;
  readonly causes: readonly Cause[];
}

// The reasons of field errors that a type can say (k8s.io/apimachinery, field.ErrorType).
const typeReasons = new Set(["FieldValueRequired", "FieldValueNotSupported", "FieldValueTypeInvalid"]);
const valueReasons = new Set(["FieldValueInvalid", "FieldValueDuplicate", "FieldValueTooLong", "FieldValueTooMany"]);

// What the server says, of the request or of a field, where something is wrong that a type says too.
const typeMessages = [
  // Of fieldValidation=Strict.
  /strict decoding error: .*unknown field/,
  /json: cannot unmarshal/,
  /must be of type/,
  /must be a string/,
  // Of server-side apply, which reads an object by its schema before it validates.
  /failed to create typed patch object/,
  // With `additionalProperties: false`.
  /is a forbidden property$/,
  // Of exclusive properties.
  /must validate one and only one schema \(oneOf\)/,
  // Of another kind, of none, or of no name.
  /the (?:API version|kind) in the data .*does not match the expected/,
  /: must be [A-Z]\w*$/i,
  /Object '(?:apiVersion|Kind)' is missing/,
  /name must be provided/,
  // Of required parts of metadata; see ValidateOwnerReferences.
  /^Invalid value: "": (?:version )?must not be empty$/,
];

/** What an answer says of the object that was sent. */
export function verdictOf({ code, body }: Answer): Verdict {
  if (code >= 200 && code < 300) return { outcome: "accepted", message: "" };
  const { message, causes } = statusOf(body);
  const said = `${code}: ${message}`;
  if (code === 422 && causes.length > 0) {
    if (causes.some(isTypeCause)) return { outcome: "type", message: said };
    const known = causes.every(({ reason }) => valueReasons.has(reason));
    return { outcome: known ? "value" : "unknown", message: said };
  }
  return { outcome: saysType(message) ? "type" : "unknown", message: said };
}

function saysType(message: string): boolean {
  return typeMessages.some((pattern) => pattern.test(message));
}

function isTypeCause({ reason, message }: Cause): boolean {
  return typeReasons.has(reason) || (reason === "FieldValueInvalid" && saysType(message));
}

function statusOf(body: unknown): Status {
  const status = body as { message?: unknown; details?: { causes?: readonly Partial<Cause>[] } } | null;
  const causes = status?.details?.causes ?? [];
  return {
    message: withoutQuotedObject(typeof status?.message === "string" ? status.message : JSON.stringify(body)),
    causes: causes.map(({ reason = "", message = "" }) => ({ reason, message: withoutQuotedObject(message) })),
  };
}

/** What is wrong with the outcome of a patch is said behind the whole object, quoted. */
function withoutQuotedObject(message: string): string {
  return message.replace(/Invalid value: "\{.*\}": /s, "Invalid value: {…}: ");
}
