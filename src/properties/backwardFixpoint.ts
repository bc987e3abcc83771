/** Most states in a batch. */
export const PREDECESSOR_BATCH = 256;

/** The successor relation, queried for a batch of states at a time. */
export interface SuccessorOracle {
  /** Prepares a batch of states, at most 256. */
  load(states: readonly number[]): void;
  /** Whether a call leads from the `i`th state of the batch to a marked state. */
  leadsTo(marked: Uint8Array, i: number): boolean;
}

/**
 * Finds the first state in breadth-first order from which no state that is marked in `back` (one byte a state) can be
 * reached. Returns -1 if there is none, and undefined if `goOn`, called now and then, returns false. The states in
 * `over` are terminal: they need not reach a marked state, and reaching one of them is no way back either. Marks all
 * states from which a marked state can be reached.
 *
 * No transitions are kept for this. Sweeps mark further states until nothing changes, and each sweep queries the
 * successors again.
 */
export async function backwardFixpoint(
  back: Uint8Array,
  terminal: readonly number[],
  successors: SuccessorOracle,
  goOn: () => Promise<boolean> = async () => true,
): Promise<number | undefined> {
  const size = back.length;
  const isTerminal = new Uint8Array(size);
  for (const state of terminal) isTerminal[state] = 1;
  let batch: number[] = [];
  let found = 0;
  const markBatch = () => {
    successors.load(batch);
    for (const [i, state] of batch.entries()) {
      if (!successors.leadsTo(back, i)) continue;
      back[state] = 1;
      found++;
    }
    batch = [];
  };
  let begin = size - 1;
  let step = -1;
  do {
    found = 0;
    for (let state = begin; state >= 0 && state < size; state += step) {
      if (back[state] === 1 || isTerminal[state] === 1) continue;
      if (batch.push(state) < PREDECESSOR_BATCH) continue;
      markBatch();
      if (!(await goOn())) return undefined;
    }
    markBatch();
    begin = size - 1 - begin;
    step = -step;
  } while (found > 0);
  for (let state = 0; state < size; state++)
    if (back[state] === 0 && isTerminal[state] === 0) return state;
  return -1;
}
