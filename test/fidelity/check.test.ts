import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { checkFidelity } from "./check.ts";
import { sampleDefinition, sampleLosses, sampleOutput } from "./sample.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "crd-gen-fidelity-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

interface Sample {
  readonly definition?: string;
  readonly output?: string;
  readonly losses?: readonly object[];
}

/** Checks the sample and gives `field: rule` for every finding, sorted and without repetition. */
async function findingsOf({
  definition = sampleDefinition,
  output = sampleOutput,
  losses = sampleLosses,
}: Sample): Promise<readonly string[]> {
  const crdFile = path.join(folder, "crd.yaml");
  const reportFile = path.join(folder, "report.json");
  const versionFolder = path.join(folder, "out/sample.example.com/v1");
  mkdirSync(versionFolder, { recursive: true });
  writeFileSync(crdFile, definition);
  writeFileSync(path.join(versionFolder, "gadgets.ts"), output);
  const listed = losses.map((loss) => ({ crd: "gadgets.sample.example.com", version: "v1", ...loss }));
  writeFileSync(reportFile, JSON.stringify({ losses: listed }));
  const findings = await checkFidelity({ crdFiles: [crdFile], outputDirectory: path.join(folder, "out"), reportFile });
  return [...new Set(findings.map(({ field, rule }) => `${field}: ${rule}`))].sort();
}

/** Replaces a text that must be there, everywhere or only at its first place. */
function fault(wanted: string, got: string, places: "all" | "first" = "all"): string {
  if (!sampleOutput.includes(wanted)) throw new Error(`the sample has no ${wanted}`);
  return places === "all" ? sampleOutput.replaceAll(wanted, got) : sampleOutput.replace(wanted, got);
}

const faults: readonly (readonly [name: string, output: string, findings: readonly string[]])[] = [
  ["a dropped property", fault("  host_name?: string | null;\n", ""), ["spec.host_name: missing-property"]],
  ["a dropped property of one view", fault("  host_name?: string | null;\n", "", "first"), ["spec.host_name: missing-property"]],
  ["a dropped property below", fault("  ready?: boolean;\n", ""), ["status.ready: missing-property"]],
  ["a renamed property", fault("host_name?", "hostName?"), ["spec.hostName: extra-property", "spec.host_name: renamed-property"]],
  ["an invented property", fault("  ready?: boolean;\n", "  ready?: boolean;\n  phase?: string;\n"), ["status.phase: extra-property"]],
  ["a required property made optional", fault("  color: ", "  color?: "), ["spec.color: optionality"]],
  ["an optional property made required", fault("  ready?: ", "  ready: "), ["status.ready: optionality"]],
  ["a default that is not there when read", fault("  size: ", "  size?: "), ["spec.size: optionality"]],
  ["a default that must be written", fault("  size?: ", "  size: "), ["spec.size: optionality"]],
  ["a lost enum value", fault('"RED" | "" | "Red"', '"RED" | "Red"'), ["spec.color: enum"]],
  ["an invented enum value", fault('"RED" | "" | "Red"', '"RED" | "" | "Red" | "red"'), ["spec.color: enum"]],
  ["an enum with null", fault('"RED" | "" | "Red"', '"RED" | "" | "Red" | null'), ["spec.color: nullable"]],
  ["a widened enum", fault('"RED" | "" | "Red"', "string"), ["spec.color: enum"]],
  ["a dropped null", fault("string | null", "string"), ["spec.host_name: nullable"]],
  ["an invented null", fault("ready?: boolean", "ready?: boolean | null"), ["status.ready: nullable"]],
  ["an invented undefined", fault("ready?: boolean", "ready?: boolean | undefined"), ["status.ready: type"]],
  ["a closed open object", fault(" extends GadgetSpecExtraOpen", ""), ["spec.extra: open"]],
  ["an open object that cannot be augmented", fault(" extends GadgetSpecExtraOpen {", " {\n  [key: string]: unknown;"), ["spec.extra: open"]],
  ["an opened closed object", fault("ready?: boolean;", "ready?: boolean; [key: string]: unknown;"), ["status: closed"]],
  ["an empty object that holds something", fault("nothing?: Record<string, undefined>", "nothing?: Record<string, unknown>"), ["spec.nothing: closed"]],
  ["a map that is none", fault("Record<string, string>", "{ key?: string }"), ["spec.labels: map"]],
  ["a map of something else", fault("Record<string, string>", "Record<string, number>"), ["spec.labels{}: type"]],
  ["an array that is none", fault("boolean[]", "boolean"), ["spec.flags: type"]],
  ["an array of something else", fault("boolean[]", "string[]"), ["spec.flags[]: type"]],
  ["a readonly array", fault("boolean[]", "readonly boolean[]"), ["spec.flags: array"]],
  ["int-or-string as a number", fault("port?: IntOrString", "port?: number"), ["spec.port: type"]],
  ["a keyed list without its keys", fault('MapList<GadgetSpecPartsItem, "name">', "GadgetSpecPartsItem[]"), ["spec.parts: brand"]],
  ["an atomic map without its brand", fault("Atomic<GadgetSpecOwner>", "GadgetSpecOwner"), ["spec.owner: brand"]],
  ["a key like something inherited without what is inherited", fault('OrInherited<string, "toString">', "string"), ["spec.toString: inherited"]],
  ["such a key with what is inherited elsewhere", fault('<string, "toString">', '<string, "valueOf">'), ["spec.toString: inherited", "spec.toString: type"]],
  ["such a key with another type", fault('<string, "toString">', '<number, "toString">'), ["spec.toString: type"]],
  ["such a key that must be written", fault("toString?", "toString"), ["spec.toString: optionality"]],
  ["any", fault("port?: IntOrString", "port?: any"), [": any", "spec.port: any"]],
  ["any by way of a name that nobody declared", fault("port?: IntOrString", "port?: Missing"), ["spec.port: any"]],
  ["any inside", fault("boolean[]", "any[]"), [": any", "spec.flags[]: any"]],
  ["unknown", fault("port?: IntOrString", "port?: unknown"), ["spec.port: unknown"]],
  ["a type where the schema has none", fault("any?: unknown", "any?: string"), ["spec.any: type"]],
  ["readonly lost", fault("readonly id", "id"), ["spec.id: readonly"]],
  ["readonly invented", fault("  ready?", "  readonly ready?"), ["status.ready: readonly"]],
  ["a description lost", fault("  /** How much. */\n", "", "first"), ["spec.extra.level: description"]],
  ["a description cut short", fault("Name of the part.", "Name of"), ["spec.parts[].name: description"]],
  ["a description of the root lost", fault("/** A gadget of the sample. */\n", ""), [": description"]],
  ["a constraint lost", fault("   * @maximum 10\n", ""), ["spec.size: constraint"]],
  ["a constraint changed", fault("@pattern ^[a-z]+$", "@pattern ^[a-z]$"), ["spec.host_name: constraint"]],
  ["a default lost", fault("   * @default 1\n", ""), ["spec.parts[].count: default"]],
  ["a default changed", fault("@default 1", "@default 2"), ["spec.parts[].count: default"]],
  ["a message lost", fault("   * @rule the id is fixed\n", "", "first"), ["spec.id: message"]],
  ["an alternative that forbids nothing", fault("  file?: never;\n", "  file?: string;\n"), ["spec.source.file: exclusive"]],
  ["a choice that is none", fault("  file?: never;\n} | {\n  url?: never;\n", ""), ["spec.source.file: optionality", "spec.source.url: optionality", "spec.source: unreported"]],
  ["an embedded resource without a kind", fault("  kind: string;\n", ""), ["spec.template.kind: missing-property"]],
  ["embedded metadata as if it were stored", fault("metadata?: ObjectMetaInput", "metadata?: NamespacedObjectMeta"), ["spec.template.metadata: metadata"]],
  ["the root's metadata of another scope", fault("metadata: NamespacedObjectMeta", "metadata: Record<string, string>"), ["metadata: metadata"]],
  ["another apiVersion", fault('apiVersion: "sample.example.com/v1"', 'apiVersion: "sample.example.com/v2"'), ["apiVersion: type"]],
  ["a status to be written", fault("  spec: GadgetSpecInput;\n", "  spec: GadgetSpecInput;\n  status?: GadgetStatus;\n"), ["status: extra-property"]],
  ["another scope", fault('scope: "Namespaced"', 'scope: "Cluster"'), [": descriptor"]],
  ["a subresource lost", fault('subresources: "status"', "subresources: never"), [": descriptor"]],
  ["a field selector lost", fault(' | "spec.color"', ""), [": descriptor"]],
  ["a deprecation invented", fault("/** A gadget of the sample. */", "/**\n * A gadget of the sample.\n * @deprecated\n */"), [": deprecated"]],
  ["a file that does not parse", fault("export interface GadgetStatus {", "export interface GadgetStatus {{"), [": syntax", "status.ready: missing-property"]],
  ["no descriptor", sampleOutput.slice(0, sampleOutput.indexOf("export const GadgetResource")), [": file"]],
]; // biome-ignore format: a table

describe("the checker itself", () => {
  it("finds nothing wrong with output that is right", async () => {
    expect(await findingsOf({})).toEqual([]);
  });

  it.each(faults)("finds %s", async (_, output, findings) => {
    expect(await findingsOf({ output })).toEqual(findings);
  });

  it("finds every exception that the report does not name", async () => {
    expect(await findingsOf({ losses: [] })).toEqual([
      "spec.any: unreported",
      "spec.host_name: unreported",
      "spec.id: unreported",
      "spec.parts[].count: unreported",
      "spec.size: unreported",
      "spec.toString: unreported",
    ]);
  });

  it("wants an exception of the types as lost or weaker, not as said in a comment", async () => {
    const losses = sampleLosses.map((loss) => ({ ...loss, class: "jsdoc" }));
    expect(await findingsOf({ losses })).toEqual(["spec.any: unreported", "spec.toString: unreported"]);
  });

  it("wants a default that the storage version does not have to be optional, and reported", async () => {
    const definition = sampleDefinition
      .replace("storage: true", "storage: false")
      .replace("served: false\n      storage: false", "served: false\n      storage: true");
    expect(await findingsOf({ definition })).toEqual([
      "spec.parts[].count: optionality",
      "spec.parts[].count: unreported",
      "spec.size: optionality",
      "spec.size: unreported",
    ]);
  });

  it("wants one open interface for every place", async () => {
    const output = fault("ready?: boolean;", "ready?: boolean; more?: GadgetSpecExtraOpen;");
    const definition = sampleDefinition.replace(
      "properties: { ready:",
      "properties: { more: { type: object, x-kubernetes-preserve-unknown-fields: true }, ready:",
    );
    expect(await findingsOf({ definition, output })).toEqual(["spec.extra: open", "status.more: open"]);
  });

  it("wants everything open where nothing is pruned", async () => {
    const definition = sampleDefinition.replace(
      "scope: Namespaced",
      "scope: Namespaced\n  preserveUnknownFields: true",
    );
    expect(await findingsOf({ definition })).toEqual([
      ": open",
      "spec.nothing: open",
      "spec.owner: open",
      "spec.parts[]: open",
      "spec.source: open",
      "spec.template.spec: open",
      "spec.template: open",
      "spec: open",
      "status: open",
    ]);
  });

  it("wants no file for a version that is not served", async () => {
    mkdirSync(path.join(folder, "out/sample.example.com/v2"), { recursive: true });
    writeFileSync(path.join(folder, "out/sample.example.com/v2/gadgets.ts"), "export {};");
    expect(await findingsOf({})).toEqual([": file"]);
  });
});
