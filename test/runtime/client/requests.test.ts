import { describe, expect, it, test } from "vitest";
import {
  type ApiRequest,
  getRequest,
  listRequest,
  type Place,
  watchRequest,
} from "../../../src/runtime/client/requests.ts";
import {
  type AnyPatch,
  applyRequest,
  createRequest,
  deleteCollectionRequest,
  deleteRequest,
  patchRequest,
  replaceRequest,
} from "../../../src/runtime/client/write-requests.ts";
import { wireText } from "../memory-transport.ts";
import { apps, appsEverywhere, configmaps, configs, mycoolapps, policies } from "./places.ts";

const manager = { fieldManager: "crd-gen" };
const status = (place: Place): Place => ({ ...place, subresource: "status" });
const scale = (place: Place): Place => ({ ...place, subresource: "scale" });
const plain = { resourceVersion: undefined, timeoutSeconds: 120, sendInitialEvents: undefined };
const read = { name: "web", resourceVersion: "41", uid: "u-1" };

const appsPath = "/apis/stable.example.com/v1/namespaces/default/mycoolapps";
const policiesPath = "/apis/stable.example.com/v1/clusterpolicies";
const configsPath = "/api/v1/namespaces/kube-system/configmaps";

test.each<[string, ApiRequest, string]>([
  ["get", getRequest(apps, "web", {}), `GET ${appsPath}/web`],
  ["get of a cluster-scoped kind", getRequest(policies, "limits", {}), `GET ${policiesPath}/limits`],
  ["get of the core group", getRequest(configs, "coredns", {}), `GET ${configsPath}/coredns`],
  [
    "get of a cluster-scoped kind of the core group",
    getRequest({ resource: { group: "", version: "v1", plural: "namespaces" } }, "default", {}),
    "GET /api/v1/namespaces/default",
  ],
  ["get with every option", getRequest(apps, "web", { resourceVersion: "0" }), `GET ${appsPath}/web?resourceVersion=0`],
  ["get of a status", getRequest(status(apps), "web", {}), `GET ${appsPath}/web/status`],
  ["get of a scale", getRequest(scale(apps), "web", {}), `GET ${appsPath}/web/scale`],
  [
    "get of a name that a URL has to escape",
    getRequest(policies, "system:a?b=c#d e\\é", {}),
    `GET ${policiesPath}/system%3Aa%3Fb%3Dc%23d%20e%5C%C3%A9`,
  ],

  ["list", listRequest(apps, {}), `GET ${appsPath}`],
  ["list of all namespaces", listRequest(appsEverywhere, {}), "GET /apis/stable.example.com/v1/mycoolapps"],
  ["list of a cluster-scoped kind", listRequest(policies, {}), `GET ${policiesPath}`],
  ["list of the core group", listRequest({ resource: configmaps }, {}), "GET /api/v1/configmaps"],
  [
    "list with every option",
    listRequest(apps, {
      limit: 2,
      labelSelector: "app=web,tier!=cache,env in (a,b),!legacy",
      fieldSelector: { "metadata.name": "web", "spec.queueName": "a,b=c\\d", "spec.unset": undefined },
      resourceVersion: "41",
      resourceVersionMatch: "Exact",
    }),
    `GET ${appsPath}?fieldSelector=metadata.name%3Dweb%2Cspec.queueName%3Da%5C%2Cb%5C%3Dc%5C%5Cd&labelSelector=app%3Dweb%2Ctier!%3Dcache%2Cenv%20in%20(a%2Cb)%2C!legacy&limit=2&resourceVersion=41&resourceVersionMatch=Exact`,
  ],
  ["list of a page", listRequest(apps, { limit: 2, continue: "a+/=" }), `GET ${appsPath}?continue=a%2B%2F%3D&limit=2`],
  ["list with an empty token, which the last page has", listRequest(apps, { continue: "" }), `GET ${appsPath}`],
  [
    "list with an empty version and token",
    listRequest(apps, { continue: "", resourceVersion: "" }),
    `GET ${appsPath}?resourceVersion=`,
  ],
  [
    "list without those that have a value",
    listRequest(apps, { fieldSelector: { "metadata.name": { not: "a,b" }, a: { not: ["x=y", ""] }, b: "c" } }),
    `GET ${appsPath}?fieldSelector=metadata.name!%3Da%5C%2Cb%2Ca!%3Dx%5C%3Dy%2Ca!%3D%2Cb%3Dc`,
  ],
  ["list without nothing", listRequest(apps, { fieldSelector: { a: { not: [] } } }), `GET ${appsPath}`],
  ["list with no field to select by", listRequest(apps, { fieldSelector: { a: undefined } }), `GET ${appsPath}`],
  [
    "list with options that are undefined",
    listRequest(apps, { limit: undefined, continue: undefined }),
    `GET ${appsPath}`,
  ],

  ["watch", watchRequest(apps, {}, plain), `GET ${appsPath}?allowWatchBookmarks=true&timeoutSeconds=120&watch=true`],
  [
    "watch over all namespaces",
    watchRequest(appsEverywhere, {}, plain),
    "GET /apis/stable.example.com/v1/mycoolapps?allowWatchBookmarks=true&timeoutSeconds=120&watch=true",
  ],
  [
    "watch with every option, from where it has come to",
    watchRequest(
      configs,
      {
        labelSelector: "app",
        fieldSelector: { "metadata.name": "web" },
        resourceVersion: "7",
        sendInitialEvents: true,
      },
      { resourceVersion: "41", timeoutSeconds: 200, sendInitialEvents: undefined },
    ),
    `GET ${configsPath}?allowWatchBookmarks=true&fieldSelector=metadata.name%3Dweb&labelSelector=app&resourceVersion=41&timeoutSeconds=200&watch=true`,
  ],
  ...[true, false].map((sendInitialEvents): [string, ApiRequest, string] => [
    `watch with sendInitialEvents ${sendInitialEvents}`,
    watchRequest(policies, { sendInitialEvents }, { ...plain, sendInitialEvents }),
    `GET ${policiesPath}?allowWatchBookmarks=true&resourceVersionMatch=NotOlderThan&sendInitialEvents=${sendInitialEvents}&timeoutSeconds=120&watch=true`,
  ]),

  [
    "create",
    createRequest(apps, { metadata: { name: "web" }, spec: { image: "a:b" } }, {}),
    `POST ${appsPath}
content-type: application/json

{"apiVersion":"stable.example.com/v1","kind":"MyCoolApp","metadata":{"name":"web"},"spec":{"image":"a:b"}}`,
  ],
  [
    "create of a cluster-scoped kind, with every option",
    createRequest(
      policies,
      { metadata: { generateName: "limits-" } },
      { dryRun: true, fieldManager: "Müller & Söhne", fieldValidation: "Strict" },
    ),
    `POST ${policiesPath}?dryRun=All&fieldManager=M%C3%BCller%20%26%20S%C3%B6hne&fieldValidation=Strict
content-type: application/json

{"apiVersion":"stable.example.com/v1","kind":"ClusterPolicy","metadata":{"generateName":"limits-"}}`,
  ],
  [
    "create of the core group, with options that say nothing",
    createRequest(
      configs,
      { kind: "ConfigMap", metadata: { name: "a", namespace: "kube-system" }, data: {}, apiVersion: "v1" },
      { dryRun: false, fieldManager: undefined, fieldValidation: undefined },
    ),
    `POST ${configsPath}
content-type: application/json

{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a","namespace":"kube-system"},"data":{}}`,
  ],

  [
    "replace",
    replaceRequest(apps, { metadata: read }, {}),
    `PUT ${appsPath}/web
content-type: application/json

{"apiVersion":"stable.example.com/v1","kind":"MyCoolApp","metadata":{"name":"web","resourceVersion":"41","uid":"u-1"}}`,
  ],
  [
    "replace of a status, with every option",
    replaceRequest(
      status(policies),
      { metadata: read, status: { violations: 0 } },
      { dryRun: true, fieldManager: "m", fieldValidation: "Warn" },
    ),
    `PUT ${policiesPath}/web/status?dryRun=All&fieldManager=m&fieldValidation=Warn
content-type: application/json

{"apiVersion":"stable.example.com/v1","kind":"ClusterPolicy","metadata":{"name":"web","resourceVersion":"41","uid":"u-1"},"status":{"violations":0}}`,
  ],
  [
    "replace of a scale, which may be in any state",
    replaceRequest(scale(apps), { metadata: { name: "web" }, spec: { replicas: 3 } }, {}),
    `PUT ${appsPath}/web/scale
content-type: application/json

{"apiVersion":"autoscaling/v1","kind":"Scale","metadata":{"name":"web"},"spec":{"replicas":3}}`,
  ],

  [
    "merge patch",
    patchRequest(apps, { name: "web", patch: { merge: { spec: { replicas: null } } } }, {}),
    `PATCH ${appsPath}/web
content-type: application/merge-patch+json

{"spec":{"replicas":null}}`,
  ],
  [
    "merge patch of a scale, with every option",
    patchRequest(
      scale(apps),
      { name: "web", patch: { merge: { spec: { replicas: 2 } } } },
      { dryRun: true, fieldManager: "m", fieldValidation: "Ignore" },
    ),
    `PATCH ${appsPath}/web/scale?dryRun=All&fieldManager=m&fieldValidation=Ignore
content-type: application/merge-patch+json

{"spec":{"replicas":2}}`,
  ],
  [
    "JSON patch of a status",
    patchRequest(
      status(policies),
      { name: "limits", patch: { json: [{ op: "add", path: "/status/violations", value: 1 }] } },
      {},
    ),
    `PATCH ${policiesPath}/limits/status
content-type: application/json-patch+json

[{"op":"add","path":"/status/violations","value":1}]`,
  ],

  [
    "apply",
    applyRequest(apps, { metadata: { name: "web" }, spec: { image: "a\u2028b" } }, manager),
    `PATCH ${appsPath}/web?fieldManager=crd-gen
content-type: application/apply-patch+yaml

{"apiVersion":"stable.example.com/v1","kind":"MyCoolApp","metadata":{"name":"web"},"spec":{"image":"a\\u2028b"}}`,
  ],
  [
    "apply of a status, with every option",
    applyRequest(
      status(policies),
      { metadata: { name: "limits" }, status: {} },
      { ...manager, force: true, dryRun: true, fieldValidation: "Strict" },
    ),
    `PATCH ${policiesPath}/limits/status?dryRun=All&fieldManager=crd-gen&fieldValidation=Strict&force=true
content-type: application/apply-patch+yaml

{"apiVersion":"stable.example.com/v1","kind":"ClusterPolicy","metadata":{"name":"limits"},"status":{}}`,
  ],

  [
    "delete",
    deleteRequest(apps, "web", {}),
    `DELETE ${appsPath}/web
content-type: application/json

{"apiVersion":"v1","kind":"DeleteOptions"}`,
  ],
  [
    "delete with every option",
    deleteRequest(policies, "limits", {
      dryRun: true,
      gracePeriodSeconds: 0,
      propagationPolicy: "Foreground",
      preconditions: { uid: "u-1", resourceVersion: "41" },
    }),
    `DELETE ${policiesPath}/limits
content-type: application/json

{"apiVersion":"v1","kind":"DeleteOptions","gracePeriodSeconds":0,"propagationPolicy":"Foreground","preconditions":{"uid":"u-1","resourceVersion":"41"},"dryRun":["All"]}`,
  ],
  [
    "deleteCollection",
    deleteCollectionRequest(apps, {}),
    `DELETE ${appsPath}
content-type: application/json

{"apiVersion":"v1","kind":"DeleteOptions"}`,
  ],
  [
    "deleteCollection of a cluster-scoped kind, with every option",
    deleteCollectionRequest(policies, {
      labelSelector: "env=test",
      fieldSelector: { "metadata.name": "limits" },
      dryRun: true,
      gracePeriodSeconds: 5,
      propagationPolicy: "Orphan",
    }),
    `DELETE ${policiesPath}?fieldSelector=metadata.name%3Dlimits&labelSelector=env%3Dtest
content-type: application/json

{"apiVersion":"v1","kind":"DeleteOptions","gracePeriodSeconds":5,"propagationPolicy":"Orphan","dryRun":["All"]}`,
  ],
])("%s", (_, request, want) => {
  expect(wireText(request)).toBe(want);
});

test("a request says what it is about, for errors", () => {
  const { verb, resource, namespace, name } = replaceRequest(status(apps), { metadata: read }, {});
  expect({ verb, resource, namespace, name }).toEqual({
    verb: "replace",
    resource: "mycoolapps.stable.example.com/status",
    namespace: "default",
    name: "web",
  });
  expect(listRequest(configs, {})).toMatchObject({ verb: "list", resource: "configmaps", namespace: "kube-system" });
});

describe("refuses", () => {
  const object = { metadata: { name: "web" } };
  const merge = { name: "web", patch: { merge: {} } };
  const deleteNamed = (name: string) => () => deleteRequest(apps, name, {});

  it.each<[string, () => unknown, string]>([
    ["an empty name", deleteNamed(""), 'name: wanted a name, got ""'],
    [
      "the name .",
      deleteNamed("."),
      'name: wanted a name that is not "." or ".." and holds no "/" and no "%", got "."',
    ],
    [
      "the name ..",
      deleteNamed(".."),
      'name: wanted a name that is not "." or ".." and holds no "/" and no "%", got ".."',
    ],
    [
      "a name with a slash",
      deleteNamed("a/b"),
      'name: wanted a name that is not "." or ".." and holds no "/" and no "%", got "a/b"',
    ],
    [
      "a name that is escaped",
      deleteNamed("%2e"),
      'name: wanted a name that is not "." or ".." and holds no "/" and no "%", got "%2e"',
    ],
    [
      "the name . of a get",
      () => getRequest(apps, ".", {}),
      'name: wanted a name that is not "." or ".." and holds no "/" and no "%", got "."',
    ],
    [
      "the name . of a patch",
      () => patchRequest(apps, { ...merge, name: "." }, {}),
      'name: wanted a name that is not "." or ".." and holds no "/" and no "%", got "."',
    ],
    [
      "the name . of an object to replace",
      () => replaceRequest(apps, { metadata: { name: ".", resourceVersion: "1" } }, {}),
      'name: wanted a name that is not "." or ".." and holds no "/" and no "%", got "."',
    ],
    [
      "the name . of an object to apply",
      () => applyRequest(apps, { metadata: { name: "." } }, manager),
      'name: wanted a name that is not "." or ".." and holds no "/" and no "%", got "."',
    ],

    [
      "get without a namespace",
      () => getRequest(appsEverywhere, "web", {}),
      "namespace: wanted one for get, as mycoolapps.stable.example.com is namespaced; call namespace() first",
    ],
    [
      "create without a namespace",
      () => createRequest(appsEverywhere, object, {}),
      "namespace: wanted one for create, as mycoolapps.stable.example.com is namespaced; call namespace() first",
    ],
    [
      "replace without a namespace",
      () => replaceRequest(appsEverywhere, { metadata: read }, {}),
      "namespace: wanted one for replace, as mycoolapps.stable.example.com is namespaced; call namespace() first",
    ],
    [
      "patch without a namespace",
      () => patchRequest(appsEverywhere, merge, {}),
      "namespace: wanted one for patch, as mycoolapps.stable.example.com is namespaced; call namespace() first",
    ],
    [
      "apply without a namespace",
      () => applyRequest(appsEverywhere, object, manager),
      "namespace: wanted one for apply, as mycoolapps.stable.example.com is namespaced; call namespace() first",
    ],
    [
      "delete without a namespace",
      () => deleteRequest(appsEverywhere, "web", {}),
      "namespace: wanted one for delete, as mycoolapps.stable.example.com is namespaced; call namespace() first",
    ],
    [
      "deleteCollection without a namespace",
      () => deleteCollectionRequest(appsEverywhere, {}),
      "namespace: wanted one for deleteCollection, as mycoolapps.stable.example.com is namespaced; call namespace() first",
    ],

    ...[
      {},
      { merge: {}, json: [] },
      { merge: 3 },
      { merge: null },
      { merge: [] },
      { json: null },
      { json: {} },
      { spec: {} },
      undefined,
      null,
      "canary",
    ].map((patch): [string, () => unknown, string] => [
      `the patch ${JSON.stringify(patch)}`,
      () => patchRequest(apps, { name: "web", patch: patch as AnyPatch }, {}),
      "patch: wanted either merge, an object, or json, a list of operations",
    ]),
    [
      "the name ../x of an object to create",
      () => createRequest(apps, { metadata: { name: "../x" } }, {}),
      'name: wanted a name that is not "." or ".." and holds no "/" and no "%", got "../x"',
    ],
    [
      "a patch that is not JSON",
      () => patchRequest(apps, { name: "web", patch: { merge: { spec: 1n } } }, {}),
      'patch: wanted JSON, got a bigint under the key "spec"',
    ],
    [
      "an object that is not JSON",
      () => createRequest(apps, { ...object, spec: Number.NaN }, {}),
      'object: wanted JSON, got a number that is not finite under the key "spec"',
    ],
  ])("%s", (_, build, message) => {
    expect(build).toThrow(expect.objectContaining({ name: "InvalidArgumentError", code: "invalid-argument", message }));
  });

  it.each(["delete", "deleteCollection"] as const)(
    "nothing that the server could know better: %s of an untyped resource without a namespace",
    (verb) => {
      const place: Place = { resource: { group: mycoolapps.group, version: "v1", plural: "mycoolapps" } };
      const request = verb === "delete" ? deleteRequest(place, "web", {}) : deleteCollectionRequest(place, {});
      expect(request.path).toBe(`/apis/stable.example.com/v1/mycoolapps${verb === "delete" ? "/web" : ""}`);
    },
  );

  it("options that the verb does not know, for each verb", () => {
    const wrong = { wrong: 1 };
    const builds = [
      () => getRequest(apps, "web", wrong as object),
      () => listRequest(apps, wrong as object),
      () => watchRequest(apps, wrong as object, plain),
      () => createRequest(apps, object, wrong as object),
      () => replaceRequest(apps, { metadata: read }, wrong as object),
      () => patchRequest(apps, merge, wrong as object),
      () => applyRequest(apps, object, { ...manager, ...wrong } as object),
      () => deleteRequest(apps, "web", wrong as object),
      () => deleteCollectionRequest(apps, wrong as object),
    ];
    for (const build of builds) expect(build).toThrow(/^wrong: \w+ has no such option; it has signal, timeoutMs, /);
  });
});
