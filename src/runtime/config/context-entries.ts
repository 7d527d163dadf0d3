import type { ClusterEntry, UserEntry } from "./kubeconfig-entries.ts";

/** The entries that a context leads to. */
export interface ContextEntries {
  /** What to call the context in messages, as `kubeconfig: context "staging"`. */
  readonly where: string;
  /** The address of the cluster, as it is used. */
  readonly server: string;
  readonly cluster: ClusterEntry;
  /** Undefined where the context names none: then nobody in particular asks. */
  readonly user: UserEntry | undefined;
}

/** What to call an entry in messages, as `kubeconfig: context "staging": user "ada"`. */
export function whose({ where, cluster, user }: Omit<ContextEntries, "server">, kind: "cluster" | "user"): string {
  return `${where}: ${kind} ${JSON.stringify((kind === "cluster" ? cluster : user)?.name)}`;
}
