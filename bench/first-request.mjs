// node first-request.mjs kubeconfig FILE | pod FOLDER HOST PORT | client-node FILE: from the start of the process to the first answer.
const [way, ...args] = process.argv.slice(2);

/** The runtime's client, by way of a kubeconfig or of a pod's service account. */
async function runtime(options) {
  const { DynamicClient, defaultConfig, NamespaceResource } = await import("@crd-gen/runtime");
  const client = await DynamicClient.fromConfig(await defaultConfig(options));
  await client.resource(NamespaceResource).get("default");
  await client.close();
}

const ways = {
  kubeconfig: (kubeconfig) => runtime({ kubeconfig }),
  pod: (serviceAccountFolder, host, port) =>
    runtime({
      serviceAccountFolder,
      environment: { KUBERNETES_SERVICE_HOST: host, KUBERNETES_SERVICE_PORT: port },
    }),
  "client-node": async (kubeconfig) => {
    const { CoreV1Api, KubeConfig } = await import("@kubernetes/client-node");
    const config = new KubeConfig();
    config.loadFromFile(kubeconfig);
    await config.makeApiClient(CoreV1Api).readNamespace({ name: "default" });
  },
};
await ways[way](...args);
