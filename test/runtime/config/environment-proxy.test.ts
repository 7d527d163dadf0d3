import { describe, expect, test } from "vitest";
import { environmentProxy } from "../../../src/runtime/config/environment-proxy.ts";

const proxy = "http://proxy.test:3128";
const https = "https://api.example.com:6443";
const http = "http://api.example.com:8001";

describe("the variable", () => {
  test.each<[string, NodeJS.ProcessEnv, string | undefined]>([
    [https, {}, undefined],
    [https, { HTTPS_PROXY: proxy }, proxy],
    [https, { https_proxy: proxy }, proxy],
    [https, { HTTPS_PROXY: proxy, https_proxy: "http://other.test" }, proxy],
    [https, { HTTPS_PROXY: "", https_proxy: proxy }, proxy],
    [https, { HTTP_PROXY: proxy, ALL_PROXY: proxy }, undefined],
    [http, { HTTP_PROXY: proxy }, proxy],
    [http, { http_proxy: proxy }, proxy],
    [http, { HTTPS_PROXY: proxy }, undefined],
    [https, { HTTPS_PROXY: "proxy.test:3128" }, proxy],
    [https, { HTTPS_PROXY: "10.0.0.2:3128" }, "http://10.0.0.2:3128"],
    [https, { HTTPS_PROXY: "me:word@proxy.test:3128" }, "http://me:word@proxy.test:3128"],
    [https, { HTTPS_PROXY: "https://proxy.test" }, "https://proxy.test"],
    ["https://a b", { HTTPS_PROXY: proxy }, undefined],
  ])("for %s of %j is %s", (server, environment, want) => {
    expect(environmentProxy(server, environment)).toBe(want);
  });

  test.each(["socks5://me:canary@10.0.0.2", "http://[", "http://me:canary@10.0.0.2:no"])("%s is refused", (address) => {
    expect(() => environmentProxy(https, { https_proxy: address })).toThrow(
      expect.objectContaining({
        name: "ConfigError",
        code: "invalid",
        message: expect.stringMatching(/^HTTPS_PROXY: wanted the address of an http or https proxy(?!.*canary)/),
      }),
    );
  });
});

/** As `host[:port]`; the port of https where there is none. */
const servers: readonly [server: string, noProxy: string, proxied: boolean][] = [
  // Never proxied.
  ["localhost", "", false],
  ["localhost:6443", "", false],
  ["127.0.0.1", "", false],
  ["127.8.9.10:6443", "", false],
  ["[::1]:6443", "", false],
  ["[::ffff:127.0.0.1]", "", false],
  ["localhost.example.com", "", true],
  ["128.0.0.1", "", true],
  // All of them.
  ["api.example.com", "*", false],
  ["10.0.0.1", "a.test, * ", false],
  ["api.example.com", "*com", true],
  // Names: the domain and what is below it.
  ["api.example.com", "api.example.com", false],
  ["api.example.com", "example.com", false],
  ["example.com", "example.com", false],
  ["API.Example.com", "example.COM", false],
  ["api.example.com", " a.test , example.com ", false],
  ["badexample.com", "example.com", true],
  ["example.com.test", "example.com", true],
  ["example.com", "api.example.com", true],
  // Only what is below it.
  ["api.example.com", ".example.com", false],
  ["example.com", ".example.com", true],
  ["api.example.com", "*.example.com", false],
  ["example.com", "*.example.com", true],
  // Blanks are no separators, and parts of names no patterns.
  ["api.example.com", "a.test api.example.com", true],
  ["api.example.com", "api.*.com", true],
  ["api.example.com", ",,", true],
  // Ports.
  ["api.example.com:6443", "example.com:6443", false],
  ["api.example.com:6443", "example.com:443", true],
  ["api.example.com", "example.com:443", false],
  ["api.example.com", "example.com:", false],
  ["api.example.com", ":443", true],
  ["10.0.0.1:6443", "10.0.0.1:6443", false],
  ["10.0.0.1:6443", "10.0.0.1:443", true],
  ["[fd00::1]:6443", "[fd00::1]:6443", false],
  ["[fd00::1]:6443", "[fd00::1]:443", true],
  // Addresses.
  ["10.0.0.1", "10.0.0.1", false],
  ["10.0.0.1", "10.0.0.2", true],
  ["[fd00::1]", "fd00::1", false],
  ["[fd00::1]", "FD00:0:0::1", false],
  ["[fd00::1]", "fd00::2", true],
  ["10.0.0.1", "0.0.1", true],
  // Blocks of addresses.
  ["10.1.2.3", "10.0.0.0/8", false],
  ["11.1.2.3", "10.0.0.0/8", true],
  ["10.1.2.3:6443", "192.168.0.0/16,10.1.2.3/32", false],
  ["10.1.2.4", "10.1.2.3/32", true],
  ["172.31.255.255", "172.16.5.5/12", false],
  ["172.32.0.0", "172.16.5.5/12", true],
  ["8.8.8.8", "0.0.0.0/0", false],
  ["[fd00:1::2]", "fd00::/8", false],
  ["[fe80::1]", "fd00::/8", true],
  ["[fd00::1]", "10.0.0.0/8", true],
  ["10.0.0.1", "10.0.0.0/33", true],
  ["10.0.0.1", "10.0.0.0/", true],
  ["api.example.com", "10.0.0.0/8", true],
];

describe("NO_PROXY", () => {
  test.each(servers)("for %s, %j: goes through the proxy: %s", (server, noProxy, proxied) => {
    for (const name of ["NO_PROXY", "no_proxy"]) {
      const environment = { HTTPS_PROXY: proxy, [name]: noProxy };
      expect(environmentProxy(`https://${server}`, environment)).toBe(proxied ? proxy : undefined);
    }
  });

  test("of a server of http means its port 80", () => {
    expect(environmentProxy("http://api.example.com", { HTTP_PROXY: proxy, NO_PROXY: "example.com:80" })).toBe(
      undefined,
    );
  });
});
