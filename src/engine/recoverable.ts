import type { Successors } from './successors.js';

/**
 * The first state in breadth-first order from which no good state can be reached, or -1. Where the
 * story is over nothing need be reached; but to come there is no way back either.
 * States that lead back are swept in from the newest to the oldest until nothing changes.
 */
export function recoverable(
  successors: Successors,
  good: readonly number[],
  size: number,
  over: readonly number[] = [],
): number {
  const back = new Uint8Array(size);
  for (const state of good) back[state] = 1;
  for (let changed = true; changed; ) {
    changed = false;
    for (let state = size - 1; state >= 0; state--) {
      if (back[state] === 1) continue;
      for (
        let entry = successors.begin(state), end = successors.begin(state + 1);
        entry < end;
        entry++
      )
        if (back[successors.to(entry)] === 1) {
          back[state] = 1;
          changed = true;
          break;
        }
    }
  }
  for (const state of over) back[state] = 1;
  return back.indexOf(0);
}
