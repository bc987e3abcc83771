import { UNLABELLED } from '../properties/propertyMonitor.js';
import { FULL } from '../store/visitedSet.js';
import type { Discovery } from './discovery.js';
import { DISABLED, FAILS, UNCACHED, VIOLATES } from './effectCache.js';
import type { Frontier } from './frontier.js';
import type { Observer } from './observer.js';
import type { SavePoint } from './savePoint.js';
import type { SearchParts } from './searchParts.js';
import type { CheckedCall, Wave } from './wave.js';

const NONE: readonly number[] = [];

/** Commits waves that were looked up: checks their transitions in order, and counts and reports them. */
export class Commit<W> {
  /** Violations of the state being committed. A checkpoint holds them only once all calls of that state are committed. */
  readonly #violations: Parameters<Observer['violated']>[] = [];
  /**
   * Calls of the state being committed that violate an obligation or reach a terminal state. They stay out of the sleep
   * sets of the states found from it.
   */
  readonly #visibleCalls: number[] = [];

  constructor(
    readonly parts: SearchParts<W>,
    readonly frontier: Frontier,
    readonly discovery: Discovery<W>,
    readonly savePoint: SavePoint<W>,
  ) {}

  /** Commits a wave. If the search ends in it, returns the number of expanded states. */
  async commit(wave: Wave): Promise<number | undefined> {
    const { savePoint } = this;
    const { observer, budget } = this.parts;
    const { begin, end } = wave;
    this.frontier.committed = wave;
    for (let n = begin; n < end; n++) {
      budget.onExpand(n);
      const enabled = wave.callCounts[n - begin]!;
      const count = this.#commitCalls(wave, n);
      if (count === FULL) {
        // A resumed search expands this state again.
        budget.full();
        savePoint.save(n);
        this.#report();
        return n;
      }
      this.#report();
      if (enabled === 0) observer.deadlock(n);
      if (Number.isNaN(enabled)) continue;
      this.#count(count, enabled);
      if (observer.enough()) budget.stopped = 'broken';
      else if (budget.isDue) {
        await budget.yieldToEventLoop(n + 1);
        if (budget.stopped !== undefined || savePoint.isDue) savePoint.save(n + 1);
      }
      if (budget.stopped !== undefined) return n + 1;
    }
    budget.visited.discardSleepSets(end);
    return undefined;
  }

  /** Commits the calls of state `n`. Returns their number, or FULL if there is no room for a new state. */
  #commitCalls(wave: Wave, n: number): number {
    const { discovery } = this;
    const { labels } = discovery;
    const { monitor, observer, reduction, budget, cells } = this.parts;
    const { stimuli, numbers, cells: taken } = wave.batch;
    const visibleCalls = this.#visibleCalls;
    const firstNew = budget.states;
    const last = wave.ends[n - wave.begin]!;
    let count = 0;
    visibleCalls.length = 0;
    for (let at = n === wave.begin ? 0 : wave.ends[n - wave.begin - 1]!; at < last; at++) {
      const cell = taken[at]!;
      if (cell === DISABLED) continue;
      count++;
      const stimulus = stimuli[at]!;
      const executed = cell === UNCACHED ? wave.executed.get(at)! : undefined;
      const marks = executed === undefined ? cells.marks[cell]! : 0;
      const failure =
        executed === undefined || !('how' in executed)
          ? (marks & FAILS) === 0
            ? undefined
            : cells.failures.get(cell)!
          : executed;
      if (failure !== undefined) {
        observer.wrongCall(n, stimulus, failure);
        continue;
      }
      const to = numbers[at]!;
      if (to === FULL) return FULL;
      if (to === budget.states) discovery.add(to, n, stimulus, cell);
      const checked = executed as CheckedCall | undefined;
      const label = labels.of(to);
      const obligations =
        checked?.obligations ?? ((marks & VIOLATES) === 0 ? NONE : cells.violated.get(cell)!);
      const newly =
        reduction === undefined || label === UNLABELLED
          ? monitor.newlyViolated(labels.of(n), label)
          : this.#newlyViolated(n, stimulus, cell);
      const isViolation = obligations.length + newly.length > 0;
      if (isViolation) {
        const breakClass = checked?.breakClass ?? cells.breakClasses.get(cell)!;
        this.#violated([...obligations, ...newly], breakClass, n, stimulus);
      }
      if (isViolation || (label !== UNLABELLED && monitor.isOver(label)))
        visibleCalls.push(stimulus);
      observer.transition?.(n, stimulus, to);
      observer.successors?.(n, stimulus, to);
    }
    if (cells.commutes) budget.visited.removeFromSleepSets(visibleCalls, firstNew, budget.states);
    return count;
  }

  /**
   * With a reduction: the state obligations that a call newly violates. The held label belongs to the representative,
   * and not to the state that the call leads to, so this method executes the call and labels its target.
   */
  #newlyViolated(from: number, stimulus: number, cell: number): readonly number[] {
    const { monitor, budget, cells } = this.parts;
    const { before, interpreter } = monitor;
    budget.visited.load(from, before);
    interpreter.state.set(before);
    if (cell === UNCACHED) interpreter.step(stimulus);
    else cells.write(cell, before, interpreter.state);
    return monitor.newlyViolated(monitor.label(before), monitor.label(interpreter.state));
  }

  /** Queues a violation by a call, to be reported once the state that it starts from is committed. */
  #violated(
    obligations: readonly number[],
    breakClass: number,
    from: number,
    stimulus: number,
  ): void {
    const { monitor, reduction, budget } = this.parts;
    const { before, compiled } = monitor;
    if (reduction !== undefined) budget.visited.load(from, before);
    const transitions = reduction?.transitions(before, compiled.stimuli[stimulus]![0]!) ?? 1;
    this.#violations.push([obligations, { from, stimulus, breakClass, transitions }]);
  }

  #report(): void {
    const { observer } = this.parts;
    for (const [obligations, violation] of this.#violations)
      observer.violated(obligations, violation);
    this.#violations.length = 0;
  }

  /**
   * Counts the calls of a state: `count` that were made, and `offered` that they are or represent. Calls in the sleep
   * set count as transitions. A representative's calls count once as those held, and in full as those represented.
   */
  #count(count: number, enabled: number): void {
    const { reduction, budget } = this.parts;
    budget.transitions += reduction === undefined ? enabled : count;
    if (reduction !== undefined) this.discovery.represented.transitions += enabled;
  }
}
