import * as path from "node:path";
import { createFilesMatcher, getTsconfig, parseTsconfig, type TsConfigJsonResolved } from "get-tsconfig";
import type { ImportExtension } from "../generated.ts";
import { nearestManifest } from "./package-manifest.ts";

type CompilerOptions = NonNullable<TsConfigJsonResolved["compilerOptions"]>;

/**
 * How generated files are to name each other, by the tsconfig.json that covers the output folder. Where the compiler takes `.ts`, that
 * also runs under Node's type stripping; where it resolves as Node does, `.js` is a must; a bundler or CommonJS finds files by their
 * bare names, and not all of them find a `.ts` file by `.js`. Without a readable tsconfig.json: `.js`.
 *
 * @see https://www.typescriptlang.org/docs/handbook/modules/reference.html
 */
export function importExtensionFor(folder: string): ImportExtension {
  const compilerOptions = compilerOptionsFor(folder);
  if (compilerOptions === undefined) return ".js";
  const { allowImportingTsExtensions, rewriteRelativeImportExtensions } = compilerOptions;
  if (allowImportingTsExtensions === true || rewriteRelativeImportExtensions === true) return ".ts";
  const module = compilerOptions.module?.toLowerCase();
  const resolution =
    compilerOptions.moduleResolution?.toLowerCase() ?? (module?.startsWith("node") ? module : undefined);
  if (resolution?.startsWith("node1") === true && resolution !== "node10") return ".js";
  if (resolution === "nodenext") return ".js";
  if (resolution === "bundler" || module === "preserve" || module === undefined || module === "commonjs") return "";
  // ES modules that nothing bundles are loaded by Node or a browser, which add no extension.
  return isModulePackage(folder) ? ".js" : "";
}

function compilerOptionsFor(folder: string): CompilerOptions | undefined {
  try {
    const nearest = getTsconfig(folder);
    if (nearest === null) return undefined;
    const { config } = nearest;
    // A tsconfig.json that only points to others says nothing itself; the one that covers the folder does.
    if (config.files?.length !== 0 || config.references === undefined) return config.compilerOptions ?? {};
    const projects = config.references.map((reference) => {
      const target = path.resolve(path.dirname(nearest.path), reference.path);
      const file = target.endsWith(".json") ? target : path.join(target, "tsconfig.json");
      return { path: file, config: parseTsconfig(file) };
    });
    const probe = path.join(folder, "index.ts");
    const covering = projects.find((project) => createFilesMatcher(project)(probe) !== undefined) ?? projects[0];
    return covering?.config.compilerOptions ?? {};
  } catch {
    // A tsconfig.json that cannot be read is for the compiler to complain about.
    return undefined;
  }
}

function isModulePackage(folder: string): boolean {
  return nearestManifest(folder)?.content.type === "module";
}
