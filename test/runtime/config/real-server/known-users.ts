import type { ApiServer } from "../../../cluster/server.ts";
import { canary } from "../../guarded.ts";
import { base64 } from "../kubeconfig-text.ts";

/** A user of a kubeconfig, and who that is to the server. */
export interface KnownUser {
  readonly title: string;
  /** The entry of the user, as a mapping. */
  readonly user: object;
  /** Files that it names, beside the kubeconfig. */
  readonly files?: Readonly<Record<string, string>>;
  readonly username: string;
  /** What comes of it where client-node reads the kubeconfig itself, if that is something else. */
  readonly byClientNode?: string;
}

/** Everything by which a kubeconfig can prove who asks, for the users that the server knows. */
export function knownUsers({ adminToken, clientCertificate }: ApiServer): readonly KnownUser[] {
  const { certificate, key } = clientCertificate;
  const pair = { clientCertificateData: certificate, clientKeyData: key };
  return [
    {
      title: "a client certificate",
      user: { "client-certificate-data": base64(certificate), "client-key-data": base64(key) },
      username: "certificate-admin",
    },
    {
      title: "a client certificate in files",
      user: { "client-certificate": "user.crt", "client-key": "user.key" },
      files: { "user.crt": certificate, "user.key": key },
      username: "certificate-admin",
    },
    { title: "a token", user: { token: adminToken }, username: "admin" },
    {
      title: "a token in a file",
      user: { token: canary, tokenFile: "token" },
      files: { token: `${adminToken}\n` },
      username: "admin",
      // It does not know of the file.
      byClientNode: "Unauthorized",
    },
    { title: "a plugin that gives a token", user: plugin({ token: adminToken }), username: "admin" },
    { title: "a plugin that gives a certificate", user: plugin(pair), username: "certificate-admin" },
    { title: "impersonation", user: { token: adminToken, as: "jane" }, username: "jane" },
  ];
}

/** A user with an exec plugin that gives these credentials. */
function plugin(status: object): object {
  const apiVersion = "client.authentication.k8s.io/v1";
  const value = JSON.stringify({ apiVersion, kind: "ExecCredential", status });
  return {
    exec: {
      apiVersion,
      interactiveMode: "Never",
      command: process.execPath,
      args: ["--eval", "console.log(process.env.CREDENTIAL)"],
      env: [
        { name: "CREDENTIAL", value },
        { name: "SECRET", value: canary },
      ],
    },
  };
}

/** The text of a kubeconfig in JSON, which is YAML too. The cluster has the server's own authority unless it says another. */
export function kubeconfigOf({ baseUrl, ca }: ApiServer, user: object, cluster: object = {}): string {
  const authority = { "certificate-authority-data": base64(ca) };
  return JSON.stringify({
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name: "lab", cluster: { server: baseUrl, ...authority, ...cluster } }],
    users: [{ name: "ada", user }],
    contexts: [{ name: "staging", context: { cluster: "lab", user: "ada", namespace: "tests" } }],
    "current-context": "staging",
  });
}
