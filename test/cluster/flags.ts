/** The ports of a server on the loopback interface. */
export interface Ports {
  readonly etcd: number;
  readonly apiServer: number;
}

/** How etcd is started, in a working folder of its own. What it keeps is thrown away, so it need not reach the disk. */
export function etcdFlags({ etcd }: Ports): readonly string[] {
  const url = `http://127.0.0.1:${etcd}`;
  return [
    "--data-dir=etcd",
    `--listen-client-urls=${url}`,
    `--advertise-client-urls=${url}`,
    // It has no peers: the kernel's choice is never told to anyone.
    "--listen-peer-urls=http://127.0.0.1:0",
    "--unsafe-no-fsync",
    "--log-level=warn",
  ];
}

/** How kube-apiserver is started, in the working folder that has the files of its identity. */
export function apiServerFlags({ etcd, apiServer }: Ports): readonly string[] {
  return [
    `--etcd-servers=http://127.0.0.1:${etcd}`,
    `--secure-port=${apiServer}`,
    "--bind-address=127.0.0.1",
    // Without these it looks for an address of the machine that others could reach, and fails where there is none.
    "--advertise-address=127.0.0.1",
    "--endpoint-reconciler-type=none",
    "--tls-cert-file=server.crt",
    "--tls-private-key-file=server.key",
    "--client-ca-file=ca.crt",
    "--token-auth-file=tokens.csv",
    "--service-account-issuer=https://kubernetes.default.svc",
    "--service-account-key-file=service-account.pub",
    "--service-account-signing-key-file=service-account.key",
    "--authorization-mode=RBAC",
    "--service-cluster-ip-range=10.0.0.0/24",
    // There is no controller that makes the service account which it would ask for.
    "--disable-admission-plugins=ServiceAccount",
  ];
}
