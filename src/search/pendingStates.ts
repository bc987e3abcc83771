import type { CompiledSystem } from '../interpret/compiledSystem.js';
import type { LivenessRule } from '../model/network.js';
import { FairnessGroups } from '../properties/fairnessGroups.js';
import { MemoizedPredicate } from '../properties/memoizedPredicate.js';
import type { VisitedSet } from '../store/visitedSet.js';

/** Marks of a state: the predicate that must come true is false there; a path may have to make it true from there on. */
const PENDING = 1;
const BEGINS = 2;

/** Evaluates the predicates of a liveness rule on all states of a finished search. */
export class PendingStates<W> {
  readonly fair: FairnessGroups;
  readonly memos: readonly MemoizedPredicate<W>[];
  /** Whether `from` of a `leadsTo` rule is true in any state. */
  isTriggered = false;
  /** Number of pending states. */
  size = 0;
  readonly #marks: Uint8Array;
  readonly #from: MemoizedPredicate<W> | undefined;
  readonly #to: MemoizedPredicate<W>;

  constructor(
    readonly rule: LivenessRule<W>,
    compiled: CompiledSystem<W>,
    states: number,
  ) {
    const { leadsTo, eventually, fair } = rule;
    this.fair = new FairnessGroups(compiled.network.stimuli, fair);
    this.#from = leadsTo && new MemoizedPredicate(compiled, (world) => leadsTo.from(world));
    this.#to = new MemoizedPredicate(compiled, (world) =>
      leadsTo ? leadsTo.to(world) : eventually!(world),
    );
    this.memos = this.#from ? [this.#from, this.#to] : [this.#to];
    this.#marks = new Uint8Array(states);
  }

  /** Evaluates the rule on the next state. */
  add(number: number, state: Int32Array): void {
    const isPending = !this.#to.holds(state);
    if (this.#from === undefined) this.isTriggered = true;
    const begins = this.#from ? this.#begins(this.#from, state, isPending) : number === 0;
    if (!isPending) return;
    this.size++;
    this.#marks[number] = begins ? PENDING | BEGINS : PENDING;
  }

  isPending = (state: number): boolean => this.#marks[state] !== 0;

  /** Whether the rule demands, of each path in this state, that its predicate comes true, and it is not true there. */
  begins = (state: number): boolean => (this.#marks[state]! & BEGINS) !== 0;

  /** The pending states, ascending. */
  states(): Int32Array {
    const states = new Int32Array(this.size);
    let count = 0;
    for (let state = 0; state < this.#marks.length; state++)
      if (this.#marks[state] !== 0) states[count++] = state;
    return states;
  }

  /** Evaluates `from`, except where neither a path nor vacuity depends on it. */
  #begins(from: MemoizedPredicate<W>, state: Int32Array, isPending: boolean): boolean {
    if (!isPending && this.isTriggered) return false;
    const begins = from.holds(state);
    this.isTriggered ||= begins;
    return begins;
  }
}

/** By state: its distance from the first state, ascending. */
export function depthsOf(visited: VisitedSet): Int32Array {
  const depths = new Int32Array(visited.size);
  for (let state = 1; state < depths.length; state++)
    depths[state] = depths[visited.parent(state)]! + 1;
  return depths;
}
