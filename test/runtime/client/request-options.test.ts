import { describe, expect, test } from "vitest";
import type { AnyOptions, Verb } from "../../../src/runtime/client/options.ts";
import { type ApiRequest, getRequest, listRequest, watchRequest } from "../../../src/runtime/client/requests.ts";
import {
  applyRequest,
  createRequest,
  deleteCollectionRequest,
  deleteRequest,
  patchRequest,
  replaceRequest,
} from "../../../src/runtime/client/write-requests.ts";
import type {
  ApplyOptions,
  CreateOptions,
  DeleteCollectionOptions,
  DeleteOptions,
  GetOptions,
  KindTypes,
  ListOptions,
  PatchOptions,
  ReplaceOptions,
  WatchOptions,
} from "../../../src/runtime/gen/v1.ts";
import { policies } from "./places.ts";

/** The options of each verb in the contract. */
interface OptionsOf {
  get: GetOptions;
  list: ListOptions<KindTypes>;
  watch: WatchOptions<KindTypes>;
  create: CreateOptions;
  replace: ReplaceOptions;
  patch: PatchOptions;
  apply: ApplyOptions;
  delete: DeleteOptions;
  deleteCollection: DeleteCollectionOptions<KindTypes>;
}

/** A value of an option, and what is sent more because of it: a part of the query or of the body, or nothing. */
type Sent<Value> = readonly (readonly [value: Value, query?: string, body?: string])[];

/** Every option of every verb: one that has none here does not compile. */
type Table = {
  readonly [V in Verb]: { readonly [Name in keyof OptionsOf[V]]-?: Sent<NonNullable<OptionsOf[V][Name]>> };
};

const call = { signal: [[new AbortController().signal]], timeoutMs: [[1_000]] } as const;

const selection = {
  labelSelector: [["app=web,env in (a,b)", "labelSelector=app%3Dweb%2Cenv%20in%20(a%2Cb)"]],
  fieldSelector: [
    [{ "metadata.name": "a" }, "fieldSelector=metadata.name%3Da"],
    [{ "metadata.name": "a,b=c\\d" }, "fieldSelector=metadata.name%3Da%5C%2Cb%5C%3Dc%5C%5Cd"],
    [{ "metadata.name": { not: "a" } }, "fieldSelector=metadata.name!%3Da"],
    [{ "metadata.name": { not: ["a", "b"] } }, "fieldSelector=metadata.name!%3Da%2Cmetadata.name!%3Db"],
    [{}],
  ],
} as const;

const fieldWrite = {
  ...call,
  dryRun: [[true, "dryRun=All"], [false]],
  fieldManager: [["a & b", "fieldManager=a%20%26%20b"]],
  fieldValidation: [
    ["Ignore", "fieldValidation=Ignore"],
    ["Warn", "fieldValidation=Warn"],
    ["Strict", "fieldValidation=Strict"],
  ],
} as const;

const deletion = {
  ...call,
  dryRun: [[true, "", ',"dryRun":["All"]'], [false]],
  gracePeriodSeconds: [
    [0, "", ',"gracePeriodSeconds":0'],
    [30, "", ',"gracePeriodSeconds":30'],
  ],
  propagationPolicy: [
    ["Orphan", "", ',"propagationPolicy":"Orphan"'],
    ["Background", "", ',"propagationPolicy":"Background"'],
    ["Foreground", "", ',"propagationPolicy":"Foreground"'],
  ],
} as const;

const resourceVersion = [
  ["41", "resourceVersion=41"],
  ["0", "resourceVersion=0"],
  ["", "resourceVersion="],
] as const;

const table: Table = {
  get: { ...call, resourceVersion },
  list: {
    ...call,
    ...selection,
    resourceVersion,
    // It needs a version beside it, which the request below has.
    resourceVersionMatch: [
      ["Exact", "resourceVersionMatch=Exact"],
      ["NotOlderThan", "resourceVersionMatch=NotOlderThan"],
    ],
    limit: [[1, "limit=1"]],
    continue: [["a+/=", "continue=a%2B%2F%3D"], [""]],
  },
  watch: {
    ...call,
    ...selection,
    resourceVersion,
    sendInitialEvents: [
      [true, "resourceVersionMatch=NotOlderThan&sendInitialEvents=true"],
      [false, "resourceVersionMatch=NotOlderThan&sendInitialEvents=false"],
    ],
  },
  create: fieldWrite,
  replace: fieldWrite,
  patch: fieldWrite,
  apply: {
    ...fieldWrite,
    force: [
      [true, "force=true"],
      [false, "force=false"],
    ],
  },
  delete: {
    ...deletion,
    preconditions: [
      [{ uid: "u-1" }, "", ',"preconditions":{"uid":"u-1"}'],
      [{ resourceVersion: "41" }, "", ',"preconditions":{"resourceVersion":"41"}'],
    ],
  },
  deleteCollection: { ...deletion, ...selection },
};

const metadata = { name: "web" };

const requests: Readonly<Record<Verb, (options: AnyOptions) => ApiRequest>> = {
  get: (options) => getRequest(policies, "web", options),
  list: (options) => listRequest(policies, options),
  watch: (options) => {
    const { resourceVersion, sendInitialEvents } = options;
    return watchRequest(policies, options, { resourceVersion, sendInitialEvents, timeoutSeconds: 120 });
  },
  create: (options) => createRequest(policies, { metadata }, options),
  replace: (options) => replaceRequest(policies, { metadata: { ...metadata, resourceVersion: "1" } }, options),
  patch: (options) => patchRequest(policies, { name: "web", patch: { merge: {} } }, options),
  apply: (options) => applyRequest(policies, { metadata }, options),
  delete: (options) => deleteRequest(policies, "web", options),
  deleteCollection: (options) => deleteCollectionRequest(policies, options),
};

/** What an option, or its verb, cannot do without. */
function besides(verb: Verb, name: string): AnyOptions {
  if (name === "resourceVersionMatch") return { resourceVersion: "7" };
  return verb === "apply" ? { fieldManager: "m" } : {};
}

/** A query by its names. */
function queryOf({ path }: ApiRequest): Readonly<Record<string, string>> {
  return Object.fromEntries(new URLSearchParams(path.split("?")[1]));
}

interface Row {
  readonly name: string;
  readonly value: unknown;
  readonly query: string;
  readonly body: string;
}

const rows = (Object.keys(table) as Verb[]).map((verb): readonly [Verb, readonly Row[]] => {
  const options = Object.entries<Sent<unknown>>(table[verb]);
  return [
    verb,
    options.flatMap(([name, sent]) => sent.map(([value, query = "", body = ""]) => ({ name, value, query, body }))),
  ];
});

describe.each(rows)("%s with", (verb, options) => {
  test.each(options)("$name $value sends $query$body", ({ name, value, query, body }) => {
    const other = besides(verb, name);
    const without = requests[verb](other);
    const request = requests[verb]({ ...other, [name]: value });
    if (query !== "") expect(request.path.split(/[?&]/)).toEqual(expect.arrayContaining(query.split("&")));
    const sent = Object.fromEntries(new URLSearchParams(query));
    expect(queryOf(request)).toEqual({ ...queryOf(without), ...sent });
    expect(request.body).toBe(without.body?.replace(/\}$/, `${body}}`));
    expect({ ...request, path: "", body: "" }).toEqual({ ...without, path: "", body: "" });
  });
});
