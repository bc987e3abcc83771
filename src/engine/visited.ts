import type { Kept, Reader, Writer } from './checkpoint.js';
import { Layout } from './layout.js';

/** The state is new, and no more may be held. */
export const FULL = -1;
/** No such state is held. */
export const ABSENT = -2;

/** States in a block: what is held grows block by block, and is never copied. */
const BLOCK_BITS = 12;
const BLOCK = 1 << BLOCK_BITS;
const IN_BLOCK = BLOCK - 1;

/**
 * The set of states seen, numbered in the order of their discovery, each with the state and the
 * stimulus it was first reached from. Exact: states are stored and compared whole.
 *
 * States are looked up by the batch: packed into `staged`, one behind the other, then `hash`ed
 * together, so that the memory of all is on its way before the first is compared.
 */
export class Visited implements Kept {
  size = 0;
  layout: Layout;
  /** Packed states to look up; `layout.words` each. */
  staged: Int32Array;
  #hashes: Int32Array;
  #packed: Int32Array[] = [];
  #parents: Int32Array[] = [];
  #stimuli: Int32Array[] = [];
  /**
   * Open addressing, at most 3/4 full: 0, or a state's number + 1 in the low bits that an index of
   * this array has, and above them those bits of its hash.
   */
  #slots = new Int32Array(1 << 11);

  constructor(
    readonly components: number,
    readonly most = Number.POSITIVE_INFINITY,
    /** Whether so many bytes more may be held. */
    readonly mayHold: (bytes: number) => boolean = () => true,
  ) {
    this.layout = new Layout(new Array(components).fill(1));
    this.staged = new Int32Array(this.layout.words);
    this.#hashes = new Int32Array(1);
  }

  /** Bytes held now. */
  get bytes(): number {
    return (this.#packed.length * BLOCK * (this.layout.words + 2) + this.#slots.length) * 4;
  }

  /** Number of `state`; a new one is stored with its parent (-1 for the first) and stimulus, or FULL. */
  add(state: Int32Array, parent: number, stimulus: number): number {
    while (!this.stage(state, 0)) this.widen(state);
    return this.enter(0, parent, stimulus);
  }

  /** Sees that `state` can be packed. True: everything is packed anew, and what was staged is lost. */
  widen(state: Int32Array): boolean {
    const layout = this.layout.widenedFor(state);
    if (layout === undefined) return false;
    this.#repack(layout);
    return true;
  }

  /** Sees that `count` states can be staged. */
  reserve(count: number): void {
    if (count <= this.#hashes.length) return;
    const staged = new Int32Array(count * 2 * this.layout.words);
    staged.set(this.staged);
    this.staged = staged;
    this.#hashes = new Int32Array(count * 2);
  }

  /** Packs `state` as the staged state `i`, and hashes it; false, and nothing is staged, if it does not fit. */
  stage(state: Int32Array, i: number): boolean {
    const { words } = this.layout;
    if (!this.layout.pack(state, this.staged, i * words)) return false;
    this.#hashes[i] = hashOf(this.staged, i * words, words);
    return true;
  }

  /** Copies the packed state `number` to `packed`. */
  loadPacked(number: number, packed: Int32Array): void {
    const { words } = this.layout;
    const block = this.#packed[number >> BLOCK_BITS]!;
    for (let w = 0, at = (number & IN_BLOCK) * words; w < words; w++) packed[w] = block[at + w]!;
  }

  /** Hashes the first `count` staged states and touches what they will be compared with. */
  hash(count: number): number {
    const hashes = this.#hashes;
    const slots = this.#slots;
    const { staged } = this;
    const { words } = this.layout;
    const mask = slots.length - 1;
    for (let i = 0; i < count; i++) hashes[i] = hashOf(staged, i * words, words);
    let touched = 0;
    for (let i = 0; i < count; i++) {
      const slot = slots[hashes[i]! & mask]!;
      const number = (slot & mask) - 1;
      if (number >= 0 && ((slot ^ hashes[i]!) & ~mask) === 0)
        touched ^= this.#packed[number >> BLOCK_BITS]![(number & IN_BLOCK) * words]!;
    }
    return touched;
  }

  /** Number of the staged and hashed state `i`; a new one is stored, or FULL. */
  enter(i: number, parent: number, stimulus: number): number {
    const found = this.find(i);
    if (found !== ABSENT) return found;
    const number = this.size;
    const { words } = this.layout;
    const at = number & IN_BLOCK;
    const crowded = (number + 1) * 4 > this.#slots.length * 3;
    if (number >= this.most) return FULL;
    if (number > 0 && at === 0 && !this.mayHold(BLOCK * (words + 2) * 4)) return FULL;
    if (crowded && !this.mayHold(this.#slots.length * 8)) return FULL;
    if (at === 0) this.#lengthen();
    this.size++;
    const block = number >> BLOCK_BITS;
    const packed = this.#packed[block]!;
    for (let w = 0; w < words; w++) packed[at * words + w] = this.staged[i * words + w]!;
    this.#parents[block]![at] = parent;
    this.#stimuli[block]![at] = stimulus;
    if (crowded) this.#rehash(this.#slots.length * 2);
    else this.#occupy(this.#hashes[i]!, number);
    return number;
  }

  load(number: number, state: Int32Array): void {
    const { words } = this.layout;
    this.layout.unpack(this.#packed[number >> BLOCK_BITS]!, (number & IN_BLOCK) * words, state);
  }

  /** A copy of the state. */
  state(number: number): Int32Array {
    const state = new Int32Array(this.components);
    this.load(number, state);
    return state;
  }

  parent(number: number): number {
    return this.#parents[number >> BLOCK_BITS]![number & IN_BLOCK]!;
  }

  /** Stimuli that lead from the first state to state `number`, by a shortest way. */
  path(number: number): number[] {
    const path: number[] = [];
    for (let n = number; this.parent(n) >= 0; n = this.parent(n))
      path.push(this.#stimuli[n >> BLOCK_BITS]![n & IN_BLOCK]!);
    return path.reverse();
  }

  /** Number of the staged and hashed state `i`, or ABSENT. */
  find(i: number): number {
    const hash = this.#hashes[i]!;
    const slots = this.#slots;
    const mask = slots.length - 1;
    for (let at = hash & mask; ; at = (at + 1) & mask) {
      const slot = slots[at]!;
      if (slot === 0) return ABSENT;
      if (((slot ^ hash) & ~mask) === 0 && this.#equal((slot & mask) - 1, i))
        return (slot & mask) - 1;
    }
  }

  /** Number of `state`, or ABSENT. */
  numberOf(state: Int32Array): number {
    return this.stage(state, 0) ? this.find(0) : ABSENT;
  }

  /** Block by block; the slots are not kept. */
  save(to: Writer): void {
    const { bits, words } = this.layout;
    to.plain({ size: this.size, bits });
    for (const [block, packed] of this.#packed.entries()) {
      const count = Math.min(BLOCK, this.size - (block << BLOCK_BITS));
      to.bytes(packed.subarray(0, count * words));
      to.bytes(this.#parents[block]!.subarray(0, count));
      to.bytes(this.#stimuli[block]!.subarray(0, count));
    }
  }

  /** Into an empty set. */
  restore(from: Reader): boolean {
    const { size, bits } = from.plain<{ size: number; bits: number[] }>();
    if (bits.length !== this.components) return false;
    this.layout = new Layout(bits);
    const { words } = this.layout;
    this.staged = new Int32Array(this.#hashes.length * words);
    this.size = size;
    for (let begin = 0; begin < size; begin += BLOCK) {
      this.#lengthen();
      const count = Math.min(BLOCK, size - begin);
      from.bytes(this.#packed.at(-1)!.subarray(0, count * words));
      from.bytes(this.#parents.at(-1)!.subarray(0, count));
      from.bytes(this.#stimuli.at(-1)!.subarray(0, count));
    }
    let slots = this.#slots.length;
    while (size * 4 > slots * 3) slots *= 2;
    this.#rehash(slots);
    return true;
  }

  #equal(number: number, i: number): boolean {
    const { words } = this.layout;
    const packed = this.#packed[number >> BLOCK_BITS]!;
    for (let w = 0, at = (number & IN_BLOCK) * words, mine = i * words; w < words; w++)
      if (packed[at + w] !== this.staged[mine + w]) return false;
    return true;
  }

  #occupy(hash: number, number: number): void {
    const slots = this.#slots;
    const mask = slots.length - 1;
    let at = hash & mask;
    while (slots[at] !== 0) at = (at + 1) & mask;
    slots[at] = (hash & ~mask) | (number + 1);
  }

  #lengthen(): void {
    this.#packed.push(new Int32Array(BLOCK * this.layout.words));
    this.#parents.push(new Int32Array(BLOCK));
    this.#stimuli.push(new Int32Array(BLOCK));
  }

  #repack(layout: Layout): void {
    const state = new Int32Array(this.components);
    for (const [block, old] of this.#packed.entries()) {
      const packed = new Int32Array(BLOCK * layout.words);
      const count = Math.min(BLOCK, this.size - (block << BLOCK_BITS));
      for (let at = 0; at < count; at++) {
        this.layout.unpack(old, at * this.layout.words, state);
        layout.pack(state, packed, at * layout.words);
      }
      this.#packed[block] = packed;
    }
    this.layout = layout;
    this.staged = new Int32Array(this.#hashes.length * layout.words);
    this.#rehash(this.#slots.length);
  }

  #rehash(length: number): void {
    const { words } = this.layout;
    this.#slots = new Int32Array(length);
    for (let n = 0; n < this.size; n++)
      this.#occupy(hashOf(this.#packed[n >> BLOCK_BITS]!, (n & IN_BLOCK) * words, words), n);
  }
}

function hashOf(packed: Int32Array, at: number, words: number): number {
  let h = 0x9e3779b9;
  for (let w = 0; w < words; w++) {
    h = Math.imul(h ^ packed[at + w]!, 0x85ebca6b);
    h ^= h >>> 15;
  }
  h = Math.imul(h, 0xc2b2ae35);
  return h ^ (h >>> 16);
}
