import { number } from '../../model/formatNumber.js';
import { type Criterion, INTERRUPTED, type PlannedPath, unnamed } from '../criterion.js';
import { keepGoing } from '../keepGoing.js';
import { isSimple, simplePaths } from '../simplePaths.js';

/** Most paths that are counted, unless `--at-most` is higher; beyond that the message reports only that there are more. */
const COUNTED = 1_000_000;

/** Default of `--at-most`. */
const AT_MOST = 10_000;

/** Paths that are counted between two checks of the signal. */
const SLICE = 1 << 14;

/** Every maximal simple path: it visits no state twice, and is no prefix of a longer such path. */
export const criterion: Criterion = {
  counts: 'paths without a loop',
  plan: async ({ check, longest, given, atMost = AT_MOST, signal }) => {
    const graph = check.successors!;
    const all = () => simplePaths(graph, check.exploration.states, longest);
    const most = Math.max(COUNTED, atMost);
    let of = 0;
    for (const _ of all()) {
      if (++of > most) break;
      if (of % SLICE !== 0) continue;
      if (!(await keepGoing(signal))) return INTERRUPTED;
    }
    if (of > most || of > atMost)
      return {
        because: `there are ${of > most ? 'more than ' : ''}${number(Math.min(of, most))} paths without a loop, and --at-most is ${number(atMost)}`,
      };
    const givenKeys = new Set(given.map((path) => path.join()));
    const covered = new Set<string>();
    let last: readonly number[] = [];
    let taken = 0;
    return {
      of,
      *covers(path) {
        if (!isSimple(graph, path, longest)) return;
        const key = path.join();
        // All paths but the given ones come in order, so only the last one needs to be kept.
        if (givenKeys.has(key) ? covered.has(key) : !isLater(path, last)) return;
        if (givenKeys.has(key)) covered.add(key);
        else last = path;
        yield taken++;
      },
      paths: unnamed(others(all(), givenKeys)),
    };
  },
};

function* others(
  paths: Iterable<readonly number[]>,
  theirs: ReadonlySet<string>,
): Generator<PlannedPath['steps']> {
  for (const path of paths) if (!theirs.has(path.join())) yield [...path];
}

function isLater(path: readonly number[], other: readonly number[]): boolean {
  const at = path.findIndex((entry, i) => entry !== other[i]);
  return at >= 0 && (at >= other.length || path[at]! > other[at]!);
}
