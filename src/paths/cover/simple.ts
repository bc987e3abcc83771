import { number } from '../../model/numbers.js';
import { type Criterion, INTERRUPTED, type Planned, unnamed } from '../criterion.js';
import { goesOn } from '../goesOn.js';
import { isLoopless, loopless } from '../loopless.js';

/** So many are counted before it is said that there are more. */
const COUNTED = 1_000_000;

/** Paths that are written where nothing else is said. */
const AT_MOST = 10_000;

/** Paths that are counted between two looks at whether somebody interrupts. */
const SLICE = 1 << 14;

/** Every path that comes to no state twice; those that could go on so are the beginnings of others, and not walked for themselves. */
export const criterion: Criterion = {
  counts: 'paths without a loop',
  plan: async ({ check, longest, given, atMost = AT_MOST, signal }) => {
    const graph = check.successors!;
    const all = () => loopless(graph, check.exploration.states, longest);
    const most = Math.max(COUNTED, atMost);
    let of = 0;
    for (const _ of all()) {
      if (++of > most) break;
      if (of % SLICE !== 0) continue;
      if (!(await goesOn(signal))) return INTERRUPTED;
    }
    if (of > most || of > atMost)
      return {
        because: `there are ${of > most ? 'more than ' : ''}${number(Math.min(of, most))} paths without a loop, and --at-most is ${number(atMost)}`,
      };
    const theirs = new Set(given.map((path) => path.join()));
    const told = new Set<string>();
    let last: readonly number[] = [];
    let taken = 0;
    return {
      of,
      *takes(path) {
        if (!isLoopless(graph, path, longest)) return;
        const key = path.join();
        // All but the given ones come in an order, so that none of them needs to be remembered.
        if (theirs.has(key) ? told.has(key) : !isLater(path, last)) return;
        if (theirs.has(key)) told.add(key);
        else last = path;
        yield taken++;
      },
      paths: unnamed(others(all(), theirs)),
    };
  },
};

function* others(
  paths: Iterable<readonly number[]>,
  theirs: ReadonlySet<string>,
): Generator<Planned['steps']> {
  for (const path of paths) if (!theirs.has(path.join())) yield [...path];
}

function isLater(path: readonly number[], other: readonly number[]): boolean {
  const at = path.findIndex((entry, i) => entry !== other[i]);
  return at >= 0 && (at >= other.length || path[at]! > other[at]!);
}
