import type { RequestSubject } from "../errors/request-subject.ts";
import { shownTextOf } from "../errors/shown-text.ts";

// `299 - "text"`, of which there may be several in one header (RFC 7234, 5.5); quotes and backslashes are escaped.
const warning = /\b299 \S+ "((?:[^"\\]|\\.)*)"/g;

/**
 * The texts of the warnings of an answer, without values of objects; servers of Kubernetes send the code 299 alone.
 *
 * @param subject What was asked for, and what was sent: names of its fields may be shown.
 */
export function warningsOf(
  header: string | readonly string[] | undefined,
  subject: Pick<RequestSubject, "resource" | "body">,
): readonly string[] {
  const lines = header === undefined ? [] : typeof header === "string" ? [header] : header;
  const texts = lines.flatMap((line) => [...line.matchAll(warning)].map(([, text = ""]) => text));
  const shown = shownTextOf(subject);
  return texts.map((text) => shown.sentence(text.replaceAll(/\\(.)/g, "$1")));
}
