import { longestTimer } from "./deadline.ts";
import type { ClientOptions } from "./dynamic-client.ts";
import { checkEach, flag, isObject, isText, oneOf, type Rule } from "./options.ts";

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
  compression: flag,
  connections: ofTransport,
  connectTimeoutMs: ofTransport,
  headersTimeoutMs: ofTransport,
};

const names = Object.keys(rules) as (keyof ClientOptions)[];

/**
 * Makes sure that the options of a client are known and can be right.
 *
 * @throws InvalidArgumentError that names the option and the rule.
 */
export function checkClientOptions(options: ClientOptions): void {
  checkEach(options, { owner: "a client", rules, names });
}
