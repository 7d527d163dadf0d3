import { expect, test } from "vitest";
import { ClusterError } from "../../src/read/cluster-error.ts";
import { clusterError } from "../../src/read/cluster-failure.ts";
import type { ApiError } from "../../src/runtime/errors/api-error.ts";
import { ConfigError } from "../../src/runtime/errors/config-error.ts";
import { ConnectionError } from "../../src/runtime/errors/connection-error.ts";
import { apiErrorOf } from "../../src/runtime/errors/failed-answer.ts";
import { InvalidArgumentError } from "../../src/runtime/errors/invalid-argument.ts";
import { TimeoutError } from "../../src/runtime/errors/timeout-error.ts";

const cluster = { name: 'context "staging"', server: "https://10.0.0.1:6443" };
const place = 'https://10.0.0.1:6443 (context "staging")';
const resource = "customresourcedefinitions.apiextensions.k8s.io";

/** What an API server refuses a list with, or the reading of one definition. */
function refusal(code: number, reason?: string, message?: string): ApiError {
  const status =
    reason === undefined
      ? undefined
      : ({ apiVersion: "v1", kind: "Status", status: "Failure", code, reason, ...(message && { message }) } as const);
  return apiErrorOf({ verb: "list", resource }, { code, status, retryAfterSeconds: undefined });
}

function refusedName(message: string): ApiError {
  const status = { apiVersion: "v1", kind: "Status", reason: "Forbidden", code: 403, message } as const;
  const subject = { verb: "get", resource, name: "mycoolapps.stable.example.com" };
  return apiErrorOf(subject, { code: 403, status, retryAfterSeconds: undefined });
}

const grant = `ask an administrator for a cluster role with the rule {apiGroups: ["apiextensions.k8s.io"], resources: ["customresourcedefinitions"], verbs: ["get", "list"]}, as \`kubectl create clusterrole crd-reader --verb=get,list --resource=customresourcedefinitions.apiextensions.k8s.io\` makes it, and a binding to it`;

test.each<[string, unknown, string]>([
  [
    "credentials that the server does not know",
    refusal(401, "Unauthorized", "Unauthorized"),
    `${place}: wanted the definitions, but the server does not know who asks (401 Unauthorized); the context's credentials are missing, wrong or expired: log in again, or choose another context`,
  ],
  [
    "a user without the right to list",
    refusal(
      403,
      "Forbidden",
      `${resource} is forbidden: User "ada" cannot list resource "customresourcedefinitions" in API group "apiextensions.k8s.io" at the cluster scope`,
    ),
    `${place}: the user ada may not list ${resource} (403 Forbidden); ${grant}`,
  ],
  [
    "a user without the right to get",
    refusedName(
      `${resource} "mycoolapps.stable.example.com" is forbidden: User "system:serviceaccount:ci:builder" cannot get resource "customresourcedefinitions" in API group "apiextensions.k8s.io" at the cluster scope`,
    ),
    `${place}: the user system:serviceaccount:ci:builder may not get ${resource} (403 Forbidden); ${grant}`,
  ],
  [
    "a refusal that names nobody, as of a proxy",
    refusal(403),
    `${place}: this user may not list ${resource} (403 Forbidden); ${grant}`,
  ],
  [
    "a page that is too old",
    refusal(410, "Expired", "The provided continue parameter is too old"),
    `${place}: the list of definitions became too old while it was read (410 Gone); run again`,
  ],
  ["a page that is gone", refusal(410), expect.stringMatching(/ became too old .*; run again$/)],
  [
    "a server that fails",
    refusal(500, "InternalError", "etcd does not answer"),
    `${place}: wanted the definitions, but got list ${resource}: 500 InternalError, etcd does not answer; try again; if it stays so, look at the server and at what stands before it`,
  ],
  [
    "a server of something else",
    refusal(404),
    `${place}: wanted the definitions, but got list ${resource}: 404; check that the address is that of a Kubernetes API server and that no proxy answers for it`,
  ],
  [
    "a server that does not answer in time",
    new TimeoutError("list: wanted it done in 120000 ms", { phase: "call", timeoutMs: 120_000 }),
    `${place}: wanted an answer in 120 s, got none; check that the server works and that nothing between slows it down`,
  ],
  [
    "a connection that does not come about in time",
    new TimeoutError("wanted a connection", { phase: "connect", timeoutMs: 10_000 }),
    `${place}: wanted an answer in 10 s, got none; check that the server works and that nothing between slows it down`,
  ],
  [
    "an answer that is none of an API server",
    new ConnectionError("not-json", "wanted JSON from the API server, got a page of HTML or XML; check the address"),
    `${place}: wanted JSON from the API server, got a page of HTML or XML; check the address`,
  ],
  [
    "a connection that fails, which says where itself",
    new ConnectionError("untrusted", `${place}: wanted a certificate of an authority that is trusted, got another`),
    `${place}: wanted a certificate of an authority that is trusted, got another`,
  ],
  [
    "credentials that cannot be had any more",
    new ConfigError("plugin", 'kubeconfig a: context "staging": user "ada": exec plugin "login" failed (1)'),
    'kubeconfig a: context "staging": user "ada": exec plugin "login" failed (1); --kubeconfig and --context name others',
  ],
])("%s", (_, error, message) => {
  const said = clusterError(error, cluster);
  expect(said).toBeInstanceOf(ClusterError);
  expect(said).toMatchObject({ message });
});

test("what reads kubeconfigs is not there, whichever is read", () => {
  const message = "@kubernetes/client-node: wanted to read a kubeconfig, but it is not installed; run: npm install";
  expect(clusterError(new ConfigError("client-node", message), undefined)).toMatchObject({ message });
});

test("a kubeconfig that leads nowhere", () => {
  const said = clusterError(new ConfigError("no-context", "kubeconfig a: wanted a context, found none"), undefined);
  expect(said).toBeInstanceOf(ClusterError);
  expect(said).toMatchObject({
    message: "kubeconfig a: wanted a context, found none; --kubeconfig and --context name others",
  });
});

test.each([new TypeError("boom"), new InvalidArgumentError("limit", "wanted a number"), "boom"])(
  "a defect stays what it is: %s",
  (error) => {
    expect(clusterError(error, cluster)).toBe(error);
    expect(clusterError(error, undefined)).toBe(error);
  },
);
