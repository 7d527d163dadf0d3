/**
 * How deep lists and objects of a source may nest: what reads a tree recurses, and this is well below where the stack
 * would overflow. Definitions in use reach beyond js-yaml's default of 100.
 */
export const deepestNesting = 1000;

/** What to say of a source that nests deeper. */
export const nestedTooDeep: string = `nested deeper than ${deepestNesting} levels`;
