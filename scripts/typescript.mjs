// Lets a script import the TypeScript of tests under a Node that does not strip types: import it first.
import { register } from "node:module";

if (!process.features.typescript) register("./typescript-hooks.mjs", import.meta.url);
