import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { readFileDocuments, readSourceDocuments } from "../../src/cli/read-source.ts";
import type { UrlSource } from "../../src/read/sources.ts";
import { temporaryFolder } from "../temporary-folder.ts";

const never = new AbortController().signal;

/** A URL of a server that answers with this status; with none, of one that has gone. */
async function urlSource(status?: number): Promise<UrlSource> {
  const server = createServer((_, response) => response.writeHead(status ?? 200).end("a: 1\n"));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const close = (): Promise<void> => new Promise((resolve) => server.close(() => resolve()));
  if (status === undefined) await close();
  else onTestFinished(close);
  return { kind: "url", name: "crds.yaml", url: `http://127.0.0.1:${port}/crds.yaml` };
}

test("the documents of a URL", async () => {
  const { documents, diagnostics, failure } = await readSourceDocuments(await urlSource(200), never);
  expect([documents.map(({ tree }) => tree), diagnostics, failure]).toEqual([[{ a: 1 }], [], undefined]);
});

test("an answer that is not wanted is for the user to put right", async () => {
  const { diagnostics, failure } = await readSourceDocuments(await urlSource(404), never);
  expect(diagnostics).toEqual([
    {
      severity: "error",
      code: "source-url",
      message: "crds.yaml: expected a file, got HTTP status 404; check the address",
    },
  ]);
  expect(failure).toBeUndefined();
});

test("that there is no answer is the network's failure", async () => {
  const { diagnostics, failure } = await readSourceDocuments(await urlSource(), never);
  expect(diagnostics).toEqual([]);
  expect(failure).toEqual({
    code: "network",
    message: "crds.yaml: cannot be reached (ECONNREFUSED); check the address and the connection",
  });
});

test("a file that has gone is for the user to put right", () => {
  const path = `${temporaryFolder()}/crds.yaml`;
  expect(readFileDocuments({ kind: "file", name: "crds.yaml", path }).diagnostics).toMatchObject([
    { severity: "error", code: "source-missing" },
  ]);
});
