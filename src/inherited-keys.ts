/**
 * The members that TypeScript's library gives to every object. The type has the compiler say when the list lacks one;
 * `__proto__` and other members of `Object.prototype` that the library does not declare are ordinary keys to it.
 */
const inherited: Readonly<Record<keyof typeof Object.prototype, true>> = {
  constructor: true,
  hasOwnProperty: true,
  isPrototypeOf: true,
  propertyIsEnumerable: true,
  toLocaleString: true,
  toString: true,
  valueOf: true,
};

/**
 * Whether every object inherits a function under this key. A property of that name is never absent to TypeScript, which
 * takes what is inherited for its value.
 */
export function isInheritedKey(key: string): boolean {
  return Object.hasOwn(inherited, key);
}
