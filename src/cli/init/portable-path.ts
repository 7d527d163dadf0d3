import { sep } from "node:path";

/** A path as a config file is to say it, so that it holds on every system: with `/`, where this one writes `\`. */
export function portable(name: string, separator: string = sep): string {
  return separator === "\\" && !/^https?:\/\//i.test(name) ? name.replaceAll("\\", "/") : name;
}
