import type { Covered, Limits, Stop } from '../engine/explore.js';
import { Pace } from '../engine/pace.js';
import type { Tables } from '../engine/tables.js';
import { LimitReached } from '../model/fault.js';
import type { Network } from '../model/network.js';
import { type Contrast, type Ending, type SortOf, sortBySaid } from './contrast.js';
import { type Pair, pairs, saysOf } from './pairing.js';
import { Side, type Way } from './side.js';

/** A call on which both sides agree. */
export interface Agreed {
  readonly says: string;
  /** Its stimulus number on each side. */
  readonly stimuli: readonly [number, number];
}

/** One sort of contrast, told once, after a shortest way that both sides agree on. */
export interface Difference extends Contrast {
  readonly sort: string;
  /** Pairs of states, and ways to go on from there, in which it shows. */
  count: number;
  readonly way: readonly Agreed[];
}

/** What was seen of two networks side by side; `states` are pairs of states, `transitions` pairs of ways. */
export interface Diff extends Covered {
  readonly tables: readonly [Tables, Tables];
  readonly complete: boolean;
  readonly stopped?: Stop;
  /** Of a call that was given up: which one, in a line. */
  readonly limit?: string;
  /** The shortest first. None, and complete: the outcomes are the same everywhere. */
  readonly differences: readonly Difference[];
}

export interface DiffOptions extends Limits {
  /** Default: by what was said. */
  readonly sortOf?: SortOf;
}

/**
 * Walks two networks side by side, breadth-first over the pairs of states that the same calls with
 * the same outcomes lead to. Where outcomes differ the walk does not go on: what follows is no
 * longer the same story. Throws Fault if a machine cannot be walked.
 */
export async function diff(a: Network, b: Network, options: DiffOptions = {}): Promise<Diff> {
  const { sortOf = sortBySaid } = options;
  const sides = [new Side(a), new Side(b)] as const;
  const [one, other] = sides;
  const calls = new Set([...one.calls.keys(), ...other.calls.keys()]);
  const width = b.stimuli.length;
  const pace = new Pace(one.size + other.size, a.stimuli.length * width, options);
  const { visited } = pace;
  const pair = new Int32Array(one.size + other.size);
  const here = new Int32Array(pair.length);
  const differences = new Map<string, Difference>();

  const finish = (expanded: number): Diff => ({
    ...pace.end(expanded),
    tables: [one.tables, other.tables],
    differences: [...differences.values()],
  });
  const agreed = (step: number): Agreed => {
    const stimuli = [Math.floor(step / width), step % width] as const;
    const [mine, its] = [a.stimuli[stimuli[0]]!.says, b.stimuli[stimuli[1]]!.says];
    return { says: saysOf(sides, mine, its), stimuli };
  };
  const differ = (ways: Pair, from: number) => {
    const contrast = contrastOf(sides, ways);
    const sort = sortOf(contrast);
    const known = differences.get(sort);
    if (known !== undefined) known.count++;
    else
      differences.set(sort, {
        ...contrast,
        sort,
        count: 1,
        way: visited.path(from).map(agreed),
      });
  };

  /** None, and the walk stops, where a call takes too many messages on one side. */
  const bothWays = (call: string): Pair[] => {
    try {
      return pairs(one.ways(call), other.ways(call));
    } catch (error) {
      if (!(error instanceof LimitReached)) throw error;
      pace.giveUp(error);
      return [];
    }
  };

  pair.set(one.tables.first);
  pair.set(other.tables.first, one.size);
  pace.add(pair, -1, -1);
  for (let n = 0; n < visited.size; n++) {
    pace.enter(n);
    visited.load(n, here);
    one.stand(here.subarray(0, one.size));
    other.stand(here.subarray(one.size));
    for (const call of calls) {
      const both = bothWays(call);
      if (pace.stopped !== undefined) return finish(n);
      for (const ways of both) {
        pace.transitions++;
        const [mine, its] = ways;
        if (mine === undefined || its === undefined || !sameOutcome(mine, its)) {
          differ(ways, n);
          continue;
        }
        // Both went wrong in the same way: there is no state to go on from.
        if (mine.how !== 'silence') continue;
        pair.set(mine.to);
        pair.set(its.to, one.size);
        pace.add(pair, n, mine.stimulus * width + its.stimulus);
        if (pace.stopped !== undefined) return finish(n);
      }
    }
    if (pace.isDue) await pace.rest(n + 1);
    if (pace.stopped !== undefined) return finish(n + 1);
  }
  return finish(visited.size);
}

const sameOutcome = (mine: Way, its: Way): boolean =>
  mine.how === its.how &&
  mine.parts.length === its.parts.length &&
  mine.parts.every((part, i) => part === its.parts[i]);

function contrastOf(sides: readonly [Side, Side], [mine, its]: Pair): Contrast {
  const says = mine && its ? saysOf(sides, mine.says, its.says) : (mine ?? its)!.says;
  const [side, way] = mine ? [sides[0], mine] : [sides[1], its!];
  return {
    says,
    stimulus: side.network.stimuli[way.stimulus]!,
    endings: [endingOf(sides[0], mine), endingOf(sides[1], its)],
  };
}

function endingOf(side: Side, way: Way | undefined): Ending {
  if (way === undefined) return { how: 'not offered', said: [], parts: ['not offered'] };
  const { how, said, parts } = way;
  const report = side.report(way);
  return { how, said, parts, ...(report === undefined ? {} : { report }) };
}
