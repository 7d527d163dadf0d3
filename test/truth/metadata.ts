import type { RawSchema } from "../fidelity/raw-schema.ts";
import type { Json } from "./json.ts";

const text: RawSchema = { type: "string" };
const texts: RawSchema = { type: "object", additionalProperties: text };

/** What the API server takes as the metadata of a written object (metav1.ObjectMeta), without what names the object. */
export const metadataSchema: RawSchema = {
  type: "object",
  properties: {
    labels: texts,
    annotations: texts,
    finalizers: { type: "array", items: text, "x-kubernetes-list-type": "set" },
    ownerReferences: {
      type: "array",
      "x-kubernetes-list-type": "map",
      "x-kubernetes-list-map-keys": ["uid"],
      items: {
        type: "object",
        "x-kubernetes-map-type": "atomic",
        required: ["apiVersion", "kind", "name", "uid"],
        properties: {
          apiVersion: text,
          kind: text,
          name: text,
          uid: text,
          controller: { type: "boolean" },
          blockOwnerDeletion: { type: "boolean" },
        },
      },
    },
  },
};

const owner = { apiVersion: "v1", kind: "ConfigMap", name: "owner", uid: "fd3c1a4e-0001" };

/** Metadata that the API server takes: it has rules of its own for keys and names. */
export const metadataSamples: readonly Json[] = [
  {},
  { labels: { app: "truth", "example.com/part": "" } },
  { annotations: { note: "Text — with \u2028 anything\n" }, labels: {} },
  { ownerReferences: [owner, { ...owner, uid: "fd3c1a4e-0002", controller: true, blockOwnerDeletion: false }] },
  { finalizers: ["example.com/truth", "example.com/other"], labels: { app: "truth" } },
];
