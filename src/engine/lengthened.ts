/** A copy of `array` with room for `length` entries; the new ones are 0. */
export function lengthened(array: Int32Array, length: number): Int32Array<ArrayBuffer> {
  const copy = new Int32Array(length);
  copy.set(array);
  return copy;
}
