import { execFileSync, fork } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { DynamicClient } from "@crd-gen/runtime";
import { installDefinitions } from "./cluster.mjs";
import { measureInRounds, median } from "./measure.mjs";

const bench = dirname(fileURLToPath(import.meta.url));
const script = (name) => join(bench, name);
/** The way that the other rates are multiples of. */
export const rateFloor = "client-node's CustomObjectsApi";
/** Seconds that each client sends requests for, each time. */
const seconds = 5;
/** How many lists each client asks for. */
export const lists = 400;

/** What it costs to import the runtime, and how long a program waits for its first answer. */
export async function startRows({ server, kubeconfig }, rounds) {
  const work = mkdtempSync(join(tmpdir(), "crd-gen-bench-pod-"));
  try {
    const account = join(work, "serviceaccount");
    mkdirSync(account);
    writeFileSync(join(account, "ca.crt"), server.ca);
    writeFileSync(join(account, "token"), server.adminToken);
    const port = String(server.ports.apiServer);
    return await measureInRounds(
      [
        { what: "an empty module", args: [script("empty.mjs")], cwd: work },
        { what: "import of @crd-gen/runtime", args: [script("import-runtime.mjs")], cwd: work },
        {
          what: "first answer, in a pod",
          args: [script("first-request.mjs"), "pod", account, "127.0.0.1", port],
          cwd: work,
        },
        {
          what: "first answer, by a kubeconfig",
          args: [script("first-request.mjs"), "kubeconfig", kubeconfig],
          cwd: work,
        },
        {
          what: "client-node's, by a kubeconfig",
          args: [script("first-request.mjs"), "client-node", kubeconfig],
          cwd: work,
        },
      ],
      rounds,
    );
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** GETs of one object of a cluster in a second, 16 in flight, over TLS with a client certificate. */
export async function clusterRateRows({ kubeconfig }, rounds) {
  const fixture = join(bench, "..", "fixtures", "mycoolapp", "mycoolapp.yaml");
  await installDefinitions(kubeconfig, [fixture]);
  await createObject(kubeconfig);
  return rateRows(kubeconfig, rounds);
}

/** The same from a server in a process of its own that answers at once: what the clients themselves can do. */
export function clientRateRows(rounds) {
  return withAnsweringServer(({ kubeconfig }, work) => {
    const path = join(work, "kubeconfig");
    writeFileSync(path, kubeconfig, { mode: 0o600 });
    return rateRows(path, rounds);
  });
}

/** Lists of 5,000 objects from that server, one after the other, as in a pod: each client brings along what it needs there. */
export function listRows(rounds) {
  return withAnsweringServer(({ ca, port }, work) => {
    const account = join(work, "var/run/secrets/kubernetes.io/serviceaccount");
    mkdirSync(account, { recursive: true });
    writeFileSync(join(account, "ca.crt"), ca);
    writeFileSync(join(account, "token"), "a token");
    writeFileSync(join(account, "namespace"), "default");
    const args = (way) => [script("list-objects.mjs"), way, work, "127.0.0.1", String(port), String(lists)];
    return measureInRounds(
      [
        { what: rateFloor, args: args("client-node"), cwd: bench },
        { what: "@crd-gen/runtime", args: args("runtime"), cwd: bench },
        { what: "a bare undici pool, gunzip and JSON.parse", args: args("pool"), cwd: bench },
      ],
      rounds,
    );
  });
}

async function withAnsweringServer(measure) {
  const work = mkdtempSync(join(tmpdir(), "crd-gen-bench-answers-"));
  const server = fork(new URL("./answering-server.mjs", import.meta.url));
  try {
    const failed = once(server, "exit").then(() => Promise.reject(new Error("answering-server.mjs has ended")));
    const [place] = await Promise.race([once(server, "message"), failed]);
    return await measure(place, work);
  } finally {
    server.kill();
    rmSync(work, { recursive: true, force: true });
  }
}

function rateRows(kubeconfig, rounds) {
  const ways = [
    [rateFloor, "client-node"],
    ["@crd-gen/runtime", "runtime"],
    ["a bare undici pool", "pool"],
  ];
  const rates = new Map(ways.map(([what]) => [what, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const [what, way] of ways) {
      const args = [script("get-rate.mjs"), way, kubeconfig, String(seconds)];
      const rate = Number(
        execFileSync(process.execPath, args, { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] }),
      );
      process.stderr.write(`  ${what}: ${rate.toFixed(0)} a second\n`);
      rates.get(what).push(rate);
    }
  }
  return ways.map(([what]) => ({ what, runs: rounds, perSecond: median(rates.get(what)) }));
}

async function createObject(kubeconfig) {
  const client = await DynamicClient.fromDefault({ kubeconfig });
  const objects = client
    .resource({ group: "stable.example.com", version: "v1", plural: "mycoolapps" })
    .namespace("default");
  const object = {
    apiVersion: "stable.example.com/v1",
    kind: "MyCoolApp",
    metadata: { name: "bench" },
    spec: { image: "registry.example.com/bench:v1", replicas: 1 },
  };
  // A definition is served a moment after it has been taken.
  const until = performance.now() + 10_000;
  for (;;) {
    try {
      await objects.create(object);
      break;
    } catch (error) {
      if (performance.now() > until) throw error;
    }
  }
  await client.close();
}
