import { type ChildProcess, fork, type StdioOptions } from "node:child_process";
import { once } from "node:events";
import * as path from "node:path";
import { afterAll, onTestFinished } from "vitest";

/** A proxy of one test, which has tunnels (CONNECT) and passes on requests in absolute form. It goes when the test ends. */
export interface TestProxy {
  /** As `http://127.0.0.1:40123`. */
  readonly origin: string;
  /** The process that it is in, which is another than that of the test. */
  readonly processId: number | undefined;
  /** What it has seen so far. */
  seen(): Promise<ProxyRecord>;
  /** Has it know other servers: host and port, and where these are. */
  learn(servers: NonNullable<ProxyOptions["servers"]>): Promise<void>;
  /** Resolves when none of the connections that were made to it is open. */
  ended(): Promise<void>;
}

/** How a proxy differs from one that lets everything through. */
export interface ProxyOptions {
  /** What it needs to speak TLS itself, in PEM. */
  readonly tls?: { readonly cert: string; readonly key: string };
  /** Who may use it, as `user:password`. */
  readonly user?: string;
  /** Host and port of servers that only it knows, and where these are. */
  readonly servers?: Readonly<Record<string, string>>;
  /** What it answers instead. */
  readonly status?: number;
  /** How often it answers that before it lets everything through. Default: always. */
  readonly times?: number;
}

/** What a proxy has seen. */
export interface ProxyRecord {
  /** What it was asked for, as `CONNECT 127.0.0.1:6443` and `GET http://127.0.0.1:8001/api`. */
  readonly asked: readonly string[];
  /** The header `Proxy-Authorization` of each of these; null where there was none. */
  readonly authorizations: readonly (string | null)[];
  /** For whom its own certificate was asked for, where it has one: the names, and `false` for addresses. */
  readonly names: readonly unknown[];
  /** How many connections were made to it, the ended ones too. */
  readonly connections: number;
}

/** What the process is told, as of its file; `proxy` is the port of one. */
interface ProxyCommand {
  readonly command: "start" | "seen" | "learn" | "ended" | "stop";
  readonly proxy?: number;
  readonly argument?: object;
}

/** The process of the proxies of a test file. */
class ProxyProcess {
  readonly child: ChildProcess;
  readonly #waiting = new Map<number, (answer: unknown) => void>();
  readonly #ended: Promise<never>;
  #asked = 0;

  constructor() {
    const stdio: StdioOptions = ["ignore", "inherit", "inherit", "ipc"];
    this.child = fork(path.join(import.meta.dirname, "proxy-process.mjs"), { execArgv: [], stdio });
    this.child.on("message", ({ id, answer }: { readonly id: number; readonly answer: unknown }) => {
      this.#waiting.get(id)?.(answer);
      this.#waiting.delete(id);
    });
    this.#ended = once(this.child, "exit").then(([code, signal]) => {
      throw new Error(`wanted the process of the proxies to run, but it ended with ${signal ?? code}`);
    });
    this.#ended.catch(() => undefined);
    // Tests look for what keeps their thread alive.
    this.child.unref();
    this.child.channel?.unref();
  }

  async ask(command: ProxyCommand): Promise<unknown> {
    const id = this.#asked++;
    const answer = new Promise((resolve) => void this.#waiting.set(id, resolve));
    this.child.send({ id, ...command });
    return Promise.race([answer, this.#ended]);
  }

  /** Ends it as the end of its parent does. */
  async end(): Promise<void> {
    if (this.child.connected) this.child.disconnect();
    await this.#ended.catch(() => undefined);
  }
}

let running: ProxyProcess | undefined;
// This module is loaded anew for each test file, and goes with it.
afterAll(() => running?.end());

/** Starts a proxy in the process of the test file's proxies. */
export async function proxyServer(options: ProxyOptions = {}): Promise<TestProxy> {
  running ??= new ProxyProcess();
  const { child } = running;
  const ask = running.ask.bind(running);
  const proxy = Number(await ask({ command: "start", argument: options }));
  onTestFinished(async () => void (child.connected && (await ask({ command: "stop", proxy }))));
  return {
    origin: `${options.tls === undefined ? "http" : "https"}://127.0.0.1:${proxy}`,
    processId: child.pid,
    seen: async () => (await ask({ command: "seen", proxy })) as ProxyRecord,
    learn: async (argument) => void (await ask({ command: "learn", proxy, argument })),
    ended: async () => void (await ask({ command: "ended", proxy })),
  };
}
