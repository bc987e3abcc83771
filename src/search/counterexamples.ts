import type { StepResult } from '../interpret/interpreter.js';
import type { PropertyMonitor } from '../properties/propertyMonitor.js';
import type { StateQuotient } from '../reduce/stateQuotient.js';
import { unquotientTrace } from '../reduce/unquotientTrace.js';
import type { VisitedSet } from '../store/visitedSet.js';
import type { BreakCounts } from './breakCounts.js';
import type { BreakClass, Lasso } from './checkResult.js';

/** Whether a path may end with the call that the monitor's interpreter executed last. */
export type Accept = (stimulus: number, how: StepResult) => boolean;

export const classOf = (
  name: string,
  transitions: number | undefined,
  path: readonly number[] | undefined,
): BreakClass => ({
  name,
  ...(transitions !== undefined && { transitions }),
  ...(path && { path }),
});

/** The path of a rule with these break classes, as properties of its result. */
export function pathOf([first]: readonly BreakClass[]): Partial<Lasso> {
  const { path, stem, trigger } = first ?? {};
  return {
    ...(path && { path }),
    ...(stem !== undefined && { stem }),
    ...(trigger !== undefined && { trigger }),
  };
}

/** Finds shortest paths to the results of a finished search. */
export class Counterexamples<W> {
  constructor(
    readonly monitor: PropertyMonitor<W>,
    readonly visited: VisitedSet,
    readonly reduction: StateQuotient<W> | undefined,
  ) {}

  /** A path to a state and one more call, which `accept` must admit; stimulus -1: no further call. */
  path(from: number, stimulus: number, accept: Accept): number[] {
    const { monitor, visited, reduction } = this;
    // Steps within a local cycle are missing, so the length of a path is unknown.
    if (reduction?.localCycles) return [];
    if (reduction?.orbits)
      return unquotientTrace(
        monitor,
        visited,
        reduction.orbits,
        from,
        stimulus < 0 ? undefined : accept,
      );
    return [...visited.path(from), ...(stimulus < 0 ? [] : [stimulus])];
  }

  /** The break classes of a rule, each with a path whose last call `accept` admits for the class. */
  classes(counts: BreakCounts, accept: (breakClass: number) => Accept): BreakClass[] {
    return [...counts.values()].map(({ from, stimulus, breakClass, transitions }) =>
      classOf(
        this.monitor.classes.names[breakClass] ?? '',
        transitions,
        this.path(from, stimulus, accept(breakClass)),
      ),
    );
  }

  /** Accepts a call from the monitor's `before` that breaks this rule in this break class. */
  breaks(rule: number, breakClass: number): Accept {
    const { monitor } = this;
    return (stimulus, how) => {
      if (how !== 'quiescence' || monitor.breakClass(stimulus) !== breakClass) return false;
      const { state } = monitor.interpreter;
      const newly = monitor.newlyViolated(monitor.label(monitor.before), monitor.label(state));
      return [...monitor.step(stimulus), ...newly].some(
        (obligation) => monitor.obligations[obligation]!.rule === rule,
      );
    };
  }

  /** Accepts a call in this break class that leads to state `to`, or to one that `to` represents. */
  leadsTo(to: number | undefined, breakClass: number): Accept {
    const { monitor, visited, reduction } = this;
    return (stimulus, how) => {
      if (how !== 'quiescence' || monitor.breakClass(stimulus) !== breakClass) return false;
      const state = Int32Array.from(monitor.interpreter.state);
      reduction?.apply(state);
      return visited.numberOf(state) === to;
    };
  }
}
