/** Makes an array of so many integers. */
export type Allocate = (length: number) => Int32Array;

/** Where calls of a batch of states lead, in their order: packed, and once they are looked up, by number. */
export class Arrivals {
  count = 0;
  /** Packed states, `words` each. */
  staged: Int32Array;
  /** By call: the state it was made in, its stimulus, and the number of the state it led to, or FULL. */
  parents: Int32Array;
  stimuli: Int32Array;
  numbers: Int32Array;

  constructor(
    readonly allocate: Allocate,
    public words: number,
  ) {
    this.staged = allocate(words);
    this.parents = allocate(1);
    this.stimuli = allocate(1);
    this.numbers = allocate(1);
  }

  /** Sees that there is room for `more`; true: the arrays are others now. */
  reserve(more: number): boolean {
    const need = this.count + more;
    if (need <= this.parents.length) return false;
    const room = need * 2;
    const longer = (array: Int32Array, length: number) => {
      const copy = this.allocate(length);
      copy.set(array);
      return copy;
    };
    this.staged = longer(this.staged, room * this.words);
    this.parents = longer(this.parents, room);
    this.stimuli = longer(this.stimuli, room);
    this.numbers = this.allocate(room);
    return true;
  }
}
