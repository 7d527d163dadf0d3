import { spawn } from "node:child_process";
import { EventEmitter, once } from "node:events";
import * as path from "node:path";
import { createInterface } from "node:readline";

/** What to start. */
export interface ProcessSpec {
  /** The name of its log, one of its own for each process. */
  readonly name: string;
  /** The program: a path, or a name that is looked up in the PATH of its environment. */
  readonly file: string;
  readonly args: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
  /** The path of the file that takes its standard output; without it, the output is part of the log. */
  readonly stdout?: string;
}

/** How a process ended. */
export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Why it could not be started, as `ENOENT`. */
  readonly error?: string;
}

/** A process that has been started. */
export interface SupervisedProcess {
  /** Undefined where it could not be started. */
  readonly processId: number | undefined;
  /** How it ended; it never rejects. */
  readonly exited: Promise<Exit>;
}

/** The logs' last 16,384 characters, by the name of the process. */
export type Logs = Readonly<Record<string, string>>;

/** A temporary folder and the processes that work in it. */
export interface Supervised {
  readonly folder: string;
  /** The process that watches over the others. */
  readonly processId: number;
  /**
   * Starts a process in the folder.
   *
   * @throws Error where what watches over it was killed; so does `end`.
   */
  run(spec: ProcessSpec): Promise<SupervisedProcess>;
  /**
   * Kills what runs, removes the folder and gives the logs; the same on every call. Nothing is left then.
   *
   * @throws Error where the folder could not be removed.
   */
  end(): Promise<Logs>;
}

/** What the supervisor writes: one object a line, with one of these members. */
interface Message {
  readonly folder?: string;
  readonly refused?: string;
  readonly started?: { readonly name: string; readonly processId?: number };
  readonly exited?: Exit & { readonly name: string };
  readonly ended?: { readonly logs: Logs; readonly left?: string };
}

const supervisor = path.join(import.meta.dirname, "supervisor.mjs");

/**
 * Makes a folder whose path begins so, owned by a process of its own: when this program ends, also by SIGKILL, that one
 * kills what was started in the folder and removes it.
 *
 * @throws Error where the folder cannot be made.
 */
export async function supervise(prefix: string): Promise<Supervised> {
  // In a session of its own, so that Ctrl-C and the end of the terminal reach it by the end of its input only.
  const child = spawn(process.execPath, [supervisor, prefix], {
    detached: true,
    stdio: ["pipe", "pipe", "inherit"],
    env: { ...process.env, NODE_OPTIONS: "" },
  });
  // What it could not be told no longer matters: its end is seen below.
  child.stdin.on("error", () => undefined);
  const closed = once(child, "close");
  const gone = closed.then(() => {
    throw new Error(
      `${prefix}*: wanted its supervisor to run until it is asked to end, but it was killed; end what still works in such a folder and remove it`,
    );
  });
  gone.catch(() => undefined);
  const events = new EventEmitter().setMaxListeners(0);
  /** What the next message of this name has. */
  const message = async <T>(name: string): Promise<T> => (await Promise.race([once(events, name), gone]))[0];
  createInterface({ input: child.stdout }).on("line", (line) => deliver(events, JSON.parse(line)));
  events.on("error", () => undefined);
  const ended = message<NonNullable<Message["ended"]>>("ended");
  ended.catch(() => undefined);

  const folder = await message<string>("folder");
  const end = async (): Promise<Logs> => {
    child.stdin.end();
    const { logs, left } = await ended;
    await closed;
    if (left !== undefined) throw new Error(`${folder}: wanted to remove it, but ${left}`);
    return logs;
  };
  return {
    folder,
    processId: child.pid ?? 0,
    async run(spec: ProcessSpec): Promise<SupervisedProcess> {
      const started = message<number | undefined>(`started ${spec.name}`);
      const exited = message<Exit>(`exited ${spec.name}`).catch(() => unknownExit);
      child.stdin.write(`${JSON.stringify(spec)}\n`);
      return { processId: await started, exited };
    },
    end,
  };
}

/** The supervisor ended before the process did. */
const unknownExit: Exit = { code: null, signal: null, error: "its supervisor has ended" };

function deliver(events: EventEmitter, { folder, refused, started, exited, ended }: Message): void {
  if (folder !== undefined) events.emit("folder", folder);
  if (refused !== undefined) events.emit("error", new Error(refused));
  if (started !== undefined) events.emit(`started ${started.name}`, started.processId);
  if (exited !== undefined) events.emit(`exited ${exited.name}`, exited);
  if (ended !== undefined) events.emit("ended", ended);
}
