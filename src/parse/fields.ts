import type { Diagnostic, Path } from "../diagnostic.ts";
import { describeJson, isJsonObject, type JsonObject } from "../json.ts";
import { locate, type RawDocument } from "../read/raw-document.ts";
import type { NameRule } from "./name-rules.ts";

/** Reads the fields of one document; whatever is not of the wanted type is reported with its place. */
export class Fields {
  readonly diagnostics: Diagnostic[];
  readonly document: RawDocument;
  readonly #subject: Pick<Diagnostic, "crd" | "version">;

  constructor(document: RawDocument, subject: Pick<Diagnostic, "crd" | "version">, diagnostics: Diagnostic[] = []) {
    this.document = document;
    this.diagnostics = diagnostics;
    this.#subject = subject;
  }

  /** The same document, its problems reported as those of one version. */
  ofVersion(version: string): Fields {
    return new Fields(this.document, { ...this.#subject, version }, this.diagnostics);
  }

  /** Reports what makes the definition unusable, at a path below the document's tree. */
  error(code: string, path: Path, message: string): void {
    this.#report({ severity: "error", code, message }, path);
  }

  /** Reports what is better changed, at a path below the document's tree. */
  warning(code: string, path: Path, message: string): void {
    this.#report({ severity: "warning", code, message }, path);
  }

  /** An object, or undefined where there is none. */
  object(parent: JsonObject, path: Path): JsonObject | undefined {
    const value = this.#present(parent, path);
    if (value === undefined || isJsonObject(value)) return value;
    return this.#wrong(path, "an object", value);
  }

  /** A list of objects; empty where there is none. */
  objects(parent: JsonObject, path: Path): readonly JsonObject[] {
    const value = this.#present(parent, path);
    if (value === undefined) return [];
    if (!Array.isArray(value)) return this.#wrong(path, "a list", value) ?? [];
    return value.filter((item: unknown, index): item is JsonObject => {
      if (isJsonObject(item)) return true;
      this.#wrong([...path, index], "an object", item);
      return false;
    });
  }

  /** A list of texts; empty where there is none. */
  strings(parent: JsonObject, path: Path): readonly string[] {
    const value = this.#present(parent, path);
    if (value === undefined) return [];
    if (!Array.isArray(value)) return this.#wrong(path, "a list of strings", value) ?? [];
    return value.filter((item: unknown, index): item is string => {
      if (typeof item === "string") return true;
      this.#wrong([...path, index], "a string", item);
      return false;
    });
  }

  /** A text, or undefined where there is none or it is empty. */
  string(parent: JsonObject, path: Path): string | undefined {
    const value = this.#present(parent, path);
    if (value === undefined || value === "") return undefined;
    return typeof value === "string" ? value : this.#wrong(path, "a string", value);
  }

  /** A text that has to be there. */
  required(parent: JsonObject, path: Path, wanted = "a string"): string | undefined {
    const value = this.#present(parent, path);
    if (typeof value === "string" && value !== "") return value;
    return this.#wrong(path, wanted, value);
  }

  /** A name that has to be there and to keep its rule, since names become paths and identifiers; else undefined. */
  name(parent: JsonObject, path: Path, rule: NameRule): string | undefined {
    const name = this.required(parent, path);
    if (name === undefined || rule.matches(name)) return name;
    this.error("name", path, `expected ${rule.wanted}, got ${describeJson(name)}`);
    return undefined;
  }

  /** A truth value; false where there is none. */
  boolean(parent: JsonObject, path: Path): boolean {
    const value = this.#present(parent, path);
    if (value === undefined || typeof value === "boolean") return value === true;
    return this.#wrong(path, "true or false", value) ?? false;
  }

  /** A number, or undefined where there is none. */
  number(parent: JsonObject, path: Path): number | undefined {
    const value = this.#present(parent, path);
    if (value === undefined || typeof value === "number") return value;
    return this.#wrong(path, "a number", value);
  }

  /** The value at the path's last step; null counts as absent, as it does for Kubernetes. */
  #present(parent: JsonObject, path: Path): unknown {
    const key = path.at(-1);
    const value = key === undefined || !Object.hasOwn(parent, key) ? undefined : parent[key];
    return value === null ? undefined : value;
  }

  #wrong(path: Path, wanted: string, value: unknown): undefined {
    this.error("field-type", path, `expected ${wanted}, got ${describeJson(value)}`);
    return undefined;
  }

  #report(problem: Pick<Diagnostic, "severity" | "code" | "message">, path: Path): void {
    const { document } = this;
    this.diagnostics.push({
      ...problem,
      location: locate(document, path),
      ...this.#subject,
      path: [...document.prefix, ...path],
    });
  }
}

/** A definition whose fields are being read. */
export interface RawDefinition {
  readonly tree: JsonObject;
  readonly spec: JsonObject;
  /** It is of apiextensions.k8s.io/v1beta1, which has defaults of its own, and other places for what versions share. */
  readonly beta: boolean;
  readonly fields: Fields;
}
