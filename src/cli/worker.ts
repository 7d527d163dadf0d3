import { parentPort, workerData } from "node:worker_threads";
import { generatePart } from "../generate.ts";
import { OutputFolder } from "../output/output-folder.ts";
import { Stager } from "../output/stage.ts";
import { Control } from "./control.ts";
import { readFileDocuments } from "./read-source.ts";
import type { WorkerMessage, WorkerOrder } from "./threads.ts";
import { work } from "./work.ts";

// A thread of a run: it takes source files from the shared counter until none is left.
const order: WorkerOrder = workerData;
const post = (message: WorkerMessage): void => parentPort?.postMessage(message);
const { output } = order;
const stager = output === undefined ? undefined : new Stager(new OutputFolder(output.name, output.cwd), output.stager);
await work(
  { sources: order.sources, options: order.options, control: new Control(order.memory), stager },
  { readFileDocuments, generatePart },
  {
    deliver: (delivery) => post({ kind: "delivery", delivery }),
    fail: (failure) => post({ kind: "failure", failure }),
  },
);
