import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import * as path from "node:path";
import type { Assets } from "./assets.ts";
import type { Certificate } from "./certificate.ts";
import { apiServerFlags, etcdFlags, type Ports } from "./flags.ts";
import { createIdentity, type Identity } from "./identity.ts";
import { kubeconfig } from "./kubeconfig.ts";
import { lastLines } from "./log.ts";
import { waitUntilReady } from "./readiness.ts";
import { type Exit, type Logs, type Supervised, supervise } from "./supervised.ts";

/** A running server. Everything of it listens on the loopback interface. */
export interface ApiServer {
  /** As `https://127.0.0.1:40123`. */
  readonly baseUrl: string;
  /** The certificate of the authority that the server's certificate is from, in PEM. */
  readonly ca: string;
  /** The bearer token of the user `admin` in the group `system:masters`. */
  readonly adminToken: string;
  /** The certificate of the user `certificate-admin` in the group `system:masters`. */
  readonly clientCertificate: Certificate;
  /** Texts of kubeconfigs. */
  readonly kubeconfigs: { readonly clientCertificate: string; readonly token: string };
  /** The folder of the server's files, which goes with it. */
  readonly folder: string;
  /** What listens: a port of the loopback interface for each program. */
  readonly ports: Ports;
  /** The processes that it consists of: both programs, and the one that watches over them. */
  readonly processIds: readonly number[];
  /** Resolves when one of the programs has ended without having been asked to, with a message that says so. */
  readonly crashed: Promise<string>;
  /** Ends both programs and removes the folder, so that nothing is left; called again, it waits for the same. */
  stop(): Promise<void>;
}

/** How to start a server. */
export interface StartOptions {
  /** The port of kube-apiserver; a free one where it is not given. */
  readonly port?: number;
  /** Milliseconds that the server may take to get ready. */
  readonly readyWithin?: number;
}

/** How often free ports are looked for, as another program may take one before the server does. */
const attempts = 3;

/**
 * Starts etcd and kube-apiserver and waits until they are ready. They end when this process does, whatever ends it.
 *
 * @throws Error with the last lines of the log of the program that failed and what to do; nothing is left then.
 */
export async function startServer(assets: Assets, options: StartOptions = {}): Promise<ApiServer> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await startOnce(assets, options);
    } catch (error) {
      const again = error instanceof StartError && error.portTaken && options.port === undefined && attempt < attempts;
      if (!again) throw error;
    }
  }
}

/** A server that could not be started. */
class StartError extends Error {
  readonly portTaken: boolean;

  constructor(problem: string, log: string) {
    const portTaken = /address already in use/.test(log);
    super(`kube-apiserver: ${problem}; ${whatToDo(portTaken, `${problem}${log}`)}${log}`);
    this.portTaken = portTaken;
  }
}

function whatToDo(portTaken: boolean, log: string): string {
  if (portTaken) return "choose another port, or end the program that has it";
  if (/no space left|ENOSPC/.test(log)) return `make room on the disk of ${tmpdir()}, or set TMPDIR to another`;
  return "mend what the log says, or name other programs by KUBEBUILDER_ASSETS, and run again";
}

async function startOnce(assets: Assets, { port, readyWithin = 60_000 }: StartOptions): Promise<ApiServer> {
  const place = await supervise(path.join(tmpdir(), "crd-gen-apiserver-")).catch((error: Error) => {
    throw new StartError(`wanted a temporary folder, but ${error.message}`, "");
  });
  try {
    const identity = createIdentity();
    for (const [name, content] of Object.entries(identity.files)) {
      writeFileSync(path.join(place.folder, name), content, { mode: 0o600 });
    }
    const ports: Ports = { etcd: await freePort(), apiServer: port ?? (await freePort()) };
    const etcd = await place.run({ name: "etcd", file: assets.etcd, args: etcdFlags(ports), environment: {} });
    const args = apiServerFlags(ports);
    const apiServer = await place.run({ name: "kube-apiserver", file: assets.apiServer, args, environment: {} });
    const baseUrl = `https://127.0.0.1:${ports.apiServer}`;

    const over = new AbortController();
    const ended = Promise.race([etcd.exited.then(describe("etcd")), apiServer.exited.then(describe("kube-apiserver"))]);
    void ended.then(() => over.abort());
    const request = { baseUrl, ca: identity.ca, token: identity.adminToken };
    const answer = await waitUntilReady({ ...request, within: readyWithin, signal: over.signal });
    if (answer !== undefined) {
      const wanted = `wanted it ready at ${baseUrl}/readyz in ${readyWithin / 1000} s`;
      const { program, how } = over.signal.aborted ? await ended : { program: undefined, how: `got ${answer}` };
      throw new StartError(`${wanted}, but ${how}`, logsOf(await place.end(), program));
    }
    const processIds = [place.processId, etcd.processId ?? 0, apiServer.processId ?? 0];
    return running({ place, identity, baseUrl, ports, processIds, ended });
  } catch (error) {
    await place.end();
    if (error instanceof StartError || !(error instanceof Error)) throw error;
    throw new StartError(error.message, "");
  }
}

/** Which program has ended, and a sentence with how. */
interface Ended {
  readonly program: string;
  readonly how: string;
}

function describe(program: string): (exit: Exit) => Ended {
  return ({ code, signal, error }) => ({
    program,
    how: `${program} ended with ${error ?? signal ?? `exit code ${code}`}`,
  });
}

/** The log of the program that ended, or else both. */
function logsOf(logs: Logs, program: string | undefined): string {
  const shown = Object.entries(logs).filter(([name]) => program === undefined || name === program);
  return shown.map(([name, log]) => `; ${lastLines(name, log)}`).join("");
}

/** A port that nothing listens on in this moment. */
async function freePort(): Promise<number> {
  const listener = createServer().listen(0, "127.0.0.1");
  await once(listener, "listening");
  const address = listener.address();
  listener.close();
  await once(listener, "close");
  if (address === null || typeof address === "string") throw new Error("wanted the port of a listener, got none");
  return address.port;
}

/** What a start has come to. */
interface Started {
  readonly place: Supervised;
  readonly identity: Identity;
  readonly baseUrl: string;
  readonly ports: Ports;
  readonly processIds: readonly number[];
  readonly ended: Promise<Ended>;
}

function running({ place, identity, baseUrl, ports, processIds, ended }: Started): ApiServer {
  const { ca, adminToken, clientCertificate } = identity;
  const cluster = { baseUrl, ca };
  let stopping = false;
  return {
    baseUrl,
    ca,
    adminToken,
    clientCertificate,
    kubeconfigs: {
      clientCertificate: kubeconfig(cluster, clientCertificate),
      token: kubeconfig(cluster, { token: adminToken }),
    },
    folder: place.folder,
    ports,
    processIds,
    crashed: new Promise((resolve) => {
      void ended.then(async ({ program, how }) => {
        if (stopping) return;
        // Whoever stops it hears of what could not be removed.
        const logs = await place.end().catch((): Logs => ({}));
        resolve(`kube-apiserver: wanted it to run until stop(), but ${how}${logsOf(logs, program)}`);
      });
    }),
    async stop(): Promise<void> {
      stopping = true;
      await place.end();
    },
  };
}
