import type { ViteUserConfig } from "vitest/config";

/**
 * Three hundred runs of the command that are killed: `npm run kills`. `CRD_GEN_KILLS` is another number of them and
 * `CRD_GEN_KILLS_SEED` chooses others. It takes some minutes and prints when the kills came and what they left.
 */
const config: ViteUserConfig = {
  test: {
    include: ["test/cli/kills/*.test.ts"],
    globalSetup: ["test/build.ts", "test/cache-home.ts"],
    pool: "forks",
    maxWorkers: 1,
    env: { CRD_GEN_KILLS: process.env.CRD_GEN_KILLS ?? "300" },
  },
};

export default config;
