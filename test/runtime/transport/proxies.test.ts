import { spawn } from "node:child_process";
import { once } from "node:events";
import * as path from "node:path";
import { expect, test } from "vitest";
import { proxyServer } from "./proxies.ts";

test("the proxies of a test file are in one process, which is another one", async () => {
  const [one, two] = [await proxyServer(), await proxyServer()];
  expect(one.processId).toBe(two.processId);
  expect(one.processId).not.toBe(process.pid);
  expect(one.origin).not.toBe(two.origin);
  expect(await one.seen()).toEqual({ asked: [], authorizations: [], names: [], connections: 0 });
});

test("their process ends with its parent, whatever ends that", async () => {
  const program = JSON.stringify(path.join(import.meta.dirname, "proxy-process.mjs"));
  const script = `const child = require("node:child_process").fork(${program});
    child.on("message", () => console.log("a proxy listens"));
    child.send({ id: 0, command: "start", argument: {} });`;
  const parent = spawn(process.execPath, ["--eval", script], { stdio: ["ignore", "pipe", "inherit"] });
  const [said] = await once(parent.stdout, "data");
  expect(String(said)).toBe("a proxy listens\n");
  parent.kill("SIGKILL");
  // The child has the same output, which is at its end when nobody has it any more.
  await once(parent.stdout, "close");
});
