export { type Config, defineConfig } from "./config.ts";
export { type Diagnostic, formatDiagnostic, type Path, type Position, type SourceLocation } from "./diagnostic.ts";
export { generate } from "./generate.ts";
export type {
  Generated,
  GeneratedFile,
  GeneratedKind,
  GeneratedResource,
  GenerateOptions,
  ImportExtension,
  Loss,
  Part,
  Selection,
  TypeMapping,
} from "./generated.ts";
export type { SkippedDocument } from "./parse/parse.ts";
export { type DocumentsOfText, readDocuments } from "./read/documents.ts";
export type { RawDocument } from "./read/raw-document.ts";
