// node answering-server.mjs, as a child with a channel to its parent: an API server that serves one object, and a list of 5,000, and does
// nothing for them, so that what is measured is its clients. It takes whom its own authority vouches for, and who shows any token; sends
// its kubeconfig, its certificate's authority and its port when it listens, and ends with its parent.
import { createServer } from "node:https";
import { gzipSync } from "node:zlib";
import "../scripts/typescript.mjs";

const { createAuthority } = await import("../test/cluster/certificate.ts");
const { kubeconfig } = await import("../test/cluster/kubeconfig.ts");

const apiVersion = "stable.example.com/v1";
const time = "2026-01-01T00:00:00Z";
const fields = { "f:spec": { ".": {}, "f:image": {}, "f:replicas": {} } };
const object = {
  apiVersion,
  kind: "MyCoolApp",
  metadata: {
    creationTimestamp: time,
    generation: 1,
    managedFields: [
      { apiVersion, fieldsType: "FieldsV1", fieldsV1: fields, manager: "crd-gen-runtime", operation: "Update", time },
    ],
    name: "bench",
    namespace: "default",
    resourceVersion: "214",
    uid: "0b6a2c52-9a3e-4f0c-8d7e-5c1f6f1f7a11",
  },
  spec: { image: "registry.example.com/bench:v1", replicas: 1 },
};
const listPath = "/apis/stable.example.com/v1/namespaces/default/mycoolapps";
const path = `${listPath}/bench`;
const content = Buffer.from(`${JSON.stringify(object)}\n`);
const list = {
  apiVersion,
  kind: "MyCoolAppList",
  metadata: { resourceVersion: "5214" },
  items: Array.from({ length: 5_000 }, (_, index) => ({
    ...object,
    metadata: { ...object.metadata, name: `bench-${index}`, resourceVersion: String(214 + index) },
  })),
};
const listContent = Buffer.from(`${JSON.stringify(list)}\n`);
// As kube-apiserver does with all that is larger than 128 KiB.
const packedList = gzipSync(listContent, { level: 1 });
// Those of kube-apiserver.
const headers = {
  "audit-id": "7d0f7c5e-3f0e-4f8b-9d57-0a8f0f2f8c43",
  "cache-control": "no-cache, private",
  "content-type": "application/json",
  "x-kubernetes-pf-flowschema-uid": "2b9d4c36-1c58-4c7e-a7a3-58d2b2f3a9d0",
  "x-kubernetes-pf-prioritylevel-uid": "91f4e2d8-6d0b-4b51-8a0f-37c9de5a4c1e",
};

const authority = createAuthority("an authority");
const { certificate: cert, key } = authority.server({ commonName: "a server" });
const identity = { cert, key, ca: authority.certificate, requestCert: true, rejectUnauthorized: false };
const server = createServer({ ...identity, keepAliveTimeout: 90_000 }, (request, response) => {
  if (!request.client.authorized && request.headers.authorization === undefined) response.writeHead(401).end();
  else if (request.url === path) answer(response, content);
  else if (request.url?.split("?", 1)[0] !== listPath) response.writeHead(404).end();
  else if (/\bgzip\b/.test(request.headers["accept-encoding"]))
    answer(response, packedList, { "content-encoding": "gzip" });
  else answer(response, listContent);
});
server.listen(0, "127.0.0.1", () => {
  const { port } = server.address();
  const cluster = { baseUrl: `https://127.0.0.1:${port}`, ca: authority.certificate };
  const user = authority.client({ commonName: "a user" });
  process.send({ kubeconfig: kubeconfig(cluster, user), ca: cluster.ca, port });
});
process.on("disconnect", () => process.exit());

function answer(response, bytes, more) {
  response.writeHead(200, { ...headers, "content-length": bytes.length, ...more }).end(bytes);
}
