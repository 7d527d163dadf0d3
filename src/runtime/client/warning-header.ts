import { sentNames } from "../errors/sent-names.ts";
import { withoutValues } from "../errors/server-message.ts";

// `299 - "text"`, of which there may be several in one header (RFC 7234, 5.5); quotes and backslashes are escaped.
const warning = /\b299 \S+ "((?:[^"\\]|\\.)*)"/g;

/**
 * The texts of the warnings of an answer, without values of objects; servers of Kubernetes send the code 299 alone.
 *
 * @param body What was sent, as JSON text: names of its fields may be shown.
 */
export function warningsOf(
  header: string | readonly string[] | undefined,
  body: string | undefined,
): readonly string[] {
  const lines = header === undefined ? [] : typeof header === "string" ? [header] : header;
  const texts = lines.flatMap((line) => [...line.matchAll(warning)].map(([, text = ""]) => text));
  const names = sentNames(body);
  return texts.map((text) => withoutValues(text.replaceAll(/\\(.)/g, "$1"), names));
}
