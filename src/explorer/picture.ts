import type { Explored, Place } from './explored.js';
import { breaksOf } from './ruleStatus.js';

/** Maximum number of states of a picture: with more, nothing can be distinguished. */
export const MOST = 400;

/** One state in the picture. */
export interface Dot {
  readonly place: Place;
  /** Length of a shortest story to the state, and its position among the states of that depth. */
  readonly depth: number;
  readonly row: number;
  /** The calls of a shortest story. */
  readonly calls: readonly number[];
  /** Whether a rule is broken in the state, or by a call that leads to it. */
  readonly broken: boolean;
}

/** Every state of a network by depth, with the transitions between them. */
export interface Picture {
  readonly dots: readonly Dot[];
  /** Pairs of numbers of different dots, each once. */
  readonly ways: readonly (readonly [from: number, to: number])[];
  readonly depth: number;
  /** Number of dots at the widest depth. */
  readonly rows: number;
  /** Dot number by `Place.state`, joined. */
  readonly numberOf: ReadonlyMap<string, number>;
}

/** The picture of a network; undefined if it has more than `most` states. */
export function pictureOf(walk: Explored, most = MOST): Picture | undefined {
  const numberOf = new Map([[walk.first.state.join(), 0]]);
  const found = [{ place: walk.first, depth: 0, calls: [] as readonly number[] }];
  const broken = new Set(walk.first.broken.length > 0 ? [0] : []);
  const ways = new Map<string, readonly [number, number]>();
  // `found` grows during the loop: this is breadth-first search.
  for (const [from, { place, depth, calls }] of found.entries())
    for (const step of walk.offers(place)) {
      if (step.fault !== undefined) {
        broken.add(from);
        continue;
      }
      const key = step.after.state.join();
      const to = numberOf.get(key) ?? found.length;
      if (to === found.length) {
        if (to === most) return undefined;
        numberOf.set(key, to);
        found.push({ place: step.after, depth: depth + 1, calls: [...calls, step.stimulus] });
      }
      if (step.after.broken.length > 0 || breaksOf(step, place).length > 0) broken.add(to);
      if (from !== to) ways.set(`${from} ${to}`, [from, to]);
    }
  const rows: number[] = [];
  const dots = found.map((dot, number): Dot => {
    const row = rows[dot.depth] ?? 0;
    rows[dot.depth] = row + 1;
    return { ...dot, row, broken: broken.has(number) };
  });
  return {
    dots,
    ways: [...ways.values()],
    depth: rows.length - 1,
    rows: Math.max(...rows),
    numberOf,
  };
}
