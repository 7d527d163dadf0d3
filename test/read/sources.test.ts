import { createHash } from "node:crypto";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import process from "node:process";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { isReadError } from "../../src/read/read-error.ts";
import {
  digestOfFile,
  type FileSource,
  findSources,
  readFileSource,
  readSource,
  type SourceText,
  type TextSource,
} from "../../src/read/sources.ts";

let folder = "";
const servers: Server[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "crd-gen-sources-"));
});

afterEach(async () => {
  rmSync(folder, { recursive: true, force: true });
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  }
});

function write(path: string, content: string | Buffer = "a: 1\n"): string {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
  return file;
}

async function names(...patterns: string[]): Promise<string[]> {
  const { sources, diagnostics } = await findSources(patterns, folder);
  expect(diagnostics).toEqual([]);
  return sources.map(({ name }) => name);
}

async function problems(...patterns: string[]): Promise<string[]> {
  return (await findSources(patterns, folder)).diagnostics.map(({ code, message }) => `${code} ${message}`);
}

async function refusal(reading: Promise<SourceText> | (() => SourceText)): Promise<string> {
  try {
    return `read ${(typeof reading === "function" ? reading() : await reading).text}`;
  } catch (error) {
    if (!isReadError(error)) throw error;
    return `${error.code} ${error.diagnostic.message}`;
  }
}

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function urlSource(url: string): Promise<TextSource> {
  const [source] = (await findSources([url], folder)).sources;
  if (source === undefined) throw new Error(`no source for ${url}`);
  return source;
}

describe("finding", () => {
  test("files, folders and globs, sorted, each once, whatever the order", async () => {
    for (const path of ["b.yaml", "a/2.yml", "a/1.JSON", "a/deep/3.yaml", "a/notes.md", "a/.hidden/x.yaml"])
      write(path);
    write("a/node_modules/x/y.yaml");
    const wanted = ["a/1.JSON", "a/2.yml", "a/deep/3.yaml", "b.yaml"];
    expect(await names("b.yaml", "a", "./b.yaml", "a/**/*.yaml", join(folder, "b.yaml"))).toEqual(
      [join(folder, "b.yaml"), "a/1.JSON", "a/2.yml", "a/deep/3.yaml"].sort(),
    );
    expect(await names("a/", "b.yaml")).toEqual(wanted);
    expect(await names("b.yaml", "./a")).toEqual(wanted);
    expect(await names(".")).toEqual(wanted);
    expect(await names("a/*")).toEqual(["a/1.JSON", "a/2.yml"]);
    expect(await names("{a,b}*/*.md")).toEqual(["a/notes.md"]);
  });

  test("gives the path and size of files", async () => {
    const path = write("a.yaml", "a: 1\n");
    expect((await findSources(["a.yaml"], folder)).sources).toEqual([{ name: "a.yaml", kind: "file", path, size: 5 }]);
  });

  test("a file whose name looks like a glob is that file", async () => {
    write("a[1].yaml");
    write("a1.yaml");
    expect(await names("a[1].yaml")).toEqual(["a[1].yaml"]);
  });

  test("follows links to files and not to folders", async () => {
    write("real/a.yaml");
    mkdirSync(join(folder, "links"));
    symlinkSync(join(folder, "real/a.yaml"), join(folder, "links/b.yaml"));
    symlinkSync(join(folder, "links"), join(folder, "links/loop.yaml"));
    expect(await names("links")).toEqual(["links/b.yaml"]);
  });

  test("standard input and URLs, whose credentials and query are not in the name", async () => {
    const { sources } = await findSources(["-", "https://me:secret@example.com/a.yaml?token=secret", "-"], folder);
    expect(sources.map(({ name, kind }) => [name, kind])).toEqual([
      ["<stdin>", "stdin"],
      ["https://example.com/a.yaml?…", "url"],
    ]);
  });

  test("reports what is not there, all of it, in one order", async () => {
    mkdirSync(join(folder, "empty"));
    write("file.yaml");
    write("docs/readme.md");
    const wanted = [
      "source-missing docs/*: expected a glob that matches .yaml, .yml or .json files, found none in 1 matches; check the pattern",
      "source-missing empty: expected a folder with .yaml, .yml or .json files, found none in it; check the path",
      "source-missing none-*.yaml: expected a glob that matches files, found none in 0 matches; check the pattern",
      "source-missing none.yaml: expected a file, a folder, a glob or a URL, found nothing of that name; check the path",
    ];
    expect(await problems("none.yaml", "empty", "file.yaml", "docs/*", "none-*.yaml")).toEqual(wanted);
    expect(await problems("none-*.yaml", "docs/*", "empty", "none.yaml")).toEqual(wanted);
    expect(await problems("http://me:secret@")).toEqual([
      "source-url expected a URL, got an address that is none; check it",
    ]);
  });

  // The superuser may read everything.
  test.skipIf(process.getuid?.() === 0)("reports folders that may not be read", async () => {
    write("a/closed/x.yaml");
    write("a/open.yaml");
    chmodSync(join(folder, "a/closed"), 0o000);
    try {
      expect(await problems("a")).toEqual(["source-unreadable a/closed: may not be read; check its permissions"]);
    } finally {
      chmodSync(join(folder, "a/closed"), 0o755);
    }
  });
});

describe("reading files", () => {
  test.each<[string, Buffer, string]>([
    ["ASCII", Buffer.from("a: 1\n"), "a: 1\n"],
    ["UTF-8", Buffer.from("a: é😀\n"), "a: é😀\n"],
    ["UTF-8 with a mark", Buffer.from("\uFEFFa: é\n"), "a: é\n"],
    ["UTF-16, low byte first", Buffer.from("\uFEFFa: é\n", "utf16le"), "a: é\n"],
    ["UTF-16, high byte first", Buffer.from("\uFEFFa: é\n", "utf16le").swap16(), "a: é\n"],
    ["nothing", Buffer.alloc(0), ""],
  ])("%s", async (_, bytes, text) => {
    const source: FileSource = { name: "a.yaml", kind: "file", path: write("a.yaml", bytes) };
    expect(readFileSource(source).text).toBe(text);
    expect((await readSource(source)).text).toBe(text);
  });

  test.each<[string, Buffer, string]>([
    ["Latin-1", Buffer.from("a: 1\nb: é\n", "latin1"), "got a byte that is not UTF-8 in line 2"],
    ["a broken last line", Buffer.from([97, 10, 97, 0xff]), "got a byte that is not UTF-8 in line 2"],
    [
      "a lone surrogate",
      Buffer.from("\uFEFFa\uD800b", "utf16le"),
      "got a byte order mark of UTF-16 and text that is not UTF-16",
    ],
  ])("refuses %s", async (_, bytes, got) => {
    const source: FileSource = { name: "a.yaml", kind: "file", path: write("a.yaml", bytes) };
    const message = `source-encoding a.yaml: expected UTF-8, ${got}; save it as UTF-8`;
    expect(await refusal(() => readFileSource(source))).toBe(message);
    expect(await refusal(readSource(source))).toBe(message);
  });

  test("refuses what has gone, is a folder or is too large", async () => {
    const gone: FileSource = { name: "gone.yaml", kind: "file", path: join(folder, "gone.yaml") };
    const message = "source-missing gone.yaml: expected a file, a folder, a glob or a URL, found nothing of that name";
    expect(await refusal(readSource(gone))).toContain(message);
    expect(await refusal(() => readFileSource(gone))).toContain(message);
    expect(await refusal(readSource({ name: "f", kind: "file", path: folder }))).toBe(
      "source-unreadable f: expected a file, got a folder",
    );
    expect(await refusal(() => readFileSource({ ...gone, size: 2 ** 27 }))).toBe(
      "source-size gone.yaml: expected at most 64 MiB, got more; split it",
    );
  });
});

describe("the digest of a file", () => {
  test("is that of its bytes, whoever takes it", async () => {
    const bytes = Buffer.from("\uFEFFa: é\n", "utf16le");
    const source: FileSource = { name: "a.yaml", kind: "file", path: write("a.yaml", bytes) };
    const wanted = createHash("sha256").update(bytes).digest("hex");
    expect(digestOfFile(source)).toBe(wanted);
    expect(readFileSource(source).digest).toBe(wanted);
    expect((await readSource(source)).digest).toBe(wanted);
  });

  test("is the same with the line ends of Windows", () => {
    const unix: FileSource = { name: "a.yaml", kind: "file", path: write("a.yaml", "a: 1\nb: é\n") };
    const windows: FileSource = { name: "b.yaml", kind: "file", path: write("b.yaml", "a: 1\r\nb: é\r\n") };
    expect(digestOfFile(windows)).toBe(digestOfFile(unix));
    expect(readFileSource(windows).digest).toBe(readFileSource(unix).digest);
  });

  test("cannot be had of one that has gone", () => {
    expect(() => digestOfFile({ name: "gone.yaml", kind: "file", path: join(folder, "gone.yaml") })).toThrow(
      expect.objectContaining({ code: "source-missing" }),
    );
  });
});

test("reads standard input, characters divided between parts included", async () => {
  const bytes = Buffer.from("a: é\n");
  async function* stdin(): AsyncGenerator<Uint8Array> {
    yield bytes.subarray(0, 4);
    yield bytes.subarray(4);
  }
  expect(await readSource({ name: "<stdin>", kind: "stdin" }, { stdin: stdin() })).toEqual({
    text: "a: é\n",
    digest: createHash("sha256").update(bytes).digest("hex"),
  });
});

describe("reading URLs", () => {
  test("follows redirects and sends credentials as a header", async () => {
    const host = await serve((request, response) => {
      if (request.url === "/old") response.writeHead(302, { location: "/new" }).end();
      else response.end(`${request.url} ${request.headers.authorization}`);
    });
    const credentials = Buffer.from("me:pass word").toString("base64");
    const source = await urlSource(`http://me:pass%20word@${host}/old`);
    expect((await readSource(source)).text).toBe(`/new Basic ${credentials}`);
  });

  test.each([
    [404, "expected a file, got HTTP status 404; check the address"],
    [401, "expected a file, got HTTP status 401; the server wants other credentials"],
    [503, "expected a file, got HTTP status 503; try again later"],
  ])("reports status %i without the credentials", async (status, message) => {
    const host = await serve((_, response) => response.writeHead(status).end());
    const source = await urlSource(`http://me:secret@${host}/a?token=secret`);
    expect(await refusal(readSource(source))).toBe(`source-url http://${host}/a?…: ${message}`);
  });

  test("reports a web page", async () => {
    const host = await serve((_, response) => response.setHeader("content-type", "text/html").end("<html>"));
    expect(await refusal(readSource(await urlSource(`http://${host}/a`)))).toContain("got a web page");
  });

  test("reports a server that is not there", async () => {
    const host = await serve(() => undefined);
    for (const server of servers.splice(0)) await new Promise((done) => server.close(done));
    expect(await refusal(readSource(await urlSource(`http://${host}/a`)))).toBe(
      `source-url http://${host}/a: cannot be reached (ECONNREFUSED); check the address and the connection`,
    );
  });

  test("reports an answer that breaks off", async () => {
    const host = await serve((_, response) => {
      response.writeHead(200, { "content-length": "100" });
      response.write("a: 1", () => response.destroy());
    });
    expect(await refusal(readSource(await urlSource(`http://${host}/a`)))).toContain("cannot be reached (");
  });

  test("stops at the limit, however much more there is", async () => {
    const part = new Uint8Array(2 ** 20).fill(97);
    let sent = 0;
    const endless = new ReadableStream({
      pull(controller) {
        sent++;
        controller.enqueue(part);
      },
    });
    const source: TextSource = { name: "http://h/a", kind: "url", url: "http://h/a" };
    const reading = readSource(source, { fetch: () => Promise.resolve(new Response(endless)) });
    expect(await refusal(reading)).toBe("source-size http://h/a: expected at most 64 MiB, got more; split it");
    expect(sent).toBeLessThan(80);
  });

  test("ends when it is aborted", async () => {
    const controller = new AbortController();
    const host = await serve(() => controller.abort(new Error("stopped")));
    await expect(readSource(await urlSource(`http://${host}/a`), { signal: controller.signal })).rejects.toThrow(
      "stopped",
    );
  });
});

describe("on Windows", () => {
  const platform = Object.getOwnPropertyDescriptor(process, "platform");

  beforeEach(() => {
    Object.defineProperty(process, "platform", { ...platform, value: "win32" });
    return () => Object.defineProperty(process, "platform", { ...platform });
  });

  test.each([["crds\\a.yaml"], ["crds\\"], [".\\crds"], ["crds\\*.yaml"], ["crds\\**\\*.yaml"], ["crds/*"]])(
    "%s is a way to crds/a.yaml",
    async (pattern) => {
      const path = write("crds/a.yaml");
      const { sources, diagnostics } = await findSources([pattern], folder);
      expect(diagnostics).toEqual([]);
      expect(sources).toMatchObject([{ kind: "file", name: "crds/a.yaml", path }]);
    },
  );

  test("what is not there is called as it was typed", async () => {
    const { diagnostics } = await findSources(["crds\\none.yaml"], folder);
    expect(diagnostics.map(({ message }) => message)).toEqual([
      "crds\\none.yaml: expected a file, a folder, a glob or a URL, found nothing of that name; check the path",
    ]);
  });
});
