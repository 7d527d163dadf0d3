/** Which files of an output folder are ours to overwrite and to remove. Plain data: it can be sent to another thread. */
export interface OwnedFiles {
  /**
   * The digests of the files that the lock lists, by path. Undefined where there is no lock yet: then a file is ours that bears the
   * mark in its first line.
   */
  readonly digests: ReadonlyMap<string, string> | undefined;
  /** Files that were edited or removed since are written again, and those that bear the mark although no lock lists them. */
  readonly force: boolean;
  /** A file that the lock lists and that is not there is written again. */
  readonly restore: boolean;
}
