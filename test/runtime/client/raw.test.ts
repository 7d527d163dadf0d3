import { describe, expect, it, test } from "vitest";
import { DynamicClient } from "../../../src/runtime/client/dynamic-client.ts";
import { rawRequest } from "../../../src/runtime/client/raw.ts";
import { failed, MemoryTransport } from "../memory-transport.ts";

describe("a raw request", () => {
  it("is a GET of the path as it stands", () => {
    expect(rawRequest("/logs/a%20b?tail=10&c=/../d", { accept: "text/plain", ifNoneMatch: '"a"' })).toEqual({
      verb: "get",
      method: "GET",
      resource: "/logs/a%20b",
      path: "/logs/a%20b?tail=10&c=/../d",
      headers: { accept: "text/plain", "if-none-match": '"a"' },
    });
    expect(rawRequest("/version", {}).headers).toEqual({ accept: "application/json, */*" });
    expect(rawRequest("/", {}).path).toBe("/");
    expect(rawRequest("/a%2fb..%2F..c", {}).path).toBe("/a%2fb..%2F..c");
    expect(rawRequest("/a/.../b.c/..d", {}).path).toBe("/a/.../b.c/..d");
  });

  it.each([
    "",
    "version",
    "//host/version",
    "/a b",
    "/a#b",
    "/a\nb",
    "/ä",
    "/a\\b",
    "/..\\a",
    "https://host/version",
    undefined,
  ])("has one slash first, and is escaped: %j", (path) => {
    expect(() => rawRequest(path as string, {})).toThrow(/^path: wanted one that begins with one "\/", escaped/);
  });

  it.each([
    "/.",
    "/..",
    "/api/../version",
    "/api/./v1",
    "/api/%2e%2E/version",
    "/a/.%2e",
    "/..?a=b",
    "/a/..%2fb",
    "/a/..%5Cb",
    "/a%2F%2e%2e%2Fb",
  ])("does not lead up or back: %j", (path) => {
    expect(() => rawRequest(path, {})).toThrow(/^path: wanted one without the segments/);
  });

  it("has headers of one line, and no option but its own", () => {
    expect(() => rawRequest("/a", { accept: "a\r\nb: c" })).toThrow(/^accept: wanted a text of printable/);
    expect(() => rawRequest("/a", { ifNoneMatch: "" })).toThrow(/^ifNoneMatch: wanted a text of printable/);
    expect(() => rawRequest("/a", { timeoutMs: 0 })).toThrow(/^timeoutMs: wanted milliseconds/);
    expect(() => rawRequest("/a", { limit: 1 } as object)).toThrow(/^limit: get has no such option/);
  });
});

test("the answer is the text with status and headers", async () => {
  const transport = new MemoryTransport(() => ({ headers: { etag: '"e"' }, body: "ok 12345678901234567890" }));
  const answer = await new DynamicClient({ transport }).getRaw("/readyz");
  expect(answer).toEqual({ status: 200, headers: { etag: '"e"' }, text: "ok 12345678901234567890" });
  expect(transport.requests[0]).toMatchObject({
    method: "GET",
    path: "/readyz",
    headers: { accept: "application/json, */*", "user-agent": "crd-gen-runtime" },
  });
});

test("what has not changed is an answer where that was asked for, and an error where it was not", async () => {
  const transport = new MemoryTransport(() => ({ status: 304 }));
  const client = new DynamicClient({ transport });
  expect(await client.getRaw("/apis", { ifNoneMatch: '"e"' })).toEqual({ status: 304, headers: {}, text: "" });
  await expect(client.getRaw("/apis")).rejects.toMatchObject({ name: "ApiError", code: 304 });
});

test("errors are those of other calls, about the path and without its query", async () => {
  const plain = { "content-type": "text/plain" };
  const answers = [failed(503, "ServiceUnavailable", { headers: { "retry-after": "0" } }), { json: {} }];
  const again = new MemoryTransport((_, index) => answers[index] ?? {});
  expect((await new DynamicClient({ transport: again }).getRaw("/version")).text).toBe("{}");
  const unknown = new MemoryTransport(() => ({ status: 404, headers: plain, body: "404 page not found\n" }));
  const client = new DynamicClient({ transport: unknown });
  await expect(client.getRaw("/none?token=secret")).rejects.toMatchObject({
    message: "get /none: 404, 404 page not found",
    verb: "get",
    resource: "/none",
  });
  await expect(client.getRaw("/none", { signal: AbortSignal.abort("enough") })).rejects.toBe("enough");
  await expect(client.getRaw("none")).rejects.toMatchObject({ name: "InvalidArgumentError" });
  expect([again.paths, unknown.paths]).toEqual([["/version", "/version"], ["/none?token=secret"]]);
});
