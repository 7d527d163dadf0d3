import { type Diagnostic, formatPath, type Path } from "../diagnostic.ts";
import type { Loss } from "../generated.ts";
import { describeJson } from "../json.ts";
import type { CustomResource, CustomResourceVersion } from "../parse/custom-resource.ts";
import { locate } from "../read/raw-document.ts";

/** What normalizing one version has to say, and where in the schema it stands at the moment. */
export class Context {
  readonly diagnostics: Diagnostic[] = [];
  readonly losses: Loss[] = [];
  readonly jsdocCounts: Record<string, number> = {};
  /** The path from the document's tree to the node at hand; pushed and popped while walking. */
  readonly path: (string | number)[];
  readonly resource: CustomResource;
  readonly version: CustomResourceVersion;
  readonly listJsdoc: boolean;

  constructor(resource: CustomResource, version: CustomResourceVersion, listJsdoc: boolean) {
    this.resource = resource;
    this.version = version;
    this.listJsdoc = listJsdoc;
    this.path = [...version.schemaPath];
  }

  /** Reports a keyword whose value is of the wrong type. `steps` lead from the node at hand to the value. */
  wrongType(steps: Path, wanted: string, value: unknown): void {
    this.error("schema-type", steps, `expected ${wanted}, got ${describeJson(value)}`);
  }

  /** Reports what makes the schema unreadable. */
  error(code: string, steps: Path, message: string): void {
    const { document } = this.version;
    const path = [...this.path, ...steps];
    this.diagnostics.push({
      severity: "error",
      code,
      message,
      location: locate(document, path),
      crd: this.resource.crd,
      version: this.version.name,
      path: [...document.prefix, ...path],
    });
  }

  /** Reports what no type can say, and what stands there instead. */
  loss(kind: "lost" | "weaker", what: string, emitted: string): void {
    this.losses.push({ ...this.#subject(), class: kind, what, emitted });
  }

  /** Counts a keyword that a comment says and no type. */
  saidInJsdoc(keyword: string, text: string): void {
    this.jsdocCounts[keyword] = (this.jsdocCounts[keyword] ?? 0) + 1;
    if (this.listJsdoc) {
      this.losses.push({ ...this.#subject(), class: "jsdoc", what: keyword, emitted: `@${keyword} ${text}`.trimEnd() });
    }
  }

  #subject(): Pick<Loss, "crd" | "version" | "path"> {
    const path = formatPath([...this.version.document.prefix, ...this.path]);
    return { crd: this.resource.crd, version: this.version.name, path };
  }
}
