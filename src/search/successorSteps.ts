import type { PropertyMonitor } from '../properties/propertyMonitor.js';
import type { StateQuotient } from '../reduce/stateQuotient.js';
import type { SuccessorBatch } from '../store/successorBatch.js';
import { type EffectCache, FAILS, UNCACHED } from './effectCache.js';
import type { Exploration } from './explore.js';
import type { Violation } from './observer.js';

/** The successors of states of a finished search: prepares a batch of states, then takes them one after the other. */
export class SuccessorSteps<W> {
  readonly batch: SuccessorBatch;
  /** By call of the state taken last: whether the call leads to a state. */
  leads: readonly boolean[] = [];
  /** By call of that state: whether the call is enabled and fails. */
  fails: readonly boolean[] = [];
  readonly #cells: EffectCache<W>;
  #states: readonly number[] = [];

  constructor(
    readonly exploration: Exploration,
    readonly monitor: PropertyMonitor<W>,
    readonly reduction: StateQuotient<W> | undefined,
  ) {
    this.batch = exploration.visited.batch();
    this.#cells = exploration.cells as EffectCache<W>;
  }

  /** Prepares a batch of states; `take` must follow this order. */
  load(states: readonly number[]): void {
    const cells = this.#cells;
    this.#states = states;
    if (cells.isFull) cells.evictAll();
    if (this.reduction?.localCycles === undefined) cells.expand(states);
  }

  /** Looks up the targets of the calls of the `i`th state. Returns the number of these calls. */
  take(i: number): number {
    const { batch, monitor, reduction } = this;
    const cells = this.#cells;
    const { visited } = this.exploration;
    const { before, interpreter } = monitor;
    const localCycles = reduction?.localCycles;
    visited.load(this.#states[i]!, before);
    const count = localCycles === undefined ? cells.take(i) : cells.takeCycle(localCycles);
    batch.count = 0;
    batch.reserve(count);
    batch.count = count;
    batch.differences = reduction ? undefined : cells.differences;
    const leads = new Array<boolean>(count).fill(true);
    const fails = new Array<boolean>(count).fill(false);
    this.leads = leads;
    this.fails = fails;
    for (let s = 0; s < count; s++) {
      const cell = cells.found[s]!;
      batch.parents[s] = this.#states[i]!;
      batch.cells[s] = cell;
      fails[s] = (cells.marks[cell]! & FAILS) !== 0;
      leads[s] = !fails[s];
      if (fails[s]) continue;
      if (cell === UNCACHED) {
        interpreter.state.set(before);
        const how = interpreter.step(cells.stimuli[s]!);
        leads[s] = how === 'quiescence';
        fails[s] = how !== 'quiescence' && how !== 'disabled';
        reduction?.apply(interpreter.state);
      } else if (reduction) reduction.applyCall(cell, cells, before, interpreter.state);
      else continue;
      visited.stage(interpreter.state, batch, s);
    }
    visited.find(batch);
    return count;
  }

  /** The stimulus of call `s` of the state taken last. */
  stimulus(s: number): number {
    return this.#cells.stimuli[s]!;
  }

  /** The call `s` of the state taken last, as a violation. */
  violation(s: number): Omit<Violation, 'from'> {
    const { monitor, reduction } = this;
    const cells = this.#cells;
    const { before, interpreter } = monitor;
    const stimulus = cells.stimuli[s]!;
    let breakClass = cells.breakClasses.get(cells.found[s]!);
    if (breakClass === undefined) {
      interpreter.state.set(before);
      interpreter.step(stimulus);
      breakClass = monitor.breakClass(stimulus);
    }
    const transitions =
      reduction?.transitions(before, monitor.compiled.stimuli[stimulus]![0]!) ?? 1;
    return { stimulus, breakClass, transitions };
  }
}
