import { type Asked, type Held, hashOf, lookUp, stageCells } from './lookUp.js';

/** Where the threads meet: how many batches were sent, and looked up; whether one failed; then of the last that was sent: */
const SENT = 0;
const DONE = 1;
const FAILED = 2;
/** messages that came with it, which batch it is, how many states it has; and of what is held its size, the most, and the words. */
const NEWS = 3;
const BATCH = 4;
const COUNT = 5;
const SIZE = 6;
const CAPACITY = 7;
const WORDS = 8;
const PLACES = { SENT, DONE, FAILED, NEWS, BATCH, COUNT, SIZE, CAPACITY, WORDS };

/** Whether there is a processor for it. */
export const hasSecond = (): boolean =>
  process.getBuiltinModule('node:os').availableParallelism() > 1;

/** Arrays that the other thread does not know. */
type News =
  | { readonly slots: Int32Array }
  | (Pick<Held, 'packed' | 'parents' | 'stimuli' | 'blockBits'> & { readonly from: number })
  | { readonly batch: number; readonly arrays: Omit<Asked, 'count'> };

/**
 * A thread that looks states up, one batch after the other, while this one finds out where calls of the next lead. It
 * is the same search: all memory is shared, states get the same numbers, and nothing else is done at the same time.
 * What does not change from batch to batch is told once, as messages cost more than a batch.
 */
export class Second {
  readonly #control = new Int32Array(new SharedArrayBuffer(36));
  readonly #worker: import('node:worker_threads').Worker;
  #blocks = 0;
  #slots: Int32Array | undefined;
  readonly #batches: Asked[] = [];
  readonly #known: Omit<Asked, 'count'>[] = [];

  constructor() {
    const { Worker } = process.getBuiltinModule('node:worker_threads');
    const text = `${hashOf}\n${stageCells}\n${lookUp}\n(${serve})(lookUp, ${JSON.stringify(PLACES)})`;
    this.#worker = new Worker(text, { eval: true, workerData: this.#control });
    this.#worker.unref();
  }

  send(held: Held, asked: Asked): void {
    const control = this.#control;
    control[NEWS] = 0;
    if (held.slots !== this.#slots) {
      this.#slots = held.slots;
      this.#tell({ slots: held.slots });
    }
    if (held.packed.length > this.#blocks) {
      const { blockBits, packed, parents, stimuli } = held;
      const from = this.#blocks;
      const news = [packed, parents, stimuli].map((all) => all.slice(from));
      this.#tell({ from, blockBits, packed: news[0], parents: news[1], stimuli: news[2] } as News);
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
    control[BATCH] = batch;
    control[COUNT] = count;
    control[SIZE] = held.size;
    control[CAPACITY] = held.capacity;
    control[WORDS] = held.words;
    Atomics.add(control, SENT, 1);
    Atomics.notify(control, SENT);
  }

  /** Waits until all that was sent is looked up. */
  await(held: Held): void {
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
    this.#control[NEWS]!++;
  }
}

/** What the other thread does; its text is all that comes there. */
function serve(look: (held: Held, asked: Asked) => number, at: typeof PLACES): void {
  const { parentPort, receiveMessageOnPort, workerData } =
    process.getBuiltinModule('node:worker_threads');
  const control: Int32Array = workerData;
  const batches: Omit<Asked, 'count'>[] = [];
  const packed: Int32Array[] = [];
  const parents: Int32Array[] = [];
  const stimuli: (Int32Array | Uint16Array)[] = [];
  let slots = control;
  let blockBits = 0;
  const hear = () => {
    let received = receiveMessageOnPort(parentPort!);
    while (received === undefined) received = receiveMessageOnPort(parentPort!);
    const news: News = received.message;
    if ('slots' in news) slots = news.slots;
    else if ('batch' in news) batches[news.batch] = news.arrays;
    else {
      blockBits = news.blockBits;
      packed.splice(news.from, packed.length, ...news.packed);
      parents.splice(news.from, parents.length, ...news.parents);
      stimuli.splice(news.from, stimuli.length, ...news.stimuli);
    }
  };
  for (let turn = 1; ; turn++) {
    // Who sleeps is woken on the processor of who wakes him, and then the two take turns: so it stays awake for a while.
    const asleep = performance.now() + 4;
    while (Atomics.load(control, at.SENT) < turn)
      if (performance.now() > asleep) Atomics.wait(control, at.SENT, turn - 1);
    try {
      for (let news = control[at.NEWS]!; news > 0; news--) hear();
      const held = {
        ...{ blockBits, slots, packed, parents, stimuli },
        words: control[at.WORDS]!,
        size: control[at.SIZE]!,
        capacity: control[at.CAPACITY]!,
      };
      look(held, { ...batches[control[at.BATCH]!]!, count: control[at.COUNT]! });
      control[at.SIZE] = held.size;
    } catch {
      control[at.FAILED] = 1;
    }
    Atomics.store(control, at.DONE, turn);
    Atomics.notify(control, at.DONE);
  }
}
