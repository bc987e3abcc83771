/** Sparse rows that share one array. */
export interface Packed {
  /** By row: the position that its entry 0 would have. */
  readonly base: readonly number[];
  /** Flat [row, value] pairs. `row` is the owner of the entry, or -1 if it is free. */
  readonly entries: readonly number[];
}

/** Positions tried for a row before it is appended at the end. */
const TRIES = 256;

/**
 * Packs rows of [index, value] entries into one array, indexes ascending and below `width`. A lookup still takes one
 * step, and detects a missing entry by its owner.
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
