/*
 * The contract for CommonJS programs. It is not a copy: both kinds of program see the same declarations, so a
 * descriptor of the one can be given to a client of the other.
 */
export type * from "./v1.ts" with { "resolution-mode": "import" };
