/** All subsets of some records except the empty one; each keeps the order. */
export function subsets(records: readonly number[]): number[][] {
  const sets: number[][] = [[]];
  for (const record of records) sets.push(...sets.map((set) => [...set, record]));
  return sets.filter((set) => set.length > 0);
}

/** All orders of all subsets. */
export function arrangements(records: readonly number[]): number[][] {
  const permute = (set: readonly number[]): number[][] =>
    set.length === 0
      ? [[]]
      : set.flatMap((r) => permute(set.filter((s) => s !== r)).map((rest) => [r, ...rest]));
  return subsets(records).flatMap(permute);
}
