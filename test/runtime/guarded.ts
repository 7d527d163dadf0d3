import { inspect } from "node:util";

/** In every value of an object, and in every credential, that the tests against a real server send. */
export const canary = "canary-7f3a";

/** What of it, and of the numbers that are planted beside it, may stand in no error: servers quote parts of values too. */
export const planted: readonly string[] = ["canary", "ary-7f3a", "87654321", "98765."];

/** The forms that a secret may be shown in: as it is, in hexadecimal digits, and in base64 wherever it stands in what is encoded. */
function formsOf(secret: string): readonly string[] {
  const bytes = Buffer.from(secret);
  const encoded = [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes])
      .toString("base64")
      .replace(/=+$/, "");
    // The first and the last characters hold bits of what stands beside it, too.
    return text.slice(before === 0 ? 0 : before + 1, -1);
  });
  return [secret, bytes.toString("hex"), ...encoded];
}

/** What is printed of something that was thrown, by whatever prints errors. */
function printed(thrown: unknown): string {
  const { message, stack } = thrown instanceof Error ? thrown : { message: "", stack: "" };
  const inspected = [inspect(thrown), inspect(thrown, { showHidden: true, depth: 9 })];
  return [message, String(thrown), stack, ...inspected, JSON.stringify(thrown)].join("\n");
}

/** Throws where a text, or what is printed of an error, holds one of the secrets; says which form, and not where it is from. */
export function expectNoSecret(shown: unknown, secrets: readonly string[]): void {
  const text = typeof shown === "string" ? shown : printed(shown);
  for (const form of secrets.flatMap(formsOf)) {
    if (text.includes(form)) throw new Error(`wanted no secret, got ${JSON.stringify(form)} in: ${text}`);
  }
}

/**
 * A client, whatever it gives that has methods of its own included, in which everything that a call throws is looked through
 * for secrets, so that no test has to think of it.
 */
export function guarded<Client extends object>(client: Client, secrets: readonly string[]): Client {
  const check = (thrown: unknown): never => {
    expectNoSecret(thrown, secrets);
    throw thrown;
  };
  const outcome = (result: unknown): unknown => {
    if (result instanceof Promise) return result.catch(check);
    return typeof result === "object" && result !== null ? guarded(result, secrets) : result;
  };
  return new Proxy(client, {
    get(target, key) {
      // With the client itself as `this`, which alone has its private fields.
      const value: unknown = Reflect.get(target, key, target);
      if (typeof value !== "function") return outcome(value);
      return (...args: readonly unknown[]): unknown => {
        try {
          return outcome(Reflect.apply(value, target, args));
        } catch (error) {
          return check(error);
        }
      };
    },
  });
}
