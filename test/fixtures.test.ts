import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
const fixtures = path.join(root, "fixtures");

function foldersIn(folder: string): string[] {
  const entries = readdirSync(path.join(fixtures, folder), { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
}

function filesBelow(folder: string): string[] {
  return readdirSync(path.join(fixtures, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
}

function textOf(file: string): string {
  return readFileSync(file, "utf8").replace(/^\uFEFF/, "");
}

/** The fixtures that the tables of the guide name, as often as they name them. */
function fixturesInGuide(): string[] {
  const guide = readFileSync(path.join(root, "docs/guide.md"), "utf8");
  const links = guide.matchAll(/\[([^\]]*)\]\(\.\.\/fixtures\/features\/([^)/]*)\/\)/g);
  return [...links].map(([, text, folder]) => {
    expect(text, "a link's text is the name of its folder").toBe(folder);
    return String(folder);
  });
}

const features = foldersIn("features");
const invalid = foldersIn("invalid");
const yamlFile = /\.ya?ml$/;

describe("the tables of the guide", () => {
  it("name every feature fixture exactly once, and none that does not exist", () => {
    expect(features.length).toBeGreaterThan(100);
    expect(fixturesInGuide().sort()).toEqual([...features].sort());
  });

  it("link to files that exist", () => {
    const guide = readFileSync(path.join(root, "docs/guide.md"), "utf8");
    const targets = [...guide.matchAll(/\]\((\.\.\/[^)#]+)\)/g)].map(([, target]) => String(target));
    expect(targets.filter((target) => !existsSync(path.join(root, "docs", target)))).toEqual([]);
  });

  it("link to headings that exist", () => {
    const guide = readFileSync(path.join(root, "docs/guide.md"), "utf8");
    const headings = [...guide.matchAll(/^#+ (.+)$/gm)].map(
      ([, heading]) => `#${String(heading).toLowerCase().replaceAll(" ", "-")}`,
    );
    const targets = [...guide.matchAll(/\]\((#[^)]+)\)/g)].map(([, target]) => String(target));
    expect(targets.filter((target) => !headings.includes(target))).toEqual([]);
  });
});

describe.each(features)("fixtures/features/%s", (folder) => {
  const files = filesBelow(`features/${folder}`);

  it("has a definition", () => {
    expect(files.some((file) => /^\s*"?kind"?: "?CustomResourceDefinition/m.test(textOf(file)))).toBe(true);
  });

  it("says in its first line what it shows", () => {
    for (const file of files.filter((name) => yamlFile.test(name))) {
      expect(textOf(file), file).toMatch(/^# \S.*\.\r?\n/);
    }
  });
});

describe.each(invalid)("fixtures/invalid/%s", (folder) => {
  const files = filesBelow(`invalid/${folder}`);

  it("has an input that says in its first line what is wrong, and the messages that are expected", () => {
    const inputs = files.filter((file) => path.basename(file) !== "expected.txt");
    expect(inputs.length).toBeGreaterThan(0);
    for (const file of inputs.filter((name) => yamlFile.test(name))) {
      const text = textOf(file);
      if (text !== "") expect(text, file).toMatch(/^# \S.*\.\n/);
    }
  });

  it("expects messages on lines of their own, about inputs of its own", () => {
    const lines = textOf(path.join(fixtures, "invalid", folder, "expected.txt")).split("\n");
    expect(lines.pop()).toBe("");
    expect(lines.length).toBeGreaterThan(0);
    const inputs = files.map((file) => path.basename(file));
    for (const line of lines)
      expect(
        inputs.some((name) => line.includes(name)),
        line,
      ).toBe(true);
  });
});

describe("fixtures", () => {
  it("live under names of example.com", () => {
    const names = filesBelow(".")
      .filter((file) => !file.includes(`${path.sep}invalid${path.sep}`))
      .flatMap((file) =>
        [...textOf(file).matchAll(/^ *"?group"?: "?([^",\r\n]+)/gm)].map(([, group]) => String(group)),
      );
    expect(names.length).toBeGreaterThan(features.length);
    expect(names.filter((group) => !group.endsWith(".example.com"))).toEqual([]);
  });

  it("define each name in one feature only, so that all can be generated in one run", () => {
    const folders = new Map<string, Set<string>>();
    for (const folder of features) {
      for (const file of filesBelow(`features/${folder}`)) {
        for (const [, name] of textOf(file).matchAll(/"?metadata"?: \{? *"?name"?: "?([a-z0-9.-]+\.example\.com)/g)) {
          folders.set(String(name), (folders.get(String(name)) ?? new Set()).add(folder));
        }
      }
    }
    expect(folders.size).toBeGreaterThan(features.length - 5);
    expect([...folders].filter(([, places]) => places.size > 1)).toEqual([]);
  });
});
