/** The name of the lock file in an output folder. */
export const lockName = "crd-gen.lock";

/** A place that a run has read. */
export interface LockedSource {
  /** Relative to the output folder, with `/`; or a URL without credentials and query, `<stdin>` or `<cluster>`. */
  readonly name: string;
  /** Of its bytes; of a cluster, of the digests of its definitions. */
  readonly digest: string;
  /** Documents in it that hold no definition. */
  readonly skipped: number;
}

/** A definition that files were generated from. */
export interface LockedDefinition {
  /** `<plural>.<group>`. */
  readonly name: string;
  /**
   * Of the digests of its files, in order: whatever a definition says that reaches the output is in it, and neither the
   * order of keys nor whether it was read from YAML, JSON or a cluster.
   */
  readonly digest: string;
  /** The versions that were generated. */
  readonly versions: readonly string[];
  readonly lost: number;
  readonly weaker: number;
  readonly comments: number;
}

/** A file of the output. */
export interface LockedFile {
  /** Relative to the output folder, with `/`. */
  readonly path: string;
  readonly digest: string;
}

/** What an output folder holds, and what it was made from. Paths are relative to that folder, so that it may be moved with its sources. */
export interface Lock {
  /** The version of crd-gen. */
  readonly generator: string;
  /** The version of the contract between generated code and runtime. */
  readonly contract: string;
  /** Everything else that shaped the output, as canonical JSON. */
  readonly options: string;
  /** How many warnings the run gave. */
  readonly warnings: number;
  readonly sources: readonly LockedSource[];
  readonly definitions: readonly LockedDefinition[];
  readonly files: readonly LockedFile[];
}
