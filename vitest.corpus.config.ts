import type { ViteUserConfig } from "vitest/config";

/**
 * The command over the whole corpus: `npx vitest run --config vitest.corpus.config.ts`. The corpus is the folder
 * `CRD_GEN_CORPUS`, or else the archive that test/corpus.ts names; it takes some minutes and prints a table of figures.
 */
const config: ViteUserConfig = {
  test: {
    include: ["test/corpus/*.ts"],
    globalSetup: ["test/build.ts", "test/cache-home.ts"],
    pool: "forks",
    maxWorkers: 1,
    testTimeout: 1_800_000,
    hookTimeout: 1_800_000,
    env: { CRD_GEN_REQUIRE_CORPUS: "1" },
  },
};

export default config;
