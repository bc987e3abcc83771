/** Sparse rows laid over each other in one array. */
export interface Packed {
  /** By row: where its entry 0 would be. */
  readonly base: readonly number[];
  /** Flat [row, value] pairs; the row tells whose entry it is, -1 that it is nobody's. */
  readonly entries: readonly number[];
}

/** Places that are tried for a row before it goes to the end. */
const TRIES = 256;

/**
 * Packs rows of [index, value] entries, indexes ascending and below `width`, so that each row still
 * reads in one step and a missing entry is seen to be missing.
 */
export function packed(
  rows: readonly (readonly (readonly [number, number])[])[],
  width: number,
): Packed {
  const owner: number[] = [];
  const value: number[] = [];
  const base: number[] = [];
  let free = 0;
  rows.forEach((row, number) => {
    while (owner[free] !== undefined) free++;
    const first = row[0]?.[0] ?? 0;
    let at = Math.max(0, free - first);
    for (let tries = 0; row.some(([index]) => owner[at + index] !== undefined); tries++)
      at = tries < TRIES ? at + 1 : Math.max(at, owner.length);
    base.push(at);
    for (const [index, to] of row) {
      while (owner.length <= at + index) owner.push(undefined as unknown as number);
      owner[at + index] = number;
      value[at + index] = to;
    }
  });
  const length = Math.max(owner.length, base.reduce((most, at) => Math.max(most, at), 0) + width);
  const entries = Array.from({ length }, (_, i) => [owner[i] ?? -1, value[i] ?? 0]).flat();
  return { base, entries };
}
