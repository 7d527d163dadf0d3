import type { DefaultConfigOptions } from "../config/default-config.ts";
import { rules as clientRules } from "./client-options.ts";
import type { ClientOptions } from "./dynamic-client.ts";
import { checkEach, isObject, isText, type Rule } from "./options.ts";

type Options = ClientOptions & DefaultConfigOptions;

const rules: Readonly<Record<keyof Options, Rule>> = {
  context: { wanted: "the name of a context: a text", accepts: isText },
  kubeconfig: { wanted: "the path of a kubeconfig: a text", accepts: isText },
  execTimeoutMs: clientRules.timeoutMs,
  environment: { wanted: "an object of environment variables", accepts: isObject },
  serviceAccountFolder: { wanted: "the path of a folder: a text", accepts: isText },
  ...clientRules,
};

const names = Object.keys(rules) as (keyof Options)[];

/**
 * Makes sure that the options of a client and of the way to its cluster are known and can be right.
 *
 * @throws InvalidArgumentError that names the option and the rule.
 */
export function checkDefaultOptions(options: Options): void {
  checkEach(options, { owner: "fromDefault", rules, names });
}
