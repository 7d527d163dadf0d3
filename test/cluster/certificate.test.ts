import { X509Certificate } from "node:crypto";
import { expect, test } from "vitest";
import { createAuthority } from "./certificate.ts";

const authority = createAuthority("an authority");
const ca = new X509Certificate(authority.certificate);

test("an authority has signed itself and may sign others", () => {
  expect(ca).toMatchObject({ subject: "CN=an authority", issuer: "CN=an authority", ca: true });
  expect(ca.verify(ca.publicKey)).toBe(true);
});

test("a server's certificate is for the loopback interface only", () => {
  const server = new X509Certificate(authority.server({ commonName: "a server" }).certificate);
  expect(server.checkIssued(ca) && server.verify(ca.publicKey)).toBe(true);
  expect(server).toMatchObject({ ca: false, keyUsage: ["1.3.6.1.5.5.7.3.1"] });
  expect([server.checkIP("127.0.0.1"), server.checkIP("127.0.0.2")]).toEqual(["127.0.0.1", undefined]);
  expect([server.checkHost("localhost"), server.checkHost("a server")]).toEqual(["localhost", undefined]);
});

test("a client's certificate has the user and the groups; no other authority has signed it", () => {
  const organizations = ["one", "x".repeat(300)];
  const client = new X509Certificate(authority.client({ commonName: "a user", organizations }).certificate);
  expect(client.subject.split("\n")).toEqual([...organizations.map((name) => `O=${name}`), "CN=a user"]);
  expect(client.keyUsage).toEqual(["1.3.6.1.5.5.7.3.2"]);
  expect(client.verify(ca.publicKey)).toBe(true);
  expect(client.verify(new X509Certificate(createAuthority("an authority").certificate).publicKey)).toBe(false);
});

test("a certificate is valid now and for days, with the key that comes with it", () => {
  const { certificate, key } = authority.client({ commonName: "a user" });
  const client = new X509Certificate(certificate);
  const now = Date.now();
  expect(Date.parse(client.validFrom)).toBeLessThan(now);
  expect(Date.parse(client.validTo)).toBeGreaterThan(now + 7 * 86_400_000);
  expect(key).toContain("BEGIN PRIVATE KEY");
});
