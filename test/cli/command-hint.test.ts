import { expect, test } from "vitest";
import { withCommandHint } from "../../src/cli/command-hint.ts";
import { findSources } from "../../src/read/sources.ts";
import { temporaryFolder } from "../temporary-folder.ts";

const usual = "expected a file, a folder, a glob or a URL, found nothing of that name; check the path";

async function messages(words: readonly string[], firstWord = words[0]): Promise<readonly string[]> {
  const cwd = temporaryFolder({ "genrate.yaml": "", "generat/a.yaml": "" });
  const { diagnostics } = withCommandHint(await findSources(words, cwd), firstWord);
  return diagnostics.map(({ message }) => message);
}

test.each<readonly [readonly string[], readonly string[]]>([
  [["genrate"], [`genrate: ${usual}, or did you mean the command generate?`]],
  [
    ["genrate", "generte"],
    [`generte: ${usual}`, `genrate: ${usual}, or did you mean the command generate?`],
  ],
  [
    ["crds", "genrate"],
    [`crds: ${usual}`, `genrate: ${usual}`],
  ],
  [["generat"], []],
  [["genrate.yaml"], []],
  [
    ["generate*"],
    ["generate*: expected a glob that matches .yaml, .yml or .json files, found none in 0 matches; check the pattern"],
  ],
])("of %j", async (words, wanted) => {
  expect(await messages(words)).toEqual([...wanted].sort());
});

test("a word behind a command is no command", async () => {
  expect(withCommandHint(await findSources(["genrate"], temporaryFolder()), undefined).diagnostics).toMatchObject([
    { message: `genrate: ${usual}` },
  ]);
});
