import type { CompiledSystem } from '../interpret/compiledSystem.js';
import type { Network } from '../model/network.js';
import { LimitReached } from '../model/userError.js';
import type { Limits } from '../search/limits.js';
import { SearchBudget } from '../search/searchBudget.js';
import type { SearchProgress, StopReason } from '../search/searchProgress.js';
import { Cursor, type Transition } from './cursor.js';
import { type ClassOf, classByEmitted, type Mismatch, type Result } from './mismatch.js';
import { type Pair, pairs, saysOf } from './syncProduct.js';

/** A call on which both sides agree. */
export interface Agreed {
  readonly description: string;
  /** Its stimulus number on each side. */
  readonly stimuli: readonly [number, number];
}

/** A divergence class: its first mismatch, after a shortest path on which both sides agree. */
export interface Difference extends Mismatch {
  readonly divergenceClass: string;
  /** Number of times that it occurs, over all pairs of states and all pairs of transitions from there. */
  count: number;
  readonly path: readonly Agreed[];
}

/** The result of a comparison. `states` counts pairs of states, `transitions` pairs of transitions. */
export interface Diff extends SearchProgress {
  readonly compiled: readonly [CompiledSystem, CompiledSystem];
  readonly complete: boolean;
  readonly stopped?: StopReason;
  /** If a call was given up: a line that names it. */
  readonly limit?: string;
  /** The shortest first. If empty and `complete`, the outcomes are the same everywhere. */
  readonly differences: readonly Difference[];
}

/** Limits of a comparison, and its divergence classes. */
export interface DiffOptions extends Limits {
  /** Default: `classByEmitted`. */
  readonly classOf?: ClassOf;
}

/**
 * Compares two networks breadth-first over the pairs of states that the same calls with the same outcomes reach. A path
 * ends where outcomes differ: after that the two sides have different histories. Throws UserError if a machine cannot
 * be explored.
 */
export async function diff(a: Network, b: Network, options: DiffOptions = {}): Promise<Diff> {
  const { classOf = classByEmitted } = options;
  const sides = [new Cursor(a), new Cursor(b)] as const;
  const [one, other] = sides;
  const calls = new Set([...one.calls.keys(), ...other.calls.keys()]);
  const width = b.stimuli.length;
  const pace = new SearchBudget(one.size + other.size, a.stimuli.length * width, options);
  const { visited } = pace;
  const pair = new Int32Array(one.size + other.size);
  const here = new Int32Array(pair.length);
  const differences = new Map<string, Difference>();

  const finish = (expanded: number): Diff => ({
    ...pace.end(expanded),
    compiled: [one.compiled, other.compiled],
    differences: [...differences.values()],
  });
  const agreed = (step: number): Agreed => {
    const stimuli = [Math.floor(step / width), step % width] as const;
    const [mine, its] = [a.stimuli[stimuli[0]]!.description, b.stimuli[stimuli[1]]!.description];
    return { description: saysOf(sides, mine, its), stimuli };
  };
  const differ = (pairing: Pair, from: number) => {
    const mismatch = mismatchOf(sides, pairing);
    const divergenceClass = classOf(mismatch);
    const known = differences.get(divergenceClass);
    if (known !== undefined) known.count++;
    else
      differences.set(divergenceClass, {
        ...mismatch,
        divergenceClass,
        count: 1,
        path: visited.path(from).map(agreed),
      });
  };

  /**
   * The pairs of a call's transitions. If the call exceeds the message limit on one side: none, and the search stops.
   */
  const pairsOf = (call: string): Pair[] => {
    try {
      return pairs(one.transitions(call), other.transitions(call));
    } catch (error) {
      if (!(error instanceof LimitReached)) throw error;
      pace.giveUp(error);
      return [];
    }
  };

  pair.set(one.compiled.first);
  pair.set(other.compiled.first, one.size);
  pace.add(pair, -1, -1);
  for (let n = 0; n < visited.size; n++) {
    pace.onExpand(n);
    visited.load(n, here);
    one.moveTo(here.subarray(0, one.size));
    other.moveTo(here.subarray(one.size));
    for (const call of calls) {
      const both = pairsOf(call);
      if (pace.stopped !== undefined) return finish(n);
      for (const pairing of both) {
        pace.transitions++;
        const [mine, its] = pairing;
        if (mine === undefined || its === undefined || !sameOutcome(mine, its)) {
          differ(pairing, n);
          continue;
        }
        // Both sides failed in the same way: there is no successor state.
        if (mine.how !== 'quiescence') continue;
        pair.set(mine.to);
        pair.set(its.to, one.size);
        pace.add(pair, n, mine.stimulus * width + its.stimulus);
        if (pace.stopped !== undefined) return finish(n);
      }
    }
    if (pace.isDue) await pace.yieldToEventLoop(n + 1);
    if (pace.stopped !== undefined) return finish(n + 1);
  }
  return finish(visited.size);
}

const sameOutcome = (mine: Transition, its: Transition): boolean =>
  mine.how === its.how &&
  mine.parts.length === its.parts.length &&
  mine.parts.every((part, i) => part === its.parts[i]);

function mismatchOf(sides: readonly [Cursor, Cursor], [mine, its]: Pair): Mismatch {
  const description =
    mine && its ? saysOf(sides, mine.description, its.description) : (mine ?? its)!.description;
  const [side, transition] = mine ? [sides[0], mine] : [sides[1], its!];
  return {
    description,
    stimulus: side.network.stimuli[transition.stimulus]!,
    results: [resultOf(sides[0], mine), resultOf(sides[1], its)],
  };
}

function resultOf(side: Cursor, transition: Transition | undefined): Result {
  if (transition === undefined) return { how: 'not offered', emitted: [], parts: ['not offered'] };
  const { how, emitted, parts } = transition;
  const report = side.report(transition);
  return { how, emitted, parts, ...(report === undefined ? {} : { report }) };
}
