import { Layout } from './layout.js';
import { lengthened } from './lengthened.js';

/** The state is new, and `most` are held already. */
export const FULL = -1;

/**
 * The set of states seen, numbered in the order of their discovery, each with the state and the
 * stimulus it was first reached from. Exact: states are stored and compared whole.
 */
export class Visited {
  size = 0;
  #layout: Layout;
  #packed: Int32Array;
  #parents: Int32Array;
  #stimuli: Int32Array;
  /** Open addressing: state number + 1, or 0. Always at least twice as long as `size`. */
  #slots: Int32Array;
  #probe: Int32Array;
  #capacity = 1 << 10;

  constructor(
    readonly components: number,
    readonly most = Number.POSITIVE_INFINITY,
  ) {
    this.#layout = new Layout(new Array(components).fill(1));
    this.#packed = new Int32Array(this.#capacity * this.#layout.words);
    this.#parents = new Int32Array(this.#capacity);
    this.#stimuli = new Int32Array(this.#capacity);
    this.#slots = new Int32Array(this.#capacity * 2);
    this.#probe = new Int32Array(this.#layout.words);
  }

  /** Bytes held now. */
  get bytes(): number {
    return (
      (this.#packed.length + this.#parents.length + this.#stimuli.length + this.#slots.length) * 4
    );
  }

  /** Number of `state`; a new one is stored with its parent (-1 for the first) and stimulus, or FULL. */
  add(state: Int32Array, parent: number, stimulus: number): number {
    while (!this.#layout.pack(state, this.#probe, 0)) this.#repack(this.#layout.widenedFor(state));
    const mask = this.#slots.length - 1;
    let slot = this.#hash(this.#probe, 0) & mask;
    for (let number = this.#slots[slot]!; number !== 0; number = this.#slots[slot]!) {
      if (this.#equal(number - 1)) return number - 1;
      slot = (slot + 1) & mask;
    }
    if (this.size >= this.most) return FULL;
    if (this.size === this.#capacity) {
      this.#grow();
      return this.add(state, parent, stimulus);
    }
    const number = this.size++;
    this.#packed.set(this.#probe, number * this.#layout.words);
    this.#parents[number] = parent;
    this.#stimuli[number] = stimulus;
    this.#slots[slot] = number + 1;
    return number;
  }

  load(number: number, state: Int32Array): void {
    this.#layout.unpack(this.#packed, number * this.#layout.words, state);
  }

  parent(number: number): number {
    return this.#parents[number]!;
  }

  /** Stimuli that lead from the first state to state `number`, by a shortest way. */
  path(number: number): number[] {
    const path: number[] = [];
    for (let n = number; this.#parents[n]! >= 0; n = this.#parents[n]!)
      path.push(this.#stimuli[n]!);
    return path.reverse();
  }

  #hash(packed: Int32Array, at: number): number {
    let h = 0x9e3779b9;
    for (let w = 0; w < this.#layout.words; w++) {
      h = Math.imul(h ^ packed[at + w]!, 0x85ebca6b);
      h ^= h >>> 15;
    }
    h = Math.imul(h, 0xc2b2ae35);
    return (h ^ (h >>> 16)) >>> 0;
  }

  #equal(number: number): boolean {
    const { words } = this.#layout;
    for (let w = 0, at = number * words; w < words; w++)
      if (this.#packed[at + w] !== this.#probe[w]) return false;
    return true;
  }

  #grow(): void {
    this.#capacity *= 2;
    this.#packed = lengthened(this.#packed, this.#capacity * this.#layout.words);
    this.#parents = lengthened(this.#parents, this.#capacity);
    this.#stimuli = lengthened(this.#stimuli, this.#capacity);
    this.#slots = new Int32Array(this.#capacity * 2);
    this.#rehash();
  }

  #repack(layout: Layout): void {
    const packed = new Int32Array(this.#capacity * layout.words);
    const state = new Int32Array(this.components);
    for (let n = 0; n < this.size; n++) {
      this.load(n, state);
      layout.pack(state, packed, n * layout.words);
    }
    this.#layout = layout;
    this.#packed = packed;
    this.#probe = new Int32Array(layout.words);
    this.#slots.fill(0);
    this.#rehash();
  }

  #rehash(): void {
    const mask = this.#slots.length - 1;
    for (let n = 0; n < this.size; n++) {
      let slot = this.#hash(this.#packed, n * this.#layout.words) & mask;
      while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
      this.#slots[slot] = n + 1;
    }
  }
}
