import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import * as path from "node:path";
import { isJsonObject } from "../json.ts";
import { readDocuments } from "../read/documents.ts";

/**
 * The names of the contexts of a kubeconfig, or of the files that `KUBECONFIG` names, or of `~/.kube/config`, each once. What
 * cannot be read has none: a shell that completes a name is no place for messages. Only names are looked at.
 */
export function contextNames(
  kubeconfig: string | undefined,
  { KUBECONFIG = "" }: Readonly<NodeJS.ProcessEnv> = process.env,
): readonly string[] {
  const listed = KUBECONFIG.split(path.delimiter).filter((name) => name !== "");
  const usual = listed.length > 0 ? listed : [path.join(homedir(), ".kube", "config")];
  const names = (kubeconfig === undefined ? usual : [kubeconfig]).flatMap(namesIn);
  // A line each: a name that would be several, or move the cursor, is left out.
  return [...new Set(names)].filter((name) => name !== "" && !/\p{Cc}/u.test(name));
}

function namesIn(file: string): readonly string[] {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    return [];
  }
  const [config] = readDocuments(text, file).documents;
  const tree = config?.tree;
  if (!isJsonObject(tree) || !Array.isArray(tree.contexts)) return [];
  return tree.contexts.flatMap((context: unknown) =>
    isJsonObject(context) && typeof context.name === "string" ? [context.name] : [],
  );
}
