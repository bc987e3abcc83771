import type { Asked, Held } from './lookUp.js';
import { hashOf, lookUp } from './lookUp.js';

/** Where the threads meet: batches that were sent, and that were looked up; what is held; whether it failed. */
const SENT = 0;
const DONE = 1;
const SIZE = 2;
const FAILED = 3;

/** Whether there is a processor for it. */
export const hasSecond = (): boolean =>
  process.getBuiltinModule('node:os').availableParallelism() > 1;

/** What the other thread is told with each batch: what is new of what is held, and the batch. */
interface Told extends Pick<Held, 'blockBits' | 'slots' | 'words' | 'size' | 'capacity'> {
  /** Blocks that it knows already. */
  readonly known: number;
  readonly packed: readonly Int32Array[];
  readonly parents: readonly Int32Array[];
  readonly stimuli: readonly (Int32Array | Uint16Array)[];
  readonly asked: Asked;
}

/**
 * A thread that looks states up, one batch after the other, while this one finds out where calls of the next lead. It
 * is the same search: all memory is shared, states get the same numbers, and nothing else is done at the same time.
 */
export class Second {
  readonly #control = new Int32Array(new SharedArrayBuffer(16));
  readonly #worker: import('node:worker_threads').Worker;
  #sent = 0;
  #known = 0;

  constructor() {
    const { Worker } = process.getBuiltinModule('node:worker_threads');
    const text = `${hashOf}\n${lookUp}\n(${serve})(lookUp, ${JSON.stringify({ SENT, DONE, SIZE, FAILED })})`;
    this.#worker = new Worker(text, { eval: true, workerData: this.#control });
    this.#worker.unref();
  }

  send(held: Held, { count, staged, parents, stimuli, numbers }: Asked): void {
    const { blockBits, slots, words, size, capacity } = held;
    const from = this.#known;
    this.#known = held.packed.length;
    const told: Told = {
      ...{ blockBits, slots, words, size, capacity },
      known: from,
      packed: held.packed.slice(from),
      parents: held.parents.slice(from),
      stimuli: held.stimuli.slice(from),
      asked: { count, staged, parents, stimuli, numbers },
    };
    this.#worker.postMessage(told);
    Atomics.store(this.#control, SENT, ++this.#sent);
    Atomics.notify(this.#control, SENT);
  }

  /** Waits until all that was sent is looked up. */
  await(held: Held): void {
    const control = this.#control;
    if (this.#sent === 0) return;
    for (
      let done = Atomics.load(control, DONE);
      done < this.#sent;
      done = Atomics.load(control, DONE)
    )
      Atomics.wait(control, DONE, done);
    if (Atomics.load(control, FAILED) === 1) throw new Error('the second thread failed');
    held.size = Atomics.load(control, SIZE);
  }

  /** Blocks are others now. */
  forget(): void {
    this.#known = 0;
  }

  end(): void {
    void this.#worker.terminate();
  }
}

/** What the other thread does; its text is all that comes there. */
function serve(
  look: (held: Held, asked: Asked) => number,
  at: {
    readonly SENT: number;
    readonly DONE: number;
    readonly SIZE: number;
    readonly FAILED: number;
  },
): void {
  const { parentPort, receiveMessageOnPort, workerData } =
    process.getBuiltinModule('node:worker_threads');
  const control: Int32Array = workerData;
  const held = {
    packed: [] as Int32Array[],
    parents: [] as Int32Array[],
    stimuli: [] as (Int32Array | Uint16Array)[],
  };
  for (let turn = 1; ; turn++) {
    while (Atomics.load(control, at.SENT) < turn) Atomics.wait(control, at.SENT, turn - 1);
    try {
      let received = receiveMessageOnPort(parentPort!);
      while (received === undefined) received = receiveMessageOnPort(parentPort!);
      const { known, packed, parents, stimuli, asked, ...rest }: Told = received.message;
      held.packed.splice(known, held.packed.length, ...packed);
      held.parents.splice(known, held.parents.length, ...parents);
      held.stimuli.splice(known, held.stimuli.length, ...stimuli);
      const whole = { ...rest, ...held };
      look(whole, asked);
      Atomics.store(control, at.SIZE, whole.size);
    } catch {
      Atomics.store(control, at.FAILED, 1);
    }
    Atomics.store(control, at.DONE, turn);
    Atomics.notify(control, at.DONE);
  }
}
