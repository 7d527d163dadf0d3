/** A DNS label that begins with a letter (RFC 1035), as the API server wants plurals, singulars and versions to be. */
const label = /^[a-z](?:[-a-z0-9]{0,61}[a-z0-9])?$/;

/** A DNS subdomain (RFC 1123) of at least two labels, as the API server wants groups to be. */
const subdomain = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)+$/;

/** Kinds are labels too, once they are put into lower case. */
const kind = /^[A-Za-z](?:[-A-Za-z0-9]{0,61}[A-Za-z0-9])?$/;

/** What each name has to look like: the test, and the words for a message. */
export const nameRules = {
  label: { matches: (name: string): boolean => label.test(name), wanted: "a DNS label such as widgets" },
  version: { matches: (name: string): boolean => label.test(name), wanted: "a DNS label such as v1" },
  group: {
    matches: (name: string): boolean => name.length <= 253 && subdomain.test(name),
    wanted: "a DNS subdomain such as stable.example.com",
  },
  kind: { matches: (name: string): boolean => kind.test(name), wanted: "a name of letters, digits and dashes" },
} as const;

/** The rule of one sort of name. */
export type NameRule = (typeof nameRules)[keyof typeof nameRules];
