// node list-objects.mjs runtime | pool | client-node ROOT HOST PORT TIMES: lists the objects of a namespace so many times, one list after the
// other, as in a pod whose file system begins at ROOT.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";

const [way, root, host, port, times] = process.argv.slice(2);
const collection = { group: "stable.example.com", version: "v1", plural: "mycoolapps", namespace: "default" };
const environment = { KUBERNETES_SERVICE_HOST: host, KUBERNETES_SERVICE_PORT: port };

/** Each gives what lists the objects once, and what ends the connections. */
const ways = {
  runtime: async () => {
    const { DynamicClient } = await import("@crd-gen/runtime");
    const serviceAccountFolder = join(root, "var/run/secrets/kubernetes.io/serviceaccount");
    const client = await DynamicClient.fromDefault({ serviceAccountFolder, environment });
    const objects = client.resource(collection).namespace(collection.namespace);
    return { list: () => objects.list(), end: () => client.close() };
  },
  // What no client can do without: the bytes, unpacked and parsed.
  pool: async () => {
    const { Pool } = await import("undici");
    const folder = join(root, "var/run/secrets/kubernetes.io/serviceaccount");
    const pool = new Pool(`https://${host}:${port}`, { connect: { ca: readFileSync(join(folder, "ca.crt")) } });
    const { group, version, plural, namespace } = collection;
    const request = {
      method: "GET",
      path: `/apis/${group}/${version}/namespaces/${namespace}/${plural}`,
      headers: { authorization: `Bearer ${readFileSync(join(folder, "token"))}`, "accept-encoding": "gzip" },
    };
    const list = async () => {
      const { body } = await pool.request(request);
      return JSON.parse(await promisify(gunzip)(await body.arrayBuffer()));
    };
    return { list, end: () => pool.close() };
  },
  "client-node": async () => {
    const { CustomObjectsApi, KubeConfig } = await import("@kubernetes/client-node");
    Object.assign(process.env, environment);
    const config = new KubeConfig();
    config.loadFromCluster(root);
    const api = config.makeApiClient(CustomObjectsApi);
    return { list: () => api.listNamespacedCustomObject(collection), end: () => {} };
  },
};

const { list, end } = await ways[way]();
for (let count = 0; count < Number(times); count += 1) {
  const { items } = await list();
  if (items.length !== 5_000) throw new Error(`wanted 5,000 objects, got ${items.length}`);
}
await end();
