import type { DependencyMasks } from './computeSleepSets.js';
import type { LookupBatch, StoreView } from './insertBatch.js';
import {
  BATCH_STATES,
  type DecisionTreeArrays,
  lookupTrees,
  PREFETCH_WIDTH,
} from './lookupTrees.js';
import {
  BATCH,
  BUSY,
  CALLED,
  CAPACITY,
  CONTROL_WORDS,
  COUNT,
  DONE,
  FAILED,
  FIRST_SLEEP_SET,
  NEXT,
  type News,
  OPEN,
  POSTED,
  SENT,
  SIZE,
  SLEEP_SETS,
  WORDS,
} from './workerProtocol.js';

/** A batch takes milliseconds; a worker that is silent for so long has died. */
const TIMEOUT_MS = 300_000;

/** Whether there is a processor for it. */
export const hasSpareCore = (): boolean =>
  process.getBuiltinModule('node:os').availableParallelism() > 1;

/**
 * A thread that looks states up, one batch after the other, while this one finds out where calls of the next lead; the
 * trees that tell are walked by both. It is the same search: all memory is shared, and states get the same numbers. What
 * does not change from batch to batch is told once, as messages cost more than a batch.
 */
export class LookupWorker {
  readonly #control = new Int32Array(new SharedArrayBuffer(CONTROL_WORDS * 4));
  readonly #worker: import('node:worker_threads').Worker;
  #blocks = 0;
  #slots: Int32Array | undefined;
  readonly #batches: LookupBatch[] = [];
  readonly #known: Omit<LookupBatch, 'count'>[] = [];
  #trees: Partial<DecisionTreeArrays> = {};
  #rows: Partial<DependencyMasks> = {};
  readonly #ways = new Int32Array(PREFETCH_WIDTH * 3);

  constructor() {
    const { Worker } = process.getBuiltinModule('node:worker_threads');
    const source = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
    this.#worker = new Worker(new URL(`./lookupWorkerMain.${source}`, import.meta.url), {
      workerData: this.#control,
      ...(source === 'ts' && { execArgv: ['--import', 'jiti/register'] }),
    });
    this.#worker.unref();
  }

  /** Has a batch looked up; and who sleeps in what is new, if there are `rows` that tell. */
  send(held: StoreView, asked: LookupBatch, rows: DependencyMasks | undefined): void {
    const control = this.#control;
    if (held.slots !== this.#slots) {
      this.#slots = held.slots;
      this.#post({ slots: held.slots });
    }
    if (held.packed.length > this.#blocks) {
      const { blockBits, packed, parents, stimuli, asleep } = held;
      const from = this.#blocks;
      this.#post({
        ...{ from, blockBits, packed: packed.slice(from), parents: parents.slice(from) },
        ...{ stimuli: stimuli.slice(from), asleep: asleep.slice(from) },
      });
      this.#blocks = packed.length;
    }
    if (!this.#batches.includes(asked)) this.#batches.push(asked);
    const batch = this.#batches.indexOf(asked);
    const { count, staged, cells, differences, parents, stimuli, numbers } = asked;
    const known = this.#known[batch];
    const arrays = { staged, cells, differences, parents, stimuli, numbers };
    if (
      known?.parents !== parents ||
      known.staged !== staged ||
      known.differences !== differences
    ) {
      this.#known[batch] = arrays;
      this.#post({ batch, arrays });
    }
    const told = this.#rows;
    if (
      rows !== undefined &&
      (told.rows !== rows.rows ||
        told.rowOf !== rows.rowOf ||
        told.groups !== rows.groups ||
        told.places !== rows.places)
    ) {
      this.#rows = { ...rows };
      this.#post({ rows });
    }
    control[FIRST_SLEEP_SET] = held.awakeBelow;
    control[SLEEP_SETS] = rows === undefined ? 0 : 1;
    control[BATCH] = batch;
    control[COUNT] = count;
    control[SIZE] = held.size;
    control[CAPACITY] = held.capacity;
    control[WORDS] = held.words;
    Atomics.add(control, SENT, 1);
    this.#call();
  }

  /** Both threads walk trees: each takes the next one that nobody has taken, the second as soon as it has nothing to look up. */
  walk(trees: DecisionTreeArrays): void {
    const control = this.#control;
    const known = this.#trees;
    if (
      known.nodes !== trees.nodes ||
      known.classes !== trees.classes ||
      known.queue !== trees.queue
    ) {
      this.#trees = { ...trees };
      this.#post({ trees });
    }
    const count = trees.root.length;
    Atomics.store(control, NEXT, 0);
    Atomics.store(control, OPEN, 1);
    this.#call();
    for (
      let next = Atomics.add(control, NEXT, 1);
      next < count;
      next = Atomics.add(control, NEXT, 1)
    )
      lookupTrees(trees, next, this.#ways, BATCH_STATES);
    Atomics.store(control, OPEN, 0);
    while (Atomics.load(control, BUSY) === 1) this.#wait(BUSY, 1);
    if (control[FAILED] === 1) throw new Error('the second thread failed');
  }

  #call(): void {
    Atomics.add(this.#control, CALLED, 1);
    Atomics.notify(this.#control, CALLED);
  }

  /** Waits until all that was sent is looked up. */
  await(held: StoreView): void {
    const control = this.#control;
    const sent = Atomics.load(control, SENT);
    if (sent === 0) return;
    for (let done = Atomics.load(control, DONE); done < sent; done = Atomics.load(control, DONE))
      this.#wait(DONE, done);
    if (control[FAILED] === 1) throw new Error('the second thread failed');
    held.size = control[SIZE]!;
  }

  #wait(place: number, value: number): void {
    if (Atomics.wait(this.#control, place, value, TIMEOUT_MS) === 'timed-out')
      throw new Error('the worker thread does not answer');
  }

  /** Blocks are others now. */
  forget(): void {
    this.#blocks = 0;
  }

  end(): void {
    void this.#worker.terminate();
  }

  #post(news: News): void {
    this.#worker.postMessage(news);
    Atomics.add(this.#control, POSTED, 1);
  }
}
