import type { CompiledSystem } from '../interpret/compiledSystem.js';
import { counted } from '../model/formatNumber.js';
import type { Rule } from '../model/network.js';
import type { SuccessorGraph } from '../store/successorGraph.js';
import type { Exploration } from './explore.js';
import type { Vacuity } from './vacuity.js';

/** `unknown`: the search stopped before it could decide. `out of scope`: the network can express none of its goals. */
export type Verdict = 'holds' | 'broken' | 'unknown' | 'out of scope';

/** The verdict on a rule, with the paths that show it. */
export interface RuleResult<W> {
  readonly rule: Rule<W>;
  readonly verdict: Verdict;
  /** Stimulus numbers of a shortest path that breaks the rule; for `recoverable`, to a state with no way back. */
  readonly path?: readonly number[];
  /** Break classes of a broken rule, shortest stories first; `path` is that of the first. Not for `possible`. */
  readonly classes?: readonly BreakClass[];
  /** For `possible`: the goals that were not reached. */
  readonly missed?: readonly string[];
  /** For `possible`: goals that the network cannot express; unset if it can express all. */
  readonly outOfScope?: readonly string[];
}

/** One of the ways in which calls break a rule, as `Network.breakClass` groups them. */
export interface BreakClass {
  /** Empty: the first state breaks the rule, before any call. */
  readonly name: string;
  /** Number of transitions that break the rule in this way; if the search was stopped, of those that it found. */
  readonly transitions: number;
  /**
   * Stimulus numbers of a shortest path whose last call breaks the rule in this way; undefined if the search for it was
   * stopped.
   */
  readonly path?: readonly number[];
}

/** A defect in any network, with or without rules; `path` is a shortest path to it. */
export interface Finding {
  readonly kind: 'unhandled' | 'livelock' | 'deadlock';
  readonly description: string;
  readonly path: readonly number[];
}

/** Transitions of one stimulus that fail in the same way. They lead to no state. */
export interface WrongCall {
  readonly stimulus: number;
  readonly description: string;
  readonly transitions: number;
}

/** The failed calls as text, one line each: `press (lamp has no transition for on in this state), 2 transitions`. */
export const wrongCalls = ({ compiled, wrong }: Pick<Check, 'compiled' | 'wrong'>): string[] =>
  wrong.map(
    ({ stimulus, description, transitions }) =>
      `${compiled.network.stimuli[stimulus]!.description} (${description}), ${counted(transitions, 'transition')}`,
  );

/** The result of `check`. */
export interface Check<W = unknown> {
  readonly compiled: CompiledSystem<W>;
  readonly exploration: Exploration;
  readonly rules: readonly RuleResult<W>[];
  readonly findings: readonly Finding[];
  readonly successors: SuccessorGraph | undefined;
  /** All failed calls, if transitions are kept: `successors` does not contain them. */
  readonly wrong: readonly WrongCall[];
  readonly reductions: readonly ReductionReport[];
  /** Everything that has no effect on the verdicts; only after a complete search. */
  readonly vacuity?: Vacuity;
}

/** A reduction; `because` is the reason why the search did not use it, unset if it did. */
export interface ReductionReport {
  readonly description: string;
  readonly because?: string;
}
