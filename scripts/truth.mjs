// npm run truth: puts random objects to a real kube-apiserver and to the compiler, and compares what they say.
import { existsSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import "./typescript.mjs";

const { kubernetesVersions, findAssets } = await import("../test/cluster/assets.ts");
const { corpusFiles, referenceSet, sample } = await import("../test/corpus-files.ts");
const { readDefinitions } = await import("../test/truth/definitions.ts");
const { run } = await import("../test/truth/run.ts");
const { corpusFolder } = await import("../bench/corpus.mjs");

const usage = `npm run truth -- [options] [files and folders with definitions]

Without files: the reference set and 300 other files of the corpus.

  --corpus           the whole corpus
  --version VERSION  oldest, newest, or a release such as 1.34.4; may be repeated (both oldest and newest)
  --seed NUMBER      may be repeated (1, 2 and 3)
  --objects NUMBER   objects of each version and seed (20)
  --breakages NUMBER breakages of each object (3)`;

/** Disagreements that are shown in full. */
const shown = 20;

try {
  await main();
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}

async function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      corpus: { type: "boolean", default: false },
      version: { type: "string", multiple: true, default: ["oldest", "newest"] },
      seed: { type: "string", multiple: true, default: ["1", "2", "3"] },
      objects: { type: "string", default: "20" },
      breakages: { type: "string", default: "3" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return console.log(usage);
  const seeds = values.seed.map((seed) => number("--seed", seed, 0));
  const amount = {
    objects: number("--objects", values.objects, 1),
    breakages: number("--breakages", values.breakages, 0),
  };
  const versions = values.version.map(release);
  const files = chosenFiles(positionals, values.corpus);
  const read = readDefinitions(files);
  if (read.definitions.length === 0) {
    const among = files.length === 1 ? "1 file" : `${files.length} files`;
    throw new Error(`wanted definitions of apiextensions.k8s.io/v1, found none among ${among}`);
  }
  console.log(`${read.definitions.length} definitions; ${read.outdated.length} of versions that no server takes`);
  // Whoever asks for a server is not content with a line that says there is none.
  const environment = { ...process.env, CRD_GEN_REQUIRE_APISERVER: "1" };
  for (const version of versions) {
    const assets = await findAssets({ version, environment });
    const begin = performance.now();
    const onProgress = (done, all) => {
      console.log(`  ${done} of ${all} after ${((performance.now() - begin) / 1000).toFixed(0)} s`);
    };
    const tally = await run({ assets, read, amount, seeds, onProgress });
    console.log([`kube-apiserver ${assets.version}, seeds ${seeds.join(", ")}`, ...tally.lines(shown)].join("\n"));
    if (!tally.agrees) process.exitCode = 1;
  }
}

function release(version) {
  if (/^(oldest|newest|\d+\.\d+\.\d+)$/.test(version)) return kubernetesVersions[version] ?? version;
  throw new Error(`--version: wanted oldest, newest or a release as 1.34.4, got "${version}"`);
}

function number(name, text, least) {
  if (/^\d+$/.test(text) && Number(text) >= least) return Number(text);
  throw new Error(`${name}: wanted a whole number of at least ${least}, got "${text}"`);
}

function chosenFiles(places, wholeCorpus) {
  if (places.length > 0) return places.flatMap(filesAt);
  const folder = corpusFolder();
  if (wholeCorpus) return corpusFiles(folder);
  return [...new Set([...referenceSet(folder), ...sample(folder).files])];
}

function filesAt(place) {
  if (!existsSync(place)) throw new Error(`${place}: wanted a file or a folder with definitions, found none`);
  return statSync(place).isDirectory() ? corpusFiles(resolve(place)) : [resolve(place)];
}
