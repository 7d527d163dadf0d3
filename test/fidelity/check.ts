import { existsSync } from "node:fs";
import path from "node:path";
import { type DefinitionVersion, outputPath, readDefinitionFile } from "./definition.ts";
import { checkKindFile } from "./kind.ts";
import { countAny, kindOf, OutputCompiler, syntaxErrors } from "./output.ts";
import { type Report, readReport, reportedPaths } from "./report.ts";
import { type Finding, Session } from "./session.ts";

export type { Finding } from "./session.ts";

/** What to compare with what. */
export interface FidelityInput {
  /** Files of CustomResourceDefinitions, all of which the output was generated from. */
  readonly crdFiles: readonly string[];
  readonly outputDirectory: string;
  /** The report of that run, as `--report` with `--verbose` writes it. */
  readonly reportFile: string;
  /** How many kinds are compiled together. Default: 100. */
  readonly slice?: number;
  /** The module that stands for `@crd-gen/runtime/gen/v1`. Default: the runtime's source. */
  readonly contract?: string;
}

interface Task {
  readonly version: DefinitionVersion;
  readonly file: string;
}

interface Run {
  readonly compiler: OutputCompiler;
  readonly report: Report;
}

function fileFinding(version: DefinitionVersion, message: string): Finding {
  return { crd: version.crd, version: version.version, view: "read", field: "", rule: "file", message };
}

function checkSlice(run: Run, tasks: readonly Task[]): readonly Finding[] {
  const program = run.compiler.compile(tasks.map((task) => task.file));
  const checker = program.getTypeChecker();
  return tasks.flatMap(({ version, file }) => {
    const kind = kindOf(program, file);
    if (kind === undefined) return [fileFinding(version, `${file} is missing or has no ResourceDescriptor`)];
    const reported = reportedPaths(run.report, version.crd, version.version);
    const session = new Session(version, { checker, file: kind.file }, reported);
    const place = { view: "read", field: "", path: "", storage: undefined, opened: false } as const;
    for (const message of syntaxErrors(program, kind.file)) session.add(place, "syntax", message);
    const any = countAny(kind.file);
    if (any > 0) session.add(place, "any", `the keyword any stands in the file ${any} times`);
    checkKindFile(session, kind);
    return session.findings;
  });
}

/**
 * Compares schemas with the types that they became and gives every difference that the report does not name.
 * It shares no code with the generator: it reads definitions, report and output by itself, and asks the compiler.
 */
export async function checkFidelity(input: FidelityInput): Promise<readonly Finding[]> {
  const { crdFiles, outputDirectory, slice = 100 } = input;
  const run: Run = { compiler: new OutputCompiler(input.contract), report: readReport(input.reportFile) };
  const findings: Finding[] = [];
  let tasks: Task[] = [];
  const flush = (): void => {
    findings.push(...checkSlice(run, tasks));
    tasks = [];
  };
  for (const crdFile of crdFiles) {
    for (const version of readDefinitionFile(crdFile)) {
      const file = path.join(outputDirectory, outputPath(version));
      if (version.served) tasks.push({ version, file });
      else if (existsSync(file)) findings.push(fileFinding(version, "a version that is not served was generated"));
    }
    if (tasks.length >= slice) flush();
  }
  if (tasks.length > 0) flush();
  return findings;
}

/** Prints a finding on one line. */
export function printFinding(finding: Finding): string {
  const { crd, version, view, field, rule, message } = finding;
  return `${crd} ${version} ${view} ${field === "" ? "(root)" : field}: ${rule}: ${message}`;
}
