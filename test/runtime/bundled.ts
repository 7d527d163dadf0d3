import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { gzipSync } from "node:zlib";
import { rolldown } from "rolldown";

const root = path.join(import.meta.dirname, "../..");
const kind = path.join(root, "generated-examples/mycoolapp/stable.example.com/v1/mycoolapps.ts");

/** A program that gets an object of one kind. */
export const oneKind: string = `
  import { DynamicClient } from "@crd-gen/runtime";
  import { myCoolAppClient } from ${JSON.stringify(kind)};
  const client = await DynamicClient.fromDefault();
  console.log(await myCoolAppClient(client).namespace("default").get("backend-service"));
`;

/** Bytes. */
export interface Size {
  readonly minified: number;
  /** Each file packed by itself. */
  readonly gzip: number;
}

/** How large a program is with all that it imports. */
export interface BundleSizes {
  /** The program and what it cannot start without. */
  readonly start: Size;
  /** With what is loaded when it is wanted. */
  readonly whole: Size;
}

/**
 * Bundles a program into as many files as it has parts that are loaded later.
 *
 * @param external Packages that are left out. Default: those that the runtime stands on.
 */
export async function bundled(
  program: string,
  external: readonly string[] = ["undici", "@kubernetes/client-node"],
): Promise<BundleSizes> {
  const folder = mkdtempSync(path.join(tmpdir(), "crd-gen-bundle-"));
  try {
    const input = path.join(folder, "program.ts");
    writeFileSync(input, program);
    symlinkSync(path.join(root, "node_modules"), path.join(folder, "node_modules"), "junction");
    const bundle = await rolldown({ input, platform: "node", external: [...external] });
    const { output } = await bundle.generate({ format: "esm", minify: true });
    await bundle.close();
    const chunks = new Map(output.filter((part) => part.type === "chunk").map((chunk) => [chunk.fileName, chunk]));
    const start = new Set([...chunks.values()].filter(({ isEntry }) => isEntry).map(({ fileName }) => fileName));
    // What is added on the way is gone through as well.
    for (const file of start) for (const name of chunks.get(file)?.imports ?? []) if (chunks.has(name)) start.add(name);
    const sizeOf = (names: Iterable<string>): Size => {
      const codes = Array.from(names, (name) => Buffer.from(chunks.get(name)?.code ?? ""));
      return { minified: sum(codes), gzip: sum(codes.map((code) => gzipSync(code))) };
    };
    return { start: sizeOf(start), whole: sizeOf(chunks.keys()) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function sum(buffers: readonly Buffer[]): number {
  return buffers.reduce((total, { length }) => total + length, 0);
}
