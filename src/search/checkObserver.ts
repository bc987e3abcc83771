import type { Rule } from '../model/network.js';
import type { PropertyMonitor } from '../properties/propertyMonitor.js';
import type { Checkpointable, Reader, Writer } from '../store/checkpointable.js';
import { SuccessorGraph } from '../store/successorGraph.js';
import { BackwardReach } from './backwardReach.js';
import { type BreakCounts, countBreak } from './breakCounts.js';
import type { CheckOptions } from './checkOptions.js';
import type { Finding, WrongCall } from './checkResult.js';
import type { Failure } from './effectCache.js';
import type { Observer, Violation } from './observer.js';

/** A finding, and the call that showed it first; stimulus -1: the state `from` itself shows it. */
interface LocatedFinding {
  readonly finding: Omit<Finding, 'path'>;
  readonly from: number;
  readonly stimulus: number;
}

/** Stops a search once this many break classes of each of these rules, and this many findings, are known. */
export interface Until<W> {
  readonly rules: ReadonlyMap<Rule<W>, number>;
  readonly findings: number;
}

/** Records the results of a search: broken rules, goals reached, backward reachability, and defects that need no rule. */
export class CheckObserver<W> implements Observer, Checkpointable {
  /** By rule. */
  readonly breaks: BreakCounts[];
  /** Of each `recoverable` rule. */
  readonly backwardReaches: readonly BackwardReach<W>[];
  /** By kind and description. */
  readonly findings = new Map<string, LocatedFinding>();
  /** By stimulus and description; recorded only if transitions are kept. */
  readonly wrong = new Map<string, WrongCall>();
  readonly graph: SuccessorGraph | undefined;
  readonly transition?: NonNullable<Observer['transition']>;
  readonly checkpointed = this;
  #isBroken = false;

  constructor(
    readonly monitor: PropertyMonitor<W>,
    readonly options: Pick<CheckOptions, 'keepTransitions' | 'untilBroken'>,
    readonly until: Until<W> | undefined,
  ) {
    const { rules, compiled } = monitor;
    this.breaks = rules.map(() => new Map());
    this.backwardReaches = rules.flatMap((rule) =>
      rule.recoverable ? [new BackwardReach(rule, compiled)] : [],
    );
    if (options.keepTransitions !== true) return;
    const graph = new SuccessorGraph();
    this.graph = graph;
    this.transition = (from, stimulus, to) => graph.add(from, stimulus, to);
  }

  violated(obligations: readonly number[], violation: Violation): void {
    for (const obligation of obligations) {
      const { rule, goal } = this.monitor.obligations[obligation]!;
      if (goal !== undefined) this.monitor.isReached[obligation] = true;
      else {
        this.#isBroken = true;
        countBreak(this.breaks[rule]!, violation);
      }
    }
  }

  state(number: number): void {
    for (const reach of this.backwardReaches) reach.state(number, this.monitor.before);
  }

  successors(from: number, _: number, to: number): void {
    const { backwardReaches } = this;
    for (let i = 0; i < backwardReaches.length; i++) backwardReaches[i]!.transition(from, to);
  }

  wrongCall(from: number, stimulus: number, { how, unhandled: lost }: Failure): void {
    const description =
      how === 'livelock'
        ? 'a call that never reaches quiescence'
        : this.monitor.compiled.unhandledText(lost!);
    this.#find(how, description, from, stimulus);
    if (this.graph === undefined) return;
    const key = `${stimulus} ${description}`;
    const { transitions = 0 } = this.wrong.get(key) ?? {};
    this.wrong.set(key, { stimulus, description, transitions: transitions + 1 });
  }

  deadlock(number: number): void {
    this.#find('deadlock', 'no stimulus is enabled', number, -1);
  }

  enough(): boolean {
    const { until, findings, breaks } = this;
    if (until === undefined) return this.options.untilBroken === true && this.#isBroken;
    return (
      findings.size >= until.findings &&
      this.monitor.rules.every((rule, i) => breaks[i]!.size >= (until.rules.get(rule) ?? 0))
    );
  }

  save(to: Writer): void {
    const { breaks, findings } = this;
    to.plain({ breaks, findings });
    for (const reach of this.backwardReaches) reach.save(to);
  }

  restore(from: Reader): boolean {
    const saved = from.plain<Pick<CheckObserver<W>, 'breaks' | 'findings'>>();
    Object.assign(this.breaks, saved.breaks);
    for (const [key, found] of saved.findings) this.findings.set(key, found);
    return this.backwardReaches.every((reach) => reach.restore(from));
  }

  #find(kind: Finding['kind'], description: string, from: number, stimulus: number): void {
    const key = `${kind} ${description}`;
    this.#isBroken = true;
    if (!this.findings.has(key))
      this.findings.set(key, { finding: { kind, description }, from, stimulus });
  }
}
