import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { generate } from "../../src/generate.ts";
import type { Assets } from "../cluster/assets.ts";
import { startServer } from "../cluster/server.ts";
import { buildRuntime } from "../runtime/gen/consumer.ts";
import { Api } from "./api.ts";
import { ask, compare } from "./check.ts";
import type { ReadDefinitions } from "./definitions.ts";
import type { Amount } from "./interview.ts";
import { Tally } from "./tally.ts";

/** What a run checks. */
export interface RunOptions {
  readonly assets: Assets;
  readonly read: ReadDefinitions;
  readonly amount: Amount;
  readonly seeds: readonly number[];
  /** Told after each part. */
  readonly onProgress: (done: number, all: number) => void;
}

/** A part of a run has about so many objects: a server with more definitions gets slow, and trials take memory. */
const objectsOfPart = 6_000;
const mostDefinitions = 300;

/** Checks definitions against one version of the server, in parts, each with a server of its own. */
export async function run({ assets, read, amount, seeds, onProgress }: RunOptions): Promise<Tally> {
  const { documents, definitions } = read;
  const size = Math.min(mostDefinitions, Math.max(1, Math.floor(objectsOfPart / (amount.objects * seeds.length))));
  const root = mkdtempSync(path.join(tmpdir(), "crd-gen-truth-"));
  const tally = new Tally();
  try {
    await buildRuntime(root);
    for (let begin = 0; begin < definitions.length; begin += size) {
      const part = definitions.slice(begin, begin + size);
      const { resources, files, diagnostics } = await generate(documents.slice(begin, begin + size));
      const errors = diagnostics.filter(({ severity }) => severity === "error");
      if (errors.length > 0)
        throw new Error(`wanted generated types, got ${errors.map(({ message }) => message).join("; ")}`);
      const kinds = resources.flatMap((resource) => resource.kinds);
      const server = await startServer(assets);
      const api = new Api(server);
      try {
        const answers = await ask(api, { definitions: part, kinds, amount, seeds });
        tally.add(answers, await compare(answers, files, root));
      } finally {
        api.close();
        await server.stop();
      }
      onProgress(Math.min(begin + size, definitions.length), definitions.length);
    }
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
  return tally;
}
