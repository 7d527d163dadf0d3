import { isJsonObject } from "../../json.ts";
import type { PackageJson } from "./package-json.ts";

/** The script that generates: to be added, there already, or with no name left for it. */
export type Script =
  | { readonly kind: "new"; readonly name: string }
  | { readonly kind: "there"; readonly name: string }
  | { readonly kind: "taken"; readonly names: readonly string[] }
  | { readonly kind: "no-package" };

/** What a script of this program runs. */
export const scriptCommand = "crd-gen";

const names = ["generate", "generate:crds"];

/** Finds the script that generates, or a name for a new one; `otherCommands` are the words behind `crd-gen` that do something else. */
export function scriptOf(packageJson: PackageJson | undefined, otherCommands: ReadonlySet<string>): Script {
  if (packageJson === undefined) return { kind: "no-package" };
  const scripts = isJsonObject(packageJson.content.scripts) ? packageJson.content.scripts : {};
  const present = Object.keys(scripts).find((name) => generates(scripts[name], otherCommands));
  if (present !== undefined) return { kind: "there", name: present };
  const free = names.find((name) => !Object.hasOwn(scripts, name));
  return free === undefined ? { kind: "taken", names } : { kind: "new", name: free };
}

/** Whether one of the commands of a script is ours and generates: it has an option or a source, or nothing, behind its name. */
function generates(script: unknown, otherCommands: ReadonlySet<string>): boolean {
  if (typeof script !== "string") return false;
  return script.split(/&&|\|\||[;|&]/).some((command) => {
    const words = command.trim().split(/\s+/);
    const at = words.indexOf(scriptCommand);
    return at >= 0 && !otherCommands.has(words[at + 1] ?? "") && !words.includes("--check");
  });
}
