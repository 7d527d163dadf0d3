import { inspect } from "node:util";
import { describe, expect, it, test } from "vitest";
import type { ApiError } from "../../../src/runtime/errors/api-error.ts";
import { apiErrorOf } from "../../../src/runtime/errors/failed-answer.ts";
import { describeSubject, type RequestSubject } from "../../../src/runtime/errors/request-subject.ts";
import type { Status, StatusCause } from "../../../src/runtime/gen/v1.ts";

const subject: RequestSubject = {
  verb: "create",
  resource: "mycoolapps.stable.example.com",
  namespace: "default",
  name: "web",
};

function status(more: Partial<Status>): Status {
  return { kind: "Status", apiVersion: "v1", metadata: {}, status: "Failure", ...more };
}

function refused(code: number, answer: Status | undefined, body?: string): ApiError {
  return apiErrorOf({ ...subject, body }, { code, status: answer, retryAfterSeconds: undefined });
}

test("what was found out since stands behind what the server said, which is the cause", () => {
  const answer = { code: 404, status: undefined, plainText: "404 page not found", retryAfterSeconds: undefined };
  const cause = apiErrorOf(subject, answer);
  const error = apiErrorOf(subject, { ...answer, explanation: "wanted version v2, got v1" }, { cause });
  expect(error.message).toBe(`${cause.message}; wanted version v2, got v1`);
  expect([error.cause, "cause" in cause]).toEqual([cause, false]);
});

it.each<[RequestSubject, string]>([
  [subject, "create mycoolapps.stable.example.com default/web"],
  [{ verb: "get", resource: "namespaces", name: "default" }, "get namespaces default"],
  [{ verb: "list", resource: "pods", namespace: "default" }, "list pods in default"],
  [{ verb: "list", resource: "pods" }, "list pods"],
  [{ ...subject, verb: "patch", resource: "pods/status" }, "patch pods/status default/web"],
])("%j is described as %s", (about, text) => {
  expect(describeSubject(about)).toBe(text);
});

describe("a message", () => {
  const start = "create mycoolapps.stable.example.com default/web:";
  const causes: StatusCause[] = [
    { field: "spec.image", reason: "FieldValueRequired", message: "Required value" },
    { field: "", message: 'Invalid value: "canary": must be set' },
    { reason: "FieldValueForbidden" },
    { field: '.spec.ports[name="canary"].port', reason: "FieldManagerConflict", message: 'conflict with "a" using v1' },
    {},
  ];

  it.each<[string, number, Status | undefined, string]>([
    ["without a Status", 404, undefined, `${start} 404`],
    ["with nothing in it", 500, status({}), `${start} 500`],
    ["with empty texts", 500, status({ reason: "", message: "" }), `${start} 500`],
    ["with a reason", 409, status({ reason: "Conflict" }), `${start} 409 Conflict`],
    ["with a message", 500, status({ message: "it failed" }), `${start} 500, it failed`],
    [
      "with both",
      409,
      status({ reason: "AlreadyExists", message: 'x "web" already exists' }),
      `${start} 409 AlreadyExists, x "web" already exists`,
    ],
    [
      "with causes, which say it all",
      422,
      status({ reason: "Invalid", message: "canary", details: { causes } }),
      `${start} 422 Invalid, spec.image: Required value; Invalid value: …: must be set; FieldValueForbidden; .spec.ports[name=…].port: conflict with "a" using v1; refused`,
    ],
    [
      "with no cause",
      422,
      status({ reason: "Invalid", message: "wrong", details: { causes: [] } }),
      `${start} 422 Invalid, wrong`,
    ],
  ])("%s", (_, code, answer, message) => {
    expect(refused(code, answer).message).toBe(message);
  });
});

test("of very many causes the first are shown, and of very long fields the beginning", () => {
  const causes = Array.from({ length: 23 }, () => ({ field: "spec.a", message: "wrong" }));
  const { message } = refused(422, status({ details: { causes } }));
  expect(message.split("; ").slice(18)).toEqual(["spec.a: wrong", "spec.a: wrong", "and 3 more"]);
  const field = `${".a".repeat(126)}.${"hunter22".repeat(9_000)}`;
  const long = refused(422, status({ details: { causes: [{ field, message: "wrong" }] } }));
  expect(long.message).toMatch(/: 422, (?:\.a){126}\.…: wrong$/);
});

test("a key of a map that the path hides is hidden beside it", () => {
  const causes = [{ field: "metadata.annotations[correcthorse]", message: "key correcthorse is bad" }];
  const { message } = refused(422, status({ details: { causes } }));
  expect(message).toMatch(/: 422, metadata\.annotations\[…\]: key … is bad$/);
});

test("what a program asks for is there", () => {
  const answer = status({ reason: "Invalid", details: { causes: [{ field: "spec" }], retryAfterSeconds: 3 } });
  const error = apiErrorOf(subject, { code: 422, status: answer, retryAfterSeconds: 7 });
  expect(error).toBeInstanceOf(Error);
  const { name, code, reason, verb, resource, retryAfterSeconds } = error;
  expect({ name, code, reason, verb, resource, retryAfterSeconds }).toEqual({
    name: "ApiError",
    code: 422,
    reason: "Invalid",
    verb: "create",
    resource: "mycoolapps.stable.example.com",
    retryAfterSeconds: 3,
  });
  expect(error.status).toBe(answer);
  expect(error.causes).toEqual([{ field: "spec" }]);
});

test("what there is none of is undefined or empty", () => {
  const error = refused(404, undefined);
  expect({ ...error }).toMatchObject({ reason: undefined, retryAfterSeconds: undefined });
  expect([error.status, error.causes]).toEqual([undefined, []]);
  expect(refused(500, status({ reason: "" })).reason).toBeUndefined();
});

describe("no value of an object is in what is printed", () => {
  const canary = "canary-7f3a";
  const odd = `ca"${canary}\\ : {x}: "}, `;
  const body = JSON.stringify({ metadata: { name: "web", labels: { a: odd } }, spec: { token: canary, port: 98765 } });
  const whole = JSON.stringify({ data: { token: canary }, stored: odd });
  const messages = [
    `Invalid value: ${JSON.stringify(whole)}: strict decoding error: unknown field "unknown"`,
    `Invalid value: ${JSON.stringify(odd)}: must be set`,
    `Invalid value: "string": wanted x, got ${canary} and ${odd}`,
    "Invalid value: 98765: is 98765",
    `Duplicate value: {"name":${JSON.stringify(odd)}}`,
    `admission webhook "policy.example.com" denied the request: no ${canary}, please`,
    `failed to create typed patch object: .stringData: expected map, got &{[${odd}]}`,
  ];

  /** Every way in which an error is usually printed. */
  function printed(error: Error): string {
    return [
      error.message,
      String(error),
      error.stack,
      inspect(error),
      inspect(error, { showHidden: true, depth: 9, getters: false }),
      inspect(new Error("outer", { cause: error })),
      JSON.stringify(error),
      JSON.stringify(Object.getOwnPropertyDescriptors(error)),
    ].join("\n");
  }

  it.each(messages)("%s", (message) => {
    for (const details of [{}, { causes: [{ field: "spec", message, reason: "FieldValueInvalid" }] }]) {
      const error = refused(422, status({ reason: "Invalid", message, details }), body);
      expect(printed(error)).not.toMatch(/7f3a|98765/);
      // The one who asks for it gets it.
      expect(JSON.stringify(error.status)).toMatch(/7f3a|98765/);
    }
  });
});
