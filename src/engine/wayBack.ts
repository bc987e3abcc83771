import type { Rule } from '../model/network.js';
import { type Cells, FAILS, PLAYED } from './cells.js';
import type { Kept, Reader, Writer } from './checkpoint.js';
import type { Exploration, Limits } from './explore.js';
import type { Judge } from './judge.js';
import { lengthened } from './lengthened.js';
import type { Lumps } from './lumps.js';
import { type Onward, recoverable } from './recoverable.js';
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
  }

  restore(from: Reader): boolean {
    this.#back = from.bytes(new Uint8Array(from.plain<number>()));
    return true;
  }

  /** The first state from which nothing good can be reached, or -1; undefined: interrupted. */
  firstLost(
    { visited, cells, over }: Exploration,
    { before, reactor }: Judge<W>,
    { signal }: Limits,
    reduction: Reduction<W> | undefined,
  ): Promise<number | undefined> {
    const lumps = reduction?.lumps;
    const batch = visited.batch();
    let standing: readonly number[] = [];
    const onward: Onward = {
      stand: (states) => {
        standing = states;
        if (cells.isCrowded) cells.forgetAll();
        if (lumps === undefined) cells.expand(states);
      },
      leadsTo: (marked, i) => {
        visited.load(standing[i]!, before);
        const count =
          lumps === undefined ? cells.take(i) : cells.takeLumped(lumps as Lumps<unknown>);
        batch.count = 0;
        batch.reserve(count);
        batch.count = count;
        batch.differences = reduction ? undefined : cells.differences;
        const leads = new Array<boolean>(count).fill(true);
        for (let s = 0; s < count; s++) {
          const cell = cells.found[s]!;
          batch.parents[s] = standing[i]!;
          batch.cells[s] = cell;
          leads[s] = (cells.marks[cell]! & FAILS) === 0;
          if (!leads[s]) continue;
          if (cell === PLAYED) {
            reactor.state.set(before);
            leads[s] = reactor.react(cells.stimuli[s]!) === 'silence';
            reduction?.apply(reactor.state);
          } else if (reduction) reduction.applyCall(cell, cells as Cells<W>, before, reactor.state);
          else continue;
          visited.stage(reactor.state, batch, s);
        }
        visited.find(batch);
        return leads.some((is, s) => is && marked[batch.numbers[s]!] === 1);
      },
    };
    const goOn = async () => {
      await new Promise(setImmediate);
      return signal?.aborted !== true;
    };
    return recoverable(this.#back.subarray(0, visited.size), over, onward, goOn);
  }
}
