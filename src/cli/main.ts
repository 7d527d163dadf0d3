#!/usr/bin/env node
import { ownVersion } from "./own-version.ts";

// Nothing else is loaded until it is known to be needed: asking for the version costs hardly more than an empty Node.
const argv = process.argv.slice(2);
const ended = argv.indexOf("--");
const words = ended < 0 ? argv : argv.slice(0, ended);
if (words.some((word) => /^(--version|-V)(=true)?$/.test(word))) {
  process.stdout.write(`${ownVersion()}\n`);
} else {
  const { command } = await import("./command.ts");
  await command(argv);
}
