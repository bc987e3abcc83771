/** What is read of each of a growing list of things, in numbers: things that read alike have equal numbers. */
export class ValueNumbering<T = unknown> {
  readonly #numbers: number[] = [];
  readonly #known = new Map<string, number>();

  /** `text`: what is read of one, equal where the readings are. */
  constructor(
    readonly all: readonly T[],
    readonly text: (one: T) => string,
  ) {}

  /** Numbers given so far. */
  get size(): number {
    return this.#known.size;
  }

  /** Number of what is read of `all[index]`. */
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

  /** For all of them. */
  get numbers(): number[] {
    return this.all.map((_, index) => this.number(index));
  }
}
