import type { Arrivals } from './arrivals.js';
import { type Cells, PLAYED } from './cells.js';

/** States in a block, as a power of two. */
const BLOCK_BITS = 12;
const IN_BLOCK = (1 << BLOCK_BITS) - 1;

/**
 * Sleep sets: calls that need not be made in a state, since they lead where something older leads to. A bit for each
 * stimulus; only for states that are found and not yet expanded. What is not known of a state sleeps not.
 *
 * Be `a` first found by the call `t` from `s`, and let the call `u` from `s` lead to a state that is older than `a`, and commute
 * with `t`. Then `u` from `a` leads to the same as `t` from that older state, whose turn comes first. It is the same call as
 * from `s`, too, and was judged there. So it is counted, and sleeps.
 */
export class Asleep<W> {
  readonly #words: number;
  readonly #blocks = new Map<number, Int32Array>();
  readonly #spare: Int32Array[] = [];
  /** No block before it is in use. */
  #first = 0;
  /** What the cells had forgotten when all was known of that is known. */
  #forgotten = 0;
  /** Of the state that is asked for: bits of who sleeps, its digits, and who may sleep next, with the rows that tell. */
  readonly #bits: Int32Array;
  readonly #digits: Int32Array;
  readonly #stimuli: Int32Array;
  readonly #rows: Int32Array;
  readonly #called: Int32Array;

  constructor(readonly cells: Cells<W>) {
    const { stimuli, all } = cells.tables;
    this.#words = (stimuli.length + 31) >> 5;
    this.#bits = new Int32Array(this.#words);
    this.#digits = new Int32Array(all.length);
    this.#stimuli = new Int32Array(stimuli.length);
    this.#rows = new Int32Array(stimuli.length);
    this.#called = Int32Array.from(stimuli, (words) => words[0]!);
  }

  /** Takes those that sleep in a state out of bits, from `at` on; answers how many do. */
  take(state: number, bits: Int32Array, at: number): number {
    const block = this.#blocks.get(state >> BLOCK_BITS);
    if (block === undefined) return 0;
    const from = (state & IN_BLOCK) * this.#words;
    let count = 0;
    for (let w = 0; w < this.#words; w++) {
      const asleep = block[from + w]!;
      bits[at + w]! &= ~asleep;
      for (let left = asleep; left !== 0; left &= left - 1) count++;
    }
    return count;
  }

  /** Finds out who sleeps in the states, from `firstNew` on, that the calls of `state`, in a batch from `first` up to `last`, found. */
  settle(state: number, batch: Arrivals, first: number, last: number, firstNew: number): void {
    const { cells } = this;
    const commuting = cells.commuting!;
    const { numbers, stimuli, cells: taken } = batch;
    const bits = this.#bits;
    const digits = this.#digits;
    const older = this.#stimuli;
    const rows = this.#rows;
    this.#read(state);
    cells.visited.load(state, digits);
    let count = 0;
    for (let w = 0; w < this.#words; w++)
      for (let left = bits[w]!; left !== 0; left &= left - 1) {
        const stimulus = w * 32 + 31 - Math.clz32(left & -left);
        older[count] = stimulus;
        rows[count++] = commuting.ofStimulus(stimulus, digits[this.#called[stimulus]!]!);
      }
    for (let at = first; at < last; at++) {
      if (numbers[at]! >= firstNew || taken[at]! <= PLAYED) continue;
      older[count] = stimuli[at]!;
      rows[count] = commuting.around(taken[at]!);
      if (rows[count] !== 0) count++;
    }
    let next = firstNew;
    for (let at = first; at < last; at++) {
      if (numbers[at]! < firstNew) continue;
      const isNew = numbers[at] === next;
      if (isNew) next++;
      if (taken[at]! <= PLAYED) continue;
      const row = commuting.around(taken[at]!);
      if (row === 0) continue;
      if (isNew) {
        bits.fill(0);
        commuting.commute(commuting.ofCell(taken[at]!), older, rows, count, bits);
        this.#write(next - 1);
      }
      older[count] = stimuli[at]!;
      rows[count++] = row;
    }
  }

  /** States below are settled. */
  drop(below: number): void {
    for (; this.#first < below >> BLOCK_BITS; this.#first++) {
      const block = this.#blocks.get(this.#first);
      if (block !== undefined) this.#spare.push(block);
      this.#blocks.delete(this.#first);
    }
  }

  /** Forgets all if the cells forgot something: it came of these. */
  wake(): void {
    if (this.#forgotten === this.cells.forgotten) return;
    this.#forgotten = this.cells.forgotten;
    this.#spare.push(...this.#blocks.values());
    this.#blocks.clear();
  }

  #read(state: number): void {
    const block = this.#blocks.get(state >> BLOCK_BITS);
    const from = (state & IN_BLOCK) * this.#words;
    for (let w = 0; w < this.#words; w++)
      this.#bits[w] = block === undefined ? 0 : block[from + w]!;
  }

  #write(state: number): void {
    const number = state >> BLOCK_BITS;
    let block = this.#blocks.get(number);
    if (block === undefined) {
      block = this.#spare.pop()?.fill(0) ?? new Int32Array(this.#words << BLOCK_BITS);
      this.#blocks.set(number, block);
    }
    block.set(this.#bits, (state & IN_BLOCK) * this.#words);
  }
}
