/** What is told of a warning that came with an answer. */
export interface ApiWarning {
  /** What the server says, without values of objects: of an unknown or duplicate field, of a version that is deprecated. */
  readonly message: string;
  readonly verb: string;
  /** `<plural>.<group>`, for the core group the plural alone. */
  readonly resource: string;
}

/** More different warnings than these are told again. */
const mostKnown = 1_000;

/** Tells each warning once, as a warning of Node, which prints it on the standard error unless it is told otherwise. */
export function warnOnce(): (warning: ApiWarning) => void {
  const known = new Set<string>();
  return ({ message }) => {
    if (known.has(message)) return;
    if (known.size === mostKnown) known.clear();
    known.add(message);
    process.emitWarning(message, "KubernetesWarning");
  };
}
