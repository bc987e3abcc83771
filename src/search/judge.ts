import { goalsOutOfScope } from '../model/goals.js';
import { isLiveness } from '../model/liveness.js';
import type { Rule } from '../model/network.js';
import type { BackwardReach } from './backwardReach.js';
import { type BreakCounts, countBreak } from './breakCounts.js';
import type { CheckObserver } from './checkObserver.js';
import type { BreakClass, RuleResult } from './checkResult.js';
import { type Counterexamples, pathOf } from './counterexamples.js';
import type { Exploration } from './explore.js';
import type { Limits } from './limits.js';
import type { Liveness } from './liveness.js';
import type { Overlaps } from './overlaps.js';
import type { StopReason } from './searchProgress.js';

/** Gives the verdicts on rules after a search. */
export class Judge<W> {
  #isInterrupted = false;

  constructor(
    readonly exploration: Exploration,
    readonly observer: CheckObserver<W>,
    readonly counterexamples: Counterexamples<W>,
    /** Its signal stops the search for states without a way back. */
    readonly limits: Limits,
    /** Unset if no rule is about whole paths, or the search is not complete. */
    readonly liveness: Liveness<W> | undefined,
    /** Unset if no rule is about overlapping calls, or the search is not complete. */
    readonly overlaps: Overlaps<W> | undefined,
  ) {}

  /** The verdict on a rule, given its number. */
  async verdict(number: number): Promise<RuleResult<W>> {
    const { exploration, observer, counterexamples } = this;
    const rule = observer.monitor.rules[number]!;
    if (rule.possible) return this.#reachability(rule, number);
    if (isLiveness(rule)) return this.liveness?.verdict(rule) ?? { rule, verdict: 'unknown' };
    if (rule.serializable) return this.overlaps?.verdict(rule) ?? { rule, verdict: 'unknown' };
    const counts = observer.breaks[number]!;
    if (counts.size > 0)
      return broken(
        rule,
        counterexamples.classes(counts, (breakClass) => counterexamples.breaks(number, breakClass)),
      );
    if (!exploration.complete) return { rule, verdict: 'unknown' };
    const reach = observer.backwardReaches.find((one) => one.rule === rule);
    return reach === undefined ? { rule, verdict: 'holds' } : this.#resettability(rule, reach);
  }

  /** The reason why a rule could not be judged after a complete search; unset if all were. */
  get stopped(): StopReason | undefined {
    if (this.#isInterrupted) return 'interrupted';
    return this.liveness?.stopped ?? this.overlaps?.stopped;
  }

  /** The verdict on a `possible` rule (EF). */
  #reachability(rule: Rule<W>, number: number): RuleResult<W> {
    const { compiled, obligations, isReached } = this.observer.monitor;
    const outOfScope = goalsOutOfScope(rule, compiled.world(compiled.first));
    const judged = { rule, ...(outOfScope.length > 0 && { outOfScope }) };
    const goals = [...obligations.keys()].filter(
      (obligation) => obligations[obligation]!.rule === number,
    );
    if (goals.length === 0) return { ...judged, verdict: 'out of scope' };
    const missed = goals.filter((obligation) => !isReached[obligation]);
    if (missed.length === 0) return { ...judged, verdict: 'holds' };
    return {
      ...judged,
      verdict: this.exploration.complete ? 'broken' : 'unknown',
      missed: missed.map((obligation) => obligations[obligation]!.goal!.description),
    };
  }

  /** The verdict on a `recoverable` rule (AG EF) after a complete search. */
  async #resettability(rule: Rule<W>, reach: BackwardReach<W>): Promise<RuleResult<W>> {
    const { exploration, counterexamples, limits } = this;
    const { monitor } = this.observer;
    const { reduction } = counterexamples;
    const lost = await reach.firstLost(exploration, monitor, limits, reduction);
    if (lost === undefined) return this.#interrupted(rule);
    if (lost < 0) return { rule, verdict: 'holds' };
    const counts: BreakCounts = new Map();
    /** By break class: the state without a way back that its first transition leads to. */
    const lostTo = new Map<number, number>();
    const isWhole = await reach.breaks(exploration, monitor, limits, reduction, (one, to) => {
      if (!counts.has(one.breakClass)) lostTo.set(one.breakClass, to);
      countBreak(counts, one);
    });
    if (!isWhole) return this.#interrupted(rule);
    return broken(
      rule,
      counterexamples.classes(counts, (breakClass) =>
        counterexamples.leadsTo(lostTo.get(breakClass), breakClass),
      ),
    );
  }

  #interrupted(rule: Rule<W>): RuleResult<W> {
    this.#isInterrupted = true;
    return { rule, verdict: 'unknown' };
  }
}

const broken = <W>(rule: Rule<W>, classes: readonly BreakClass[]): RuleResult<W> => ({
  rule,
  verdict: 'broken',
  classes,
  ...pathOf(classes),
});
