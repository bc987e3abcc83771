import type { Checkpointable, Reader, Writer } from './checkpointable.js';
import { computeSleepSets, type DependencyMasks } from './computeSleepSets.js';
import { insertBatch, rehash, type StoreView } from './insertBatch.js';
import { Layout } from './layout.js';
import {
  BATCH_STATES,
  type DecisionTreeArrays,
  lookupTrees,
  PREFETCH_WIDTH,
} from './lookupTrees.js';
import { LookupWorker } from './lookupWorker.js';
import { SuccessorBatch } from './successorBatch.js';
import { type Allocate, grow, reallocate } from './typedArrays.js';

/** Instead of a state number: the state is new and the set is full. */
export const FULL = -1;
/** Instead of a state number: the set does not contain the state. */
export const ABSENT = -1;

/** States per block, as a power of two. Storage grows by whole blocks, so growth copies no states. */
const BLOCK_BITS = 12;
const BLOCK = 1 << BLOCK_BITS;
const IN_BLOCK = BLOCK - 1;
/** Blocks allocated ahead of need while there is a worker, since each new block must be posted to it. */
const SPARE_BLOCKS = 32;
/** Up to this many stimuli, a stimulus number is stored in two bytes. */
const SHORT_STIMULI = 1 << 16;

/**
 * The set of visited states, numbered in the order of discovery. Each state has a parent, the state it was first
 * reached from, and the stimulus that led there. The set is exact: states are stored and compared whole.
 */
export class VisitedSet implements Checkpointable {
  layout: Layout;
  /** Allocates shared memory once there is a worker thread. */
  allocate: Allocate = (length) => new Int32Array(length);
  #store: StoreView;
  /** By component: the bitwise OR of all its digits so far. */
  readonly #digits: Int32Array;
  /** The batch for single lookups. */
  readonly #single: SuccessorBatch;
  /** All batches that `batch` returned. They may hold staged states. */
  readonly #batches: SuccessorBatch[] = [];
  #worker: LookupWorker | undefined;
  /**
   * For sleep sets: the dependency masks, the receiver of each stimulus, the words of one sleep set, scratch space,
   * blocks for reuse, and the number of blocks dropped.
   */
  #masks: DependencyMasks | undefined;
  #called: Int32Array | undefined;
  #bitWords = 0;
  #room: Int32Array | undefined;
  readonly #spare: Int32Array[] = [];
  #dropped = 0;
  readonly #cursors = new Int32Array(PREFETCH_WIDTH * 3);

  constructor(
    readonly components: number,
    /** Number of stimuli. */
    readonly stimuli = Number.POSITIVE_INFINITY,
    readonly most = Number.POSITIVE_INFINITY,
    /** Whether this many more bytes may be allocated. */
    readonly mayHold: (bytes: number) => boolean = () => true,
  ) {
    this.layout = new Layout(new Array(components).fill(1));
    this.#digits = new Int32Array(components);
    this.#store = {
      blockBits: BLOCK_BITS,
      slots: new Int32Array(1 << 11),
      packed: [],
      parents: [],
      stimuli: [],
      sleepSets: [],
      firstSleepSet: 0,
      words: this.layout.words,
      size: 0,
      capacity: 0,
    };
    this.#single = this.batch();
  }

  /** Number of states. While the worker inserts a batch: the number before that batch. */
  get size(): number {
    return this.#store.size;
  }

  /** Bytes allocated for states and the hash table. */
  get bytes(): number {
    return this.#store.packed.length * this.#blockBytes + this.#store.slots.length * 4;
  }

  get #blockBytes(): number {
    const words = this.layout.words + 1 + this.#bitWords;
    return BLOCK * (words * 4 + (this.stimuli <= SHORT_STIMULI ? 2 : 4));
  }

  /** A new batch of states to look up. */
  batch(): SuccessorBatch {
    const batch = new SuccessorBatch((length) => this.allocate(length), this.layout.words);
    this.#batches.push(batch);
    return batch;
  }

  get isShared(): boolean {
    return this.#worker !== undefined;
  }

  /** Starts a worker thread, which inserts the batches given to `send` and shares the lookups in decision trees. */
  useWorker(): void {
    const store = this.#store;
    this.allocate = (length) => new Int32Array(new SharedArrayBuffer(length * 4));
    const shared = <A extends Int32Array | Uint16Array>(array: A) =>
      grow(array, array.length, this.allocate);
    store.slots = shared(store.slots);
    this.#spare.length = 0;
    for (let b = 0; b < store.packed.length; b++) {
      const sleepSets = store.sleepSets[b];
      store.sleepSets[b] = sleepSets && shared(sleepSets);
      store.packed[b] = shared(store.packed[b]!);
      store.parents[b] = shared(store.parents[b]!);
      store.stimuli[b] = shared(store.stimuli[b]!);
    }
    for (const batch of this.#batches)
      reallocate(batch, ['staged', 'cells', 'parents', 'stimuli', 'numbers'], this.allocate);
    this.#worker = new LookupWorker();
  }

  /**
   * Keeps sleep sets from now on, until `discardSleepSets` drops them. `rows` are the masks that decide which calls commute;
   * `called` gives the receiver of each stimulus.
   */
  computeSleepSets(rows: DependencyMasks, called: Int32Array): void {
    this.#masks = rows;
    this.#called = called;
    this.#bitWords = (called.length + 31) >> 5;
    this.#room = new Int32Array(called.length * 2 + this.#bitWords);
    this.#findPlaces();
  }

  /** Clears the sleep set of a state from `bits`, from word `at` on. Returns the size of the sleep set. */
  sleepSetOf(state: number, bits: Int32Array, at: number): number {
    const { sleepSets, firstSleepSet } = this.#store;
    const block = sleepSets[state >> BLOCK_BITS];
    if (block === undefined || state < firstSleepSet) return 0;
    const from = (state & IN_BLOCK) * this.#bitWords;
    let count = 0;
    for (let w = 0; w < this.#bitWords; w++) {
      const some = block[from + w]!;
      bits[at + w]! &= ~some;
      for (let left = some; left !== 0; left &= left - 1) count++;
    }
    return count;
  }

  /** Removes stimuli from the sleep sets of the states from `begin` up to, not including, `end`. */
  removeFromSleepSets(stimuli: readonly number[], begin: number, end: number): void {
    if (stimuli.length === 0) return;
    const { sleepSets } = this.#store;
    for (let state = begin; state < end; state++) {
      const block = sleepSets[state >> BLOCK_BITS];
      if (block === undefined) continue;
      const at = (state & IN_BLOCK) * this.#bitWords;
      for (let i = 0; i < stimuli.length; i++)
        block[at + (stimuli[i]! >> 5)]! &= ~(1 << (stimuli[i]! & 31));
    }
  }

  /** Makes the sleep sets of all states below `below` empty. */
  ignoreSleepSetsBelow(below: number): void {
    this.#store.firstSleepSet = below;
  }

  /** Discards the sleep sets of the blocks that lie wholly below the state `below`. */
  discardSleepSets(below: number): void {
    const { sleepSets } = this.#store;
    for (; this.#dropped < below >> BLOCK_BITS; this.#dropped++) {
      const block = sleepSets[this.#dropped];
      if (block !== undefined) this.#spare.push(block);
      sleepSets[this.#dropped] = undefined;
    }
  }

  /** Inserts a batch, in the worker thread if one runs. `withSleepSets` adds the sleep sets of the new states. */
  send(batch: SuccessorBatch, withSleepSets = false): void {
    this.#grow(batch.count);
    const store = this.#store;
    const { size } = store;
    if (this.#worker) this.#worker.send(store, batch, withSleepSets ? this.#masks : undefined);
    else {
      insertBatch(store, batch);
      if (withSleepSets) computeSleepSets(store, batch, this.#masks!, size, this.#room!);
    }
  }

  /** Looks up a batch of states in the decision trees of all stimuli. The worker, if any, takes part of the trees. */
  lookupTrees(trees: DecisionTreeArrays): void {
    if (this.#worker) this.#worker.lookupTrees(trees);
    else
      for (let stimulus = 0; stimulus < trees.root.length; stimulus++)
        lookupTrees(trees, stimulus, this.#cursors, BATCH_STATES);
  }

  /** Blocks until the worker has inserted all batches. */
  await(): void {
    this.#worker?.await(this.#store);
  }

  /** Ends the worker and keeps only the first `size` states. No batch may follow. */
  end(size: number): void {
    this.await();
    this.#worker?.end();
    this.#worker = undefined;
    this.#batches.length = 1;
    if (size === this.size) return;
    this.#store.size = size;
    this.#rehash(this.#store.slots.length);
  }

  /** Number of `state`, or FULL. A new state is stored with its parent (-1 for the first) and stimulus. */
  add(state: Int32Array, parent: number, stimulus: number): number {
    const single = this.#single;
    while (!this.stage(state, single, 0)) this.widen(state);
    single.parents[0] = parent;
    single.stimuli[0] = stimulus;
    single.count = 1;
    this.#grow(1);
    insertBatch(this.#store, single);
    single.count = 0;
    return single.numbers[0]!;
  }

  /** Widens the layout until `state` fits, and packs all states again. Returns false if `state` fitted before. */
  widen(state: Int32Array): boolean {
    this.#note(state);
    if (this.layout.fits(state)) return false;
    this.await();
    this.#repack(
      Layout.roomy(Array.from(this.#digits, (bits) => Math.max(1, 32 - Math.clz32(bits)))),
    );
    return true;
  }

  /** Packs `state` as the staged state `i` of a batch. Returns false, and stages nothing, if the layout is too narrow. */
  stage(state: Int32Array, { staged, words }: SuccessorBatch, i: number): boolean {
    this.#note(state);
    return this.layout.pack(state, staged, i * words);
  }

  #note(state: Int32Array): void {
    for (let c = 0; c < state.length; c++) this.#digits[c]! |= state[c]!;
  }

  load(number: number, state: Int32Array): void {
    const { words } = this.layout;
    this.layout.unpack(
      this.#store.packed[number >> BLOCK_BITS]!,
      (number & IN_BLOCK) * words,
      state,
    );
  }

  /** A copy of the state. */
  state(number: number): Int32Array {
    const state = new Int32Array(this.components);
    this.load(number, state);
    return state;
  }

  parent(number: number): number {
    return this.#store.parents[number >> BLOCK_BITS]![number & IN_BLOCK]!;
  }

  /** Stimuli of a shortest path from the first state to state `number`. */
  path(number: number): number[] {
    const path: number[] = [];
    for (let n = number; this.parent(n) >= 0; n = this.parent(n))
      path.push(this.#store.stimuli[n >> BLOCK_BITS]![n & IN_BLOCK]!);
    return path.reverse();
  }

  /** Looks up a batch without inserting. States that the set does not contain get ABSENT. */
  find(batch: SuccessorBatch): void {
    const { capacity, size } = this.#store;
    this.#store.capacity = size;
    insertBatch(this.#store, batch);
    this.#store.capacity = capacity;
  }

  /** Number of `state`, or ABSENT. */
  numberOf(state: Int32Array): number {
    const single = this.#single;
    if (!this.stage(state, single, 0)) return ABSENT;
    single.count = 1;
    this.find(single);
    single.count = 0;
    return single.numbers[0]!;
  }

  /** Writes the first `size` states, block by block, without the hash table, which `restore` rebuilds. */
  save(to: Writer, size = this.size): void {
    const { packed, parents, stimuli } = this.#store;
    const { bits, words } = this.layout;
    to.plain({ size, bits });
    to.bytes(this.#digits);
    for (let begin = 0, block = 0; begin < size; begin += BLOCK, block++) {
      const count = Math.min(BLOCK, size - begin);
      to.bytes(packed[block]!.subarray(0, count * words));
      to.bytes(parents[block]!.subarray(0, count));
      to.bytes(stimuli[block]!.subarray(0, count));
    }
  }

  /** The set must be empty. */
  restore(from: Reader): boolean {
    const { size, bits } = from.plain<{ size: number; bits: number[] }>();
    if (bits.length !== this.components) return false;
    from.bytes(this.#digits);
    this.layout = new Layout(bits);
    this.#findPlaces();
    const store = this.#store;
    store.words = this.layout.words;
    for (const batch of this.#batches) {
      batch.words = store.words;
      batch.staged = this.allocate(batch.parents.length * store.words);
    }
    store.size = size;
    for (let begin = 0; begin < size; begin += BLOCK) {
      this.#addBlock(begin + BLOCK > size);
      const count = Math.min(BLOCK, size - begin);
      from.bytes(store.packed.at(-1)!.subarray(0, count * store.words));
      from.bytes(store.parents.at(-1)!.subarray(0, count));
      from.bytes(store.stimuli.at(-1)!.subarray(0, count));
    }
    let slots = store.slots.length;
    while (size * 4 > slots * 3) slots *= 2;
    this.#rehash(slots);
    return true;
  }

  /** Makes room for `count` more states, as far as `most` and `mayHold` allow. */
  #grow(count: number): void {
    const store = this.#store;
    const needed = Math.min(store.size + count, this.most);
    const ahead = this.#worker ? SPARE_BLOCKS : 0;
    if (needed > store.packed.length * BLOCK)
      while (
        needed > (store.packed.length - ahead) * BLOCK &&
        (store.packed.length === 0 || this.mayHold(this.#blockBytes))
      )
        this.#addBlock();
    let { length } = store.slots;
    while (needed * 4 > length * 3 && this.mayHold(length * 8)) length *= 2;
    if (length > store.slots.length) this.#rehash(length);
    store.capacity = Math.min(
      this.most,
      store.packed.length * BLOCK,
      Math.floor((store.slots.length * 3) / 4),
    );
  }

  #addBlock(withSleepSets = true): void {
    const { sleepSets, packed, parents, stimuli, words } = this.#store;
    const rows = withSleepSets ? this.#masks : undefined;
    sleepSets.push(rows && (this.#spare.pop()?.fill(0) ?? this.allocate(BLOCK * this.#bitWords)));
    packed.push(this.allocate(BLOCK * words));
    parents.push(this.allocate(BLOCK));
    stimuli.push(this.#blockOfStimuli());
  }

  #blockOfStimuli(): Int32Array | Uint16Array {
    if (this.stimuli > SHORT_STIMULI) return this.allocate(BLOCK);
    return new Uint16Array(this.allocate(BLOCK / 2).buffer);
  }

  #repack(layout: Layout): void {
    const store = this.#store;
    const state = new Int32Array(this.components);
    const repacked = (old: Int32Array, count: number, room: number) => {
      const packed = this.allocate(room * layout.words);
      for (let i = 0; i < count; i++) {
        this.layout.unpack(old, i * this.layout.words, state);
        layout.pack(state, packed, i * layout.words);
      }
      return packed;
    };
    for (const [block, old] of store.packed.entries())
      store.packed[block] = repacked(
        old,
        Math.min(BLOCK, store.size - (block << BLOCK_BITS)),
        BLOCK,
      );
    for (const batch of this.#batches) {
      batch.staged = repacked(batch.staged, batch.count, batch.parents.length);
      batch.words = layout.words;
    }
    this.layout = layout;
    store.words = layout.words;
    this.#findPlaces();
    this.#worker?.repostBlocks();
    this.#rehash(store.slots.length);
  }

  #findPlaces(): void {
    if (this.#masks)
      this.#masks.places = Int32Array.from([...this.#called!].flatMap((c) => this.layout.place(c)));
  }

  #rehash(length: number): void {
    const store = this.#store;
    store.slots = this.allocate(length);
    rehash(store);
  }
}
