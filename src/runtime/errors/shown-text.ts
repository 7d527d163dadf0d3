import type { RequestSubject } from "./request-subject.ts";
import { sentNames } from "./sent-names.ts";
import { beginningOf, withoutValues } from "./server-message.ts";
import { shownPath } from "./shown-path.ts";

/** What is shown of texts of a server about a request. */
export interface ShownText {
  /** Of a sentence. `names` are those that it may say beside the names of the fields that were sent. */
  readonly sentence: (text: string, names?: Iterable<string>) => string;
  /** Of the path of a field. */
  readonly path: (path: string) => string;
}

/** Objects whose content is no secret: a definition is what everybody has to know to write an object. */
const isPublic = /^customresourcedefinitions\.apiextensions\.k8s\.io(?:\/|$)/;

const whole: ShownText = { sentence: beginningOf, path: (path) => path };

/** Of what servers say of definitions everything, and else nothing that could be a value. */
export function shownTextOf({ resource, body }: Pick<RequestSubject, "resource" | "body">): ShownText {
  if (isPublic.test(resource)) return whole;
  const sent = sentNames(body);
  const sentence = (text: string, names: Iterable<string> = []): string =>
    withoutValues(text, new Set([...sent, ...names]));
  return { sentence, path: shownPath };
}
