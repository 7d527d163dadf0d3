import childProcess from "node:child_process";
import dns from "node:dns";
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import net from "node:net";
import { vi } from "vitest";

const fileFunctions =
  /^(?:access|append|chmod|chown|copy|cp|create|exists|link|lstat|mk|open|read|realpath|rename|rm|stat|symlink|truncate|unlink|utimes|watch|write)/;

/** Runs something, and gives every call that read or wrote a file, reached for the network or started a process meanwhile. */
export async function effectsOf(run: () => Promise<unknown>): Promise<readonly string[]> {
  const effects: string[] = [];
  const spies = [
    ...watch(fs, "fs", effects, fileFunctions),
    ...watch(fs.promises, "fs.promises", effects, fileFunctions),
    ...watch(net.Socket.prototype, "net.Socket", effects, /^connect$/),
    ...watch(dns, "dns", effects, /^(?:lookup|resolve)/),
    ...watch(dns.promises, "dns.promises", effects, /^(?:lookup|resolve)/),
    ...watch(childProcess, "child_process", effects, /^(?:exec|fork|spawn)/),
    ...watch(globalThis, "globalThis", effects, /^fetch$/),
  ];
  // Named imports of these modules are bound when they are loaded; this binds them anew.
  syncBuiltinESMExports();
  try {
    await run();
  } finally {
    for (const spy of spies) spy.mockRestore();
    syncBuiltinESMExports();
  }
  return effects;
}

function watch(
  holder: object,
  name: string,
  effects: string[],
  functions: RegExp,
): readonly { readonly mockRestore: () => void }[] {
  const methods = holder as Record<string, (...parameters: unknown[]) => unknown>;
  return Object.keys(Object.getOwnPropertyDescriptors(holder))
    .filter((key) => functions.test(key) && typeof methods[key] === "function")
    .map((key) => {
      const original = methods[key];
      return vi.spyOn(methods, key).mockImplementation(function (this: unknown, ...parameters) {
        effects.push(`${name}.${key}(${String(parameters[0])})`);
        return original?.apply(this, parameters);
      });
    });
}
