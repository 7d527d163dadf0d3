import { format } from "node:util";
import { expectNoSecret } from "./guarded.ts";

/** What secrets of the tests are made of: the first wherever one is planted on purpose, the others in kubeconfigs and of plugins. */
const markers = ["canary", "a-token", "a-word", "pass:word", "ada:word"];

/** The classes of the runtime's errors. */
export const errorClasses: ReadonlySet<string> = new Set([
  "ApiError",
  "ConfigError",
  "ConnectionError",
  "ConversionError",
  "InvalidArgumentError",
  "NestedFieldError",
  "NotServedError",
  "ProxyFailure",
  "TimeoutError",
  "UnsafeIntegerError",
]);

/** What was shown, or could have been, and nobody has looked through yet: errors, whoever has them, and texts. */
const shown: unknown[] = [];

/** Has something looked through with the rest of its test. */
export function search(something: unknown): void {
  shown.push(something);
}

/** Throws where anything that was shown since the last call has a secret in it. */
export function expectNothingFound(): void {
  for (const something of shown.splice(0)) expectNoSecret(something, markers);
}

/** Puts constructors of errors in the place of these that have every error of the runtime looked through, thrown or not. */
export function searchErrors(): void {
  const { captureStackTrace } = Error;
  const construct = (of: ErrorConstructor, args: readonly unknown[], made: { readonly name: string }): Error => {
    const error = Reflect.construct(of, args, made as ErrorConstructor);
    // Without this function, so that its stack begins where it is made.
    captureStackTrace(error, construct);
    if (errorClasses.has(made.name)) search(error);
    return error;
  };
  globalThis.Error = new Proxy(globalThis.Error, { construct });
  globalThis.RangeError = new Proxy(globalThis.RangeError, { construct });
  globalThis.TypeError = new Proxy(globalThis.TypeError, { construct });
}

/** Has what is printed, and every warning of Node, looked through. */
export function searchOutput(): void {
  for (const name of ["debug", "error", "info", "log", "trace", "warn"] as const) {
    const print = console[name];
    console[name] = (...args: readonly unknown[]) => {
      search(format(...args));
      print(...args);
    };
  }
  const { emitWarning } = process;
  process.emitWarning = (warning: string | Error, ...more: readonly unknown[]) => {
    search(warning);
    Reflect.apply(emitWarning, process, [warning, ...more]);
  };
}
