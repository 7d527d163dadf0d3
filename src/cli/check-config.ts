import { closestName } from "../closest-name.ts";
import type { Config } from "../config.ts";
import type { TypeMapping } from "../generated.ts";
import { describeJson, isJsonObject } from "../json.ts";
import { UsageError } from "./usage-error.ts";

type Check = { readonly wanted: string; readonly accepts: (value: unknown) => boolean };

const text: Check = { wanted: "a text that is not empty", accepts: isText };
const texts: Check = { wanted: "a list of texts", accepts: (value) => Array.isArray(value) && value.every(isText) };
const flag: Check = { wanted: "true or false", accepts: (value) => typeof value === "boolean" };
const extension: Check = {
  wanted: '".js", ".ts" or ""',
  accepts: (value) => value === ".js" || value === ".ts" || value === "",
};
const mappings: Check = {
  wanted: 'an object such as { "MyCoolAppSpecConfig": { "from": "../my-types.js", "name": "Config" } }',
  accepts: (value) => isJsonObject(value) && Object.values(value).every(isTypeMapping),
};

/** Every setting of a config file; the compiler holds the list to `Config`. */
const settings: Readonly<Record<keyof Config, Check>> = {
  sources: texts,
  fromCluster: flag,
  context: text,
  kubeconfig: text,
  out: text,
  groups: texts,
  kinds: texts,
  crds: texts,
  versions: texts,
  unserved: flag,
  typesOnly: flag,
  definitions: flag,
  importExtension: extension,
  types: mappings,
};

/**
 * Makes sure that a value is a config; `name` is what the messages call the file.
 *
 * @throws UsageError that names every setting that is unknown or of the wrong type.
 */
export function checkConfig(value: unknown, name: string): Config {
  if (!isJsonObject(value)) throw new UsageError(`${name}: expected an object of settings, got ${describe(value)}`);
  const problems: string[] = [];
  for (const [key, setting] of Object.entries(value)) {
    if (!isSetting(key)) problems.push(unknownSetting(key, name));
    else if (setting !== undefined && !settings[key].accepts(setting)) {
      problems.push(`${name}: ${key}: expected ${settings[key].wanted}, got ${describe(setting)}`);
    }
  }
  if (problems.length > 0) throw new UsageError(problems.join("\n"));
  const given = Object.entries(value).filter(([, setting]) => setting !== undefined);
  return Object.fromEntries(given);
}

function unknownSetting(key: string, name: string): string {
  const known = Object.keys(settings);
  const closest = closestName(key, known);
  const remedy = closest === undefined ? `the settings are ${known.join(", ")}` : `did you mean ${closest}?`;
  return `${name}: unknown setting ${JSON.stringify(key)}; ${remedy}`;
}

function isSetting(key: string): key is keyof Config {
  return Object.hasOwn(settings, key);
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

function isTypeMapping(value: unknown): value is TypeMapping {
  if (!isJsonObject(value)) return false;
  return Object.keys(value).length === 2 && isText(value.from) && isText(value.name);
}

/** Short values in full: what is wrong inside of a list is to be seen. A module may export what JSON does not have. */
function describe(value: unknown): string {
  const json = jsonOf(value);
  if (typeof json === "string" && json.length <= 80) return json;
  if (value === undefined || typeof value === "string" || typeof value === "object") return describeJson(value);
  return `a ${typeof value}`;
}

/** Undefined for what JSON cannot hold. */
function jsonOf(value: unknown): unknown {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
}
