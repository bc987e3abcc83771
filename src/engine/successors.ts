import { lengthened } from './lengthened.js';

/**
 * Every transition of a search, in the order of its states: state `n` has the entries from
 * `begin(n)` up to, not including, `begin(n + 1)`.
 */
export class Successors {
  #begin = new Int32Array(1 << 10);
  #to = new Int32Array(1 << 12);
  #stimulus = new Int32Array(1 << 12);
  #size = 0;
  #last = -1;

  get size(): number {
    return this.#size;
  }

  /** Transitions come grouped by `from`, ascending. */
  add(from: number, stimulus: number, to: number): void {
    while (from >= this.#begin.length)
      this.#begin = lengthened(this.#begin, this.#begin.length * 2);
    while (this.#last < from) this.#begin[++this.#last] = this.#size;
    if (this.#size === this.#to.length) {
      this.#to = lengthened(this.#to, this.#size * 2);
      this.#stimulus = lengthened(this.#stimulus, this.#size * 2);
    }
    this.#to[this.#size] = to;
    this.#stimulus[this.#size++] = stimulus;
  }

  begin(state: number): number {
    return state <= this.#last ? this.#begin[state]! : this.#size;
  }

  to(entry: number): number {
    return this.#to[entry]!;
  }

  /** The state that an entry starts from. */
  stateOf(entry: number): number {
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
    return this.#stimulus[entry]!;
  }
}
