// npm run examples: writes generated-examples/ anew from the fixtures, and the excerpt of it that the README shows.
// npm run examples -- --check: writes nothing; fails and lists the files if that would change something.
import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { dirname, join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { withSection } from "./marked-section.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const examples = join(root, "generated-examples");
const readme = join(root, "README.md");
const cli = join(root, "dist", "cli", "main.js");
const excerptFile = "mycoolapp/stable.example.com/v1/mycoolapps.ts";
/** The one example that has every file there is. */
const flags = { mycoolapp: ["--definitions"] };
/** The folder of programs that use the generated code: written by hand. */
const programs = "walk";
const excerptNames = ["MyCoolApp", "MyCoolAppSpec", "MyCoolAppSpecConfig", "MyCoolAppResource", "myCoolAppClient"];

const { values } = parseArgs({ options: { check: { type: "boolean", default: false } } });

const work = mkdtempSync(join(tmpdir(), "crd-gen-examples-"));
try {
  const fresh = join(work, "examples");
  await generateAll(fresh);
  const differences = values.check ? check(fresh) : write(fresh);
  for (const difference of differences) console.error(`examples: ${difference}`);
  if (differences.length > 0) {
    console.error("examples: not up to date; run npm run build && npm run examples, and commit what it changes");
    process.exitCode = 1;
  }
} catch (error) {
  console.error(`examples: ${error.message}`);
  process.exitCode = 1;
} finally {
  rmSync(work, { recursive: true, force: true });
}

/** One output folder per fixture: `mycoolapp/` and `features/<case>/`. */
async function generateAll(out) {
  const cases = readdirSync(join(root, "fixtures", "features"), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => `features/${entry.name}`);
  const waiting = ["mycoolapp", ...cases.sort()];
  const failures = [];
  const worker = async () => {
    for (let fixture = waiting.shift(); fixture !== undefined; fixture = waiting.shift()) {
      const message = await generate(fixture, join(out, ...fixture.split("/")));
      if (message !== undefined) failures.push(`fixtures/${fixture}: ${message}`);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  if (failures.length > 0)
    throw new Error(`crd-gen failed on ${failures.length} fixtures\n${failures.sort().join("\n")}`);
}

/** Runs the built command on the folder of a fixture; gives what went wrong. */
function generate(fixture, out) {
  return new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      [cli, `fixtures/${fixture}`, "--out", out, "--quiet", ...(flags[fixture] ?? [])],
      {
        cwd: root,
        env: { ...process.env, XDG_CACHE_HOME: join(work, "cache") },
        stdio: ["ignore", "ignore", "pipe"],
      },
    );
    let errors = "";
    child.stderr.setEncoding("utf8").on("data", (text) => {
      errors += text;
    });
    child.on("error", reject);
    child.on("close", (code, signal) => {
      // It names the sources by their way from a folder that is not the one of the examples.
      rmSync(join(out, "crd-gen.lock"), { force: true });
      resolve(code === 0 ? undefined : `${signal ?? `exit code ${code}`}: ${errors.trim()}`);
    });
  });
}

/** Replaces what is generated in generated-examples/, and the excerpt. */
function write(fresh) {
  for (const name of readdirSync(examples)) {
    if (name !== programs) rmSync(join(examples, name), { recursive: true, force: true });
  }
  cpSync(fresh, examples, { recursive: true });
  writeFileSync(readme, readmeWith(fresh));
  return [];
}

/** What `write` would change. */
function check(fresh) {
  const wanted = filesOf(fresh);
  const committed = existsSync(examples) ? filesOf(examples) : new Map();
  const differences = [...new Set([...wanted.keys(), ...committed.keys()])].sort().flatMap((path) => {
    if (!committed.has(path)) return [`generated-examples/${path} is missing`];
    if (!wanted.has(path))
      return path.startsWith(`${programs}/`) ? [] : [`generated-examples/${path} is generated no more`];
    return wanted.get(path) === committed.get(path) ? [] : [`generated-examples/${path} differs from a fresh run`];
  });
  if (readmeWith(fresh) !== readFileSync(readme, "utf8")) {
    differences.push(`README.md: the excerpt differs from ${excerptFile}`);
  }
  return differences;
}

/** Path, with `/`, to content. */
function filesOf(folder) {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  return new Map(
    paths.map((path) => [
      path
        .slice(folder.length + 1)
        .split(sep)
        .join("/"),
      readFileSync(path, "utf8"),
    ]),
  );
}

function readmeWith(fresh) {
  const source = readFileSync(join(fresh, ...excerptFile.split("/")), "utf8").split("\n");
  const excerpt = excerptNames.map((name) => declarationOf(source, name)).join("\n\n");
  return withSection(readFileSync(readme, "utf8"), "example", `\`\`\`ts\n${excerpt}\n\`\`\``);
}

/** The lines of an exported declaration, its comment included. */
function declarationOf(lines, name) {
  const at = lines.findIndex((line) => new RegExp(`^export (interface|type|const) ${name}\\b`).test(line));
  if (at === -1) throw new Error(`${excerptFile}: wanted an exported ${name} for the README, found none`);
  let start = at;
  while (start > 0 && /^(\/\*\*| \*)/.test(lines[start - 1])) start -= 1;
  const length = lines.slice(at).findIndex((line) => /^\}/.test(line) || /^(?! ).*[;}]$/.test(line));
  return lines.slice(start, at + length + 1).join("\n");
}
