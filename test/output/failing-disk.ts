import * as fs from "node:fs";
import type { FileSystem } from "../../src/output/file-system.ts";

/** The calls that change what is on a disk. */
export const changingCalls: readonly (keyof FileSystem)[] = [
  "copyFileSync",
  "linkSync",
  "mkdirSync",
  "renameSync",
  "rmSync",
  "rmdirSync",
  "unlinkSync",
  "writeFileSync",
];

const changing: ReadonlySet<string> = new Set(changingCalls);

/** Which calls of a disk fail. */
export interface Failing {
  /** The number of the first that fails, from 1 on. */
  readonly at: number;
  /** Whether only that one fails, or every one from there on, as for a process that is no more. */
  readonly lasting: "once" | "for good";
  /** The call that is counted; every one that changes something where it is not said. */
  readonly call?: keyof FileSystem;
  /** The answer; that of a full disk where it is not said. */
  readonly code?: string;
}

/** A disk that fails, and how many of the calls that count it has seen. */
export interface FailingDisk {
  readonly fileSystem: FileSystem;
  readonly seen: () => number;
}

/** A disk whose calls fail from the nth on; of a text whose writing fails the first half is written. */
export function failingDisk({ at, lasting, call, code = "ENOSPC" }: Failing): FailingDisk {
  let seen = 0;
  const counts = (name: string): boolean => (call === undefined ? changing.has(name) : name === call);
  const fails = (): boolean => {
    seen += 1;
    return lasting === "once" ? seen === at : seen >= at;
  };
  const wrap = (name: string, method: (...parameters: unknown[]) => unknown) => {
    return (...parameters: unknown[]): unknown => {
      if (!counts(name) || !fails()) return method(...parameters);
      const [place, content, ...rest] = parameters;
      if (name === "writeFileSync" && seen === at) method(place, String(content).slice(0, 20), ...rest);
      throw Object.assign(new Error(`${code}: refused, ${name} '${String(place)}'`), { code });
    };
  };
  const methods = Object.entries(fs).map(([name, method]) => [
    name,
    typeof method === "function" ? wrap(name, method as (...parameters: unknown[]) => unknown) : method,
  ]);
  return { fileSystem: Object.fromEntries(methods), seen: () => seen };
}
