import type { Rule } from '../model/network.js';
import type { Arrivals } from './arrivals.js';
import { BEFORE_ANY_CALL } from './breakClass.js';
import { type Cells, FAILS, PLAYED } from './cells.js';
import type { Kept, Reader, Writer } from './checkpoint.js';
import type { Exploration, Limits, Violation } from './explore.js';
import type { Judge } from './judge.js';
import { lengthened } from './lengthened.js';
import { type Onward, recoverable, TOGETHER } from './recoverable.js';
import type { Reduction } from './reduction.js';
import { Sieve } from './sieve.js';
import type { Tables } from './tables.js';

/** Where a `recoverable` rule can be obeyed, as far as one knows while searching: by what is good, and by older states. */
export class WayBack<W> implements Kept {
  readonly isGood: Sieve<W>;
  #back = new Uint8Array(1 << 10);

  constructor(
    readonly rule: Rule<W>,
    tables: Tables<W>,
  ) {
    this.isGood = new Sieve(tables, (world) => rule.recoverable!(world));
  }

  state(number: number, state: Int32Array): void {
    if (number >= this.#back.length) this.#back = lengthened(this.#back, number * 2);
    if (this.isGood.holds(state)) this.#back[number] = 1;
  }

  /** Most calls are undone by a call that leads to an older state. */
  transition(from: number, to: number): void {
    // what is kept of `to` may be far away in memory
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

  /** The first state from which nothing good can be reached, or -1; undefined: interrupted. */
  firstLost(
    exploration: Exploration,
    judge: Judge<W>,
    { signal }: Limits,
    reduction: Reduction<W> | undefined,
  ): Promise<number | undefined> {
    const { visited, over } = exploration;
    const steps = new Onwards(exploration, judge, reduction);
    const onward: Onward = {
      stand: (states) => steps.stand(states),
      leadsTo: (marked, i) => {
        steps.take(i);
        const { numbers } = steps.batch;
        return steps.leads.some((is, s) => is && marked[numbers[s]!] === 1);
      },
    };
    return recoverable(this.#back.subarray(0, visited.size), over, onward, goesOn(signal));
  }

  /**
   * Reports each transition from a state with a way back to one without, once `firstLost` has found all ways back; false:
   * interrupted.
   */
  async breaks(
    exploration: Exploration,
    judge: Judge<W>,
    { signal }: Limits,
    reduction: Reduction<W> | undefined,
    report: (violation: Violation, to: number) => void,
  ): Promise<boolean> {
    const { visited, over } = exploration;
    const dead = new Set(over);
    const isLost = (state: number) => this.#back[state] === 0 && !dead.has(state);
    const steps = new Onwards(exploration, judge, reduction);
    const goOn = goesOn(signal);
    if (isLost(0))
      report({ from: 0, stimulus: -1, breakClass: BEFORE_ANY_CALL, transitions: 1 }, 0);
    for (let state = 0; state < visited.size; ) {
      const together: number[] = [];
      for (; together.length < TOGETHER && state < visited.size; state++)
        if (!dead.has(state) && this.#back[state] === 1) together.push(state);
      steps.stand(together);
      for (const [i, from] of together.entries()) {
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

const goesOn = (signal: AbortSignal | undefined) => async () => {
  await new Promise(setImmediate);
  return signal?.aborted !== true;
};

/** Where the calls of states of a finished search lead: a batch of states at a time, then one state of it after the other. */
class Onwards<W> {
  readonly batch: Arrivals;
  /** By call of the state taken last: whether it leads to a state. */
  leads: readonly boolean[] = [];
  readonly #cells: Cells<W>;
  #states: readonly number[] = [];

  constructor(
    readonly exploration: Exploration,
    readonly judge: Judge<W>,
    readonly reduction: Reduction<W> | undefined,
  ) {
    this.batch = exploration.visited.batch();
    this.#cells = exploration.cells as Cells<W>;
  }

  /** The states to be taken, in this order. */
  stand(states: readonly number[]): void {
    const cells = this.#cells;
    this.#states = states;
    if (cells.isCrowded) cells.forgetAll();
    if (this.reduction?.lumps === undefined) cells.expand(states);
  }

  /** Looks up where the calls of the `i`th state lead; answers how many there are. */
  take(i: number): number {
    const { batch, judge, reduction } = this;
    const cells = this.#cells;
    const { visited } = this.exploration;
    const { before, reactor } = judge;
    const lumps = reduction?.lumps;
    visited.load(this.#states[i]!, before);
    const count = lumps === undefined ? cells.take(i) : cells.takeLumped(lumps);
    batch.count = 0;
    batch.reserve(count);
    batch.count = count;
    batch.differences = reduction ? undefined : cells.differences;
    const leads = new Array<boolean>(count).fill(true);
    this.leads = leads;
    for (let s = 0; s < count; s++) {
      const cell = cells.found[s]!;
      batch.parents[s] = this.#states[i]!;
      batch.cells[s] = cell;
      leads[s] = (cells.marks[cell]! & FAILS) === 0;
      if (!leads[s]) continue;
      if (cell === PLAYED) {
        reactor.state.set(before);
        leads[s] = reactor.react(cells.stimuli[s]!) === 'silence';
        reduction?.apply(reactor.state);
      } else if (reduction) reduction.applyCall(cell, cells, before, reactor.state);
      else continue;
      visited.stage(reactor.state, batch, s);
    }
    visited.find(batch);
    return count;
  }

  /** The call `s` of the state taken last, as one that breaks a rule. */
  violation(s: number): Omit<Violation, 'from'> {
    const { judge, reduction } = this;
    const cells = this.#cells;
    const { before, reactor } = judge;
    const stimulus = cells.stimuli[s]!;
    let breakClass = cells.breakClasses.get(cells.found[s]!);
    if (breakClass === undefined) {
      reactor.state.set(before);
      reactor.react(stimulus);
      breakClass = judge.breakClass(stimulus);
    }
    const transitions = reduction?.transitions(before, judge.tables.stimuli[stimulus]![0]!) ?? 1;
    return { stimulus, breakClass, transitions };
  }
}
