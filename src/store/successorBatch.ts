import { type Allocate, grow } from './typedArrays.js';

/** Where calls of a batch of states lead, in their order: packed, and once they are looked up, by number. */
export class SuccessorBatch {
  count = 0;
  /** Packed states, `words` each; what is looked up, unless it is made of `cells`. */
  staged: Int32Array;
  /** By call, where there are `differences`: its cell, by whose difference the packed state after it differs; PLAYED: it is staged. */
  cells: Int32Array;
  differences: Int32Array | undefined;
  /** By call: the state it was made in, its stimulus, and the number of the state it led to, or FULL. */
  parents: Int32Array;
  stimuli: Int32Array;
  numbers: Int32Array;

  constructor(
    readonly allocate: Allocate,
    public words: number,
  ) {
    this.staged = allocate(words);
    this.cells = allocate(1);
    this.parents = allocate(1);
    this.stimuli = allocate(1);
    this.numbers = allocate(1);
  }

  /** Sees that there is room for `more`. */
  reserve(more: number): void {
    const need = this.count + more;
    if (need <= this.parents.length) return;
    const room = need * 2;
    const longer = (array: Int32Array, length: number) => grow(array, length, this.allocate);
    this.staged = longer(this.staged, room * this.words);
    this.cells = longer(this.cells, room);
    this.parents = longer(this.parents, room);
    this.stimuli = longer(this.stimuli, room);
    this.numbers = this.allocate(room);
  }
}
