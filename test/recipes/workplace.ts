import { execFile, spawn } from "node:child_process";
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import process from "node:process";
import { promisify } from "node:util";
import { type CommandResult, resultOf } from "../cli/command-process.ts";
import { block } from "./page.ts";

const root = path.resolve(import.meta.dirname, "../..");
const run = promisify(execFile);

/** A file's path, with `/`, and its content. */
export type Files = Readonly<Record<string, string>>;

/**
 * A folder for repositories, in which npm installs both packages as they would be published. What they depend on are links to what this
 * repository has, so that nothing is fetched: the registry is an address where nothing listens.
 */
export class Workplace {
  readonly #folder: string;
  readonly #environment: NodeJS.ProcessEnv;
  #repositories = 0;

  private constructor(folder: string) {
    this.#folder = folder;
    this.#environment = {
      PATH: [path.dirname(process.execPath), ...programFolders()].join(path.delimiter),
      HOME: this.#made("home"),
      TMPDIR: this.#made("tmp"),
      npm_config_registry: "http://127.0.0.1:1",
      npm_config_audit: "false",
      npm_config_fund: "false",
      npm_config_update_notifier: "false",
      GIT_CONFIG_NOSYSTEM: "1",
      ...identity("AUTHOR"),
      ...identity("COMMITTER"),
    };
  }

  /** Packs the packages from the working tree. Undone by `remove`. */
  static async make(): Promise<Workplace> {
    const folder = realpathSync(mkdtempSync(path.join(tmpdir(), "crd-gen-recipes-")));
    const workplace = new Workplace(folder);
    const packages = { "crd-gen": ".", "@crd-gen/runtime": "./src/runtime" };
    const pack = ["pack", "--silent", "--pack-destination", folder, ...Object.values(packages)];
    const { stdout } = await run("npm", pack, { cwd: root });
    const packed = stdout.trim().split("\n");
    for (const [index, name] of Object.keys(packages).entries()) {
      const place = workplace.#made(path.join("store", "node_modules", name));
      await run("tar", ["-xzf", path.join(folder, packed[index] ?? ""), "-C", place, "--strip-components=1"]);
      const { dependencies } = JSON.parse(readFileSync(path.join(place, "package.json"), "utf8"));
      workplace.#link(Object.keys(dependencies).filter((dependency) => !Object.hasOwn(packages, dependency)));
    }
    workplace.#link(["typescript"]);
    return workplace;
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** Makes a repository with the page's config file, these files, and the packages installed, all of it committed; returns its folder. */
  async repository(files: Files): Promise<string> {
    const folder = this.#made(this.#newName());
    const { "package.json": content = "{}", ...others } = files;
    const packageJson = { private: true, type: "module", ...JSON.parse(content), ...dependencies };
    put(folder, {
      "crd-gen.config.json": block("crd-gen.config.json"),
      ".gitignore": "node_modules/\ndist/\n",
      ...others,
      "package.json": JSON.stringify(packageJson),
    });
    await this.expect("git init --quiet --initial-branch=main && npm install --silent && git add .", folder);
    await this.expect("git commit --quiet --message=begin", folder);
    return folder;
  }

  /** Clones a repository as a job of CI does, with nothing installed. */
  async clone(repository: string): Promise<string> {
    const folder = path.join(this.#folder, this.#newName());
    await this.expect(`git clone --quiet ${repository} ${folder}`, this.#folder);
    return folder;
  }

  /** Clones a repository, with its configuration of git in words such as `-c a=b`, and installs there what is installed in the first. */
  async installedClone(repository: string, configuration = ""): Promise<string> {
    const folder = path.join(this.#folder, this.#newName());
    const install = `cp -R ${repository}/node_modules ${folder}`;
    await this.expect(`git clone --quiet ${configuration} ${repository} ${folder} && ${install}`, this.#folder);
    return folder;
  }

  /** Runs a script as CI does: it ends with the first command that fails. */
  shell(script: string, cwd: string): Promise<CommandResult> {
    const words = ["-e", "-o", "pipefail", "-c", script];
    return resultOf(spawn("bash", words, { cwd, env: this.#environment, stdio: ["ignore", "pipe", "pipe"] }));
  }

  /**
   * Runs a script that has to succeed; returns what it printed.
   *
   * @throws {Error} if it does not
   */
  async expect(script: string, cwd: string): Promise<string> {
    const { code, stdout, stderr } = await this.shell(script, cwd);
    if (code !== 0) throw new Error(`${script}: wanted exit code 0, got ${code}\n${stdout}${stderr}`);
    return stdout;
  }

  #made(name: string): string {
    const folder = path.join(this.#folder, name);
    mkdirSync(folder, { recursive: true });
    return folder;
  }

  #newName(): string {
    this.#repositories += 1;
    return `repository-${this.#repositories}`;
  }

  #link(names: readonly string[]): void {
    for (const name of names) {
      const place = path.join(this.#folder, "store", "node_modules", name);
      mkdirSync(path.dirname(place), { recursive: true });
      symlinkSync(path.join(root, "node_modules", name), place, "junction");
    }
  }
}

/** What a project of ours installs; npm links folders outside of a project, and takes what they need from beside them. */
const dependencies = {
  dependencies: { "@crd-gen/runtime": "file:../store/node_modules/@crd-gen/runtime" },
  devDependencies: {
    "crd-gen": "file:../store/node_modules/crd-gen",
    typescript: "file:../store/node_modules/typescript",
  },
};

/** Where the system has its programs; those of this repository are not to be found by accident. */
function programFolders(): readonly string[] {
  return (process.env.PATH ?? "").split(path.delimiter).filter((folder) => !folder.includes("node_modules"));
}

function identity(role: "AUTHOR" | "COMMITTER"): NodeJS.ProcessEnv {
  return { [`GIT_${role}_NAME`]: "somebody", [`GIT_${role}_EMAIL`]: "somebody@example.com" };
}

/** Writes files into a folder; those of hooks are executable. */
export function put(folder: string, files: Files): void {
  for (const [name, content] of Object.entries(files)) {
    const place = path.join(folder, name);
    mkdirSync(path.dirname(place), { recursive: true });
    writeFileSync(place, content);
    if (content.startsWith("#!")) chmodSync(place, 0o755);
  }
}
