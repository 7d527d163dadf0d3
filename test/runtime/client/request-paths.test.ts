import { describe, expect, test } from "vitest";
import type { Verb } from "../../../src/runtime/client/options.ts";
import {
  type ApiRequest,
  getRequest,
  listRequest,
  type Place,
  watchRequest,
} from "../../../src/runtime/client/requests.ts";
import {
  applyRequest,
  createRequest,
  deleteCollectionRequest,
  deleteRequest,
  patchRequest,
  replaceRequest,
} from "../../../src/runtime/client/write-requests.ts";
import type { KindTypes, ScaleClient, StatusClient } from "../../../src/runtime/gen/v1.ts";
import { apps, appsEverywhere, configs, policies } from "./places.ts";

/** Where objects are, and the path of their collection. */
const places: readonly (readonly [title: string, place: Place, path: string])[] = [
  ["a namespaced kind", apps, "/apis/stable.example.com/v1/namespaces/default/mycoolapps"],
  ["a cluster-scoped kind", policies, "/apis/stable.example.com/v1/clusterpolicies"],
  ["a namespaced kind of the core group", configs, "/api/v1/namespaces/kube-system/configmaps"],
  [
    "a cluster-scoped kind of the core group",
    { resource: { group: "", version: "v1", plural: "namespaces" } },
    "/api/v1/namespaces",
  ],
];

/** What says itself what it is, as it has to where the kind is not known. */
function object({ resource, subresource }: Place): object {
  const { group, version, kind = "Thing" } = resource;
  const own = { apiVersion: group === "" ? version : `${group}/${version}`, kind };
  return { ...(subresource === "scale" ? {} : own), metadata: { name: "web", resourceVersion: "41" } };
}

function toCreate(place: Place): object {
  return { ...object(place), metadata: { name: "web" } };
}

const step = { resourceVersion: undefined, timeoutSeconds: 120, sendInitialEvents: undefined };

/** How each verb asks, and where: `/` is the collection, and `/web` the object. */
const verbs: Readonly<Record<Verb, readonly [request: (place: Place) => ApiRequest, line: (path: string) => string]>> =
  {
    get: [(place) => getRequest(place, "web", {}), (path) => `GET ${path}/web`],
    list: [(place) => listRequest(place, {}), (path) => `GET ${path}`],
    watch: [
      (place) => watchRequest(place, {}, step),
      (path) => `GET ${path}?allowWatchBookmarks=true&timeoutSeconds=120&watch=true`,
    ],
    create: [(place) => createRequest(place, toCreate(place), {}), (path) => `POST ${path}`],
    replace: [(place) => replaceRequest(place, object(place), {}), (path) => `PUT ${path}/web`],
    patch: [(place) => patchRequest(place, { name: "web", patch: { merge: {} } }, {}), (path) => `PATCH ${path}/web`],
    apply: [
      (place) => applyRequest(place, toCreate(place), { fieldManager: "m" }),
      (path) => `PATCH ${path}/web?fieldManager=m`,
    ],
    delete: [(place) => deleteRequest(place, "web", {}), (path) => `DELETE ${path}/web`],
    deleteCollection: [(place) => deleteCollectionRequest(place, {}), (path) => `DELETE ${path}`],
  };

/** The verbs of each subresource; the contract has no others. */
const subresources: {
  readonly status: Readonly<Record<keyof StatusClient<KindTypes>, true>>;
  readonly scale: Readonly<Record<keyof ScaleClient, true>>;
} = {
  status: { get: true, replace: true, patch: true, apply: true },
  scale: { get: true, replace: true, patch: true },
};

const line = ({ method, path }: ApiRequest): string => `${method} ${path}`;

describe.each(places)("of %s:", (_, place, path) => {
  test.each(Object.entries(verbs))("%s", (_, [request, wanted]) => {
    expect(line(request(place))).toBe(wanted(path));
  });

  describe.each(["status", "scale"] as const)("%s,", (subresource) => {
    test.each(Object.keys(subresources[subresource]) as Verb[])("%s", (verb) => {
      const [request, wanted] = verbs[verb];
      const below = wanted(path).replace("/web", `/web/${subresource}`);
      expect(line(request({ ...place, subresource }))).toBe(below);
    });
  });
});

test.each(["list", "watch"] as const)("of all namespaces: %s", (verb) => {
  const [request, wanted] = verbs[verb];
  expect(line(request(appsEverywhere))).toBe(wanted("/apis/stable.example.com/v1/mycoolapps"));
});
