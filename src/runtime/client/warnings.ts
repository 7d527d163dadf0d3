/** What is told of a warning that came with an answer. */
export interface ApiWarning {
  /** What the server says: of an unknown or duplicate field, of a version that is deprecated. */
  readonly message: string;
  readonly verb: string;
  /** `<plural>.<group>`, for the core group the plural alone. */
  readonly resource: string;
}

// `299 - "text"`, of which there may be several in one header (RFC 7234, 5.5); quotes and backslashes are escaped.
const warning = /\b299 \S+ "((?:[^"\\]|\\.)*)"/g;

/** The texts of the warnings of an answer; servers of Kubernetes send the code 299 alone. */
export function warningsOf(header: string | readonly string[] | undefined): readonly string[] {
  const lines = header === undefined ? [] : typeof header === "string" ? [header] : header;
  return lines.flatMap((line) => [...line.matchAll(warning)].map(([, text = ""]) => text.replaceAll(/\\(.)/g, "$1")));
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
