/** Makes an array of so many integers, all 0. */
export type Allocate = (length: number) => Int32Array;

const plain = (length: number) => new Int32Array(length);

/** A copy of `array` with room for `length` entries; the new ones are 0. */
export function lengthened<A extends Int32Array = Int32Array<ArrayBuffer>>(
  array: Int32Array,
  length: number,
  allocate: (length: number) => A = plain as unknown as (length: number) => A,
): A {
  const copy = allocate(length);
  copy.set(array);
  return copy;
}
