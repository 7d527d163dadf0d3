import type { Line } from "./commands.ts";
import { type ExitCode, exitCode } from "./exit-code.ts";
import { runForTerminal } from "./generate-command.ts";
import { init } from "./init/init.ts";
import { initJson, initProblems, initText } from "./init/init-text.ts";
import type { InitValues } from "./options.ts";
import { settingsOf } from "./settings.ts";

/** `crd-gen init [sources..]`: sets up the project here. */
export async function initCommand({ words, values }: Line<InitValues>): Promise<ExitCode> {
  const { json = false, quiet = false, ...asked } = values;
  const cwd = process.cwd();
  const outcome = await init(
    { ...asked, sources: words },
    {
      cwd,
      environment: process.env,
      generate: async (loaded) => {
        const settings = settingsOf({ sources: [], json, quiet }, loaded, cwd);
        return (await runForTerminal(settings, cwd)).outcome;
      },
    },
  );
  if (outcome === undefined) return exitCode.interrupted;
  process.stderr.write(initProblems(outcome));
  if (json) process.stdout.write(initJson(outcome));
  else if (!quiet) process.stdout.write(initText(outcome));
  return outcome.exitCode;
}
