// node answering-server.mjs, as a child with a channel to its parent: an API server that serves one object and does nothing for
// it, so that what is measured is its clients. It takes whom its own authority vouches for, sends its kubeconfig when it
// listens, and ends with its parent.
import { createServer } from "node:https";
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
const path = "/apis/stable.example.com/v1/namespaces/default/mycoolapps/bench";
const content = Buffer.from(`${JSON.stringify(object)}\n`);
// Those of kube-apiserver.
const headers = {
  "audit-id": "7d0f7c5e-3f0e-4f8b-9d57-0a8f0f2f8c43",
  "cache-control": "no-cache, private",
  "content-type": "application/json",
  "x-kubernetes-pf-flowschema-uid": "2b9d4c36-1c58-4c7e-a7a3-58d2b2f3a9d0",
  "x-kubernetes-pf-prioritylevel-uid": "91f4e2d8-6d0b-4b51-8a0f-37c9de5a4c1e",
  "content-length": content.length,
};

const authority = createAuthority("an authority");
const { certificate: cert, key } = authority.server({ commonName: "a server" });
const identity = { cert, key, ca: authority.certificate, requestCert: true, rejectUnauthorized: true };
const server = createServer({ ...identity, keepAliveTimeout: 90_000 }, (request, response) => {
  if (request.url === path) response.writeHead(200, headers).end(content);
  else response.writeHead(404).end();
});
server.listen(0, "127.0.0.1", () => {
  const cluster = { baseUrl: `https://127.0.0.1:${server.address().port}`, ca: authority.certificate };
  process.send(kubeconfig(cluster, authority.client({ commonName: "a user" })));
});
process.on("disconnect", () => process.exit());
