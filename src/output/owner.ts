import { readFileSync } from "node:fs";
import { hostname } from "node:os";
import process from "node:process";
import { systemErrorCode } from "./output-error.ts";

const thisHost = encodeURIComponent(hostname());

/** The process that has a claim. */
export interface Owner {
  readonly pid: number;
  /** Fit for a file name. */
  readonly host: string;
  /** When the process was started, in the system's own count; tells it from a later one of the same number. */
  readonly started: string;
  /** The run that it claims for. */
  readonly run: string;
}

/** The owner is the name of an empty file: a name is there whole or not at all. */
export function fileNameOf({ pid, host, started, run }: Owner): string {
  return `owner-${pid}-${started}-${run}@${host}`;
}

/** The owner that the name of a file says; undefined for every other name. */
export function ownerNamed(name: string): Owner | undefined {
  const [, pid, started = "", run = "", host = ""] = /^owner-(\d+)-(\d*)-(.+)@([^@]*)$/.exec(name) ?? [];
  return pid === undefined ? undefined : { pid: Number(pid), started, run, host };
}

/** This process as an owner. */
export function thisProcess(run: string): Owner {
  return { pid: process.pid, host: thisHost, started: lifeOf(process.pid).started, run };
}

/** A process of this machine of which no more is known than its number. */
export function processOf(pid: number): Omit<Owner, "run"> {
  return { pid, host: thisHost, started: "" };
}

/** Whether a process is there still. Of a process on another machine nothing can be said: it counts as alive. */
export function isAlive({ pid, host, started }: Omit<Owner, "run">): boolean {
  if (host !== thisHost) return true;
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    return systemErrorCode(error) === "EPERM";
  }
  const now = lifeOf(pid);
  return !now.ended && (started === "" || now.started === "" || started === now.started);
}

interface Life {
  /** In ticks since the machine was started; empty where the system does not tell. */
  readonly started: string;
  /** Whether nothing is left of it but its number, because whoever started it has not asked for its end. */
  readonly ended: boolean;
}

/** What the system says of a process (proc(5), fields 3 and 22 of stat). */
function lifeOf(pid: number): Life {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The name of the program, in parentheses, may hold blanks and parentheses.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return { started: fields[19] ?? "", ended: fields[0] === "Z" || fields[0] === "X" };
  } catch {
    return { started: "", ended: false };
  }
}
