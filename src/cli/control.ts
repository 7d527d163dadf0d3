/** What the threads of a run share: the number of the next source, and when to stop. */
export class Control {
  static readonly #next = 0;
  static readonly #stopped = 1;
  static readonly #staging = 2;
  readonly memory: SharedArrayBuffer;
  readonly #cells: Int32Array;

  /** Without memory of another thread's control, a new one. */
  constructor(memory: SharedArrayBuffer = new SharedArrayBuffer(3 * Int32Array.BYTES_PER_ELEMENT)) {
    this.memory = memory;
    this.#cells = new Int32Array(memory);
  }

  /** The number of a source that no thread has taken yet; beyond the last one when all are taken. */
  take(): number {
    return Atomics.add(this.#cells, Control.#next, 1);
  }

  /** Lets every thread end after the source that it is at. */
  stop(): void {
    Atomics.store(this.#cells, Control.#stopped, 1);
  }

  /** Whether the threads are to end. */
  get stopped(): boolean {
    return Atomics.load(this.#cells, Control.#stopped) !== 0;
  }

  /** Lets the threads go on without writing: the run has an error, and is only to find the others. */
  stopStaging(): void {
    Atomics.store(this.#cells, Control.#staging, 1);
  }

  /** Whether files are written: false once the run has an error. */
  get staging(): boolean {
    return Atomics.load(this.#cells, Control.#staging) === 0;
  }
}
