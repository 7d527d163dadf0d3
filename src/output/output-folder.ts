import * as path from "node:path";
import { type FileSystem, nodeFileSystem } from "./file-system.ts";
import { diskError, OutputError, systemErrorCode } from "./output-error.ts";

/** A place in the output folder. */
export interface Place {
  readonly absolute: string;
  /** The folders above it, the output folder included, that do not exist yet; outermost first. */
  readonly missingFolders: readonly string[];
}

/** How often something that another run does at the same time may come between. */
const mostAttempts = 10;

/** The folder that a run writes into. No path that it hands out leaves it, whatever symbolic links stand in it. */
export class OutputFolder {
  /** As the user named it; for messages. */
  readonly name: string;
  /** Absolute, without symbolic links. */
  readonly root: string;
  readonly fileSystem: FileSystem;
  /** Folders already looked at, by absolute path, and what is missing above and including them. */
  readonly #seen = new Map<string, readonly string[]>();

  /**
   * Looks at the folder, which need not exist; nothing is made.
   *
   * @throws OutputError `out-is-file` where it, or something above it, is not a folder; `disk` where it cannot be looked at.
   */
  constructor(name: string, cwd: string, fileSystem: FileSystem = nodeFileSystem) {
    this.name = name;
    this.fileSystem = fileSystem;
    const { real, missing } = this.#find(path.resolve(cwd, name));
    const folders = missing.map((_, index) => path.join(real, ...missing.slice(0, index + 1)));
    this.root = folders.at(-1) ?? real;
    this.#seen.set(this.root, folders);
  }

  /** What of a path is there, without symbolic links, and the names of what is not. */
  #find(wanted: string): { readonly real: string; readonly missing: readonly string[] } {
    for (let attempt = 1; ; attempt += 1) {
      const missing: string[] = [];
      let present = wanted;
      while (!this.#isPresent(present)) {
        missing.unshift(path.basename(present));
        present = path.dirname(present);
      }
      try {
        return { real: this.fileSystem.realpathSync(present), missing };
      } catch (error) {
        // A run that had made it, and had nothing to write, may just have removed it.
        if (systemErrorCode(error) === "ENOENT" && attempt < mostAttempts) continue;
        throw diskError(`open the output folder ${this.name}`, error);
      }
    }
  }

  /**
   * Finds the place of a generated file, whose path has `/` between its parts.
   *
   * @throws OutputError `unsafe-path` for a path that is not plain names going down, `outside` where a symbolic link leads out of the
   * output folder, `out-is-file` where a file stands in the place of a folder.
   */
  placeOf(relative: string): Place {
    const parts = relative.split("/");
    if (!parts.every(isPlainName)) {
      throw new OutputError(
        "unsafe-path",
        `refused to write ${JSON.stringify(relative)}: the path leaves the output folder`,
      );
    }
    let folder = this.root;
    let missing = this.#seen.get(folder) ?? [];
    for (const part of parts.slice(0, -1)) {
      const parent = folder;
      folder = path.join(parent, part);
      missing = this.#seen.get(folder) ?? this.#lookAt(folder, missing);
    }
    return { absolute: path.join(this.root, ...parts), missingFolders: missing };
  }

  /** How to call a generated file in messages. */
  display(relative: string): string {
    return path.join(this.name, ...relative.split("/"));
  }

  #lookAt(folder: string, missingAbove: readonly string[]): readonly string[] {
    const missing = missingAbove.length > 0 || !this.#isPresent(folder) ? [...missingAbove, folder] : [];
    if (missing.length === 0) this.#refuseOutside(folder);
    this.#seen.set(folder, missing);
    return missing;
  }

  #refuseOutside(folder: string): void {
    const real = this.#realPathOf(folder);
    const inside = path.relative(this.root, real);
    if (inside === ".." || inside.startsWith(`..${path.sep}`) || path.isAbsolute(inside)) {
      const link = path.join(this.name, path.relative(this.root, folder));
      throw new OutputError(
        "outside",
        `${link}: a symbolic link leads out of the output folder to ${real}; remove it or choose another folder with --out`,
      );
    }
  }

  #realPathOf(folder: string): string {
    try {
      return this.fileSystem.realpathSync(folder);
    } catch (error) {
      throw diskError(`open the folder ${folder}`, error);
    }
  }

  #isPresent(folder: string): boolean {
    try {
      const stats = this.fileSystem.statSync(folder, { throwIfNoEntry: false });
      if (stats?.isDirectory() === true) return true;
      if (stats === undefined) {
        // A link to nowhere is in the way of mkdir, though there is nothing behind it.
        const entry = this.fileSystem.lstatSync(folder, { throwIfNoEntry: false });
        if (entry === undefined) return false;
        // Another run has just made it.
        if (entry.isDirectory()) return true;
      }
    } catch (error) {
      // The file that is in the way stands further up; it is the one to name.
      if (systemErrorCode(error) === "ENOTDIR") return false;
      throw diskError(`open the folder ${folder}`, error);
    }
    const wanted = this.name === "" ? "." : this.name;
    throw new OutputError(
      "out-is-file",
      `cannot write into ${wanted}: wanted a folder at ${folder}, got a file; move it away or choose another folder with --out`,
    );
  }
}

function isPlainName(part: string): boolean {
  if (part === "" || part === "." || part === "..") return false;
  // A backslash and a colon separate on Windows; control characters have no business in a name.
  return !/[\\:<>"|?*\p{Cc}]/u.test(part);
}
