/**
 * A part of `calls` that still `shows` what the whole shows, and from which no call and no two
 * calls (one that does and one that undoes) can be left out. Large pieces are tried first.
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
