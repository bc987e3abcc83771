/** States that are asked together. */
export const PREDECESSOR_BATCH = 256;

/** Where calls lead, asked of a few states at a time. */
export interface SuccessorOracle {
  /** States about to be asked, at most 256. */
  stand(states: readonly number[]): void;
  /** Whether a call leads from the `i`th of them to a marked state. */
  leadsTo(marked: Uint8Array, i: number): boolean;
}

/**
 * The first state in breadth-first order from which no state that is marked in `back`, one byte a
 * state, can be reached, or -1; undefined if `goOn`, asked now and then, says to stop. Where the story is over nothing
 * need be reached; but to come there is no way back either. States from which there is a way are marked too.
 *
 * No transition is kept for this: states that lead back are swept in until nothing changes, and each sweep
 * asks anew where calls lead.
 */
export async function backwardFixpoint(
  back: Uint8Array,
  over: readonly number[],
  onward: SuccessorOracle,
  goOn: () => Promise<boolean> = async () => true,
): Promise<number | undefined> {
  const size = back.length;
  const dead = new Uint8Array(size);
  for (const state of over) dead[state] = 1;
  let together: number[] = [];
  let found = 0;
  const ask = () => {
    onward.stand(together);
    for (const [i, state] of together.entries()) {
      if (!onward.leadsTo(back, i)) continue;
      back[state] = 1;
      found++;
    }
    together = [];
  };
  let begin = size - 1;
  let step = -1;
  do {
    found = 0;
    for (let state = begin; state >= 0 && state < size; state += step) {
      if (back[state] === 1 || dead[state] === 1) continue;
      if (together.push(state) < PREDECESSOR_BATCH) continue;
      ask();
      if (!(await goOn())) return undefined;
    }
    ask();
    begin = size - 1 - begin;
    step = -step;
  } while (found > 0);
  for (let state = 0; state < size; state++)
    if (back[state] === 0 && dead[state] === 0) return state;
  return -1;
}
