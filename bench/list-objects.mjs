// node list-objects.mjs runtime | client-node KUBECONFIG TIMES: lists the objects of a namespace so many times, one list after the other.
const [way, path, times] = process.argv.slice(2);
const collection = { group: "stable.example.com", version: "v1", plural: "mycoolapps", namespace: "default" };

/** Each gives what lists the objects once, and what ends the connections. */
const ways = {
  runtime: async () => {
    const { DynamicClient } = await import("@crd-gen/runtime");
    const client = await DynamicClient.fromDefault({ kubeconfig: path });
    const objects = client.resource(collection).namespace(collection.namespace);
    return { list: () => objects.list(), end: () => client.close() };
  },
  "client-node": async () => {
    const { CustomObjectsApi, KubeConfig } = await import("@kubernetes/client-node");
    const config = new KubeConfig();
    config.loadFromFile(path);
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
