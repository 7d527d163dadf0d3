import { inspect } from "node:util";
import { KubeConfig } from "@kubernetes/client-node";
import { expect, test } from "vitest";
import { DynamicClient } from "../../../src/runtime/client/dynamic-client.ts";
import { CustomResourceDefinitionResource } from "../../../src/runtime/kinds/custom-resource-definition.ts";
import { MemoryTransport } from "../memory-transport.ts";

const kubeConfig = Object.assign(new KubeConfig(), { users: [{ name: "ada", token: "canary" }] });
const { fromDefault, fromKubeConfig, fromConfig } = DynamicClient;
const useWays = "use DynamicClient.fromDefault, fromKubeConfig or fromConfig";
const noTransport = `transport: wanted { transport } that sends requests, found none; ${useWays}`;
const wantedKubeConfig = "kubeConfig: wanted a KubeConfig of @kubernetes/client-node";
const wantedCredentials = "credentials: wanted a function that gives a promise of { headers, tls }";

/** What JavaScript lets be given in the place of the argument that is wanted. */
function given(value?: unknown): never {
  return value as never;
}

test.each<[string, () => unknown, string]>([
  ["new DynamicClient()", () => new DynamicClient(given()), noTransport],
  ["new DynamicClient({})", () => new DynamicClient(given({})), noTransport],
  ["new DynamicClient(kubeConfig)", () => new DynamicClient(given(kubeConfig)), noTransport],
  [
    "fromKubeConfig(path)",
    () => fromKubeConfig(given("/a/canary")),
    `${wantedKubeConfig}, got type string; for a file `,
  ],
  ["fromKubeConfig()", () => fromKubeConfig(given()), `${wantedKubeConfig}, found none; for a file use DynamicClient`],
  ["fromConfig()", () => fromConfig(given()), "server: wanted the address, as https://10.0.0.1:6443, found none"],
  ["fromConfig({})", () => fromConfig(given({})), "server: wanted the address, as https://10.0.0.1:6443, found none"],
  [
    "fromConfig({ server, token })",
    () => fromConfig(given({ server: "https://127.0.0.1:1", token: "canary" })),
    `${wantedCredentials}, found none`,
  ],
  [
    "fromConfig({ server, name, credentials })",
    () => fromConfig(given({ server: "https://127.0.0.1:1", name: "test", credentials: { token: "canary" } })),
    `${wantedCredentials}, got type object`,
  ],
  [
    "fromConfig({ server, credentials })",
    () => fromConfig(given({ server: "https://127.0.0.1:1", credentials: async () => ({}) })),
    "name: wanted what to call the cluster in messages, found none",
  ],
  ["fromDefault(context)", () => fromDefault(given("canary")), "options: wanted an object, got string"],
  [
    "fromDefault(kubeConfig)",
    () => fromDefault(given(kubeConfig)),
    ": fromDefault has no such option; it has context, kubeconfig, execTimeoutMs, environment, ",
  ],
  [
    "fromDefault({ kubeconfig: 5 })",
    () => fromDefault(given({ kubeconfig: 5 })),
    "kubeconfig: wanted the path of a kube",
  ],
  [
    "fromDefault({ context: {} })",
    () => fromDefault(given({ context: {} })),
    "context: wanted the name of a context: a",
  ],
  [
    "apply(object)",
    () => {
      const client = new DynamicClient({ transport: new MemoryTransport(() => ({})) });
      return client.resource(CustomResourceDefinitionResource).apply(given({ metadata: { name: "a.b" } }), given());
    },
    "fieldManager: wanted the name of who applies, found none",
  ],
  [
    "resource()",
    () => new DynamicClient({ transport: new MemoryTransport(() => ({})) }).resource(given()),
    "resource: wanted a descriptor of generated code, or { group, version, plural }, got undefined",
  ],
])("%s is refused with what was wanted", async (_, call, message) => {
  const error = await Promise.resolve()
    .then(call)
    .catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ name: "InvalidArgumentError", message: expect.stringContaining(message) });
  expect(inspect(error)).not.toContain("canary");
});
