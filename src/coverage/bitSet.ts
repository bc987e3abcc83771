/** A set of numbers below `size`, one bit each. */
export class BitSet {
  readonly #words: Uint8Array;

  constructor(size: number) {
    this.#words = new Uint8Array(Math.ceil(size / 8));
  }

  has(number: number): boolean {
    return (this.#words[Math.floor(number / 8)]! & (1 << (number % 8))) !== 0;
  }

  /** Adds a number; returns false if the set already has it. */
  add(number: number): boolean {
    if (this.has(number)) return false;
    this.#words[Math.floor(number / 8)]! |= 1 << (number % 8);
    return true;
  }
}
