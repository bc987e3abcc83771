import { grow } from './typedArrays.js';

/** What cells change: triples of a component and its states before and after, in one array for all. */
export class WriteSets {
  triples = new Int32Array(1 << 10);
  #ends = new Int32Array(1 << 8);

  /** Of the next cell; cells come in order. */
  set(cell: number, triples: readonly number[]): void {
    const begin = this.begin(cell);
    const end = begin + triples.length;
    if (cell === this.#ends.length) this.#ends = grow(this.#ends, cell * 2);
    while (end > this.triples.length) this.triples = grow(this.triples, this.triples.length * 2);
    this.triples.set(triples, begin);
    this.#ends[cell] = end;
  }

  /** Where a cell's triples begin, and where they end. */
  begin(cell: number): number {
    return this.#ends[cell - 1]!;
  }

  end(cell: number): number {
    return this.#ends[cell]!;
  }
}
