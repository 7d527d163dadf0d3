import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { GenerateOptions } from "../generated.ts";
import type { StagerOptions } from "../output/stage.ts";
import type { FileSource } from "../read/sources.ts";
import type { Control } from "./control.ts";
import { type Failure, failureOf } from "./failure.ts";
import type { Delivery, Receiver } from "./work.ts";

/** What a worker thread is started with. */
export interface WorkerOrder {
  readonly sources: readonly FileSource[];
  readonly options: GenerateOptions;
  readonly memory: SharedArrayBuffer;
  /** The output folder and what its stager is to know, or undefined where the output folder cannot be used. */
  readonly output: { readonly name: string; readonly cwd: string; readonly stager: StagerOptions } | undefined;
}

/** What a worker thread says. */
export type WorkerMessage =
  | { readonly kind: "delivery"; readonly delivery: Delivery }
  | { readonly kind: "failure"; readonly failure: Failure };

/**
 * Bytes of source text that are worth a further thread. Below it, a thread that loads the program and warms up on its own saves no time
 * on two processors, and costs memory.
 */
const bytesPerThread = 10_000_000;

/** More threads than this only cost memory: the main thread and the garbage collector are busy too. */
const mostThreads = 4;

/**
 * The number of threads, the main one included, for files of these sizes in bytes. What the user asks for is done, but never more
 * threads than files.
 */
export function threadCount(sizes: readonly number[], jobs: number | undefined): number {
  if (jobs !== undefined) return Math.max(1, Math.min(jobs, sizes.length));
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const worthwhile = 1 + Math.floor(total / bytesPerThread);
  return Math.max(1, Math.min(worthwhile, availableParallelism(), mostThreads, sizes.length));
}

/** Worker threads that have been started. */
export interface Threads {
  /** Settles when every thread has ended by itself; never rejects. */
  readonly ended: Promise<void>;
  /** Ends them now, wherever they are, and waits for it. */
  readonly terminate: () => Promise<void>;
}

/** Starts one worker thread per order. A thread that dies is reported as a failure, and stops the others. */
export function startThreads(orders: readonly WorkerOrder[], control: Control, receiver: Receiver): Threads {
  const workers = orders.map((workerData) => new Worker(new URL("./worker.js", import.meta.url), { workerData }));
  const endings = workers.map(
    (worker) =>
      new Promise<void>((resolve) => {
        worker.on("message", (message: WorkerMessage) => {
          if (message.kind === "delivery") receiver.deliver(message.delivery);
          else receiver.fail(message.failure);
        });
        worker.on("error", (error) => {
          control.stop();
          receiver.fail(failureOf(error, "a worker thread ended"));
        });
        worker.on("exit", () => resolve());
      }),
  );
  return {
    ended: Promise.all(endings).then(() => undefined),
    terminate: async () => {
      control.stop();
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}
