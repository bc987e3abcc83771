import type { CompiledSystem } from '../interpret/compiledSystem.js';
import type { Rule } from '../model/network.js';
import {
  backwardFixpoint,
  PREDECESSOR_BATCH,
  type SuccessorOracle,
} from '../properties/backwardFixpoint.js';
import { BEFORE_ANY_CALL } from '../properties/breakClasses.js';
import { MemoizedPredicate } from '../properties/memoizedPredicate.js';
import type { PropertyMonitor } from '../properties/propertyMonitor.js';
import type { StateQuotient } from '../reduce/stateQuotient.js';
import type { Checkpointable, Reader, Writer } from '../store/checkpointable.js';
import { grow } from '../store/typedArrays.js';
import type { Exploration } from './explore.js';
import type { Limits } from './limits.js';
import type { Violation } from './observer.js';
import { SuccessorSteps } from './successorSteps.js';
import { unlessAborted } from './unlessAborted.js';

/**
 * Marks the states from which a good state of a `recoverable` rule can be reached (AG EF). The search marks good states
 * and states with a transition to an older marked state; `firstLost` completes the marks afterwards.
 */
export class BackwardReach<W> implements Checkpointable {
  readonly isGood: MemoizedPredicate<W>;
  #back = new Uint8Array(1 << 10);

  constructor(
    readonly rule: Rule<W>,
    compiled: CompiledSystem<W>,
  ) {
    this.isGood = new MemoizedPredicate(compiled, (world) => rule.recoverable!(world));
  }

  state(number: number, state: Int32Array): void {
    if (number >= this.#back.length) this.#back = grow(this.#back, number * 2);
    if (this.isGood.holds(state)) this.#back[number] = 1;
  }

  /** Marks `from` if `to` is marked. This finds most ways back: a call that undoes another leads to an older state. */
  transition(from: number, to: number): void {
    // `to` is tested last, since its mark may be far away in memory.
    if (this.#back[from] === 0 && this.#back[to] === 1) this.#back[from] = 1;
  }

  save(to: Writer): void {
    to.plain(this.#back.length);
    to.bytes(this.#back);
    this.isGood.save(to);
  }

  restore(from: Reader): boolean {
    this.#back = from.bytes(new Uint8Array(from.plain<number>()));
    return this.isGood.restore(from);
  }

  /** The first state from which no good state can be reached, or -1 if there is none; undefined: interrupted. */
  firstLost(
    exploration: Exploration,
    monitor: PropertyMonitor<W>,
    { signal }: Limits,
    reduction: StateQuotient<W> | undefined,
  ): Promise<number | undefined> {
    const { visited, terminal } = exploration;
    const steps = new SuccessorSteps(exploration, monitor, reduction);
    const successors: SuccessorOracle = {
      load: (states) => steps.load(states),
      leadsTo: (marked, i) => {
        steps.take(i);
        const { numbers } = steps.batch;
        return steps.leads.some((is, s) => is && marked[numbers[s]!] === 1);
      },
    };
    return backwardFixpoint(
      this.#back.subarray(0, visited.size),
      terminal,
      successors,
      unlessAborted(signal),
    );
  }

  /**
   * Reports each transition from a state with a way back to a state without one. `firstLost` must have completed the
   * marks. Returns false if interrupted.
   */
  async breaks(
    exploration: Exploration,
    monitor: PropertyMonitor<W>,
    { signal }: Limits,
    reduction: StateQuotient<W> | undefined,
    report: (violation: Violation, to: number) => void,
  ): Promise<boolean> {
    const { visited, terminal } = exploration;
    const terminalStates = new Set(terminal);
    const isLost = (state: number) => this.#back[state] === 0 && !terminalStates.has(state);
    const steps = new SuccessorSteps(exploration, monitor, reduction);
    const goOn = unlessAborted(signal);
    if (isLost(0))
      report({ from: 0, stimulus: -1, breakClass: BEFORE_ANY_CALL, transitions: 1 }, 0);
    for (let state = 0; state < visited.size; ) {
      const batch: number[] = [];
      for (; batch.length < PREDECESSOR_BATCH && state < visited.size; state++)
        if (!terminalStates.has(state) && this.#back[state] === 1) batch.push(state);
      steps.load(batch);
      for (const [i, from] of batch.entries()) {
        const count = steps.take(i);
        for (let s = 0; s < count; s++) {
          const to = steps.batch.numbers[s]!;
          if (steps.leads[s] && isLost(to)) report({ from, ...steps.violation(s) }, to);
        }
      }
      if (!(await goOn())) return false;
    }
    return true;
  }
}
