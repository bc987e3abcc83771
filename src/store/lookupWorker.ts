import type { DependencyMasks } from './computeSleepSets.js';
import type { LookupBatch, StoreView } from './insertBatch.js';
import {
  BATCH_STATES,
  type DecisionTreeArrays,
  lookupTrees,
  PREFETCH_WIDTH,
} from './lookupTrees.js';
import {
  type ArrayUpdate,
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
  OPEN,
  POSTED,
  SENT,
  SIZE,
  SLEEP_SETS,
  WORDS,
} from './workerProtocol.js';

/** A batch takes milliseconds. A worker without a result after this time has died. */
const TIMEOUT_MS = 300_000;

/** Whether a second processor is available for the worker. */
export const hasSpareCore = (): boolean =>
  process.getBuiltinModule('node:os').availableParallelism() > 1;

/**
 * A worker thread that inserts batches of states, one after the other, while the main thread computes the successors of
 * the next batch. Both threads look up decision trees. The search is the same as with one thread: all memory is shared,
 * and states get the same numbers. Arrays are posted only when they change, since a message costs more than a batch.
 */
export class LookupWorker {
  readonly #control = new Int32Array(new SharedArrayBuffer(CONTROL_WORDS * 4));
  readonly #worker: import('node:worker_threads').Worker;
  #blocks = 0;
  #slots: Int32Array | undefined;
  readonly #batches: LookupBatch[] = [];
  readonly #sentArrays: Omit<LookupBatch, 'count'>[] = [];
  #trees: Partial<DecisionTreeArrays> = {};
  #masks: Partial<DependencyMasks> = {};
  readonly #cursors = new Int32Array(PREFETCH_WIDTH * 3);

  constructor() {
    const { Worker } = process.getBuiltinModule('node:worker_threads');
    const source = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
    this.#worker = new Worker(new URL(`./lookupWorkerMain.${source}`, import.meta.url), {
      workerData: this.#control,
      ...(source === 'ts' && { execArgv: ['--import', 'jiti/register'] }),
    });
    this.#worker.unref();
  }

  /** Has the worker insert a batch and, if `rows` are given, compute the sleep sets of the new states. */
  send(store: StoreView, batch: LookupBatch, rows: DependencyMasks | undefined): void {
    const control = this.#control;
    if (store.slots !== this.#slots) {
      this.#slots = store.slots;
      this.#post({ slots: store.slots });
    }
    if (store.packed.length > this.#blocks) {
      const { blockBits, packed, parents, stimuli, sleepSets } = store;
      const from = this.#blocks;
      this.#post({
        ...{ from, blockBits, packed: packed.slice(from), parents: parents.slice(from) },
        ...{ stimuli: stimuli.slice(from), sleepSets: sleepSets.slice(from) },
      });
      this.#blocks = packed.length;
    }
    if (!this.#batches.includes(batch)) this.#batches.push(batch);
    const index = this.#batches.indexOf(batch);
    const { count, staged, cells, differences, parents, stimuli, numbers } = batch;
    const sentArrays = this.#sentArrays[index];
    const arrays = { staged, cells, differences, parents, stimuli, numbers };
    if (
      sentArrays?.parents !== parents ||
      sentArrays.staged !== staged ||
      sentArrays.differences !== differences
    ) {
      this.#sentArrays[index] = arrays;
      this.#post({ batch: index, arrays });
    }
    const sentRows = this.#masks;
    if (
      rows !== undefined &&
      (sentRows.masks !== rows.masks ||
        sentRows.maskOf !== rows.maskOf ||
        sentRows.groups !== rows.groups ||
        sentRows.places !== rows.places)
    ) {
      this.#masks = { ...rows };
      this.#post({ rows });
    }
    control[FIRST_SLEEP_SET] = store.firstSleepSet;
    control[SLEEP_SETS] = rows === undefined ? 0 : 1;
    control[BATCH] = index;
    control[COUNT] = count;
    control[SIZE] = store.size;
    control[CAPACITY] = store.capacity;
    control[WORDS] = store.words;
    Atomics.add(control, SENT, 1);
    this.#call();
  }

  /**
   * Looks up the batch in all trees with both threads. Each takes the next free tree, the worker after it has inserted
   * its batch.
   */
  lookupTrees(trees: DecisionTreeArrays): void {
    const control = this.#control;
    const sentTrees = this.#trees;
    if (
      sentTrees.nodes !== trees.nodes ||
      sentTrees.classes !== trees.classes ||
      sentTrees.queue !== trees.queue
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
      lookupTrees(trees, next, this.#cursors, BATCH_STATES);
    Atomics.store(control, OPEN, 0);
    while (Atomics.load(control, BUSY) === 1) this.#wait(BUSY, 1);
    if (control[FAILED] === 1) throw new Error('the second thread failed');
  }

  #call(): void {
    Atomics.add(this.#control, CALLED, 1);
    Atomics.notify(this.#control, CALLED);
  }

  /** Blocks until the worker has inserted all batches. */
  await(store: StoreView): void {
    const control = this.#control;
    const sent = Atomics.load(control, SENT);
    if (sent === 0) return;
    for (let done = Atomics.load(control, DONE); done < sent; done = Atomics.load(control, DONE))
      this.#wait(DONE, done);
    if (control[FAILED] === 1) throw new Error('the second thread failed');
    store.size = control[SIZE]!;
  }

  #wait(place: number, value: number): void {
    if (Atomics.wait(this.#control, place, value, TIMEOUT_MS) === 'timed-out')
      throw new Error('the worker thread does not answer');
  }

  /** Makes the next batch post all blocks again, because new blocks replaced them. */
  repostBlocks(): void {
    this.#blocks = 0;
  }

  end(): void {
    void this.#worker.terminate();
  }

  #post(update: ArrayUpdate): void {
    this.#worker.postMessage(update);
    Atomics.add(this.#control, POSTED, 1);
  }
}
