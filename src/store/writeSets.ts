import { grow } from './typedArrays.js';

/** The write sets of all cells in one array: triples of a component, its state before and its state after. */
export class WriteSets {
  triples = new Int32Array(1 << 10);
  #ends = new Int32Array(1 << 8);

  /** Stores the triples of the next cell. Cells must be set in ascending order. */
  set(cell: number, triples: readonly number[]): void {
    const begin = this.begin(cell);
    const end = begin + triples.length;
    if (cell === this.#ends.length) this.#ends = grow(this.#ends, cell * 2);
    while (end > this.triples.length) this.triples = grow(this.triples, this.triples.length * 2);
    this.triples.set(triples, begin);
    this.#ends[cell] = end;
  }

  /** Index of a cell's first triple. The triples end before `end`. */
  begin(cell: number): number {
    return this.#ends[cell - 1]!;
  }

  end(cell: number): number {
    return this.#ends[cell]!;
  }
}
