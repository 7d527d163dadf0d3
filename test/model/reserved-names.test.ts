import * as path from "node:path";
import ts from "typescript-5.9";
import { describe, expect, it } from "vitest";
import { contractNames, isReservedName } from "../../src/model/reserved-names.ts";

const root = path.resolve(import.meta.dirname, "../..");
const contract = path.join(root, "src/runtime/gen/v1.ts");

function exportsOf(file: string): string[] {
  const options = { allowImportingTsExtensions: true, noEmit: true, module: ts.ModuleKind.NodeNext, types: [] };
  const program = ts.createProgram([file], { ...options, target: ts.ScriptTarget.ES2022, lib: ["lib.es2022.d.ts"] });
  const source = program.getSourceFile(file);
  const checker = program.getTypeChecker();
  const symbol = source === undefined ? undefined : checker.getSymbolAtLocation(source);
  return symbol === undefined ? [] : checker.getExportsOfModule(symbol).map(({ name }) => name);
}

describe("reserved names", () => {
  it("of the contract are exactly what it exports", () => {
    expect([...contractNames]).toEqual(exportsOf(contract).sort());
  });

  it("hold each name of the contract", () => {
    expect(contractNames.filter((name) => !isReservedName(name))).toEqual([]);
  });

  it("hold every global name that generated code uses, and those that a reader would take for global", () => {
    const used = [
      "Array",
      "Record",
      "Object",
      "Map",
      "Function",
      "Proxy",
      "Error",
      "Set",
      "Date",
      "Promise",
      "JSON",
      "Infinity",
    ];
    expect(used.filter((name) => !isReservedName(name))).toEqual([]);
  });

  it("are no others", () => {
    const free = ["MyCoolApp", "Class", "Default", "Cluster", "Node", "Event", "Types", "constructor", "toString", ""];
    expect(free.filter(isReservedName)).toEqual([]);
  });
});
