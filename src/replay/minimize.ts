/**
 * Returns a part of `calls` that still `shows` the same, and from which no single call and no pair of calls (one that
 * does and one that undoes) can be removed. Tries large pieces first (delta debugging, Zeller & Hildebrandt 2002).
 */
export async function minimize(
  calls: readonly string[],
  shows: (calls: readonly string[]) => Promise<boolean>,
): Promise<readonly string[]> {
  let kept = calls;
  const tryWithout = async (leftOut: (at: number) => boolean) => {
    const without = kept.filter((_, at) => !leftOut(at));
    if (without.length === kept.length || !(await shows(without))) return false;
    kept = without;
    return true;
  };
  for (let size = Math.ceil(kept.length / 2); size >= 1; size = Math.floor(size / 2))
    for (let begin = 0; begin < kept.length; )
      if (!(await tryWithout((at) => at >= begin && at < begin + size))) begin += size;
  for (let first = 0; first < kept.length; first++)
    for (let second = first; second < kept.length; second++)
      if (await tryWithout((at) => at === first || at === second)) {
        first = -1;
        break;
      }
  return kept;
}
