import { BEFORE_ANY_CALL } from '../properties/breakClasses.js';
import { UNLABELLED } from '../properties/propertyMonitor.js';
import type { Checkpointable, Reader, Writer } from '../store/checkpointable.js';
import { StateLabels } from '../store/stateLabels.js';
import { UNCACHED } from './effectCache.js';
import type { SearchParts } from './searchParts.js';

/** The states found so far: labels and checks each of them once, in order. */
export class Discovery<W> implements Checkpointable {
  readonly labels = new StateLabels();
  /** Terminal states, ascending. */
  readonly terminal: number[] = [];
  /** Number of states and of transitions of the network itself that the held ones represent. */
  readonly represented = { states: 0, transitions: 0 };
  readonly #parts: SearchParts<W>;
  readonly #state: Int32Array;
  readonly #reached: number[] = [];

  constructor(parts: SearchParts<W>) {
    this.#parts = parts;
    this.#state = new Int32Array(parts.monitor.before.length);
  }

  /**
   * Adds the next state, which the visited set holds. A call from state `from` found it, or it is the first state
   * (stimulus -1).
   */
  add(number: number, from: number, stimulus: number, cell: number): void {
    const { monitor, reduction, budget, cells, observer } = this.#parts;
    const state = this.#state;
    const reached = this.#reached;
    budget.visited.load(number, state);
    budget.states = number + 1;
    if (reduction)
      this.represented.states += reduction.size(
        state,
        reduction.orbits?.canonicalRepresentative(state) ?? 1,
      );
    monitor.interpreter.state.set(state);
    reached.length = 0;
    const label =
      cell === UNCACHED || reduction !== undefined
        ? monitor.label(state, reached)
        : monitor.labelAfter(this.labels.of(from), cells.changes, cell, state, reached);
    if (monitor.hasGrown && cells.commutes) cells.markStale();
    monitor.hasGrown = false;
    this.labels.set(number, label);
    // Each call that breaks a state rule is reported when its own transition is committed.
    const obligations = stimulus < 0 ? [...reached, ...monitor.violatedIn(label)] : reached;
    if (obligations.length > 0)
      observer.violated([...obligations], {
        from,
        stimulus,
        breakClass: BEFORE_ANY_CALL,
        transitions: 1,
      });
    if (label !== UNLABELLED && monitor.isOver(label))
      this.#addTerminal(number, from, stimulus, cell);
  }

  #addTerminal(number: number, from: number, stimulus: number, cell: number): void {
    const { reduction, budget, cells } = this.#parts;
    this.terminal.push(number);
    const localCycles = reduction?.localCycles;
    if (localCycles === undefined) return;
    if (stimulus < 0) localCycles.addTerminalFirst(this.#state);
    else {
      budget.visited.load(from, this.#state);
      localCycles.addTerminal(stimulus, this.#state, cells.changes, cell);
    }
  }

  save(to: Writer): void {
    to.plain({ ...this.represented, terminal: this.terminal.length });
    to.bytes(Int32Array.from(this.terminal));
    this.labels.save(to);
  }

  restore(from: Reader): boolean {
    const { terminal, ...represented } = from.plain<
      Discovery<W>['represented'] & { terminal: number }
    >();
    Object.assign(this.represented, represented);
    for (const state of from.bytes(new Int32Array(terminal))) this.terminal.push(state);
    return this.labels.restore(from);
  }
}
