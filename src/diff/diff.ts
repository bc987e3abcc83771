import type { Covered, Limits, Stop } from '../engine/explore.js';
import type { Tables } from '../engine/tables.js';
import { FULL, Visited } from '../engine/visited.js';
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
  /** The shortest first. None, and complete: the outcomes are the same everywhere. */
  readonly differences: readonly Difference[];
}

export interface DiffOptions extends Limits {
  /** Default: by what was said. */
  readonly sortOf?: SortOf;
}

const SLICE = 65_536;

/**
 * Walks two networks side by side, breadth-first over the pairs of states that the same calls with
 * the same outcomes lead to. Where outcomes differ the walk does not go on: what follows is no
 * longer the same story. Throws Fault if a machine cannot be walked.
 */
export async function diff(a: Network, b: Network, options: DiffOptions = {}): Promise<Diff> {
  const {
    maxStates = Number.POSITIVE_INFINITY,
    memory = Number.POSITIVE_INFINITY,
    signal,
    progress,
    sortOf = sortBySaid,
  } = options;
  const sides = [new Side(a), new Side(b)] as const;
  const [one, other] = sides;
  const calls = new Set([...one.calls.keys(), ...other.calls.keys()]);
  const width = b.stimuli.length;
  const visited = new Visited(one.size + other.size, maxStates);
  const pair = new Int32Array(one.size + other.size);
  const here = new Int32Array(pair.length);
  const differences = new Map<string, Difference>();
  let transitions = 0;
  let depth = 0;
  let levelEnd = 1;
  let slice = SLICE;
  let stopped: Stop | undefined;

  const covered = (expanded: number): Covered => ({
    states: visited.size,
    transitions,
    depth,
    queue: visited.size - expanded,
  });
  const finish = (expanded: number): Diff => ({
    ...covered(expanded),
    tables: [one.tables, other.tables],
    complete: stopped === undefined,
    ...(stopped === undefined ? {} : { stopped }),
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

  pair.set(one.tables.first);
  pair.set(other.tables.first, one.size);
  visited.add(pair, -1, -1);
  for (let n = 0; n < visited.size; n++) {
    if (n === levelEnd) {
      depth++;
      levelEnd = visited.size;
    }
    visited.load(n, here);
    one.stand(here.subarray(0, one.size));
    other.stand(here.subarray(one.size));
    for (const call of calls)
      for (const ways of pairs(one.ways(call), other.ways(call))) {
        transitions++;
        const [mine, its] = ways;
        if (mine === undefined || its === undefined || !sameOutcome(mine, its)) {
          differ(ways, n);
          continue;
        }
        // Both went wrong in the same way: there is no state to go on from.
        if (mine.how !== 'silence') continue;
        pair.set(mine.to);
        pair.set(its.to, one.size);
        const size = visited.size;
        const to = visited.add(pair, n, mine.stimulus * width + its.stimulus);
        if (to === FULL) stopped = 'states';
        else if (to === size && visited.bytes > memory) stopped = 'memory';
        if (stopped !== undefined) return finish(n);
      }
    if (transitions >= slice) {
      slice = transitions + SLICE;
      progress?.(covered(n + 1));
      await new Promise(setImmediate);
      if (signal?.aborted) {
        stopped = 'interrupted';
        return finish(n + 1);
      }
    }
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
