import { describe, expect, it, test } from "vitest";
import { checkName, checkNamespace, checkResource, resourceName } from "../../../src/runtime/client/names.ts";
import { InvalidArgumentError } from "../../../src/runtime/errors/invalid-argument.ts";

const label63 = "a".repeat(63);
const subdomain = (length: number): string => "a.".repeat(length).slice(0, length);

describe("names", () => {
  it.each(["web", "a.b", "...", ".a", "system:node", "Not-Valid_For a?Server#é", "a".repeat(300)])(
    "takes %s",
    (name) => {
      expect(checkName(name)).toBe(name);
    },
  );

  const rule = 'name: wanted a name that is not "." or ".." and holds no "/" and no "%", got';
  it.each<[unknown, string]>([
    ["", 'name: wanted a name, got ""'],
    [undefined, "name: wanted a name, got undefined"],
    [null, "name: wanted a name, got object"],
    [7, "name: wanted a name, got number"],
    [{ name: "canary" }, "name: wanted a name, got object"],
    [".", `${rule} "."`],
    ["..", `${rule} ".."`],
    ["a/b", `${rule} "a/b"`],
    ["/", `${rule} "/"`],
    ["%", `${rule} "%"`],
    ["%2e", `${rule} "%2e"`],
    ["..%2f..", `${rule} "..%2f.."`],
    [`a/"\n${"b".repeat(60)}`, `${rule} "a/\\"\\n${"b".repeat(35)}…"`],
    ["a\ud800", "name: wanted a name of whole characters, got one with half of a surrogate pair"],
  ])("refuses %j", (name, message) => {
    expect(() => checkName(name)).toThrow(new InvalidArgumentError("name", message.slice("name: ".length)));
  });
});

describe("namespaces", () => {
  it.each(["default", "a", "0", "a-b", "9-0", label63])("takes %s", (namespace) => {
    expect(checkNamespace(namespace)).toBe(namespace);
  });

  const rule = "namespace: wanted a DNS label: up to 63 lower-case letters, digits and dashes, got";
  it.each<[unknown, string]>([
    ["", `${rule} ""`],
    [".", `${rule} "."`],
    ["..", `${rule} ".."`],
    ["a.b", `${rule} "a.b"`],
    ["a/b", `${rule} "a/b"`],
    ["a%", `${rule} "a%"`],
    ["Default", `${rule} "Default"`],
    ["a_b", `${rule} "a_b"`],
    ["-a", `${rule} "-a"`],
    ["a-", `${rule} "a-"`],
    ["a\n", `${rule} "a\\n"`],
    ["é", `${rule} "é"`],
    [`${label63}a`, `${rule} "${"a".repeat(39)}…"`],
    [undefined, `${rule} undefined`],
    [["a"], `${rule} object`],
  ])("refuses %j", (namespace, message) => {
    expect(() => checkNamespace(namespace)).toThrow(
      new InvalidArgumentError("namespace", message.slice("namespace: ".length)),
    );
  });
});

describe("resources", () => {
  const good = { group: "stable.example.com", version: "v1", plural: "mycoolapps" };

  it.each([
    good,
    { ...good, group: "" },
    { ...good, group: "apps" },
    { ...good, group: "9.example" },
    { ...good, group: subdomain(253) },
    { ...good, version: "v1beta1" },
    { ...good, version: "a-b" },
    { ...good, plural: label63 },
  ])("takes %j", (resource) => {
    expect(() => checkResource(resource)).not.toThrow();
  });

  const group = 'group: wanted a DNS subdomain such as stable.example.com, or "" for the core group, got';
  const version = "version: wanted a version such as v1, got";
  const plural = "plural: wanted the plural of a resource, such as mycoolapps, got";
  it.each<[object, string]>([
    [{ group: "." }, `${group} "."`],
    [{ group: ".." }, `${group} ".."`],
    [{ group: "a..b" }, `${group} "a..b"`],
    [{ group: "a/b" }, `${group} "a/b"`],
    [{ group: "a%2fb" }, `${group} "a%2fb"`],
    [{ group: "Example.com" }, `${group} "Example.com"`],
    [{ group: "example.com." }, `${group} "example.com."`],
    [{ group: `${label63}a.com` }, `${group} "${"a".repeat(39)}…"`],
    [{ group: subdomain(255) }, `${group} "${subdomain(39)}…"`],
    [{ group: undefined }, `${group} undefined`],
    [{ version: "" }, `${version} ""`],
    [{ version: ".." }, `${version} ".."`],
    [{ version: "1" }, `${version} "1"`],
    [{ version: "v1/x" }, `${version} "v1/x"`],
    [{ version: undefined }, `${version} undefined`],
    [{ plural: "" }, `${plural} ""`],
    [{ plural: "." }, `${plural} "."`],
    [{ plural: "MyCoolApps" }, `${plural} "MyCoolApps"`],
    [{ plural: "pods/exec" }, `${plural} "pods/exec"`],
    [{ plural: "a%" }, `${plural} "a%"`],
    [{ plural: undefined }, `${plural} undefined`],
  ])("refuses %j", (part, message) => {
    const [argument = "", rule] = [message.split(":")[0], message.slice(message.indexOf(" ") + 1)];
    expect(() => checkResource({ ...good, ...part })).toThrow(new InvalidArgumentError(argument, rule));
  });

  test.each([
    [good, "mycoolapps.stable.example.com"],
    [{ ...good, group: "", plural: "pods" }, "pods"],
  ])("%j is called %s", (resource, name) => {
    expect(resourceName(resource)).toBe(name);
  });
});
