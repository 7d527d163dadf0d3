import { createAuthority } from "../../cluster/certificate.ts";

const issuer = createAuthority("an authority");
const client = issuer.client({ commonName: "ada" });
/** What the files of a kubeconfig have: an authority, a certificate of it for a client, and the key of that. */
export const authority: string = issuer.certificate;
export const certificate: string = client.certificate;
export const key: string = client.key;

/** What the entries of a kubeconfig with one context say, each a mapping in YAML's flow style. */
export interface KubeconfigParts {
  readonly cluster?: string;
  readonly user?: string;
  readonly context?: string;
}

/** The text of a kubeconfig whose one context is `staging`, of the cluster `lab` and the user `ada`. */
export function kubeconfigText(parts: KubeconfigParts = {}): string {
  return `apiVersion: v1
kind: Config
clusters:
- name: lab
  cluster: ${parts.cluster ?? "{ server: 'https://10.0.0.1:6443' }"}
users:
- name: ada
  user: ${parts.user ?? "{ token: a-token }"}
contexts:
- name: staging
  context: ${parts.context ?? "{ cluster: lab, user: ada }"}
current-context: staging
`;
}

/** The base64 of a text, as the fields that end in `-data` have it. */
export function base64(text: string): string {
  return Buffer.from(text).toString("base64");
}
