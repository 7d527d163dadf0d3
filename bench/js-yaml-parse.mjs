// The floor: read and parse every file of a list (a JSON file with paths) with js-yaml, one after the other on one thread.
import { readFileSync } from "node:fs";
import { loadAll } from "js-yaml";

let documents = 0;
let refused = 0;
for (const path of JSON.parse(readFileSync(process.argv[2], "utf8"))) {
  try {
    documents += loadAll(readFileSync(path, "utf8")).length;
  } catch {
    refused += 1;
  }
}
console.log(`${documents} documents, ${refused} files refused`);
