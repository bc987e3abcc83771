import { grow } from './typedArrays.js';

/** Entries per block, as a power of two. Storage grows by whole blocks, so growth copies no entries. */
const BLOCK_BITS = 12;
const BLOCK = 1 << BLOCK_BITS;
const IN_BLOCK = BLOCK - 1;

/**
 * All transitions of a search as a compressed sparse row graph: state `n` has the entries from `rowStart(n)` up to, not
 * including, `rowStart(n + 1)`.
 */
export class SuccessorGraph {
  #begin = new Int32Array(1 << 10);
  /** By entry: its target and its stimulus. */
  readonly #blocks: Int32Array[] = [];
  #size = 0;
  #last = -1;

  get size(): number {
    return this.#size;
  }

  /** Adds a transition. `from` must not be less than in the call before. */
  add(from: number, stimulus: number, target: number): void {
    while (from >= this.#begin.length) this.#begin = grow(this.#begin, this.#begin.length * 2);
    while (this.#last < from) this.#begin[++this.#last] = this.#size;
    const at = (this.#size & IN_BLOCK) * 2;
    if (at === 0) this.#blocks.push(new Int32Array(BLOCK * 2));
    const block = this.#blocks[this.#size++ >> BLOCK_BITS]!;
    block[at] = target;
    block[at + 1] = stimulus;
  }

  rowStart(state: number): number {
    return state <= this.#last ? this.#begin[state]! : this.#size;
  }

  to(entry: number): number {
    return this.#blocks[entry >> BLOCK_BITS]![(entry & IN_BLOCK) * 2]!;
  }

  /** The state that an entry starts from, by binary search. */
  source(entry: number): number {
    let low = 0;
    let high = this.#last;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#begin[middle]! <= entry) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  stimulus(entry: number): number {
    return this.#blocks[entry >> BLOCK_BITS]![(entry & IN_BLOCK) * 2 + 1]!;
  }
}
