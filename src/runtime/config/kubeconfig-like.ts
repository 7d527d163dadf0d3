/** A context of a KubeConfig: the cluster, who asks it, and in which namespace. */
export interface KubeConfigContext {
  readonly name: string;
  readonly cluster?: string | undefined;
  readonly user?: string | undefined;
  readonly namespace?: string | undefined;
}

/** A cluster of a KubeConfig. What ends in `Data` is base64, what ends in `File` a path. */
export interface KubeConfigCluster {
  readonly name: string;
  readonly server: string;
  readonly caData?: string | undefined;
  readonly caFile?: string | undefined;
  readonly skipTLSVerify?: boolean | undefined;
  readonly tlsServerName?: string | undefined;
  readonly proxyUrl?: string | undefined;
}

/** The plugin of a user, as in `client.authentication.k8s.io/v1`. */
export interface KubeConfigExec {
  readonly apiVersion?: string | undefined;
  readonly command?: string | undefined;
  readonly args?: readonly string[] | null | undefined;
  readonly env?: readonly { readonly name?: string; readonly value?: string | null }[] | null | undefined;
  /** Whether the plugin is told of the cluster, in KUBERNETES_EXEC_INFO. */
  readonly provideClusterInfo?: boolean | undefined;
  /** `Never`, `IfAvailable` or `Always`: whether the plugin needs somebody to type. */
  readonly interactiveMode?: string | undefined;
  /** How to get the plugin, shown where it is not found. */
  readonly installHint?: string | null | undefined;
}

/** A user of a KubeConfig. What ends in `Data` is base64, what ends in `File` a path. */
export interface KubeConfigUser {
  readonly name: string;
  readonly certData?: string | undefined;
  readonly certFile?: string | undefined;
  readonly keyData?: string | undefined;
  readonly keyFile?: string | undefined;
  /** The plugin that is run for credentials. */
  readonly exec?: KubeConfigExec | null | undefined;
  readonly authProvider?: { readonly name?: string } | null | undefined;
  readonly token?: string | undefined;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  readonly impersonateUser?: string | undefined;
}

/** The part of the options of `https.request` that a KubeConfig fills in. */
export interface HttpsOptions {
  headers?: Record<string, number | string | string[] | undefined>;
  /** As `user:password`. */
  auth?: string | null | undefined;
  ca?: string | Buffer | undefined;
  cert?: string | Buffer | undefined;
  key?: string | Buffer | undefined;
  pfx?: string | Buffer | undefined;
  passphrase?: string | undefined;
  servername?: string | undefined;
  rejectUnauthorized?: boolean | undefined;
}

/**
 * What is used of the class `KubeConfig` of @kubernetes/client-node, 1.4 and 2.x, so that a program can hand in one that it
 * has loaded in its own way. It is not changed. client-node leaves out `tokenFile`, `as-groups`, `as-uid` and `as-user-extra`:
 * who needs them lets this package read the kubeconfig.
 */
export interface KubeConfigLike {
  /** The name of the current context; undefined or empty where there is none. */
  getCurrentContext(): string | undefined;
  /** All contexts. */
  getContexts(): readonly KubeConfigContext[];
  /** The context of that name; null where there is none. */
  getContextObject(name: string): KubeConfigContext | null;
  /** The cluster of that name; null where there is none. */
  getCluster(name: string): KubeConfigCluster | null;
  /** The user of that name; null where there is none. */
  getUser(name: string): KubeConfigUser | null;
  /** The cluster of the current context; null where there is none. */
  getCurrentCluster(): KubeConfigCluster | null;
  /** The user of the current context; null where there is none. */
  getCurrentUser(): KubeConfigUser | null;
  /** Adds what proves to the current cluster who asks. It takes both from `this.getCurrentCluster` and `this.getCurrentUser`. */
  applyToHTTPSOptions(options: HttpsOptions): Promise<void>;
}
