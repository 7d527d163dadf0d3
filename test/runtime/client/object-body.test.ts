import { expect, it, test } from "vitest";
import { applied, created, replaced } from "../../../src/runtime/client/object-body.ts";
import type { Place } from "../../../src/runtime/client/requests.ts";
import { Unstructured } from "../../../src/runtime/unstructured/unstructured.ts";
import { apps, appsEverywhere, configs, policies, reviews } from "./places.ts";

const scale: Place = { ...apps, subresource: "scale" };
const status: Place = { ...apps, subresource: "status" };
const bodies = { created, replaced, applied };
type Use = keyof typeof bodies;

/** As those of other packages, whose fields are assigned. */
class Meta {
  readonly name: string;
  readonly resourceVersion: string | undefined;
  constructor(name: string, resourceVersion?: string) {
    this.name = name;
    this.resourceVersion = resourceVersion;
  }
}

class App {
  readonly kind = undefined;
  readonly metadata = new Meta("web", "4");
  readonly spec = {};
}

const review = { apiVersion: "authentication.k8s.io/v1", kind: "SelfSubjectReview" };
const config = { apiVersion: "v1", kind: "ConfigMap" };

const identity = '"apiVersion":"stable.example.com/v1","kind":"MyCoolApp"';

it.each<[Use, Place, object, string | undefined, string]>([
  ["created", apps, { metadata: { name: "web" } }, "web", `{${identity},"metadata":{"name":"web"}}`],
  [
    "created",
    apps,
    {
      spec: {},
      kind: "MyCoolApp",
      metadata: { generateName: "web-", resourceVersion: "" },
      apiVersion: "stable.example.com/v1",
    },
    undefined,
    `{${identity},"spec":{},"metadata":{"generateName":"web-","resourceVersion":""}}`,
  ],
  [
    "created",
    apps,
    { metadata: { name: "", generateName: "web-" } },
    undefined,
    `{${identity},"metadata":{"name":"","generateName":"web-"}}`,
  ],
  [
    "created",
    apps,
    { metadata: { name: "web", namespace: "default" } },
    "web",
    `{${identity},"metadata":{"name":"web","namespace":"default"}}`,
  ],
  [
    "created",
    appsEverywhere,
    { metadata: { name: "web", namespace: "" } },
    "web",
    `{${identity},"metadata":{"name":"web","namespace":""}}`,
  ],
  ["created", apps, new Unstructured({ metadata: { name: "web" } }), "web", `{${identity},"metadata":{"name":"web"}}`],
  [
    "created",
    configs,
    { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "a" } },
    "a",
    '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"}}',
  ],
  [
    "created",
    configs,
    { kind: "ConfigMap", metadata: { name: "a" } },
    "a",
    '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"}}',
  ],
  [
    "created",
    apps,
    JSON.parse('{"__proto__":{"a":1},"metadata":{"name":"web","labels":{"__proto__":"b"}}}'),
    "web",
    `{${identity},"__proto__":{"a":1},"metadata":{"name":"web","labels":{"__proto__":"b"}}}`,
  ],
  ["created", reviews, review, undefined, JSON.stringify(review)],
  ["created", reviews, { metadata: null }, undefined, JSON.stringify({ ...review, metadata: null })],
  ["created", reviews, { metadata: {} }, undefined, JSON.stringify({ ...review, metadata: {} })],
  ["created", configs, config, undefined, JSON.stringify(config)],
  ["created", apps, { metadata: new Meta("web") }, "web", `{${identity},"metadata":{"name":"web"}}`],
  [
    "created",
    apps,
    { metadata: { name: "web", resourceVersion: "0" } },
    "web",
    `{${identity},"metadata":{"name":"web","resourceVersion":"0"}}`,
  ],
  ["replaced", apps, new App(), "web", `{${identity},"metadata":{"name":"web","resourceVersion":"4"},"spec":{}}`],
  [
    "replaced",
    configs,
    { ...config, metadata: { name: "a" } },
    "a",
    JSON.stringify({ ...config, metadata: { name: "a" } }),
  ],
  [
    "applied",
    apps,
    { metadata: { name: "web", managedFields: null } },
    "web",
    `{${identity},"metadata":{"name":"web","managedFields":null}}`,
  ],
  [
    "replaced",
    apps,
    { metadata: { name: "web", resourceVersion: "4" } },
    "web",
    `{${identity},"metadata":{"name":"web","resourceVersion":"4"}}`,
  ],
  [
    "replaced",
    status,
    { metadata: { name: "web", resourceVersion: "4" }, status: {} },
    "web",
    `{${identity},"metadata":{"name":"web","resourceVersion":"4"},"status":{}}`,
  ],
  [
    "replaced",
    scale,
    { metadata: { name: "web" }, spec: {} },
    "web",
    '{"apiVersion":"autoscaling/v1","kind":"Scale","metadata":{"name":"web"},"spec":{}}',
  ],
  ["applied", apps, { metadata: { name: "web" } }, "web", `{${identity},"metadata":{"name":"web"}}`],
])("%s: %#", (use, place, object, name, text) => {
  const got = bodies[use](place, object);
  expect({ name: got.name, text: JSON.stringify(got.body) }).toEqual({ name, text });
});

const readFirst = "wanted that of the object as it was read, found none; read it first, change it, and replace it";
it.each<[Use, Place, unknown, string]>([
  ["created", apps, undefined, "object: wanted an object with metadata"],
  ["created", apps, "canary", "object: wanted an object with metadata"],
  ["created", apps, ["canary"], "object: wanted an object with metadata"],
  ["created", apps, new Date(0), "object: wanted an object with metadata"],
  ["created", apps, new Map(), "object: wanted an object with metadata"],
  ["created", apps, Object.assign(new Map(), { metadata: { name: "web" } }), "object: wanted an object with metadata"],
  ["created", apps, {}, "metadata.name: wanted a name or a generateName, found none"],
  ["created", apps, { metadata: "canary" }, "metadata: wanted an object, got a string"],
  ["created", configs, { ...config, metadata: ["canary"] }, "metadata: wanted an object, got a list"],
  ["created", configs, { ...config, metadata: new Map() }, "metadata: wanted an object, got an instance of a class"],
  ["replaced", configs, config, "metadata.name: wanted the name of the object to replace, found none"],
  ["applied", configs, config, "metadata.name: wanted the name of the object to apply, found none"],
  ["created", apps, { metadata: {} }, "metadata.name: wanted a name or a generateName, found none"],
  ["created", apps, { metadata: { name: "" } }, "metadata.name: wanted a name or a generateName, found none"],
  ["created", apps, { metadata: { name: 5 } }, "metadata.name: wanted a name or a generateName, found none"],
  [
    "created",
    apps,
    { metadata: { name: "web", resourceVersion: "4" } },
    "metadata.resourceVersion: wanted none in an object to create: one that was read is there already; take it away, or use replace",
  ],
  [
    "created",
    apps,
    { apiVersion: "stable.example.com/v2", metadata: { name: "web" } },
    'apiVersion: wanted stable.example.com/v1, got "stable.example.com/v2"',
  ],
  ["created", apps, { apiVersion: "", metadata: { name: "web" } }, 'apiVersion: wanted stable.example.com/v1, got ""'],
  [
    "created",
    apps,
    { apiVersion: null, metadata: { name: "web" } },
    "apiVersion: wanted stable.example.com/v1, got object",
  ],
  [
    "created",
    apps,
    { apiVersion: { password: "canary" }, metadata: { name: "web" } },
    "apiVersion: wanted stable.example.com/v1, got object",
  ],
  ["created", apps, { apiVersion: 1n, metadata: {} }, "apiVersion: wanted stable.example.com/v1, got bigint"],
  ["created", apps, { kind: "x".repeat(41), metadata: {} }, `kind: wanted MyCoolApp, got "${"x".repeat(39)}…"`],
  ["created", apps, { kind: "WorkQueue", metadata: { name: "web" } }, 'kind: wanted MyCoolApp, got "WorkQueue"'],
  [
    "created",
    configs,
    { apiVersion: "v2", kind: "ConfigMap", metadata: { name: "a" } },
    'apiVersion: wanted v1, got "v2"',
  ],
  ["created", configs, { metadata: { name: "a" } }, "kind: wanted the object's kind, found none"],
  ["created", configs, { kind: "", metadata: { name: "a" } }, 'kind: wanted the object\'s kind, got ""'],
  ["created", configs, new Unstructured({ metadata: { name: "a" } }), "kind: wanted the object's kind, found none"],
  [
    "created",
    apps,
    { metadata: { name: "web", namespace: "other" } },
    'metadata.namespace: wanted default, got "other"',
  ],
  [
    "created",
    policies,
    { metadata: { name: "web", namespace: "other" } },
    'metadata.namespace: wanted none: the client is for no namespace, got "other"',
  ],
  ["created", apps, { metadata: { name: "web", namespace: 5 } }, "metadata.namespace: wanted default, got number"],
  [
    "created",
    apps,
    { metadata: { name: "web", namespace: { password: "canary" } } },
    "metadata.namespace: wanted default, got object",
  ],
  [
    "replaced",
    apps,
    { metadata: { resourceVersion: "4" } },
    "metadata.name: wanted the name of the object to replace, found none",
  ],
  ["replaced", apps, { metadata: { name: "web" } }, `metadata.resourceVersion: ${readFirst}`],
  ["replaced", apps, { metadata: { name: "web", resourceVersion: "" } }, `metadata.resourceVersion: ${readFirst}`],
  ["replaced", apps, { metadata: { name: "web", resourceVersion: 4 } }, `metadata.resourceVersion: ${readFirst}`],
  ["replaced", status, { metadata: { name: "web" }, status: {} }, `metadata.resourceVersion: ${readFirst}`],
  [
    "replaced",
    scale,
    { metadata: {}, spec: {} },
    "metadata.name: wanted the name of the object to replace, found none",
  ],
  ["replaced", scale, { kind: "MyCoolApp", metadata: { name: "web" } }, 'kind: wanted Scale, got "MyCoolApp"'],
  [
    "applied",
    apps,
    { metadata: { generateName: "web-" } },
    "metadata.name: wanted the name of the object to apply, found none",
  ],
  [
    "applied",
    apps,
    { metadata: { name: "web", managedFields: [] } },
    "metadata.managedFields: wanted none in an object to apply: apply the fields that you mean to own, and not what was read",
  ],
])("%s refuses: %#", (use, place, object, message) => {
  expect(() => bodies[use](place, object as object)).toThrow(
    expect.objectContaining({ name: "InvalidArgumentError", message }),
  );
});

test("the object itself is left as it is", () => {
  const object = Object.freeze({ metadata: Object.freeze({ name: "web" }) });
  const { body } = created(apps, object);
  expect(object).toEqual({ metadata: { name: "web" } });
  expect(body).not.toBe(object);
});
