import { computeSleepSets, type DependencyMasks } from './computeSleepSets.js';
import {
  expandCached,
  hashOf,
  insertBatch,
  type LookupBatch,
  type StoreView,
} from './insertBatch.js';
import {
  BATCH_STATES,
  type DecisionTreeArrays,
  lookupTrees,
  PREFETCH_WIDTH,
} from './lookupTrees.js';

/**
 * Where the threads meet: how often the second was called, how many messages it was told; how many batches were sent, and
 * looked up; whether something failed.
 */
const CALLED = 0;
const TOLD = 1;
const SENT = 2;
const DONE = 3;
const FAILED = 4;
/** Of the last batch that was sent: which it is, how many states it has; and of what is held its size, the most, and the words. */
const WHICH = 5;
const COUNT = 6;
const SIZE = 7;
const CAPACITY = 8;
const WORDS = 9;
/** Whether there is a walk to take part in, the next stimulus whose tree nobody walks yet, and whether the second walks. */
const OPEN = 10;
const NEXT = 11;
const BUSY = 12;
/** In states below nobody sleeps; and whether it is to be found out who sleeps in what is new. */
const AWAKE = 13;
const LULLS = 14;
const PLACES = {
  CALLED,
  TOLD,
  SENT,
  DONE,
  FAILED,
  WHICH,
  COUNT,
  SIZE,
  CAPACITY,
  WORDS,
  OPEN,
  NEXT,
  BUSY,
  AWAKE,
  LULLS,
};

/** Whether there is a processor for it. */
export const hasSpareCore = (): boolean =>
  process.getBuiltinModule('node:os').availableParallelism() > 1;

/** Arrays that the other thread does not know. */
type News =
  | { readonly slots: Int32Array }
  | (Pick<StoreView, 'packed' | 'parents' | 'stimuli' | 'asleep' | 'blockBits'> & {
      readonly from: number;
    })
  | { readonly rows: DependencyMasks }
  | { readonly batch: number; readonly arrays: Omit<LookupBatch, 'count'> }
  | { readonly trees: DecisionTreeArrays; readonly batchOfStates: number };

/**
 * A thread that looks states up, one batch after the other, while this one finds out where calls of the next lead; the
 * trees that tell are walked by both. It is the same search: all memory is shared, and states get the same numbers. What
 * does not change from batch to batch is told once, as messages cost more than a batch.
 */
export class LookupWorker {
  readonly #control = new Int32Array(new SharedArrayBuffer(60));
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
    const text = `${hashOf}\n${expandCached}\n${insertBatch}\n${lookupTrees}\n${computeSleepSets}\n(${serve})(lookUp, walk, lull, ${PREFETCH_WIDTH}, ${JSON.stringify(PLACES)})`;
    this.#worker = new Worker(text, { eval: true, workerData: this.#control });
    this.#worker.unref();
  }

  /** Has a batch looked up; and who sleeps in what is new, if there are `rows` that tell. */
  send(held: StoreView, asked: LookupBatch, rows: DependencyMasks | undefined): void {
    const control = this.#control;
    if (held.slots !== this.#slots) {
      this.#slots = held.slots;
      this.#tell({ slots: held.slots });
    }
    if (held.packed.length > this.#blocks) {
      const { blockBits, packed, parents, stimuli, asleep } = held;
      const from = this.#blocks;
      this.#tell({
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
      this.#tell({ batch, arrays });
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
      this.#tell({ rows });
    }
    control[AWAKE] = held.awakeBelow;
    control[LULLS] = rows === undefined ? 0 : 1;
    control[WHICH] = batch;
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
      this.#tell({ trees, batchOfStates: BATCH_STATES });
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
    while (Atomics.load(control, BUSY) === 1) Atomics.wait(control, BUSY, 1);
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
      Atomics.wait(control, DONE, done);
    if (control[FAILED] === 1) throw new Error('the second thread failed');
    held.size = control[SIZE]!;
  }

  /** Blocks are others now. */
  forget(): void {
    this.#blocks = 0;
  }

  end(): void {
    void this.#worker.terminate();
  }

  #tell(news: News): void {
    this.#worker.postMessage(news);
    Atomics.add(this.#control, TOLD, 1);
  }
}

/** What the other thread does; its text is all that comes there. */
function serve(
  look: (held: StoreView, asked: LookupBatch) => number,
  walkOne: typeof lookupTrees,
  lullAll: typeof computeSleepSets,
  together: number,
  at: typeof PLACES,
): void {
  const { parentPort, receiveMessageOnPort, workerData } =
    process.getBuiltinModule('node:worker_threads');
  const control: Int32Array = workerData;
  const batches: Omit<LookupBatch, 'count'>[] = [];
  const packed: Int32Array[] = [];
  const parents: Int32Array[] = [];
  const stimuli: (Int32Array | Uint16Array)[] = [];
  const ways = new Int32Array(together * 3);
  let slots = control;
  let blockBits = 0;
  const asleep: (Int32Array | undefined)[] = [];
  let room = ways;
  let rows: DependencyMasks | undefined;
  let trees: DecisionTreeArrays | undefined;
  let batchOfStates = 0;
  let heard = 0;
  const hear = () => {
    for (; heard < Atomics.load(control, at.TOLD); heard++) {
      let received = receiveMessageOnPort(parentPort!);
      while (received === undefined) received = receiveMessageOnPort(parentPort!);
      const news: News = received.message;
      if ('slots' in news) slots = news.slots;
      else if ('batch' in news) batches[news.batch] = news.arrays;
      else if ('rows' in news) {
        rows = news.rows;
        const most = rows.begins.length;
        room = new Int32Array(most * 2 + ((most + 31) >> 5));
      } else if ('trees' in news) ({ trees, batchOfStates } = news);
      else {
        blockBits = news.blockBits;
        packed.splice(news.from, packed.length, ...news.packed);
        parents.splice(news.from, parents.length, ...news.parents);
        stimuli.splice(news.from, stimuli.length, ...news.stimuli);
        asleep.splice(news.from, asleep.length, ...news.asleep);
      }
    }
  };
  const lookAll = () => {
    const held = {
      ...{ blockBits, slots, packed, parents, stimuli, asleep },
      awakeBelow: control[at.AWAKE]!,
      words: control[at.WORDS]!,
      size: control[at.SIZE]!,
      capacity: control[at.CAPACITY]!,
    };
    const asked = { ...batches[control[at.WHICH]!]!, count: control[at.COUNT]! };
    const { size } = held;
    look(held, asked);
    if (control[at.LULLS] === 1) lullAll(held, asked, rows!, size, room);
    control[at.SIZE] = held.size;
  };
  const walkSome = () => {
    const count = trees!.root.length;
    for (
      let next = Atomics.add(control, at.NEXT, 1);
      next < count;
      next = Atomics.add(control, at.NEXT, 1)
    )
      walkOne(trees!, next, ways, batchOfStates);
  };
  const attempt = (work: () => void) => {
    try {
      hear();
      work();
    } catch {
      control[at.FAILED] = 1;
    }
  };
  for (let called = 0; ; ) {
    // Who sleeps is woken on the processor of who wakes him, and then the two take turns: so it stays awake for a while.
    const asleep = performance.now() + 4;
    while (Atomics.load(control, at.CALLED) === called)
      if (performance.now() > asleep) Atomics.wait(control, at.CALLED, called);
    called = Atomics.load(control, at.CALLED);
    if (Atomics.load(control, at.SENT) > Atomics.load(control, at.DONE)) {
      attempt(lookAll);
      Atomics.add(control, at.DONE, 1);
      Atomics.notify(control, at.DONE);
    }
    Atomics.store(control, at.BUSY, 1);
    if (Atomics.load(control, at.OPEN) === 1) attempt(walkSome);
    Atomics.store(control, at.BUSY, 0);
    Atomics.notify(control, at.BUSY);
  }
}
