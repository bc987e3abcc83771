import type { Check } from '../search/check.js';
import { type CoverageInput, INTERRUPTED, type NoPlan } from './criterion.js';
import { keepGoing } from './keepGoing.js';

/** A goal that a single call can cover. */
export interface CoverageGoal {
  readonly description: string;
  /** Whether the goal gets a path of its own even if another path covers it in passing. */
  readonly isStory?: boolean;
}

const OVERFULL: NoPlan = { because: 'stopped (memory): not every transition was scanned' };

/** Transitions between two checks of the signal and the memory. */
const SLICE = 1 << 12;

/** The goals that each transition covers. */
export class CoverageGoals {
  /** By goal: the first transition that covers it, so that none is nearer to the start; undefined: none does. */
  readonly first: number[] = [];
  readonly #kind: Int32Array;
  readonly #kinds: number[][] = [];
  readonly #numbers = new Map<bigint, number>();

  constructor(
    readonly all: readonly CoverageGoal[],
    transitions: number,
  ) {
    this.#kind = new Int32Array(transitions);
  }

  /** Adds the next transition; transitions come in order. `seen` has a bit for each goal. */
  add(entry: number, seen: bigint): void {
    let kind = this.#numbers.get(seen);
    if (kind === undefined) {
      kind = this.#kinds.length;
      this.#numbers.set(seen, kind);
      this.#kinds.push([...this.all.keys()].filter((goal) => (seen >> BigInt(goal)) & 1n));
      for (const goal of this.#kinds[kind]!) this.first[goal] ??= entry;
    }
    this.#kind[entry] = kind;
  }

  /** Numbers of the goals that a transition covers. */
  at(entry: number): readonly number[] {
    return this.#kinds[this.#kind[entry]!]!;
  }
}

/**
 * Scans every transition of a complete search. `see` gets the state before a transition, its stimulus and its number.
 * It returns a bit for each goal covered, and may add goals to `all`.
 */
export async function scanTransitions(
  { exploration, successors, compiled }: Check,
  all: readonly CoverageGoal[],
  see: (state: Int32Array, stimulus: number, entry: number) => bigint,
  { signal, mayHold }: Pick<CoverageInput, 'signal' | 'mayHold'>,
): Promise<CoverageGoals | NoPlan> {
  const graph = successors!;
  if (!mayHold(graph.size * 8 + exploration.states * 12)) return OVERFULL;
  const goals = new CoverageGoals(all, graph.size);
  const state = new Int32Array(compiled.components.length);
  for (let from = 0; from < exploration.states; from++) {
    exploration.visited.load(from, state);
    for (let entry = graph.rowStart(from), end = graph.rowStart(from + 1); entry < end; entry++) {
      goals.add(entry, see(state, graph.stimulus(entry), entry));
      if (entry % SLICE !== 0) continue;
      if (!(await keepGoing(signal))) return INTERRUPTED;
      if (!mayHold(0)) return OVERFULL;
    }
  }
  return goals;
}
