// node download-pages.mjs KUBECONFIG PAGE-SIZE: downloads the pages that --from-cluster reads, over the same connection, and
// does nothing with them: the floor of reading a cluster.
import { loadKubeconfig } from "@crd-gen/runtime";
import { UndiciTransport } from "../src/runtime/dist/transport/undici-transport.js";

const [path, pageSize] = process.argv.slice(2);
const transport = new UndiciTransport(await loadKubeconfig({ path }));
let token = "";
do {
  const query = `limit=${pageSize}${token === "" ? "" : `&continue=${encodeURIComponent(token)}`}`;
  const { status, body } = await transport.request({
    method: "GET",
    path: `/apis/apiextensions.k8s.io/v1/customresourcedefinitions?${query}`,
    headers: { accept: "application/json" },
  });
  if (status !== 200) throw new Error(`wanted status 200, got ${status}`);
  let head = "";
  for await (const bytes of body) {
    if (head.length < 4096) head += Buffer.from(bytes).toString("utf8");
  }
  // The token stands before the items.
  token = JSON.parse(`"${/"continue":"([^"]*)"/.exec(head)?.[1] ?? ""}"`);
} while (token !== "");
await transport.close();
