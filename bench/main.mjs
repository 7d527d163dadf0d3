// npm run bench [-- --peers] [--runs N] [--skip-corpus] [--cluster] [--only-cluster] [--only-rates]: measures, then writes bench/results.json and the tables of the README.
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { arch, availableParallelism, cpus, platform, tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { writeSection } from "../scripts/marked-section.mjs";
import { cacheFolder, corpusFiles, corpusFolder, referenceFiles } from "./corpus.mjs";
import { measureInRounds } from "./measure.mjs";
import { installPeers, joinManifests } from "./peers.mjs";
import { bundleRows, sizeRows } from "./size.mjs";
import { tableOf } from "./table.mjs";

const bench = dirname(fileURLToPath(import.meta.url));
const cli = join(bench, "..", "dist", "cli", "main.js");
const resultsPath = join(bench, "results.json");
const floor = "js-yaml parse";
const download = "download of the same pages";
const peerRounds = 3;
const startRounds = 20;
/** Milliseconds after the last definition was installed: the server is no longer at work on them. */
const settled = 40_000;
/** By then the server has compacted its store twice (`--etcd-compaction-interval`, 5 min), and no longer has the list in its cache as it was installed. */
const atRest = 11 * 60_000;
/** The beginning of a description that is a plain word. */
const description = /description: (?=[A-Za-z])/;
/** The order in which sections are printed. */
const order = [
  "reference",
  "corpus",
  "cluster",
  "clusterAtRest",
  "peers",
  "start",
  "runtime",
  "rates",
  "clientRates",
  "lists",
  "size",
  "bundle",
];

const { values } = parseArgs({
  options: {
    peers: { type: "boolean", default: false },
    runs: { type: "string", default: "5" },
    "skip-corpus": { type: "boolean", default: false },
    cluster: { type: "boolean", default: false },
    "only-cluster": { type: "boolean", default: false },
    "only-rates": { type: "boolean", default: false },
  },
});
const runs = Number(values.runs);
if (!Number.isInteger(runs) || runs < 1) {
  console.error(`--runs: wanted a whole number from 1, got "${values.runs}"`);
  process.exit(2);
}
if (!existsSync(cli)) {
  console.error("bench: dist/cli/main.js is not there; run npm run build first");
  process.exit(2);
}

const work = mkdtempSync(join(tmpdir(), "crd-gen-bench-run-"));
const aside = join(work, "aside");
const ownEnvironment = { ...process.env };
// What the measured runs keep of earlier ones.
process.env.XDG_CACHE_HOME = join(work, "cache");
process.on("exit", () => rmSync(work, { recursive: true, force: true }));

const measured = {};
if (!values["only-cluster"] && !values["only-rates"]) {
  const corpus = corpusFolder();
  const reference = referenceFiles(corpus);
  measured.reference = await ownSection("Reference set", { corpus, originals: reference, rounds: runs });
  if (!values["skip-corpus"]) {
    measured.corpus = await ownSection("Whole corpus", {
      corpus,
      originals: corpusFiles(corpus),
      rounds: Math.min(runs, 3),
    });
  }
  if (values.peers) measured.peers = await peerSection(reference);
  measured.start = await startSection();
}
if (values.cluster || values["only-cluster"]) {
  Object.assign(measured, await clusterSections(corpusFiles(corpusFolder())));
}
if (values.cluster || values["only-cluster"] || values["only-rates"]) {
  Object.assign(measured, await clientSections());
}

const sections = { ...previousSections(), ...measured };
const ordered = Object.fromEntries(order.filter((name) => name in sections).map((name) => [name, sections[name]]));
writeFileSync(resultsPath, `${JSON.stringify(ordered, rounded, 2)}\n`);
writeSection(join(bench, "..", "README.md"), "bench", tableOf(ordered));
console.log(tableOf(ordered));

// A peer that fails is a result; our own failure is not.
const failed = Object.values(measured)
  .flatMap(({ rows }) => rows)
  .filter(({ what, failure }) => failure !== undefined && what.startsWith("crd-gen"));
for (const { what, failure } of failed) console.error(`bench: ${what} failed: ${failure}`);
if (failed.length > 0) process.exitCode = 1;

/** What an earlier run measured and this one does not, each with the machine it was measured on. */
function previousSections() {
  return existsSync(resultsPath) ? JSON.parse(readFileSync(resultsPath, "utf8")) : {};
}

function rounded(_key, value) {
  return typeof value === "number" ? Number(value.toFixed(4)) : value;
}

function machine() {
  const model = cpus()[0]?.model.trim() || "unknown processor";
  return `${availableParallelism()} × ${model}, ${platform()} ${arch()}, Node ${process.versions.node}`;
}

function titleOf(name, files) {
  const megabytes = files.reduce((sum, file) => sum + statSync(file).size, 0) / 1e6;
  return `${name}: ${files.length.toLocaleString("en")} files, ${megabytes.toFixed(megabytes < 100 ? 1 : 0)} MB`;
}

/** Takes a folder out of the way. It is removed later: ext4 is slow to make files where others have just been removed. */
function moveAside(folder) {
  mkdirSync(aside, { recursive: true });
  if (existsSync(folder)) renameSync(folder, mkdtempSync(join(aside, "out-")));
}

/** js-yaml's parse, crd-gen into an empty folder, and crd-gen again with nothing and with one definition changed. */
async function ownSection(name, { corpus, originals, rounds }) {
  process.stderr.write(`${name}\n`);
  const list = join(work, "files.json");
  const sources = join(work, "sources");
  const files = originals.map((original) => join(sources, relative(corpus, original)));
  for (const [index, file] of files.entries()) {
    mkdirSync(dirname(file), { recursive: true });
    copyFileSync(originals[index], file);
  }
  writeFileSync(list, JSON.stringify(files));
  const out = join(work, "out");
  const args = [cli, sources, "--out", out, "--quiet"];
  const changed = files.find((file) => description.test(readFileSync(file, "utf8")));
  let changes = 0;
  const rows = await measureInRounds(
    [
      { what: floor, args: [join(bench, "js-yaml-parse.mjs"), list], cwd: work },
      {
        what: "crd-gen, empty output folder",
        args,
        cwd: work,
        before: () => moveAside(out),
      },
      { what: "crd-gen, nothing changed", args, cwd: work },
      {
        what: "crd-gen, one definition changed",
        args,
        cwd: work,
        before: () => {
          changes += 1;
          const text = readFileSync(changed, "utf8");
          writeFileSync(changed, text.replace(description, `description: ${"again ".repeat(changes)}`));
        },
      },
    ],
    rounds,
  );
  const title = titleOf(name, files);
  for (const folder of [aside, out, sources]) rmSync(folder, { recursive: true, force: true });
  return { title, machine: machine(), floor, rows };
}

/** The other generators on the reference set, with js-yaml and crd-gen measured again beside them. */
async function peerSection(files) {
  process.stderr.write("Peers\n");
  const list = join(work, "files.json");
  writeFileSync(list, JSON.stringify(files));
  const manifest = join(work, "all.yaml");
  joinManifests(files, manifest);
  const peers = installPeers(cacheFolder());
  const out = join(work, "peer-out");
  const before = () => rmSync(out, { recursive: true, force: true });
  const rows = await measureInRounds(
    [
      { what: floor, args: [join(bench, "js-yaml-parse.mjs"), list], cwd: work },
      { what: "crd-gen", args: [cli, ...files, "--out", out, "--quiet"], cwd: work, before },
      ...peers
        .filter(({ failure }) => failure === undefined)
        .map(({ what, command }) => ({ what, args: command(manifest, out), cwd: work, before })),
    ],
    Math.min(runs, peerRounds),
  );
  const missing = peers
    .filter(({ failure }) => failure !== undefined)
    .map(({ what, failure }) => ({ what, runs: 0, seconds: 0, cpuSeconds: 0, peakMiB: 0, failure }));
  return {
    title: titleOf("Other generators, reference set", files),
    machine: machine(),
    floor,
    rows: [...rows, ...missing],
  };
}

/** What the answer to `--version` costs over a Node process that does nothing. */
async function startSection() {
  process.stderr.write("Start\n");
  const empty = "node -e 0";
  const rows = await measureInRounds(
    [
      { what: empty, args: ["-e", "0"], cwd: work },
      { what: "crd-gen --version", args: [cli, "--version"], cwd: work },
    ],
    startRounds,
  );
  return { title: "Start", machine: machine(), floor: empty, rows };
}

/** What needs a cluster: a small one for the runtime, and one with the whole corpus installed. */
async function clusterSections(files) {
  process.stderr.write("Runtime\n");
  // Only now: they stand on the built packages.
  const { startCluster } = await import("./cluster.mjs");
  const { clusterRateRows, rateFloor, startRows } = await import("./runtime.mjs");
  const cluster = await startCluster(ownEnvironment);
  try {
    const title = `kube-apiserver ${cluster.version}`;
    const runtime = {
      title: `Start of the runtime, against ${title}`,
      machine: machine(),
      floor: "an empty module",
      rows: await startRows(cluster, runs),
    };
    const rates = {
      title: `GETs of one object, 16 in flight over TLS, against ${title}`,
      machine: machine(),
      floor: rateFloor,
      rows: await clusterRateRows(cluster, Math.min(runs, 3)),
    };
    const size = { title: "Installed", machine: machine(), rows: sizeRows(dirname(bench), work) };
    return { runtime, rates, size, ...(await bigClusterSections(cluster, files)) };
  } finally {
    await cluster.stop();
  }
}

/** The same requests to a server that needs no time for an answer: kube-apiserver, on the same machine, is slower than its clients. */
async function clientSections() {
  process.stderr.write("Clients\n");
  const { clientRateRows, listRows, lists, rateFloor } = await import("./runtime.mjs");
  const against = "against a server of the bench that answers at once";
  const rounds = Math.min(runs, 3);
  return {
    clientRates: {
      title: `GETs of one object, 16 in flight over TLS, ${against}`,
      machine: machine(),
      floor: rateFloor,
      rows: await clientRateRows(rounds),
    },
    lists: {
      title: `${lists} lists of 5,000 objects in a pod, one after the other, ${against}`,
      machine: machine(),
      floor: rateFloor,
      rows: await listRows(rounds),
    },
    bundle: {
      title: "Bundle of a program that gets an object of one kind",
      machine: machine(),
      rows: await bundleRows(),
    },
  };
}

/**
 * A cluster with all definitions of the corpus: the same pages downloaded alone, and read by crd-gen; a moment after they were installed,
 * and at rest, when the server itself takes longer.
 */
async function bigClusterSections({ kubeconfig, version }, files) {
  process.stderr.write("Big cluster\n");
  const { installDefinitions } = await import("./cluster.mjs");
  const { pageSize } = await import("../dist/read/cluster.js");
  const { installed } = await installDefinitions(kubeconfig, files);
  const title = `A cluster of ${installed.toLocaleString("en")} definitions`;
  const measure = async (when) => ({
    title: `${title}, ${when}, kube-apiserver ${version}`,
    machine: machine(),
    floor: download,
    rows: await downloadRows(kubeconfig, pageSize),
  });
  await pause(settled);
  const cluster = await measure("just installed");
  process.stderr.write("Waiting for the cluster to come to rest\n");
  await pause(atRest - settled);
  return { cluster, clusterAtRest: await measure("at rest") };
}

async function downloadRows(kubeconfig, pageSize) {
  const out = join(work, "cluster-out");
  return measureInRounds(
    [
      { what: download, args: [join(bench, "download-pages.mjs"), kubeconfig, String(pageSize)], cwd: work },
      {
        what: "crd-gen --from-cluster",
        args: [cli, "--from-cluster", "--kubeconfig", kubeconfig, "--out", out, "--quiet"],
        cwd: work,
        before: () => moveAside(out),
      },
    ],
    Math.min(runs, 3),
  );
}
