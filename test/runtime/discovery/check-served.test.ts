import { afterEach, describe, expect, it, vi } from "vitest";
import { DynamicClient } from "../../../src/runtime/client/dynamic-client.ts";
import { type CheckServedOptions, checkServed } from "../../../src/runtime/discovery/check-served.ts";
import type { KindTypes, ResourceDescriptor } from "../../../src/runtime/gen/v1.ts";
import { failed, MemoryTransport } from "../memory-transport.ts";
import { aggregated } from "./answers.ts";

afterEach(() => void vi.restoreAllMocks());

const queues: ResourceDescriptor<KindTypes> = {
  group: "stable.example.com",
  version: "v1",
  kind: "WorkQueue",
  plural: "workqueues",
  scope: "Namespaced",
  subresources: ["status", "scale"],
};
const old = { ...queues, version: "v1beta1", subresources: [], deprecated: true, deprecationWarning: "use v1" };
const gone = { ...queues, version: "v2" };
const wider: ResourceDescriptor<KindTypes> = { ...queues, scope: "Cluster" };

const versionDiffers =
  "workqueues.stable.example.com/v2: wanted version v2, the server serves it in v1, v1beta1; use a version that is served, and generate again";
const scopeDiffers = "workqueues.stable.example.com/v1: wanted the scope Cluster, got Namespaced; generate again";
const deprecation = "workqueues.stable.example.com/v1beta1: the version is deprecated, use v1";
const both = `the server and the generated code differ:\n  ${versionDiffers}\n  ${scopeDiffers}`;

/** What comes of a check: the error's message if there is one, the warnings, and how many requests there were. */
async function outcome(
  mode: CheckServedOptions["mode"],
  descriptors: readonly ResourceDescriptor<KindTypes>[],
): Promise<unknown[]> {
  const transport = new MemoryTransport(({ path }) => aggregated(path));
  const warnings: string[] = [];
  const options = { mode, onWarning: (warning: string) => void warnings.push(warning) };
  const error = await checkServed(new DynamicClient({ transport }), descriptors, options).catch(
    ({ name, code, message }) => ({ name, code, message }),
  );
  return [error, warnings, transport.requests.length];
}

describe("a check of what is served", () => {
  it("says nothing where all is as it was", async () => {
    expect(await outcome("fail", [queues])).toEqual([undefined, [], 2]);
    expect(await outcome("warn", [queues])).toEqual([undefined, [], 2]);
  });

  it("fails with all that differs", async () => {
    const error = (message: string): object => ({ name: "NotServedError", code: "differs", message });
    expect(await outcome("fail", [gone, queues])).toEqual([error(versionDiffers), [], 2]);
    expect(await outcome("fail", [gone, queues, wider])).toEqual([error(both), [], 2]);
  });

  it("warns of all that differs", async () => {
    expect(await outcome("warn", [gone, queues])).toEqual([undefined, [versionDiffers], 2]);
    expect(await outcome("warn", [gone, queues, wider])).toEqual([undefined, [both], 2]);
  });

  it("warns of deprecated versions, which work", async () => {
    expect(await outcome("fail", [old])).toEqual([undefined, [deprecation], 2]);
    expect(await outcome("warn", [old, gone])).toEqual([undefined, [deprecation, versionDiffers], 2]);
    const [error, warnings] = await outcome("fail", [old, old, gone]);
    expect({ error, warnings }).toMatchObject({ error: { code: "differs" }, warnings: [deprecation, deprecation] });
  });

  it("makes no request where it is off", async () => {
    expect(await outcome("off", [gone])).toEqual([undefined, [], 0]);
  });

  it("has no other mode", async () => {
    const [error] = await outcome("loud" as "warn", [gone]);
    expect(error).toMatchObject({ name: "InvalidArgumentError", message: "mode: wanted off, warn, fail" });
  });

  it.each<[string, unknown, unknown, string]>([
    ["a descriptor by itself", queues, { mode: "fail" }, "descriptors: wanted a list, got an object"],
    [
      "nothing in the list",
      [undefined],
      { mode: "off" },
      "descriptors: wanted descriptors of kinds, as generated code has them, got undefined",
    ],
    ["no options", [queues], undefined, "options: wanted an object, got undefined"],
    ["a mode by itself", [queues], "fail", "options: wanted an object, got string"],
    ["no mode", [queues], {}, "mode: wanted off, warn, fail"],
    ["a warning that nobody hears", [queues], { mode: "warn", onWarning: true }, "onWarning: wanted a function"],
    [
      "another option",
      [queues],
      { mode: "off", level: 1 },
      "level: checkServed has no such option; it has mode, onWarning, signal, timeoutMs",
    ],
  ])("refuses %s", async (_, descriptors, options, message) => {
    const transport = new MemoryTransport(({ path }) => aggregated(path));
    const check = checkServed(new DynamicClient({ transport }), descriptors as never, options as never);
    await expect(check).rejects.toMatchObject({ name: "InvalidArgumentError", message });
    expect(transport.requests).toEqual([]);
  });

  it("tells of warnings by Node where nobody else does", async () => {
    const told = vi.spyOn(process, "emitWarning").mockReturnValue();
    const client = new DynamicClient({ transport: new MemoryTransport(({ path }) => aggregated(path)) });
    await checkServed(client, [gone], { mode: "warn" });
    expect(told.mock.calls).toEqual([[versionDiffers, "KubernetesWarning"]]);
  });

  it.each(["warn", "fail"] as const)("fails where the server cannot be asked, in mode %s", async (mode) => {
    const client = new DynamicClient({ transport: new MemoryTransport(() => failed(403, "Forbidden")) });
    await expect(checkServed(client, [queues], { mode })).rejects.toMatchObject({ name: "ApiError", code: 403 });
  });

  it("ends with its signal", async () => {
    const client = new DynamicClient({ transport: new MemoryTransport(() => new Promise<never>(() => undefined)) });
    const controller = new AbortController();
    const ended = expect(checkServed(client, [queues], { mode: "warn", signal: controller.signal })).rejects.toBe("no");
    controller.abort("no");
    await ended;
  });
});
