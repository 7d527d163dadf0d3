import path from "node:path";
import { defineConfig, type ViteUserConfig } from "vitest/config";

/** What the test files that need a real API server have said of it. */
const said = new Set<string>();

const config: ViteUserConfig = defineConfig({
  // Tests run the sources of both packages.
  resolve: {
    alias: [{ find: /^@crd-gen\/runtime$/, replacement: path.resolve(import.meta.dirname, "src/runtime/index.ts") }],
  },
  test: {
    include: ["test/**/*.test.ts"],
    // Tests of the command run what users run: the built program. What it caches goes with the tests.
    globalSetup: ["test/build.ts", "test/cache-home.ts"],
    // What the runtime shows in its own tests is searched for secrets.
    setupFiles: ["test/runtime/search-all.ts"],
    // Two processors are what a small build machine has; commands under test start threads of their own.
    pool: "threads",
    maxWorkers: 2,
    testTimeout: 30_000,
    // Each of them says it, and once is enough.
    onConsoleLog(log) {
      const [about] = /^SKIPPED: [^.]*|^kube-apiserver .*/.exec(log) ?? [];
      if (about === undefined) return true;
      const first = !said.has(about);
      said.add(about);
      return first;
    },
  },
});

export default config;
