import { defineConfig, type ViteUserConfig } from "vitest/config";

/** As the tests are run, less their global setup: for a run that is to be interrupted. */
const config: ViteUserConfig = defineConfig({
  test: { dir: import.meta.dirname, include: ["**/hanging.ts"], pool: "threads", testTimeout: 2 ** 30 },
});

export default config;
