import { expect, test } from "vitest";
import { checkImpersonation, impersonationOf } from "../../../src/runtime/config/impersonation.ts";
import type { UserEntry } from "../../../src/runtime/config/kubeconfig-entries.ts";

const grace = { name: "ada", impersonateUser: "grace" };

test.each<[UserEntry, object]>([
  [{ name: "ada" }, {}],
  [grace, { "impersonate-user": "grace" }],
  [
    { ...grace, impersonateGroups: ["admins", "a,b"], impersonateUid: "u-1" },
    { "impersonate-user": "grace", "impersonate-group": ["admins", "a,b"], "impersonate-uid": "u-1" },
  ],
  // A header is sent as Latin-1, and these are the bytes of UTF-8.
  [
    { name: "ada", impersonateUser: "zoë", impersonateGroups: ["漢"] },
    { "impersonate-user": "zo\u00c3\u00ab", "impersonate-group": ["\u00e6\u00bc\u00a2"] },
  ],
  [{ ...grace, impersonateGroups: [], impersonateExtra: { scopes: [] } }, { "impersonate-user": "grace" }],
  [
    { ...grace, impersonateExtra: { scopes: ["view", "edit"], "example.com/Ä 5%": ["one"] } },
    {
      "impersonate-user": "grace",
      "impersonate-extra-scopes": ["view", "edit"],
      "impersonate-extra-example.com%2F%C3%A4%205%25": ["one"],
    },
  ],
])("%j asks with %j", (user, headers) => {
  expect(() => checkImpersonation(user, "a test")).not.toThrow();
  expect(impersonationOf(user)).toEqual(headers);
});

test.each<[string, Partial<UserEntry>]>([
  ["as-groups", { impersonateGroups: ["admins"], impersonateUid: "u-1" }],
  ["as-uid", { impersonateUid: "u-1" }],
  ["as-user-extra", { impersonateExtra: { scopes: ["view"] } }],
])("%s without a user is refused", (field, entry) => {
  expect(() => checkImpersonation({ name: "ada", ...entry }, "a test")).toThrow(
    expect.objectContaining({
      code: "invalid",
      message: `a test: user "ada": wanted the name of a user as \`as\` beside ${field}, found none; add it, or remove ${field}`,
    }),
  );
});
