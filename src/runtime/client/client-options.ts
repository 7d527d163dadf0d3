import { longestTimer } from "./deadline.ts";
import type { ClientOptions } from "./dynamic-client.ts";
import { checkEach, isObject, isText, oneOf, type Rule } from "./options.ts";

const listener: Rule = { wanted: "a function", accepts: (value) => typeof value === "function" };

/** Looked at by the transport, which can be made without a client. */
const ofTransport: Rule = { wanted: "", accepts: () => true };

/** The rules of the options of clients, by name. */
export const rules: Readonly<Record<keyof ClientOptions, Rule>> = {
  timeoutMs: {
    wanted: `milliseconds up to ${longestTimer}, or 0 for no limit`,
    accepts: (value) => typeof value === "number" && value >= 0 && value <= longestTimer,
  },
  userAgent: {
    wanted: "printable ASCII characters, at least one",
    accepts: (value) => isText(value) && /^[ -~]+$/.test(value),
  },
  onWarning: listener,
  rateLimit: { wanted: "an object with qps and burst", accepts: isObject },
  onAttempt: listener,
  unsafeIntegers: oneOf("refuse", "round"),
  compression: ofTransport,
  connections: ofTransport,
  connectTimeoutMs: ofTransport,
  headersTimeoutMs: ofTransport,
};

const owner = "a client";
const all = Object.keys(rules) as (keyof ClientOptions)[];
const own = all.filter((name) => rules[name] !== ofTransport);

/**
 * Makes sure that the options of a client are known and can be right; those of its transport are none of them.
 *
 * @throws InvalidArgumentError that names the option and the rule.
 */
export function checkClientOptions(options: ClientOptions): void {
  checkEach(options, { owner, rules, names: own });
}

/**
 * The options of a client without those of the transport that is made with it.
 *
 * @throws InvalidArgumentError for an option that neither has.
 */
export function ownOptions(options: ClientOptions): ClientOptions {
  checkEach(options, { owner, rules, names: all });
  return Object.fromEntries(own.map((name) => [name, options[name]]));
}
