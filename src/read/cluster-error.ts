/** A cluster whose definitions could not be read. The message names the cluster and says what to do; it holds no credential. */
export class ClusterError extends Error {
  override readonly name = "ClusterError";
}
