import { defineConfig, type ViteUserConfig } from "vitest/config";

const config: ViteUserConfig = defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // Tests of the command run what users run: the built program.
    globalSetup: ["test/build.ts"],
    // Two processors are what a small build machine has; commands under test start threads of their own.
    pool: "threads",
    maxWorkers: 2,
    testTimeout: 30_000,
  },
});

export default config;
