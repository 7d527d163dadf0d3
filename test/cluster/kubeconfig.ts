import type { Certificate } from "./certificate.ts";

/** Where a kubeconfig leads to. */
export interface KubeconfigCluster {
  readonly baseUrl: string;
  /** The certificate of the authority, in PEM. */
  readonly ca: string;
}

/** The text of a kubeconfig whose user has a bearer token or a client certificate, with everything inside of it. */
export function kubeconfig({ baseUrl, ca }: KubeconfigCluster, user: Certificate | { readonly token: string }): string {
  const credentials =
    "token" in user
      ? [`token: "${user.token}"`]
      : [`client-certificate-data: ${base64(user.certificate)}`, `client-key-data: ${base64(user.key)}`];
  return `apiVersion: v1
kind: Config
clusters:
- name: crd-gen
  cluster:
    server: ${baseUrl}
    certificate-authority-data: ${base64(ca)}
users:
- name: crd-gen
  user:
    ${credentials.join("\n    ")}
contexts:
- name: crd-gen
  context:
    cluster: crd-gen
    user: crd-gen
current-context: crd-gen
`;
}

function base64(text: string): string {
  return Buffer.from(text).toString("base64");
}
