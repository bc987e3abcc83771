/** Numbers the values read from a growing list of things. Equal values have equal numbers. */
export class ValueNumbering<T = unknown> {
  readonly #numbers: number[] = [];
  readonly #known = new Map<string, number>();

  /** `text` gives the value read from one thing, as text. Equal values must have equal texts. */
  constructor(
    readonly all: readonly T[],
    readonly text: (one: T) => string,
  ) {}

  /** Count of distinct values so far. */
  get size(): number {
    return this.#known.size;
  }

  /** Number of the value read from `all[index]`. */
  number(index: number): number {
    let number = this.#numbers[index];
    if (number === undefined) {
      const text = this.text(this.all[index]!);
      number = this.#known.get(text) ?? this.#known.size;
      this.#known.set(text, number);
      this.#numbers[index] = number;
    }
    return number;
  }

  /** The number of each thing of `all`. */
  get numbers(): number[] {
    return this.all.map((_, index) => this.number(index));
  }
}
