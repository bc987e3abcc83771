import { type Allocate, grow } from './typedArrays.js';

/** The end states of the calls of a batch, in call order: packed, and after the lookup also by number. */
export class SuccessorBatch {
  count = 0;
  /** Packed states to look up, `words` words each. The states of cached calls are staged later, from `cells`. */
  staged: Int32Array;
  /**
   * By call, used only with `differences`: the cell whose difference, XORed with the packed parent, gives the end
   * state. UNCACHED: the end state is staged already.
   */
  cells: Int32Array;
  differences: Int32Array | undefined;
  /** By call: its parent state, its stimulus, and the number of its end state, or FULL. */
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

  /** Makes room for `more` calls. */
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
