import { isLiveness } from '../model/liveness.js';
import type { LivenessRule } from '../model/network.js';
import { PREDECESSOR_BATCH } from '../properties/backwardFixpoint.js';
import { fairLoops } from '../properties/fairLoops.js';
import { FairnessGroups } from '../properties/fairnessGroups.js';
import { LassoSearch, type Way } from '../properties/lassoSearch.js';
import type { PropertyMonitor } from '../properties/propertyMonitor.js';
import { SuccessorGraph } from '../store/successorGraph.js';
import type { BreakClass, Lasso, RuleResult } from './checkResult.js';
import { pathOf } from './counterexamples.js';
import type { Exploration } from './explore.js';
import type { Limits } from './limits.js';
import { depthsOf, PendingStates } from './pendingStates.js';
import type { StopReason } from './searchProgress.js';
import { SuccessorSteps } from './successorSteps.js';
import { unlessAborted } from './unlessAborted.js';

/** Target of a call that fails. It leads to no state. */
const FAILS = -1;
/** Bytes that the analysis of a rule takes for each state, besides the transitions. */
const BYTES = 48;

/** How a path goes on, or ends, without the predicate ever becoming true; the name of the break class. */
const LOOP = 'loop';
const TERMINAL = 'terminal state';
const DEADLOCK = 'deadlock';
const FAILURE = 'failed call';

/** A path on which a rule stays pending for ever, and the transitions of its loop. */
interface FoundLasso {
  readonly name: string;
  readonly lasso: Lasso;
  readonly loop: readonly number[];
}

/** Gives the verdicts on liveness rules after a complete search without reductions. */
export class Liveness<W> {
  readonly pending: readonly PendingStates<W>[];
  /** The reason why a rule could not be judged; unset if none was. */
  stopped: StopReason | undefined;
  readonly #isTerminal: Uint8Array;
  #graph: SuccessorGraph | undefined;

  constructor(
    readonly exploration: Exploration,
    readonly monitor: PropertyMonitor<W>,
    readonly limits: Limits,
  ) {
    const { visited, terminal } = exploration;
    this.pending = monitor.rules
      .filter(isLiveness)
      .map((rule) => new PendingStates(rule, monitor.compiled, visited.size));
    this.#isTerminal = new Uint8Array(visited.size);
    for (const state of terminal) this.#isTerminal[state] = 1;
  }

  async verdict(rule: LivenessRule<W>): Promise<RuleResult<W>> {
    if (this.stopped === undefined) this.#graph ??= await this.#transitions();
    const pending = this.pending.find((one) => one.rule === rule)!;
    const { visited } = this.exploration;
    if (!visited.mayHold(visited.size * BYTES)) this.stopped ??= 'memory';
    if (this.#graph === undefined || this.stopped !== undefined)
      return { rule, verdict: 'unknown' };
    const { fair } = pending;
    const search = new LassoSearch(this.#graph, visited.size, pending.size);
    const classes = this.#find(pending, search, fair)
      .map(({ name, lasso }): BreakClass => ({ name, ...lasso }))
      .sort((one, other) => one.path!.length - other.path!.length);
    if (classes.length > 0) return { rule, verdict: 'broken', classes, ...pathOf(classes) };
    if (fair.groups.length === 0) return { rule, verdict: 'holds' };
    const [unfair] = this.#find(pending, search, new FairnessGroups([]));
    if (unfair === undefined) return { rule, verdict: 'holds' };
    const { lasso, loop } = unfair;
    const starved = search.unmet(loop, fair).map((group) => fair.groups[group]!);
    return { rule, verdict: 'holds', starvation: { ...lasso, starved } };
  }

  /** Evaluates the rules on all states. Returns the transitions from states in which one is pending. */
  async #transitions(): Promise<SuccessorGraph | undefined> {
    const { exploration, monitor, limits, pending } = this;
    const { visited } = exploration;
    const graph = new SuccessorGraph();
    const steps = new SuccessorSteps(exploration, monitor, undefined);
    const goOn = unlessAborted(limits.signal);
    const state = new Int32Array(monitor.compiled.components.length);
    const batch: number[] = [];
    for (let begin = 0; begin < visited.size; begin += PREDECESSOR_BATCH) {
      batch.length = 0;
      for (let n = begin; n < begin + PREDECESSOR_BATCH && n < visited.size; n++) {
        visited.load(n, state);
        for (const one of pending) one.add(n, state);
        if (this.#isTerminal[n] === 0 && pending.some((one) => one.isPending(n))) batch.push(n);
      }
      steps.load(batch);
      for (const [i, from] of batch.entries()) addTransitions(graph, from, steps, steps.take(i));
      if (!(await goOn())) this.stopped = 'interrupted';
      else if (!visited.mayHold(0)) this.stopped = 'memory';
      if (this.stopped !== undefined) return undefined;
    }
    return graph;
  }

  /** For each kind of end, a path on which the rule stays pending; every loop is fair. */
  #find(pending: PendingStates<W>, search: LassoSearch, fair: FairnessGroups): FoundLasso[] {
    const { visited } = this.exploration;
    const graph = this.#graph!;
    const component = fairLoops(graph, visited.size, pending.states(), fair);
    const ways = search.nearest(depthsOf(visited), pending.begins, pending.isPending, (state) =>
      this.#endsIn(state, component[state]! > 0),
    );
    return Array.from(ways, ([name, way]) => {
      const isInside = (state: number) => component[state] === component[way.end];
      const loop = name === LOOP ? search.loop(way.end, isInside, fair) : [];
      return { name, lasso: this.#lasso(name, way, loop, pending), loop };
    });
  }

  /** The path to the beginning of a way, the way, and its end. */
  #lasso(
    name: string,
    { begin, entries, end }: Way,
    loop: readonly number[],
    { rule }: PendingStates<W>,
  ): Lasso {
    const graph = this.#graph!;
    const before = this.exploration.visited.path(begin);
    const stimuli = (some: readonly number[]) => some.map((entry) => graph.stimulus(entry));
    const stem = [...before, ...stimuli(entries)];
    let failure = graph.rowStart(end);
    if (name === FAILURE) while (graph.to(failure) !== FAILS) failure++;
    return {
      path: [...stem, ...stimuli(name === FAILURE ? [failure] : loop)],
      ...(name === LOOP && { stem: stem.length }),
      ...(rule.leadsTo && { trigger: before.length }),
    };
  }

  /** How a pending path can go on for ever, or end, in this state. */
  #endsIn(state: number, loops: boolean): readonly string[] {
    const graph = this.#graph!;
    if (this.#isTerminal[state] === 1) return [TERMINAL];
    const [begin, end] = [graph.rowStart(state), graph.rowStart(state + 1)];
    if (begin === end) return [DEADLOCK];
    const ends = loops ? [LOOP] : [];
    for (let entry = begin; entry < end; entry++)
      if (graph.to(entry) === FAILS) return [...ends, FAILURE];
    return ends;
  }
}

/** Adds the calls of the state that `steps` took last. */
function addTransitions<W>(
  graph: SuccessorGraph,
  from: number,
  steps: SuccessorSteps<W>,
  calls: number,
): void {
  for (let s = 0; s < calls; s++)
    if (steps.leads[s]) graph.add(from, steps.stimulus(s), steps.batch.numbers[s]!);
    else if (steps.fails[s]) graph.add(from, steps.stimulus(s), FAILS);
}
