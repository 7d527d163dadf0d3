import * as fs from "node:fs";

/** The calls of `node:fs` that the output makes: the seam where tests let a disk fail in ways that no real one can be asked to. */
export type FileSystem = Pick<
  typeof fs,
  | "closeSync"
  | "copyFileSync"
  | "linkSync"
  | "lstatSync"
  | "mkdirSync"
  | "openSync"
  | "readdirSync"
  | "readFileSync"
  | "readSync"
  | "realpathSync"
  | "renameSync"
  | "rmSync"
  | "rmdirSync"
  | "statSync"
  | "unlinkSync"
  | "writeFileSync"
>;

/** The real disk. */
export const nodeFileSystem: FileSystem = fs;
