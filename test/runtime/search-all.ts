import { afterAll, afterEach, expect, vi } from "vitest";
import type * as Connections from "../../src/runtime/client/api-connection.ts";
import { expectNothingFound, search, searchErrors, searchOutput } from "./searched.ts";

// Runs before each test file: whatever errors, output, warnings and hooks of the runtime show in its tests is looked through
// for secrets after each of them, so that no test has to think of it.
if (expect.getState().testPath?.includes("/test/runtime/") === true) {
  // Before the runtime is loaded, whose classes extend what is there then.
  searchErrors();
  searchOutput();
  afterEach(expectNothingFound);
  afterAll(expectNothingFound);
}

// Hooks are told by connections alone, and every client has one.
vi.mock("../../src/runtime/client/api-connection.ts", async (importOriginal) => {
  const original = await importOriginal<typeof Connections>();
  class ApiConnection extends original.ApiConnection {
    constructor(...[transport, options]: ConstructorParameters<typeof original.ApiConnection>) {
      const { onWarning, onAttempt } = options;
      super(transport, {
        ...options,
        onWarning: (warning) => {
          search(JSON.stringify(warning));
          onWarning(warning);
        },
        onAttempt: (attempt) => {
          search(JSON.stringify(attempt));
          return onAttempt?.(attempt);
        },
      });
    }
  }
  return { ...original, ApiConnection };
});
