import { expect, test } from "vitest";
import { parseProxyAddress } from "../../../src/runtime/config/proxy-address.ts";

const basic = (credentials: string): string => `Basic ${Buffer.from(credentials).toString("base64")}`;

test.each([
  ["http://10.0.0.2:3128", "http://10.0.0.2:3128", undefined],
  ["http://proxy.test/", "http://proxy.test", undefined],
  ["HTTPS://Proxy.test:443", "https://proxy.test", undefined],
  ["http://[fd00::2]:3128", "http://[fd00::2]:3128", undefined],
  ["http://ada:word@proxy.test", "http://proxy.test", basic("ada:word")],
  ["http://ada@proxy.test", "http://proxy.test", basic("ada:")],
  ["http://:word@proxy.test", "http://proxy.test", basic(":word")],
  ["http://a%40b:%C3%A4%3A%25@proxy.test", "http://proxy.test", basic("a@b:ä:%")],
])("%s is %s", (address, origin, authorization) => {
  expect(parseProxyAddress(address, "HTTPS_PROXY")).toEqual({ origin, authorization });
});

const wanted = "wanted the address of an http or https proxy as http://10.0.0.2:3128";
const more = "mend it, or remove it";

test.each([
  ["", `${wanted}, got something else; ${more}`],
  ["proxy.test", `${wanted}, got something else; ${more}`],
  ["canary:3128", `${wanted}, got something else; ${more}`],
  ["socks5://me:canary@proxy.test", `${wanted}, got one for SOCKS, which is not supported; ${more}`],
  ["socks5h://proxy.test", `${wanted}, got one for SOCKS, which is not supported; ${more}`],
  [
    "http://me:canary%zz@proxy.test",
    "wanted user name and password percent-encoded, got a % that begins no character; write it as %25",
  ],
])("%s is refused", (address, problem) => {
  expect(() => parseProxyAddress(address, "HTTPS_PROXY")).toThrow(
    expect.objectContaining({ name: "ConfigError", code: "invalid", message: `HTTPS_PROXY: ${problem}` }),
  );
});
