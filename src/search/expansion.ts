import { DISABLED, UNCACHED } from './effectCache.js';
import type { SearchParts } from './searchParts.js';
import type { Wave } from './wave.js';

/** Stages waves: computes the targets of the calls of their states. */
export class Expansion<W> {
  readonly #parts: SearchParts<W>;
  /** Terminal states, ascending; the first of them that no wave has passed. */
  readonly #terminal: readonly number[];
  #nextTerminal = 0;
  readonly #successor: Int32Array;

  constructor(parts: SearchParts<W>, terminal: readonly number[]) {
    this.#parts = parts;
    this.#terminal = terminal;
    this.#successor = new Int32Array(parts.monitor.before.length);
  }

  /** Stages the states from `begin` up to (not including) `end`. Throws LimitReached if a call takes too many messages. */
  stage(wave: Wave, begin: number, end: number): void {
    const { monitor, observer, reduction, budget, cells } = this.#parts;
    wave.reset(begin, end);
    const open = this.#openStates(begin, end);
    if (reduction?.localCycles === undefined) cells.expand(open, cells.commutes);
    for (let n = begin, i = 0; n < end; n++) {
      budget.visited.load(n, monitor.before);
      observer.state?.(n);
      wave.callCounts[n - begin] = open[i] === n ? this.#stageCalls(wave, n, i++) : Number.NaN;
      wave.ends[n - begin] = wave.batch.count;
    }
  }

  /** The states from `begin` up to (not including) `end` that are not terminal. */
  #openStates(begin: number, end: number): number[] {
    const terminal = this.#terminal;
    const open: number[] = [];
    while (terminal[this.#nextTerminal]! < begin) this.#nextTerminal++;
    for (let n = begin; n < end; n++)
      if (terminal[this.#nextTerminal] === n) this.#nextTerminal++;
      else open.push(n);
    return open;
  }

  /**
   * Stages the calls of state `n`, which the monitor's `before` holds and which is the `i`th expanded state. Returns the
   * number of enabled calls: with those in the sleep set, and those of all states that `n` represents.
   */
  #stageCalls(wave: Wave, n: number, i: number): number {
    const { monitor, reduction, budget, cells } = this.#parts;
    const { before } = monitor;
    const { visited } = budget;
    const { batch } = wave;
    const successor = this.#successor;
    const localCycles = reduction?.localCycles;
    const count = localCycles === undefined ? cells.take(i) : cells.takeCycle(localCycles);
    const { stimuli, found } = cells;
    const first = batch.count;
    batch.reserve(count);
    batch.count += count;
    let { enabled } = cells;
    for (let c = 0, at = first; c < count; c++, at++) {
      const stimulus = stimuli[c]!;
      const cell = found[c]!;
      batch.parents[at] = n;
      batch.stimuli[at] = stimulus;
      batch.cells[at] = cell;
      if (reduction === undefined && cell !== UNCACHED) continue;
      successor.set(before);
      if (cell !== UNCACHED) reduction!.applyCall(cell, cells, before, successor);
      else if (!this.#execute(wave, at, stimulus)) enabled--;
      while (!visited.stage(successor, batch, at)) {
        visited.widen(successor);
        cells.repack();
      }
    }
    if (reduction === undefined) return enabled;
    successor.set(before);
    const orbitSize = reduction.orbits?.canonicalRepresentative(successor) ?? 1;
    return orbitSize * (localCycles === undefined ? enabled : cells.enabled);
  }

  /** Executes and checks an uncached call, the call `at` of the wave. Returns false if the call is disabled. */
  #execute(wave: Wave, at: number, stimulus: number): boolean {
    const { monitor, reduction } = this.#parts;
    const { interpreter, before, touches } = monitor;
    interpreter.state.set(before);
    const how = interpreter.step(stimulus);
    if (how === 'quiescence') {
      const obligations = monitor.step(stimulus);
      wave.executed.set(at, { obligations, breakClass: monitor.breakClass(stimulus) });
      this.#successor.set(interpreter.state);
      reduction?.apply(this.#successor);
    } else if (how === 'disabled') wave.batch.cells[at] = DISABLED;
    else wave.executed.set(at, { how, unhandled: interpreter.unhandled });
    touches.length = 0;
    return how !== 'disabled';
  }
}
