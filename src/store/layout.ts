/**
 * Positions of the components' digits in a packed state of 32-bit words. A digit is a component's state number. No
 * digit crosses a word boundary, so no code depends on 53-bit numbers. When a digit needs more bits, a new layout
 * replaces this one and all states are packed again.
 */
export class Layout {
  readonly words: number;
  readonly #word: Int32Array;
  readonly #shift: Int32Array;
  readonly #mask: Int32Array;

  constructor(readonly bits: readonly number[]) {
    this.#word = new Int32Array(bits.length);
    this.#shift = new Int32Array(bits.length);
    this.#mask = new Int32Array(bits.length);
    let word = 0;
    let used = 0;
    bits.forEach((width, i) => {
      if (used + width > 32) {
        word++;
        used = 0;
      }
      this.#word[i] = word;
      this.#shift[i] = used;
      this.#mask[i] = width === 32 ? -1 : (1 << width) - 1;
      used += width;
    });
    this.words = word + 1;
  }

  /** The word that holds a component's digit, the digit's shift within the word, and a mask of its width. */
  place(component: number): readonly [word: number, shift: number, mask: number] {
    return [this.#word[component]!, this.#shift[component]!, this.#mask[component]!];
  }

  /** Packs `state` into `packed` at `at`. False if a digit does not fit; the words at `at` are then undefined. */
  pack(state: Int32Array, packed: Int32Array, at: number): boolean {
    for (let w = 0; w < this.words; w++) packed[at + w] = 0;
    for (let i = 0; i < state.length; i++) {
      const digit = state[i]!;
      if ((digit & ~this.#mask[i]!) !== 0) return false;
      packed[at + this.#word[i]!]! |= digit << this.#shift[i]!;
    }
    return true;
  }

  /** Writes one digit into a packed state. The bits of the digit must be 0 there. */
  write(component: number, bits: number, packed: Int32Array, at: number): void {
    packed[at + this.#word[component]!]! |= bits << this.#shift[component]!;
  }

  /** Whether every digit fits. */
  fits(state: Int32Array): boolean {
    for (let i = 0; i < state.length; i++) if ((state[i]! & ~this.#mask[i]!) !== 0) return false;
    return true;
  }

  unpack(packed: Int32Array, at: number, state: Int32Array): void {
    for (let i = 0; i < state.length; i++)
      state[i] = (packed[at + this.#word[i]!]! >>> this.#shift[i]!) & this.#mask[i]!;
  }

  /** A layout for digits of these widths in bits. Digits get a spare bit each, as far as no extra word is needed. */
  static roomy(needs: readonly number[]): Layout {
    let layout = new Layout(needs);
    for (const c of needs.keys()) {
      const more = new Layout(
        layout.bits.map((width, i) => (i === c ? Math.min(width + 1, 32) : width)),
      );
      if (more.words === layout.words) layout = more;
    }
    return layout;
  }
}
