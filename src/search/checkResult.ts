import type { CompiledSystem } from '../interpret/compiledSystem.js';
import { counted } from '../model/formatNumber.js';
import type { Rule } from '../model/network.js';
import type { FairGroup } from '../properties/fairnessGroups.js';
import type { SuccessorGraph } from '../store/successorGraph.js';
import type { Exploration } from './explore.js';
import type { Vacuity } from './vacuity.js';

/** `unknown`: the search stopped before it could decide. `out of scope`: the network can express none of its goals. */
export type Verdict = 'holds' | 'broken' | 'unknown' | 'out of scope';

/** A path that breaks a liveness rule: it repeats its last calls for ever, or nothing follows its last state. */
export interface Lasso {
  /** Stimulus numbers. */
  readonly path: readonly number[];
  /** Number of calls before the loop, which all further calls make up; unset: nothing follows the path. */
  readonly stem?: number;
  /** For `leadsTo`: number of calls after which `from` is true, and `to` is false for ever. */
  readonly trigger?: number;
}

/** A path on which a rule never comes true, because it is not fair to the groups that it starves. */
export interface Starvation extends Lasso {
  readonly starved: readonly FairGroup[];
}

/** The last part of a path: two calls that overlap, and the same calls one after the other. */
export interface Overlap {
  /** Number of calls before the overlap. */
  readonly begin: number;
  /** Stimulus numbers of each order that is possible from there, the first call first. */
  readonly orders: readonly (readonly number[])[];
}

/** The verdict on a rule, with the paths that show it. */
export interface RuleResult<W> extends Partial<Lasso> {
  readonly rule: Rule<W>;
  readonly verdict: Verdict;
  /**
   * Stimulus numbers of a shortest path that breaks the rule; for `recoverable`, to a state with no way back; for
   * liveness, with a shortest stem.
   */
  readonly path?: readonly number[];
  /** For a liveness rule with fairness that holds: a path that is not fair and breaks it, if there is one. */
  readonly starvation?: Starvation;
  /** Break classes of a broken rule, shortest stories first; `path` is that of the first. Not for `possible`. */
  readonly classes?: readonly BreakClass[];
  /** For `possible`: the goals that were not reached. */
  readonly missed?: readonly string[];
  /** For `possible`: goals that the network cannot express; unset if it can express all. */
  readonly outOfScope?: readonly string[];
}

/**
 * One of the ways in which calls break a rule, as `Network.breakClass` groups them. Of a liveness rule: the paths that
 * go on for ever (`loop`), or those that end in one way (`terminal state`, `deadlock`, `failed call`). Of a
 * `serializable` rule: the overlaps of calls of two break classes (`A beside B`).
 */
export interface BreakClass extends Partial<Lasso> {
  /** For `serializable`: how the path ends. */
  readonly overlap?: Overlap;
  /** Empty: the first state breaks the rule, before any call. */
  readonly name: string;
  /**
   * Number of transitions that break the rule in this way; if the search was stopped, of those that it found. Unset for
   * a rule that no single transition breaks: of liveness, or `serializable`.
   */
  readonly transitions?: number;
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
