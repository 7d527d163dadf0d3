import type { Loss } from "../generated.ts";
import type { Docs, Literal } from "../normalize/structural-schema.ts";
import type { CustomResource, CustomResourceVersion } from "../parse/custom-resource.ts";

/** A type as it will stand in the output; what it refers to has its name already. */
export type TypeExpression =
  | { readonly kind: "keyword"; readonly name: "string" | "number" | "boolean" | "unknown" | "never" }
  /** An interface or alias of the same file. */
  | { readonly kind: "local"; readonly name: string }
  /** A type of the contract, which the file has to import. */
  | { readonly kind: "contract"; readonly name: string }
  /** A type of the user's own. */
  | { readonly kind: "external"; readonly name: string; readonly from: string; readonly alias: string }
  /** A union of at least one literal. */
  | { readonly kind: "literals"; readonly values: readonly Literal[] }
  | { readonly kind: "scalars"; readonly names: readonly ("string" | "number" | "boolean")[] }
  | { readonly kind: "array"; readonly items: TypeExpression }
  | { readonly kind: "map"; readonly values: TypeExpression }
  /** An object that can hold nothing. */
  | { readonly kind: "empty" }
  | { readonly kind: "nullable"; readonly type: TypeExpression }
  | { readonly kind: "keyed-list"; readonly item: TypeExpression; readonly keys: readonly string[] }
  | { readonly kind: "atomic"; readonly type: TypeExpression }
  /** The type of a property whose key every object inherits a function under. */
  | { readonly kind: "or-inherited"; readonly type: TypeExpression; readonly key: string };

/** A property of an interface. */
export interface Member {
  readonly key: string;
  readonly optional: boolean;
  readonly readonly: boolean;
  readonly type: TypeExpression;
  readonly docs: Docs;
}

/** An exported type of the file. */
export type Declaration =
  | {
      readonly kind: "interface";
      readonly name: string;
      /** The open interface whose unknown keys this one takes over. */
      readonly extends: string | undefined;
      readonly members: readonly Member[];
      readonly docs: Docs | undefined;
    }
  /** An interface of nothing but unknown keys, for the user to augment. */
  | { readonly kind: "open"; readonly name: string }
  | {
      readonly kind: "alias";
      readonly name: string;
      readonly type: TypeExpression;
      readonly docs: Docs | undefined;
    }
  /** `fields` with exactly one of the branches' keys present. */
  | {
      readonly kind: "exclusive";
      readonly name: string;
      readonly fields: string;
      readonly branches: readonly { readonly key: string; readonly type: TypeExpression }[];
      readonly docs: Docs | undefined;
    };

/** One version of one kind with every name decided: all that is left is to print it. */
export interface ResourceModel {
  readonly resource: CustomResource;
  readonly version: CustomResourceVersion;
  /** The name of the read view, from which the names of everything else in the file are made. */
  readonly typeName: string;
  /** The file of this version, relative to the output folder, with `/`. */
  readonly path: string;
  /** The server's advice for a deprecated version, or the words that it would use itself; undefined for every other. */
  readonly deprecation: string | undefined;
  /** The name of the function that makes a client. */
  readonly clientName: string;
  readonly declarations: readonly Declaration[];
  /** The status in the input view, where it is a subresource and so no part of the kind's own input view. */
  readonly statusInput: TypeExpression | undefined;
  /** What the views cannot promise. */
  readonly losses: readonly Loss[];
}
