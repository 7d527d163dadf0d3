// node get-rate.mjs runtime | pool | client-node KUBECONFIG SECONDS: GETs of one object over TLS, 16 in flight, for some
// seconds; prints how many were answered in a second. Each client has a process of its own, so that none warms up for another.
import { loadKubeconfig } from "@crd-gen/runtime";

const [way, path, seconds] = process.argv.slice(2);
const inFlight = 16;
/** Part of the time that is not counted: the compiler of Node is still at work then. */
const warmUp = 0.3;
const object = {
  group: "stable.example.com",
  version: "v1",
  plural: "mycoolapps",
  namespace: "default",
  name: "bench",
};

/** Each gives what reads the object once, and what ends the connections. */
const ways = {
  runtime: async () => {
    const { DynamicClient } = await import("@crd-gen/runtime");
    const client = await DynamicClient.fromDefault({ kubeconfig: path });
    const objects = client.resource(object).namespace(object.namespace);
    return { get: () => objects.get(object.name), end: () => client.close() };
  },
  pool: async () => {
    const { Pool } = await import("undici");
    const { server, credentials } = await loadKubeconfig({ path });
    const { tls } = await credentials();
    const pool = new Pool(server, { connect: tls, connections: inFlight });
    const { group, version, plural, namespace, name } = object;
    const request = { method: "GET", path: `/apis/${group}/${version}/namespaces/${namespace}/${plural}/${name}` };
    return { get: async () => (await pool.request(request)).body.json(), end: () => pool.close() };
  },
  "client-node": async () => {
    const { CustomObjectsApi, KubeConfig } = await import("@kubernetes/client-node");
    const config = new KubeConfig();
    config.loadFromFile(path);
    const api = config.makeApiClient(CustomObjectsApi);
    return { get: () => api.getNamespacedCustomObject(object), end: () => {} };
  },
};

const { get, end } = await ways[way]();
const begin = performance.now();
const counted = begin + Number(seconds) * 1000 * warmUp;
const over = begin + Number(seconds) * 1000;
let answers = 0;
const work = async () => {
  while (performance.now() < over) {
    const answer = await get();
    if ((answer.object ?? answer).metadata.name !== object.name)
      throw new Error("wanted the object, got another answer");
    if (performance.now() > counted) answers += 1;
  }
};
await Promise.all(Array.from({ length: inFlight }, work));
console.log(answers / ((performance.now() - counted) / 1000));
await end();
