import type { AbortSignalLike } from "../gen/v1.ts";

/** How a connection to a server is secured: what `tls.connect` takes of it. Values are PEM unless said otherwise. */
export interface TlsIdentity {
  /** The authorities that the server's certificate may be from; those that Node trusts where it is absent. */
  readonly ca?: string | Uint8Array;
  /** The certificate of the client. */
  readonly cert?: string | Uint8Array;
  /** The private key of that certificate. */
  readonly key?: string | Uint8Array;
  /** Certificate and key in PKCS #12, in place of `cert` and `key`. */
  readonly pfx?: string | Uint8Array;
  readonly passphrase?: string;
  /** The name that the server's certificate has to be for, where it is not the host of the address. */
  readonly servername?: string;
  /** False where the server's certificate is not to be checked at all. */
  readonly rejectUnauthorized?: boolean;
}

/** What proves to a server who asks. */
export interface Credentials {
  /** Headers by lower-case name, as `authorization`; a list is sent as one header for each of its values. */
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly tls: TlsIdentity;
}

/** One cluster, and the way to it. */
export interface ClusterConfig {
  /** The address, as `https://10.0.0.1:6443`, with the path that all others stand below and without a slash at its end. */
  readonly server: string;
  /** What to call it in messages, as `context "staging"` or `the pod's service account`. */
  readonly name: string;
  /** The namespace of the context or of the pod; undefined where it says none. */
  readonly namespace?: string | undefined;
  /**
   * The address of an http or https proxy, as `http://10.0.0.2:3128`, where the server is reached through one. It may have
   * credentials for the proxy, as `http://user:password@10.0.0.2:3128`, which no message shows. The environment is not looked
   * at here: what makes this object does that.
   *
   * Of a config that the runtime has made it is not enumerable, so that nothing prints it. A copy has to name it, as
   * `{ ...config, proxy: config.proxy }`, or it leads to the server without the proxy.
   */
  readonly proxy?: string | undefined;
  /**
   * The credentials of this moment. They are asked for again from time to time, so that tokens and certificates can be
   * renewed.
   *
   * @param refused - what the server has just refused, so that it is no use to give the same again from a cache
   * @param signal - aborted when who asks has no use for them any longer, so that what is running for them can be ended
   * @throws ConfigError where there are none.
   */
  readonly credentials: (refused?: Credentials, signal?: AbortSignalLike) => Promise<Credentials>;
}
