import { randomBytes } from "node:crypto";
import { type Certificate, createAuthority, signingKeys } from "./certificate.ts";

/** Who a server is and whom it knows, made anew for each start. */
export interface Identity {
  /** The certificate of the authority of everything, in PEM. */
  readonly ca: string;
  readonly adminToken: string;
  readonly clientCertificate: Certificate;
  /** The files that kube-apiserver reads, by the names that its flags have. */
  readonly files: Readonly<Record<string, string>>;
}

const administrators = "system:masters";

/** Makes keys, certificates and the token of an administrator. */
export function createIdentity(): Identity {
  const authority = createAuthority("crd-gen test authority");
  const server = authority.server({ commonName: "kube-apiserver" });
  const serviceAccounts = signingKeys();
  const adminToken = randomBytes(16).toString("hex");
  return {
    ca: authority.certificate,
    adminToken,
    clientCertificate: authority.client({ commonName: "certificate-admin", organizations: [administrators] }),
    files: {
      "ca.crt": authority.certificate,
      "server.crt": server.certificate,
      "server.key": server.key,
      "tokens.csv": `${adminToken},admin,admin,"${administrators}"\n`,
      "service-account.pub": serviceAccounts.publicKey,
      "service-account.key": serviceAccounts.privateKey,
    },
  };
}
