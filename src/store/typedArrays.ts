/** Allocates an array of `length` integers, all 0. */
export type Allocate = (length: number) => Int32Array;

type Integers = Int32Array | Int16Array | Uint16Array | Uint8Array;

const plain: Allocate = (length) => new Int32Array(length);

/** A copy of `array` with `length` entries. The added entries are 0. */
export function grow<A extends Integers>(array: A, length: number, allocate: Allocate = plain): A {
  const { buffer } = allocate(Math.ceil((length * array.BYTES_PER_ELEMENT) / 4));
  const copy = new (
    array.constructor as new (
      of: ArrayBufferLike,
      at: number,
      length: number,
    ) => A
  )(buffer, 0, length);
  copy.set(array);
  return copy;
}

/** Replaces each named array of an object by a copy in memory from `allocate`. */
export function reallocate<K extends string, O extends Record<K, Integers>>(
  of: O,
  names: readonly K[],
  allocate: Allocate,
): void {
  for (const name of names) of[name] = grow(of[name], of[name].length, allocate);
}
