import type { Reader, Writer } from './checkpointable.js';
import { grow } from './typedArrays.js';

type Numbers = Uint8Array | Uint16Array | Int32Array;

/**
 * A label for each state; 0 means none. Labels take 1, 2 or 4 bytes each, depending on the largest one. A
 * state without a label takes no space until a later state has one.
 */
export class StateLabels {
  #labels: Numbers = new Uint8Array(0);

  of(state: number): number {
    return this.#labels[state] ?? 0;
  }

  set(state: number, label: number): void {
    if (label === 0) return;
    const { length } = this.#labels;
    if (state >= length) this.#labels = grow(this.#labels, Math.max(1 << 10, state * 2));
    if (label >= 256 ** this.#labels.BYTES_PER_ELEMENT)
      this.#labels =
        label < 1 << 16 ? Uint16Array.from(this.#labels) : Int32Array.from(this.#labels);
    this.#labels[state] = label;
  }

  save(to: Writer): void {
    to.plain({ length: this.#labels.length, bytes: this.#labels.BYTES_PER_ELEMENT });
    to.bytes(this.#labels);
  }

  restore(from: Reader): boolean {
    const { length, bytes } = from.plain<{ length: number; bytes: number }>();
    const numbers = [Uint8Array, Uint16Array, Int32Array].find(
      (one) => one.BYTES_PER_ELEMENT === bytes,
    )!;
    this.#labels = from.bytes(new numbers(length));
    return true;
  }
}
